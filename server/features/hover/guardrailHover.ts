import { resourceText } from '../../core/guardrails/evaluate.ts';
import { accountsOfPattern, guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import { documentedGuardrails } from '../documentedGrammars.ts';
import { metText } from '../guardrails/guardrailLenses.ts';
import { guardrailResults, type GuardrailResult } from '../guardrails/guardrailResults.ts';
import { reasonOf } from '../guardrails/guardrailViews.ts';
import { listed } from '../listed.ts';
import { code, escaped, linkTo } from '../markdown.ts';

/** How many reasons a hover tells before it counts the rest. */
const maximumReasons = 5;

/** What stands under the cursor in a guardrails file: a guardrail with its verdict, an entry of accounts, or a key. */
export function guardrailHover(snapshot: Snapshot, file: GuardrailsFile, { slot, path, text }: DocumentPosition): readonly string[] {
  const last = path.at(-1);
  if (slot === 'key' && path.length === 1 && last === 'guardrails') return guardrailMarkdown(snapshot, file, text);
  if (slot === 'item' && (last === 'accounts' || last === 'except')) return accountMarkdown(snapshot, file, text);
  const node = slot === 'key' ? documentedGuardrails.at([...path, text]) : undefined;
  return node?.title === undefined ? [] : [`**${node.title}**`, node.markdownDescription ?? ''];
}

function guardrailMarkdown(snapshot: Snapshot, file: GuardrailsFile, name: string): readonly string[] {
  const guardrail = file.guardrails.find((each) => each.name === name);
  const result = guardrailResults(snapshot).find((each) => each.guardrail === guardrail);
  return [
    `${code(name)} · guardrail`,
    escaped(guardrail?.description ?? ''),
    guardrail?.resources === undefined ? '' : `About ${escaped(resourceText(guardrail.resources))}.`,
    result === undefined ? 'Not checked: there is no model file for it.' : verdictMarkdown(snapshot, result),
  ];
}

function verdictMarkdown(snapshot: Snapshot, result: GuardrailResult): string {
  const verdict = `**${result.failing > 0 ? 'Not met' : 'Met'}**: ${metText(result)}.`;
  const reasons = result.groups.slice(0, maximumReasons).map((group) => {
    const [{ breaches: [{ place }] }] = group.failures;
    const where = place === undefined ? '' : ` (${linkTo(snapshot, place.uri.slice(place.uri.lastIndexOf('/') + 1), place.uri, place.span)})`;
    return `- ${escaped(listed(group.accounts.map((account) => account.path)))}: ${escaped(reasonOf(group))}${where}`;
  });
  const more = result.groups.length - reasons.length;
  return [verdict, ...(reasons.length === 0 ? [] : [reasons.join('\n')]), ...(more > 0 ? [`And ${String(more)} more groups of accounts.`] : [])].join('\n\n');
}

function accountMarkdown({ organizations }: Snapshot, file: GuardrailsFile, text: string): readonly string[] {
  const organization = guardedOrganization(organizations, file);
  if (organization === undefined) return [];
  const accounts = [...accountsOfPattern(organization, { text, span: { start: 0, end: 0 } })];
  return [accounts.length === 0 ? 'Stands for no account of the model.' : `Stands for ${accounts.length === 1 ? '1 account' : `${String(accounts.length)} accounts`}: ${escaped(listed(accounts.map(({ path }) => path)))}.`];
}

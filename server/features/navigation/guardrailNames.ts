import type { Node, ObjectNode, Span } from '../../core/document/tree.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../../core/merge/effective.ts';
import { foldKey } from '../../core/grammar.ts';
import type { Guardrail, RuleRequirements } from '../../core/guardrails/guardrail.ts';
import { guardedAccounts, guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import { guardrailResults } from '../guardrails/guardrailResults.ts';
import { renamedFile, type RenamedFile, type RenameRefusal } from './renameEdits.ts';
import { fileName } from './renameObstacles.ts';
import { isAtOrBelow, type SameThing } from './sameThing.ts';

/**
 * The guardrails files in which a rename of a plan or rule replaces its name, so that each guardrail goes on to speak of
 * the same rules. Refused where one guardrail speaks of another thing by that name too, and where its verdict would change.
 * @param after the snapshot with the policies renamed.
 */
export function guardrailsAfterRename(before: Snapshot, after: Snapshot, thing: SameThing, newName: string): readonly RenamedFile[] | RenameRefusal {
  const files: RenamedFile[] = [];
  // Guardrails compare names without letter case too.
  if (foldKey(newName) === foldKey(thing.path.at(-1) ?? '')) return files;
  for (const file of before.guardrails.values()) {
    const spans: Span[] = [];
    for (const guardrail of file.guardrails) {
      const found = namesOf(file, guardrail, thing.path);
      if (found.length === 0 || !isAbout(before, file, guardrail, thing)) continue;
      if (file.document.problems.length > 0) return { refusal: `${fileName(file.uri)} names it in the guardrail "${guardrail.name}" and is not valid JSON, so nothing was renamed. Mend the problems shown in it first.` };
      const left = stillNamed(after, file, guardrail, thing.path);
      if (left !== undefined) {
        return { refusal: `The guardrail "${guardrail.name}" in ${fileName(file.uri)} speaks of "${thing.path.at(-1) ?? ''}" for ${left} too, where the name would stay, so nothing was renamed. Make two guardrails of it first.` };
      }
      spans.push(...found);
    }
    if (spans.length > 0) files.push(renamedFile('guardrails', file.uri, file.document, spans, newName));
  }
  const changed = changedVerdict(before, applyChanges(after, after.at, files.map(({ change }) => change)));
  return changed === undefined ? files : { refusal: `The guardrail "${changed}" would judge otherwise after the rename, so nothing was renamed. Look at what it says of plans and rules by name.` };
}

/** The texts with which a guardrail names the plan or rule at a path. */
function namesOf({ document }: GuardrailsFile, guardrail: Guardrail, path: readonly string[]): readonly Span[] {
  const node = objectWith(document.root, guardrail.nameSpan);
  return (['someRule', 'everyRule'] as const).flatMap((key) => {
    const requirements = guardrail[key];
    const part = requirements === undefined ? undefined : namedPart(requirements, path);
    const value = part === undefined ? undefined : valueAt(valueAt(node, key), part);
    return value === undefined ? [] : [value];
  });
}

/** What of some requirements names the thing at a path: a plan by its name, a rule by its own in the plan or in any plan. */
function namedPart({ plan, rule }: RuleRequirements, path: readonly string[]): 'plan' | 'rule' | undefined {
  const [, planName = '', section, ruleName = ''] = path;
  const same = (text: string | undefined, name: string): boolean => text !== undefined && foldKey(text) === foldKey(name);
  if (path.length === 2) return same(plan, planName) ? 'plan' : undefined;
  if (path.length !== 4 || section === undefined || foldKey(section) !== 'rules') return undefined;
  return same(rule, ruleName) && (plan === undefined || same(plan, planName)) ? 'rule' : undefined;
}

/** True when a guardrail is about an account that the thing reaches. */
function isAbout(snapshot: Snapshot, file: GuardrailsFile, guardrail: Guardrail, { tops }: SameThing): boolean {
  const organization = guardedOrganization(snapshot.organizations, file);
  if (organization === undefined) return false;
  const inModel = tops.filter((top) => top.organization === organization);
  return guardedAccounts(organization, guardrail).some(({ accounts: [account] }) => account !== undefined && inModel.some((top) => isAtOrBelow(account, top.entity)));
}

/** The first account of a guardrail that still gets something by the old name. */
function stillNamed(after: Snapshot, file: GuardrailsFile, guardrail: Guardrail, path: readonly string[]): string | undefined {
  const organization = guardedOrganization(after.organizations, file);
  const groups = organization === undefined ? [] : guardedAccounts(organization, guardrail);
  for (const { point, accounts } of groups) {
    if (organization !== undefined && hasName(effectiveOf(after, organization, point).tree, guardrail, path)) return (accounts[0] ?? point).path;
  }
  return undefined;
}

function hasName(tree: EffectiveContainer, { someRule, everyRule }: Guardrail, path: readonly string[]): boolean {
  if (path.length === 2) return isPresent(effectiveAt(tree, path));
  const plans = effectiveAt(tree, ['plans']);
  const inAnyPlan = [someRule, everyRule].some((requirements) => requirements !== undefined && requirements.plan === undefined && namedPart(requirements, path) === 'rule');
  const names = !inAnyPlan || plans?.kind !== 'container' ? [path[1] ?? ''] : [...plans.children.keys()];
  return names.some((plan) => isPresent(effectiveAt(tree, ['plans', plan, 'rules', path[3] ?? ''])));
}

/** The first guardrail that other accounts fail, or that they fail for more or fewer reasons. */
function changedVerdict(before: Snapshot, after: Snapshot): string | undefined {
  const verdicts = (snapshot: Snapshot): readonly string[] => guardrailResults(snapshot).map(({ failing, groups }) => JSON.stringify([failing, groups.map(({ accounts, failures }) => [accounts.map(({ path }) => path), failures.length])]));
  const [was, is] = [verdicts(before), verdicts(after)];
  return guardrailResults(before).find((_result, index) => was[index] !== is[index])?.guardrail.name;
}

function objectWith(root: Node | undefined, key: Span): Node | undefined {
  const guardrails = valueAt(root, 'guardrails');
  return asObject(guardrails)?.members.find((member) => member.key.start === key.start)?.value;
}

function valueAt(node: Node | undefined, key: string): Node | undefined {
  return asObject(node)?.members.find((member) => member.key.text === key)?.value;
}

function asObject(node: Node | undefined): ObjectNode | undefined {
  return node?.type === 'object' ? node : undefined;
}

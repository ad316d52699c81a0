import type { PushPolicyView, PushPreparationView, PushResultView } from '../../server/protocol.ts';
import { accounts, accountsOf, impactLines } from '../changeSummary.ts';
import type { RemoteQuestion } from './remoteQuestion.ts';

/** How many policies a confirmation tells of before it counts the rest. */
const told = 5;

/** Words a push before it is made: where it goes, what it means for accounts, the worst first, and what to know before. */
export function pushConfirmation({ policies, impact, organizationId, managementAccountId, accountId, endpoint, embedded, warnings, notes }: PushPreparationView): RemoteQuestion {
  const written = policies.filter(isWritten);
  const [only, second] = written;
  const number = accountsOf(impact.groups);
  const verb = only?.kind === 'create' ? 'Create' : 'Update';
  const what = only !== undefined && second === undefined ? `${verb} ${only.name}` : `Push ${counted(written.length)}`;
  const change = number === 0 ? '' : ` and change ${accounts(number)}`;
  const paragraphs: readonly (readonly string[])[] = [
    [`${accountId === undefined || accountId === managementAccountId ? '' : `Account ${accountId}, `}management account ${managementAccountId}, organization ${organizationId}${endpoint === undefined ? '' : `, endpoint ${endpoint}`}${embedded === true ? ', in a file and not in AWS' : ''}.`.replace(/^m/, 'M')],
    [...written.slice(0, told).map(({ summary }) => summary), ...(written.length > told ? [`And ${counted(written.length - told)} more.`] : [])],
    number === 0 ? ['No effective policy changes.'] : impactLines(impact.groups),
    [...written.flatMap((policy) => policy.warnings), ...warnings].map((warning) => `⚠ ${warning}`),
    [...leftOut(policies), ...notes],
  ];
  return {
    title: `${what} in organization ${organizationId}${change}?`.replace(/^(Push .*?) in organization/, '$1 to organization'),
    detail: paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n'),
    action: number === 0 ? (second === undefined ? `${verb} in AWS` : `Push ${counted(written.length).replace('p', 'P')}`) : `Push to ${accounts(number).replace('a', 'A')}`,
  };
}

/** Whether a push writes the policy. */
export function isWritten({ kind }: PushPolicyView): boolean {
  return kind === 'create' || kind === 'update';
}

/** What is told when it is done, or partly. */
export function pushedSentence({ policies, complete, effective, reports }: PushResultView): string {
  const [only, second] = policies;
  if (!complete) return policies.filter(({ outcome }) => outcome === 'notDone' || outcome === 'unknown').slice(0, 1).map(({ summary }) => summary).join('') || 'The push is not complete.';
  const done = only !== undefined && second === undefined ? only.summary : `Pushed ${counted(policies.length)}.`;
  const differing = reports.filter(({ agrees, settled }) => !agrees && settled);
  if (differing.length > 0) return `${done} AWS's validation report of ${differing.map(({ path }) => path).join(', ')} differs from ours; the report names the differences.`;
  if (effective === 'settled') return `${done} The accounts that were looked at have new effective policies, and AWS's validation report agrees with ours.`;
  if (effective === 'notAttached') return `${done} No account is below it yet.`;
  return effective === 'pending' ? `${done} AWS has not made all effective policies anew yet; it goes on by itself.` : done;
}

function leftOut(policies: readonly PushPolicyView[]): readonly string[] {
  const left = policies.filter(({ kind }) => kind === 'conflict' || kind === 'refused');
  return left.length === 0 ? [] : [`Not pushed: ${left.map(({ name, kind }) => `${name} (${kind === 'conflict' ? 'changed in AWS' : 'cannot be pushed'})`).join(', ')}.`];
}

function counted(number: number): string {
  return number === 1 ? '1 policy' : `${String(number)} policies`;
}

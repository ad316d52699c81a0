import type { AttachmentChangeParams, AttachmentPlanView, AttachmentResultView } from '../../server/protocol.ts';
import { accounts, impactLines } from '../changeSummary.ts';
import { connectionDetail } from './connectionText.ts';
import type { RemoteQuestion } from './remoteQuestion.ts';

const verbs: Readonly<Record<AttachmentChangeParams['type'], string>> = { attach: 'Attach', detach: 'Detach', reorder: 'Change Order', move: 'Move' };

/** What the buttons say where a change can be made in AWS as well. */
export function placeActions({ type }: AttachmentChangeParams): { readonly both: string; readonly model: string; readonly aws: string } {
  return { both: `${verbs[type]} in AWS and Model`, model: `${verbs[type]} in Model`, aws: `${verbs[type]} in AWS` };
}

/** Words a change before it is made in AWS: what it means for accounts, every call, what to know, and where it goes. */
export function attachmentQuestion({ type }: AttachmentChangeParams, { title, connection, steps, accounts: number, impact, notes }: AttachmentPlanView): RemoteQuestion {
  const [only, second] = steps;
  const what = only !== undefined && second === undefined ? capitalized(only) : title;
  const detail = [
    impact.groups.length === 0 ? `${accounts(number)} at or below; no effective policy changes.` : `${accounts(number)} at or below.`,
    ...impactLines(impact.groups),
    ...(second === undefined ? [] : ['', ...steps.map((step, index) => `${String(index + 1)}. ${capitalized(step)}`)]),
    ...notes,
    '',
    connectionDetail(connection),
  ];
  const reach = accounts(number).replace('a', 'A');
  return { title: `${what} in organization ${connection.organizationId}?`, detail: detail.join('\n'), action: type === 'reorder' ? `Change Order for ${reach}` : `${verbs[type]} ${type === 'detach' ? 'from' : 'to'} ${reach}`.replace('Move to', 'Move for') };
}

/** Words the enabling of backup policies, which is a change of the whole organization. */
export function enablingQuestion({ connection, enableFirst }: AttachmentPlanView): RemoteQuestion {
  const pending = enableFirst?.pending === true;
  return {
    title: pending ? `Wait until AWS has enabled backup policies in organization ${connection.organizationId}?` : `Enable backup policies in organization ${connection.organizationId}?`,
    detail: ['AWS attaches backup policies only where the policy type BACKUP_POLICY is enabled in the root. Enabling concerns the whole organization: every account gets an effective backup policy, empty until a policy is attached. Disabling it later detaches every backup policy.', 'The attachment is asked for afterwards.', '', connectionDetail(connection)].join('\n'),
    action: pending ? 'Wait' : 'Enable Backup Policies',
  };
}

/** What is told when a change was made in AWS. */
export function attachedSentence({ outcome, effective, reports }: AttachmentResultView): string {
  const done = `${outcome.title}: done in AWS.`;
  const differing = reports.filter(({ agrees, settled }) => !agrees && settled);
  if (differing.length > 0) return `${done} AWS's validation report of ${differing.map(({ path }) => path).join(', ')} differs from ours: ${[...new Set(differing.flatMap(({ onlyAws, onlyOurs }) => [...onlyAws, ...onlyOurs]))].slice(0, 3).join('; ')}.`;
  if (effective === 'settled') return `${done} The accounts that were looked at have new effective policies, and AWS's validation report agrees with ours.`;
  if (effective === 'notAttached') return `${done} No account is below it.`;
  return effective === 'pending' ? `${done} AWS has not made all effective policies anew yet; it goes on by itself.` : done;
}

/** `attach A to B` at the start of a sentence. */
export function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

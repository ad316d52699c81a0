import type { LeftOpenView, RemoteOutcomeView, RemoteWriteView, UndoPlanView } from '../../server/protocol.ts';
import { impactLines } from '../changeSummary.ts';
import { capitalized } from './attachmentSummary.ts';
import { connectionDetail } from './connectionText.ts';
import type { RemoteQuestion } from './remoteQuestion.ts';

/** Words what taking back would do: every call, what cannot be restored, what accounts get, and where it goes. */
export function undoQuestion({ title, at, connection, steps, notes, impact }: UndoPlanView): RemoteQuestion {
  const detail = [
    ...steps.map((step, index) => `${String(index + 1)}. ${capitalized(step)}`),
    ...(impact === undefined ? [] : impact.groups.length === 0 ? ['No effective policy changes.'] : impactLines(impact.groups)),
    ...notes,
    '',
    connectionDetail(connection),
  ];
  return { title: `Take back "${title}" of ${instant(at)} in organization ${connection.organizationId}?`, detail: detail.join('\n'), action: steps.length === 1 ? 'Take Back 1 Change' : `Take Back ${String(steps.length)} Changes` };
}

/** Words why an operation cannot be taken back. */
export function obstacleText({ title, obstacles }: UndoPlanView): { readonly title: string; readonly detail: string } {
  return { title: `"${title}" cannot be taken back as it was made, so nothing was changed.`, detail: [...obstacles, 'What somebody else has done since is left alone. Compare the versions, then push the one that shall hold.'].join('\n') };
}

/** Words what became of an operation that is not complete: what AWS holds, and what not. */
export function incompleteText({ title, writes, failure }: RemoteOutcomeView): { readonly title: string; readonly detail: string } {
  const holding = writes.filter(({ result }) => result === 'done' || result === 'already');
  const doubtful = writes.filter(({ result }) => result === 'unknown');
  const missing = writes.filter((write) => !holding.includes(write) && !doubtful.includes(write));
  const lines = [
    ...(failure === undefined ? [] : [failure.message, failure.nextStep, '']),
    ...(holding.length === 0 ? [] : ['AWS holds:', ...holding.map(line)]),
    ...(holding.length === 0 && doubtful.length === 0 ? ['AWS holds nothing of it.'] : []),
    ...(missing.length === 0 ? [] : ['AWS does not hold:', ...missing.map(line)]),
    ...doubtful.map(({ what }) => `Not known, because AWS could not be read: ${what}`),
  ];
  const outcome = holding.length > 0 ? 'done in part' : doubtful.length > 0 ? 'whether it was done is not known' : 'not done';
  return { title: `${title}: ${outcome}.`, detail: lines.join('\n') };
}

/** Words an operation that a crash or a lost network has left in the middle. */
export function leftOpenText({ title, at, done, notDone }: LeftOpenView): { readonly title: string; readonly detail: string } {
  return {
    title: `"${title}" of ${instant(at)} was not brought to an end.`,
    detail: ['AWS holds:', ...done.map((what) => `✓ ${capitalized(what)}`), 'AWS does not hold:', ...notDone.map((what) => `✗ ${capitalized(what)}`), '', 'Finish makes the rest. Take Back shows what restores the state before. Keep As It Is leaves AWS alone.'].join('\n'),
  };
}

function line({ what, result }: RemoteWriteView): string {
  return `${result === 'done' || result === 'already' ? '✓' : '✗'} ${capitalized(what)}${result === 'already' ? ' (was so already)' : ''}`;
}

/** `2026-06-01 12:00 UTC` */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

import type { ModelChange, ModelChangePreview } from '../server/protocol.ts';

/** How many accounts a message names before it counts the rest. */
const named = 10;

/** What a confirmation says about a change of attachments. */
export interface Confirmation {
  readonly title: string;
  readonly detail: string;
  /** The verb and the numbers on the button. */
  readonly action: string;
  /** What is told afterwards. */
  readonly done: string;
}

/** Words a change of attachments: what it reaches and which effective policies become invalid or valid. */
export function confirmation(change: ModelChange, preview: ModelChangePreview): Confirmation {
  const policy = displayName(change.policy);
  const { title, action, done } = words(change, policy, preview);
  const lines = [
    reach(preview),
    ...(preview.becomeInvalid.length === 0 ? [] : [`Becomes invalid: ${list(preview.becomeInvalid)}. AWS withholds an invalid effective policy; the account keeps its last valid one.`]),
    ...(preview.loseBackups.length === 0 ? [] : [`Loses a plan, a rule or a selection: ${list(preview.loseBackups)}.`]),
    ...(preview.becomeWeaker.length === 0 ? [] : [`Protected less than before: ${list(preview.becomeWeaker)}.`]),
    ...(preview.becomeValid.length === 0 ? [] : [`Becomes valid: ${list(preview.becomeValid)}.`]),
    ...(preview.unchangedTargets.length === 0 ? [] : [`Stays as it is: ${list(preview.unchangedTargets)}.`]),
    'Only the model file changes; undo takes it back.',
  ];
  return { title, detail: lines.join('\n'), action, done };
}

function words(change: ModelChange, policy: string, preview: ModelChangePreview): Pick<Confirmation, 'title' | 'action' | 'done'> {
  switch (change.type) {
    case 'attach': {
      const where = targets(preview.changedTargets);
      return { title: `Attach ${policy} to ${where}?`, action: `Attach to ${counted(preview.changedTargets)}`, done: `Attached ${policy} to ${where} in the model file.` };
    }
    case 'detach': {
      const where = targets(preview.changedTargets);
      return { title: `Detach ${policy} from ${where}?`, action: `Detach from ${counted(preview.changedTargets)}`, done: `Detached ${policy} from ${where} in the model file.` };
    }
    case 'reorder': {
      const place = `number ${String(change.index + 1)} in the order of attachment to ${preview.changedTargets[0] ?? 'the target'}`;
      return { title: `Make ${policy} ${place}?`, action: 'Change Order', done: `${policy} is now ${place}.` };
    }
    case 'move': {
      const [from = 'its target', to = 'another target'] = preview.changedTargets;
      return { title: `Move ${policy} from ${from} to ${to}?`, action: 'Move Attachment', done: `Moved ${policy} to ${to} in the model file.` };
    }
  }
}

/** One target by its path, several by their number. */
function reach({ accountsReached, accountsChanged }: ModelChangePreview): string {
  if (accountsReached === 0) return 'It reaches no account.';
  const reached = `It reaches ${accounts(accountsReached)}`;
  if (accountsChanged === 0) return `${reached}; no effective policy changes.`;
  if (accountsChanged < accountsReached) return `${reached} and changes the effective policy of ${String(accountsChanged)} of them.`;
  return accountsReached === 1 ? `${reached} and changes its effective policy.` : `${reached} and changes the effective policy of each.`;
}

function targets(paths: readonly string[]): string {
  const [only, second] = paths;
  return only !== undefined && second === undefined ? only : `${String(paths.length)} targets`;
}

function counted(paths: readonly string[]): string {
  return paths.length === 1 ? '1 Target' : `${String(paths.length)} Targets`;
}

function accounts(count: number): string {
  return count === 1 ? '1 account' : `${String(count)} accounts`;
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, named).join(', ');
  return paths.length > named ? `${shown} and ${String(paths.length - named)} more` : shown;
}

/** The name of a policy that may still be given by the URI of its file. */
function displayName(policy: string): string {
  return (policy.split('/').at(-1) ?? policy).replace(/\.json$/, '');
}

import type { ImpactGroupView, ModelChange, ModelChangePreview } from '../server/protocol.ts';

/** How many accounts a line names before it counts the rest. */
const named = 5;
/** How many groups of accounts are told of before the rest is counted. */
const told = 5;

/** What a confirmation says about a change of a model file. */
export interface Confirmation {
  readonly title: string;
  readonly detail: string;
  /** The verb and the numbers on the button. */
  readonly action: string;
  /** What is told afterwards. */
  readonly done: string;
}

/**
 * Words a change: what it reaches and what it means for accounts, the worst first.
 * @param connected whether the change is offered for AWS as well.
 */
export function confirmation(change: ModelChange, preview: ModelChangePreview, connected = false): Confirmation {
  const lines = [
    reach(preview),
    ...impactLines(preview.impact),
    ...(preview.becomeValid.length === 0 ? [] : [`Becomes valid: ${list(preview.becomeValid)}.`]),
    ...(preview.unchangedTargets.length === 0 ? [] : [`Stays as it is: ${list(preview.unchangedTargets)}.`]),
    connected ? 'For AWS, what it means on the real targets is read and asked first. In the model, undo takes it back.' : 'Only the model file changes; undo takes it back.',
  ];
  return { ...words(change, preview), detail: lines.join('\n') };
}

/** One planned change in a few words, for the title of a view. */
export function plannedChange(change: ModelChange, preview: ModelChangePreview): string {
  return words(change, preview).title.replace(/\?$/, '');
}

const gradeLines: Readonly<Record<ImpactGroupView['grade'], string>> = {
  frozen: 'Invalid, so that AWS keeps the last valid policy',
  lost: 'Loses a plan, a rule or a selection',
  weaker: 'Protected less than before',
  repaired: 'Gets what AWS withheld',
  safe: 'Protected as before or better',
};

/** The worst groups of an impact, a line for each, and how many accounts are left. */
export function impactLines(impact: readonly ImpactGroupView[]): readonly string[] {
  return [
    ...impact.slice(0, told).map(groupLine),
    ...(impact.length > told ? [`And ${accounts(accountsOf(impact.slice(told)))} that change less badly.`] : []),
  ];
}

function groupLine(group: ImpactGroupView): string {
  const paths = group.accounts.map(({ path }) => path);
  const reason = reasonOf(group);
  return `${group.staysInvalid === true ? 'Stays invalid, so that AWS keeps the last valid policy' : gradeLines[group.grade]}: ${list(paths)}${reason === '' ? '' : ` (${reason})`}.`;
}

/** What makes the grade: AWS's first error, else the first of the worst changes. */
function reasonOf({ grade, errors: [error], changes }: ImpactGroupView): string {
  if (error !== undefined) return `${error.code}: ${error.message.replace(/\.$/, '')}`;
  const worst = changes.filter((change) => change.grade === grade);
  const [first] = worst;
  if (first === undefined) return '';
  const what = `${first.path.split('/').slice(1).join('/')} ${first.values ?? first.type}`;
  return worst.length === 1 ? what : `${what}, and ${String(worst.length - 1)} more`;
}

function words(change: ModelChange, preview: ModelChangePreview): Pick<Confirmation, 'title' | 'action' | 'done'> {
  if (change.type === 'moveEntity') {
    const [from = preview.unchangedTargets[0] ?? 'the target', to = 'another parent'] = preview.changedTargets;
    const parent = to.split('/').slice(0, -1).join('/');
    return { title: `Move ${from} to ${parent === '' ? 'another parent' : parent}?`, action: 'Move in Model', done: `${from} is now ${to} in the model file.` };
  }
  const policy = displayName(change.policy);
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

/** Accounts of all groups. */
export function accountsOf(groups: readonly ImpactGroupView[]): number {
  return groups.reduce((sum, group) => sum + group.accounts.length, 0);
}

/** `1 account`, `39 accounts`. */
export function accounts(count: number): string {
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

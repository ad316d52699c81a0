import type { ImpactGroupView, RefactoringView } from '../server/protocol.ts';

/** How many accounts, changes and groups a message names before it counts the rest. */
const named = { accounts: 5, changes: 4, groups: 4 };

/** What a confirmation says about a refactoring. */
export interface RefactoringConfirmation {
  readonly title: string;
  readonly detail: string;
  /** The verb and the numbers on the button. */
  readonly action: string;
}

/** Words what a refactoring changes for accounts and what is gone afterwards, the worst first. */
export function refactoringConfirmation({ title, files, accounts, changed, impact, lost }: RefactoringView): RefactoringConfirmation {
  const lines = [
    changed === 0 ? `The effective policy of ${accounts === 1 ? 'the one account' : `all ${String(accounts)} accounts`} stays the same.` : `${counted(changed, 'account')} of ${String(accounts)} ${changed === 1 ? 'gets' : 'get'} another effective policy.`,
    ...impact.groups.slice(0, named.groups).map(groupText),
    ...(impact.groups.length > named.groups ? [`And ${String(impact.groups.length - named.groups)} more kinds of change.`] : []),
    ...(changed > 0 && impact.groups.length === 0 ? ['Only the order of lists or the letter case of names differs: the same is backed up as before.'] : []),
    ...(lost === undefined ? [] : [`Gone afterwards: ${lost}`]),
    `${counted(files.length, 'file')} ${files.length === 1 ? 'changes' : 'change'}; undo takes it back.`,
  ];
  return { title: `${title}?`, detail: lines.join('\n'), action: changed === 0 ? 'Apply' : `Apply and Change ${counted(changed, 'Account')}` };
}

function groupText({ accounts, meaning, changes, errors }: ImpactGroupView): string {
  const texts = [...errors.map(({ path, message }) => `${path}: ${message}`), ...changes.map(({ type, path, values }) => `${signs[type]} ${path.replace(/^plans\//, '')}${values === undefined ? '' : `: ${values}`}`)];
  const paths = accounts.map(({ path }) => path);
  return `${listed(paths, named.accounts)}: ${meaning} (${listed(texts, named.changes)})`;
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

function listed(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} and ${String(texts.length - most)} more` : shown;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

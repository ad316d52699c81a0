/** What a refactoring does, before it is made. */

import type { ViewRange } from './entity.ts';
import type { ImpactView } from './impact.ts';

/** One refactoring at a place; found again by these three as long as the files stay as they are. */
export interface RefactoringRef {
  readonly uri: string;
  readonly range: ViewRange;
  readonly id: string;
}

/** A refactoring as a list offers it. */
export interface RefactoringOffer {
  readonly ref: RefactoringRef;
  /** Ends with … when something is asked before it is made. */
  readonly title: string;
  /** Why it cannot be made here. */
  readonly refusal?: string;
}

/** A refactoring that has been tried: what it does to files and to accounts. */
export interface RefactoringView {
  readonly title: string;
  /** In the order in which they are made: new files first, deletions last. Empty with a refusal. */
  readonly files: readonly FileChangeView[];
  /** Accounts that were compared, and how many of them get another effective policy. */
  readonly accounts: number;
  readonly changed: number;
  /** What changes in meaning: nothing when lists get another order, or names another letter case. */
  readonly impact: ImpactView;
  /** What is gone afterwards, as a phrase. */
  readonly lost?: string;
  readonly refusal?: string;
}

export type FileChangeView =
  | { readonly type: 'edit'; readonly uri: string; readonly edits: readonly { readonly range: ViewRange; readonly newText: string }[] }
  | { readonly type: 'create'; readonly uri: string; readonly text: string }
  | { readonly type: 'delete'; readonly uri: string };

/** The command that a code action carries when something is asked before its edits are made. Arguments: RefactoringRef. */
export const confirmRefactoringCommand = 'awsBackupPolicy.confirmRefactoring';

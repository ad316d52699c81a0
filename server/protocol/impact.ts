/** What a change means for every account. */

import type { TargetRef, ViewLocation } from './entity.ts';

/** Accounts for which edits mean the same. */
export interface ImpactGroupView {
  readonly grade: 'safe' | 'repaired' | 'weaker' | 'lost' | 'frozen';
  /** Invalid before as well, so that AWS keeps what it kept. */
  readonly staysInvalid?: true;
  /** The grade in words, for the end of a sentence. */
  readonly meaning: string;
  readonly accounts: readonly { readonly target: TargetRef; readonly name: string; readonly path: string }[];
  readonly changes: readonly {
    readonly type: 'added' | 'removed' | 'changed';
    readonly grade: 'safe' | 'weaker' | 'lost';
    /** Keys joined by slashes. */
    readonly path: string;
    /** `90 → 35`; undefined for a plan, rule or other group. */
    readonly values?: string;
    /** The statement that makes the change; undefined for what is gone. */
    readonly location?: ViewLocation;
  }[];
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path: string; readonly location?: ViewLocation }[];
}

/** What edits mean for every account, the worst first. */
export interface ImpactView {
  /** Why the change that was asked about cannot be made; there are no groups then. */
  readonly refusal?: string;
  readonly groups: readonly ImpactGroupView[];
  /** Accounts that were compared. */
  readonly accounts: number;
}

/** Places in files, and the roots, organizational units and accounts of models, as views know them. */

/** LSP positions: zero-based lines, UTF-16 characters. */
export interface ViewPosition {
  readonly line: number;
  readonly character: number;
}

export interface ViewRange {
  readonly start: ViewPosition;
  readonly end: ViewPosition;
}

export interface ViewLocation {
  readonly uri: string;
  readonly range: ViewRange;
}

/** A root, organizational unit or account of one model file. `key` is its id, or its path of names without one. */
export interface TargetRef {
  readonly organization: string;
  readonly key: string;
}

export type EntityKind = 'root' | 'organizationalUnit' | 'account';

/** What an account gets: AWS withholds its effective policy, no plan reaches it, there are warnings about it, or nothing is wrong. */
export type AccountHealth = 'invalid' | 'unprotected' | 'warned' | 'protected';

export interface AttachedPolicyView {
  readonly name: string;
  /** Undefined when the model does not define the policy or refuses its file. */
  readonly uri?: string;
  /** Position in the order of attachment, 0 = first. */
  readonly index: number;
  /** False when the file cannot be read. */
  readonly found: boolean;
  /** The name in the entity's list in the model file. */
  readonly location: ViewLocation;
}

export interface EntityView {
  readonly target: TargetRef;
  readonly kind: EntityKind;
  readonly name: string;
  readonly id?: string;
  readonly path: string;
  readonly policies: readonly AttachedPolicyView[];
  readonly hasChildren: boolean;
  /** Accounts at or below it. */
  readonly accounts: number;
  /** What AWS says about its own effective policy, empty when it is valid. */
  readonly errors: readonly string[];
  /** Of an account: the worst that is true. */
  readonly health?: AccountHealth;
  /** Warnings about the effective policy of an account with the health `warned`. */
  readonly warnings: number;
  /** Accounts below it whose effective policy is invalid. */
  readonly invalidAccounts: number;
  /** Accounts below it that no backup plan reaches. */
  readonly unprotectedAccounts: number;
  /** Accounts below it whose effective policy is valid and has warnings. */
  readonly warnedAccounts: number;
  /** The guardrails that it, or accounts below it, do not meet, with the number of those accounts. */
  readonly failingGuardrails: readonly { readonly name: string; readonly accounts: number }[];
  readonly location: ViewLocation;
}

/** What AWS says about an effective policy. */
export interface EffectiveErrorView {
  /** AWS's code, message and slash path. */
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly policies: readonly string[];
  /** The statement that can mend it. */
  readonly location?: ViewLocation;
}

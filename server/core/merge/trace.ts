import type { Span } from '../document/tree.ts';
import type { OperatorSet } from './operators.ts';
import type { Operation, Stated, StatedContainer } from './statements.ts';

/** Root, organizational unit or account on the path, 0 = root. */
export interface Level {
  readonly kind: 'root' | 'organizationalUnit' | 'account';
  readonly name: string;
  /** Names from the root, `Root/Workloads/shop-prod`. */
  readonly path: string;
  readonly id?: string;
  readonly depth: number;
}

/** A policy as it is attached somewhere; `content` is undefined when its file cannot be read as a policy. */
export interface AttachedPolicy {
  readonly name: string;
  /** Where its text is. */
  readonly uri: string;
  readonly content: StatedContainer | undefined;
}

/** A policy at the entity that it is attached to. */
export interface Source {
  readonly level: Level;
  readonly policy: AttachedPolicy;
}

/** An operator of a policy at the level where it takes part. */
export interface Statement extends Operation {
  readonly source: Source;
}

/** A child control operator that took effect for lower levels. */
export interface Control {
  readonly source: Source;
  /** What it allows by itself. */
  readonly allowed: OperatorSet;
  readonly span: Span;
}

/**
 * What became of a statement.
 * - `applied`: at least a part of the effective value is its work.
 * - `overridden`: nothing of it is left, because of `by`.
 * - `blocked`: a control of a higher level forbids its operator; AWS ignores it silently. Source: inheritance rule 23 [doc, obs].
 * - `noEffect`: AWS applies it and nothing changes.
 */
export type Outcome =
  | { readonly type: 'applied' }
  | { readonly type: 'overridden'; readonly by: Statement }
  | { readonly type: 'blocked'; readonly by: Control }
  | { readonly type: 'noEffect'; readonly reason: NoEffect };

/**
 * - `laterPeer`: another policy of the same entity, attached before, has the `@@assign` that counts. Source: rule 15 [obs].
 * - `alreadyPresent`: every appended element was there. Source: rule 7 [obs].
 * - `absent`: no removed element was there. Source: rule 8 [obs].
 * - `nothingToRemove`: nobody has set the list. Source: rule 9 [obs].
 */
export type NoEffect =
  | { readonly type: 'laterPeer'; readonly first: Statement }
  | { readonly type: 'alreadyPresent' }
  | { readonly type: 'absent' }
  | { readonly type: 'nothingToRemove' };

/** One statement with its fate, in the order root → account, attachment order, assign → append → remove. */
export interface TraceEntry {
  readonly statement: Statement;
  readonly outcome: Outcome;
}

/** A child that a policy wanted to add below a container whose control forbids it. Source: inheritance rule 26 [doc]. */
export interface RefusedChild {
  readonly source: Source;
  readonly stated: Stated;
  /** Keys from the document root as they print. */
  readonly path: readonly string[];
  readonly by: Control;
}

/** A statement that AWS takes without a word although it changes nothing. */
export type IgnoredStatement =
  | { readonly type: 'statement'; readonly path: readonly string[]; readonly entry: TraceEntry }
  | { readonly type: 'child'; readonly refused: RefusedChild }
  | { readonly type: 'control'; readonly path: readonly string[]; readonly control: Control; readonly inherited: OperatorSet; readonly by: Control };

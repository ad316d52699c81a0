/** The effective policy of a target, every value with its origin, as the side panel shows it. */

import type { EffectiveErrorView, EntityKind, EntityView, ViewLocation } from './entity.ts';

/** Where a value was set. */
export interface OriginView {
  /** Path of names of the root, OU or account. */
  readonly level: string;
  readonly levelName: string;
  readonly levelKind: EntityKind;
  readonly policy: string;
  /** `@@assign`, `@@append`, `@@remove`. */
  readonly operator: string;
  readonly location: ViewLocation;
}

/** A statement that is not part of the effective value. */
export interface AttemptView {
  readonly outcome: 'overridden' | 'blocked' | 'noEffect';
  readonly values: readonly string[];
  readonly origin: OriginView;
  /** One sentence that says by what: names policy, level and operator. */
  readonly reason: string;
  /** The statement or control that is the reason, when there is one. */
  readonly cause?: ViewLocation;
}

/** A control that binds lower levels. */
export interface LockView {
  /** What lower policies may still do, `@@append`, or `@@none`. */
  readonly allowed: string;
  readonly origin: OriginView;
}

export interface ContainerView {
  readonly type: 'container';
  /** Stable while the policy is edited: the keys joined by a slash. */
  readonly id: string;
  readonly name: string;
  /** What it is: `plan`, `rule`, `selection`, `lifecycle`, … */
  readonly noun: string;
  /** A summary for its row: a schedule, a role, a vault. */
  readonly detail?: string;
  readonly origin: OriginView;
  readonly children: readonly NodeView[];
  /** Children that lower policies wanted to add and a control keeps out. */
  readonly refused: readonly AttemptView[];
  readonly locks: readonly LockView[];
}

export interface ValueView {
  readonly type: 'value';
  readonly id: string;
  readonly name: string;
  readonly kind: 'single' | 'list';
  /** One for a single value; elements in order for a list; empty for an emptied list. */
  readonly values: readonly { readonly text: string; readonly origin: OriginView }[];
  /** The value in words, e.g. a schedule, or a number of days as years. */
  readonly meaning?: string;
  readonly attempts: readonly AttemptView[];
  readonly locks: readonly LockView[];
}

export type NodeView = ContainerView | ValueView;

/** Everything that the side panel shows for one target. */
export interface EffectivePolicyView {
  readonly target: EntityView;
  /** From the root to the target. */
  readonly levels: readonly { readonly name: string; readonly kind: EntityKind; readonly policies: readonly string[] }[];
  /** True when no policy at any level contributes a setting. */
  readonly empty: boolean;
  readonly errors: readonly EffectiveErrorView[];
  /** The children of `plans`. */
  readonly plans: readonly NodeView[];
}

/** What every level on the path to a target says, and why something is not set. */

import type { EffectiveErrorView, EntityKind, EntityView, ViewLocation } from './entity.ts';

/** A level on the path to a target: a column of the cascade. */
export interface CascadeLevelView {
  readonly name: string;
  /** Names from the root. */
  readonly path: string;
  readonly kind: EntityKind;
  /** In order of attachment. `problem` says in one sentence why a policy takes no part, or only as far as it can be read. */
  readonly policies: readonly { readonly name: string; readonly location: ViewLocation; readonly problem?: string }[];
}

/** What one policy says of a setting or group at one level, and what became of it. */
export interface CascadeStatementView {
  /** Index of the column, 0 = root. */
  readonly level: number;
  readonly policy: string;
  readonly location: ViewLocation;
  /** `@@assign`, `@@append`, `@@remove`; undefined where a policy names a group. */
  readonly operator?: string;
  /** `lost`: an element of an applied list statement that later levels took out again. */
  readonly values: readonly { readonly text: string; readonly lost: boolean }[];
  readonly outcome: 'applied' | 'overridden' | 'blocked' | 'noEffect';
  /** Names policy, level and operator of the reason; for an applied statement what it does. One sentence. */
  readonly sentence: string;
  /** The statement or control that is the reason, when there is one. */
  readonly cause?: ViewLocation;
}

/** A child control operator at a setting or group. */
export interface CascadeControlView {
  readonly level: number;
  readonly policy: string;
  readonly location: ViewLocation;
  /** What it allows lower policies, `@@append, @@remove`, or `@@none`. */
  readonly allowed: string;
  /** One sentence. */
  readonly sentence: string;
  /** False for one that only repeats or would widen what higher levels allow. */
  readonly narrows: boolean;
}

/** Why something has no effective value, or why a statement is not part of it. */
export interface NotSetReasonView {
  readonly type: 'neverStated' | 'blocked' | 'refused' | 'removed' | 'overridden' | 'noEffect' | 'empty' | 'malformed' | 'elsewhere' | 'unreadable' | 'withheld';
  /** One sentence that names policy and level. */
  readonly sentence: string;
  /** The statement, or the attachment of a policy that cannot be read. */
  readonly location?: ViewLocation;
  /** The control or statement that is the reason. */
  readonly cause?: ViewLocation;
}

interface CascadeRowBase {
  /** The keys joined by a slash, other than any other's also where keys hold slashes. */
  readonly id: string;
  readonly name: string;
  /** Keys from the document root. */
  readonly path: readonly string[];
  /** True when it is part of the effective policy. */
  readonly present: boolean;
  /** In the order in which AWS reads them. */
  readonly statements: readonly CascadeStatementView[];
  readonly controls: readonly CascadeControlView[];
  /** Empty for what is present. */
  readonly notSet: readonly NotSetReasonView[];
}

/** A plan, rule, selection or other group that a level on the path speaks of. */
export interface CascadeGroupView extends CascadeRowBase {
  readonly type: 'group';
  /** What it is: `plan`, `rule`, `selection`, `lifecycle`, … */
  readonly noun: string;
  /** A summary of its effective settings. */
  readonly detail?: string;
  readonly children: readonly CascadeRowView[];
}

/** A setting that a level on the path speaks of. */
export interface CascadeSettingView extends CascadeRowBase {
  readonly type: 'setting';
  readonly kind: 'single' | 'list';
  /** The effective value: one element for a single value, none for an emptied list or without a value. */
  readonly values: readonly { readonly text: string; readonly level: number; readonly policy: string }[];
  /** The value in words. */
  readonly meaning?: string;
}

export type CascadeRowView = CascadeGroupView | CascadeSettingView;

/** What every level on the path to a target says, and the effective policy that comes of it. */
export interface CascadeView {
  readonly target: EntityView;
  /** From the root to the target. */
  readonly levels: readonly CascadeLevelView[];
  readonly errors: readonly EffectiveErrorView[];
  /** The children of `plans`. */
  readonly rows: readonly CascadeRowView[];
}

/** The answer to "why is this not set?". */
export interface WhyNotSetView {
  /** Keys as they print. */
  readonly path: readonly string[];
  /** `unknown`: AWS knows no such key. */
  readonly state: 'set' | 'notSet' | 'unknown';
  /** One sentence. */
  readonly sentence: string;
  readonly reasons: readonly NotSetReasonView[];
  /** What AWS does without the setting, as one sentence. */
  readonly consequence?: string;
}

/** A setting or group that can be asked about. */
export interface SettingPathView {
  readonly path: readonly string[];
  readonly title: string;
  readonly present: boolean;
}

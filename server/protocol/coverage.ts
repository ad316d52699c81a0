/** Which backup plan reaches which account, as the table of coverage shows it. */

import type { AccountHealth, TargetRef, ViewLocation } from './entity.ts';

/** A rule of a plan in words. */
export interface CoverageRuleView {
  readonly name: string;
  /** `At 05:00 AM UTC, every day`, the expression as it is written when it cannot be read; AWS Backup's own, `(by default)`, for a rule without one. */
  readonly schedule: string;
  /** Days until a recovery point is deleted; null when it is never deleted or nobody can say. */
  readonly retentionDays: number | null;
  /** `35 days`, `never deleted`, or that a template fills it in. */
  readonly retention: string;
  readonly continuous: boolean;
  /** `to eu-central-1, 90 days`. */
  readonly copies: readonly string[];
}

/** What one plan does for an account. */
export interface CoverageCellView {
  /** `35 days`, `35 to 365 days`, `never deleted`. */
  readonly retention: string;
  /** The longest retention of its rules in days; null when a recovery point is never deleted or nobody can say. */
  readonly retentionDays: number | null;
  readonly rules: readonly CoverageRuleView[];
  readonly regions: readonly string[];
  /** Where the plan is introduced. */
  readonly location?: ViewLocation;
}

/** Accounts that get the same from every plan. */
export interface CoverageGroupView {
  readonly health: AccountHealth;
  /** In the order of the model. */
  readonly accounts: readonly { readonly target: TargetRef; readonly name: string; readonly path: string; readonly id?: string }[];
  /** One for each plan of the organization; null where the plan does not reach the accounts. */
  readonly cells: readonly (CoverageCellView | null)[];
}

/** The coverage of one organization. */
export interface OrganizationCoverageView {
  readonly uri: string;
  readonly name: string;
  readonly accounts: number;
  readonly unprotected: number;
  readonly invalid: number;
  /** Names of plans as the first account that has one spells it. */
  readonly plans: readonly string[];
  /** Accounts without a plan first, then those with an invalid effective policy. */
  readonly groups: readonly CoverageGroupView[];
}

/** The formats in which coverage can be written to a file. */
export type CoverageFormat = 'csv' | 'markdown';

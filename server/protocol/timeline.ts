/** What the rules of an effective policy do in the coming days, as views know it. */

import type { EntityView, ViewLocation } from './entity.ts';

/** The periods of a timeline, in days. */
export const timelineDays = [14, 35, 366] as const;

/** One of {@link timelineDays}. */
export type TimelineDays = (typeof timelineDays)[number];

/** A change of the clocks of the chosen time zone: daylight saving time begins or ends. */
export interface ClockChangeView {
  /** Epoch milliseconds UTC, the first moment with the new offset. */
  readonly time: number;
  /** Minutes ahead of UTC. */
  readonly before: number;
  readonly after: number;
  /** One sentence: when, and what it means for backups. */
  readonly meaning: string;
}

/** The time between two backups: what is written between them can be lost. Moments are epoch milliseconds UTC. */
export interface GapsView {
  readonly largest: { readonly from: number; readonly to: number };
  /** `24 h`, `31 d`. */
  readonly largestText: string;
  /** The whole sentence. */
  readonly meaning: string;
  /** Every gap as large as the largest one in the coming year, in order; empty when all gaps are equal. */
  readonly places: readonly { readonly from: number; readonly to: number }[];
}

/** What becomes of recovery points. Moments are epoch milliseconds UTC in order, in the period of the view. */
export interface PointsTimelineView {
  readonly coldAfterDays?: number;
  /** Undefined: kept for ever, or not known. */
  readonly deleteAfterDays?: number;
  /** True when a template fills in the days. */
  readonly isColdUnknown?: boolean;
  readonly isDeletionUnknown?: boolean;
  /** Moves to cold storage; those of points made before the period suppose that the schedule always ran. */
  readonly moves: readonly number[];
  readonly deletions: readonly number[];
  /** How many are kept of each resource in the long run, in words; empty when the schedule or the days are not known. */
  readonly kept: string;
}

/** A copy action: a copy of each backup of its rule. */
export interface CopyTimelineView extends PointsTimelineView {
  readonly id: string;
  /** `vault central-vault in eu-west-1, account 222233334444`. */
  readonly destination: string;
  readonly vault: string;
  /** Empty when the vault's ARN is not known. */
  readonly region: string;
  /** An account id; undefined for the account that the plan runs in. */
  readonly account?: string;
  readonly summary: string;
}

/** A rule in a timeline. */
export interface RuleTimelineView extends PointsTimelineView {
  readonly id: string;
  readonly name: string;
  /** In words. */
  readonly schedule: string;
  /** True when the rule has no schedule and AWS Backup uses its own. */
  readonly scheduleByDefault: boolean;
  /** Why there are no starts, when the schedule is refused or not known. */
  readonly problem?: string;
  readonly starts: readonly number[];
  /** True when there are more events in the period than are listed. */
  readonly cut: boolean;
  /** Minutes after the scheduled start; `byDefault` when the rule does not say so. */
  readonly startWindow: { readonly minutes: number; readonly byDefault: boolean; readonly text: string };
  readonly completionWindow: { readonly minutes: number; readonly byDefault: boolean; readonly text: string };
  readonly vault?: string;
  readonly continuous: boolean;
  readonly gaps?: GapsView;
  readonly copies: readonly CopyTimelineView[];
  /** One line: schedule, retention, recovery points, longest gap. */
  readonly summary: string;
  /** The rule in the policy that introduces it. */
  readonly location?: ViewLocation;
}

/** A plan in a timeline. */
export interface PlanTimelineView {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly string[];
  /** Between the backups of all of its rules. */
  readonly gaps?: GapsView;
  readonly rules: readonly RuleTimelineView[];
}

/** Resources that several plans select for certain. */
export interface SharedTimelineView {
  /** `resources with the tag backup-tier = gold`. */
  readonly resources: string;
  readonly regions: readonly string[];
  /** Ids and names of the plans. */
  readonly plans: readonly { readonly id: string; readonly name: string }[];
  readonly gaps?: GapsView;
}

/** Two rules that select the same resources, one of which starts within the other's start window. */
export interface OverlapTimelineView {
  /** Ids of the rules. */
  readonly rules: readonly [string, string];
  /** In the period; more than there are in `times`. */
  readonly count: number;
  /** Epoch milliseconds UTC, when the later of the two starts. */
  readonly times: readonly number[];
  /** One sentence. */
  readonly meaning: string;
}

/** What the rules of a target's effective policy do in a period. Moments are epoch milliseconds UTC. */
export interface TimelineView {
  readonly target: EntityView;
  readonly days: TimelineDays;
  /** The start of today, UTC. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** The user's time zone: its IANA name, and its minutes ahead of UTC at `from`. */
  readonly zone: { readonly name: string; readonly offset: number; readonly changes: readonly ClockChangeView[] };
  /** What AWS says about the effective policy: it withholds one with errors. */
  readonly errors: readonly string[];
  readonly plans: readonly PlanTimelineView[];
  readonly shared: readonly SharedTimelineView[];
  readonly overlaps: readonly OverlapTimelineView[];
}

/** By which AWS Backup runs a rule that has no schedule. Source: syntax §3.1 [api]. */
export const defaultSchedule = 'cron(0 5 ? * * *)';

/** On which days of its months a schedule runs. Days 1–31; weekdays 1 (Sunday) – 7 (Saturday). */
export type DayRule =
  | { readonly kind: 'days-of-month'; readonly days: readonly number[] }
  /** `offset` days before the last day of the month. */
  | { readonly kind: 'last-day'; readonly offset: number; readonly nearestWeekday: boolean }
  /** The Monday to Friday nearest to `day`, in the same month; months without the day are skipped. */
  | { readonly kind: 'nearest-weekday'; readonly day: number }
  | { readonly kind: 'weekdays'; readonly weekdays: readonly number[] }
  /** `nth` is 1–5; months without a fifth such weekday are skipped. */
  | { readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'last-weekday'; readonly weekday: number };

/** When a rule runs, as AWS reads it, in UTC. All lists ascend, hold no value twice and are not empty. */
export interface Schedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 (January) – 12. */
  readonly months: readonly number[];
  readonly years: readonly number[];
  readonly days: DayRule;
}

/** Why AWS refuses a schedule. */
export type ScheduleProblemKind =
  | 'not-cron' | 'rate' | 'surrounding-blank' | 'letter-case' | 'field-count'
  | 'field-value' | 'step' | 'range-order' | 'misplaced-selector' | 'list-with-selector' | 'day-fields';

/** A reason for which AWS refuses a schedule, at the part of its text that is wrong. */
export interface ScheduleProblem {
  readonly kind: ScheduleProblemKind;
  readonly message: string;
  /** Offsets in the schedule's text; empty only where the text is. */
  readonly start: number;
  readonly end: number;
  /** A text for the part from `start` to `end` that AWS accepts, where the intent is clear. */
  readonly replacement?: string;
}

/** What AWS accepts but reads otherwise than it is written. */
export type ScheduleNoteKind = 'missing-year' | 'surplus-fields' | 'list-with-selector' | 'ignored-text' | 'empty-element' | 'zero-step';

/** An oddity that AWS accepts, at its place. */
export interface ScheduleNote {
  readonly kind: ScheduleNoteKind;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A text for the part from `start` to `end` that says plainly what AWS reads. */
  readonly replacement?: string;
}

/** A schedule as AWS reads it, or why AWS refuses it. */
export type ScheduleParse =
  | { readonly ok: true; readonly schedule: Schedule; readonly notes: readonly ScheduleNote[] }
  | { readonly ok: false; readonly problems: readonly ScheduleProblem[] };

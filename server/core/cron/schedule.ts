/** Which days of a month a schedule means. Days count from 1; weekdays from 1 = Sunday, as AWS counts. */
export type DayRule =
  | { readonly type: 'days'; readonly days: ReadonlySet<number> }
  | { readonly type: 'nearestWeekday'; readonly day: number }
  | { readonly type: 'last'; readonly offset: number; readonly weekday: boolean }
  | { readonly type: 'weekdays'; readonly weekdays: ReadonlySet<number> }
  | { readonly type: 'nthWeekday'; readonly weekday: number; readonly nth: number }
  | { readonly type: 'lastWeekday'; readonly weekday: number };

/** A schedule that AWS takes, in UTC. Source: syntax §3.1 [obs]. */
export interface Schedule {
  /** Ascending. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** Undefined for every year. */
  readonly years: ReadonlySet<number> | undefined;
  readonly day: DayRule;
}

/** The last year that AWS's dialect knows. Source: syntax §3.1 [obs]. */
export const lastYear = 2199;

import { occurrencesUntil } from '../cron/occurrences.ts';
import type { Schedule } from '../cron/schedule.ts';

const day = 86_400_000;
/** A year is watched once the number of recovery points does not grow any more. */
const watchedDays = 366;
/** More starts than these are not counted one by one. */
const countedStarts = 50_000;
/** Four years have one leap day. */
const leapCycleDays = 1461;

/** When recovery points are moved and deleted, in days after they are made. */
export interface Lifecycle {
  /** Undefined: they stay in warm storage. */
  readonly coldAfterDays: number | undefined;
  /** Undefined: they are kept for ever. Source: syntax §3 [doc]. */
  readonly deleteAfterDays: number | undefined;
  /** True when a template fills in the days: then they are undefined, too. */
  readonly isColdUnknown?: boolean;
  readonly isDeletionUnknown?: boolean;
}

/** How many recovery points a rule keeps of one resource. */
export type PointCount =
  /** Between these numbers over a year; `exact` is false when so many were not counted one by one. */
  | { readonly kind: 'bounded'; readonly least: number; readonly most: number; readonly exact: boolean }
  /** Without end; `perYear` is the mean of the coming four years. */
  | { readonly kind: 'growing'; readonly perYear: number };

/** The recovery points of one resource once the first of them are deleted. */
export interface KeptPoints {
  readonly total: PointCount;
  readonly warm: PointCount;
  /** Undefined when none is moved to cold storage. */
  readonly cold: PointCount | undefined;
}

/**
 * The recovery points that a schedule and a lifecycle keep of one resource in the long run.
 * @param from epoch milliseconds UTC: the schedule runs from here on.
 */
export function keptPoints(schedule: Schedule, { coldAfterDays, deleteAfterDays }: Lifecycle, from: number): KeptPoints {
  const moved = coldAfterDays !== undefined && (deleteAfterDays === undefined || coldAfterDays < deleteAfterDays);
  return {
    total: pointCount(schedule, from, 0, deleteAfterDays),
    warm: pointCount(schedule, from, 0, moved ? coldAfterDays : deleteAfterDays),
    cold: moved ? pointCount(schedule, from, coldAfterDays, deleteAfterDays) : undefined,
  };
}

/** How many points there are that are at least `youngest` and less than `oldest` days old. */
function pointCount(schedule: Schedule, from: number, youngest: number, oldest: number | undefined): PointCount {
  if (oldest === undefined) return { kind: 'growing', perYear: occurrencesUntil(schedule, from - 1, from + leapCycleDays * day, countedStarts * 2).length / 4 };
  const steady = from + oldest * day;
  const end = steady + watchedDays * day;
  const starts = occurrencesUntil(schedule, from - 1, end - youngest * day, countedStarts);
  const last = starts.at(-1);
  if (last !== undefined && starts.length === countedStarts) {
    const about = Math.round(starts.length / (last - from) * (oldest - youngest) * day);
    return { kind: 'bounded', least: about, most: about, exact: false };
  }
  return countedOneByOne(starts, youngest * day, oldest * day, steady, end);
}

function countedOneByOne(starts: readonly number[], youngest: number, oldest: number, steady: number, end: number): PointCount {
  const moments = [...starts.map((start) => start + youngest), ...starts.map((start) => start + oldest), steady].sort((one, other) => one - other);
  let [least, most, entered, left] = [Infinity, 0, 0, 0];
  for (const moment of moments) {
    if (moment > end) break;
    while ((starts[entered] ?? Infinity) + youngest <= moment) entered++;
    while ((starts[left] ?? Infinity) + oldest <= moment) left++;
    most = Math.max(most, entered - left);
    if (moment >= steady) least = Math.min(least, entered - left);
  }
  return { kind: 'bounded', least: Math.min(least, most), most, exact: true };
}

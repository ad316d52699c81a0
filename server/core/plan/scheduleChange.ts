import { nextOccurrences } from '../cron/occurrences.ts';
import { parseSchedule } from '../cron/parse.ts';
import { defaultSchedule } from '../cron/schedule.ts';

const day = 86_400_000;
/** Long enough for a yearly schedule to run. */
const comparedDays = 366;
/** Hourly runs over the compared days. */
const maximumRuns = 24 * comparedDays;

export type ScheduleChange = 'same' | 'rarer' | 'as often' | 'more often';

/**
 * Compares two schedules by their runs in the coming year.
 * @param before undefined for a rule without a schedule, which AWS Backup runs daily at 05:00 UTC.
 * @param at epoch milliseconds UTC.
 */
export function scheduleChange(before: string | undefined, after: string | undefined, at: number): ScheduleChange {
  if (before === after) return 'same';
  const [was, is] = [runsOf(before ?? defaultSchedule, at), runsOf(after ?? defaultSchedule, at)];
  if (was === undefined || is === undefined) return 'as often';
  if (was.length === is.length) return was.every((run, index) => run === is[index]) ? 'same' : 'as often';
  return is.length < was.length ? 'rarer' : 'more often';
}

function runsOf(text: string, at: number): readonly number[] | undefined {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return undefined;
  return nextOccurrences(parsed.schedule, at, maximumRuns).filter((run) => run <= at + comparedDays * day);
}

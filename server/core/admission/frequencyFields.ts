import { checkFrequency, minimumMinutes, type Frequency } from '../cron/frequency.ts';
import type { Schedule } from '../cron/schedule.ts';
import { scheduleBody, type FieldText } from '../cron/scheduleBody.ts';

/** Any clock after which every year of the schedule is still to come: epoch milliseconds UTC. */
const beforeAllYears = Date.UTC(1970, 0, 1) - 1;
const everyYear = Array.from({ length: 2199 - 1970 + 1 }, (_, index) => 1970 + index);

/** A part of a schedule's text by its offsets. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * The fields that make a schedule run too often or not twice: the minutes, the hours, the days, the days with
 * their months, or the year. The whole text where the fields cannot be told.
 * @param minutes the least distance of two runs.
 * @param frequency what `checkFrequency` found with that distance.
 */
export function fieldsToBlame(text: string, schedule: Schedule, frequency: Frequency, minutes: number): Part {
  const body = scheduleBody(text);
  const whole = { start: 0, end: text.length };
  if (!body.ok) return whole;
  const [minute, hour, dayOfMonth, , dayOfWeek, year] = body.fields;
  if (!minute || !hour || !dayOfMonth || !dayOfWeek) return whole;
  const days = dayOfMonth.text === '?' ? dayOfWeek : dayOfMonth;
  switch (frequency.kind) {
    case 'sparse-enough': return whole;
    case 'too-frequent': return minutes <= minimumMinutes ? part(minute) : part(runsOnOneDay(schedule, frequency.runs, minutes) ? hour : days);
    case 'single-run':
    case 'no-run': {
      const unlimited = checkFrequency({ ...schedule, years: everyYear }, beforeAllYears, 0).kind === 'sparse-enough';
      if (unlimited && year) return part(year);
      return { start: Math.min(days.start, body.fields[3]?.start ?? days.start), end: Math.max(days.end, body.fields[3]?.end ?? days.end) };
    }
  }
}

/** True when the runs would be far enough apart with one hour instead of several. */
function runsOnOneDay(schedule: Schedule, [first]: readonly [number, number], minutes: number): boolean {
  const once = { ...schedule, hours: schedule.hours.slice(0, 1), minutes: schedule.minutes.slice(0, 1) };
  return checkFrequency(once, first - 24 * 60 * 60_000, minutes).kind === 'sparse-enough';
}

function part({ start, end }: FieldText): Part {
  return { start, end };
}

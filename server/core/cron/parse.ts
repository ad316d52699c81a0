import { readField, type FieldReading } from './fieldReading.ts';
import { scheduleFields } from './fields.ts';
import type { DayRule, ScheduleNote, ScheduleParse, ScheduleProblem } from './schedule.ts';
import { scheduleBody, type FieldText, type ScheduleBody } from './scheduleBody.ts';

type Body = Extract<ScheduleBody, { readonly ok: true }>;

/** The least number of fields: the year may be missing. Source: syntax §3.1 [obs]. */
const leastFields = 5;
const mostFields = 6;

/** A policy has few schedules, and each keystroke reads all of them several times. */
const remembered = new Map<string, ScheduleParse>();
const rememberedSchedules = 500;
/** Longer texts are no schedules that anybody writes, and are not kept. */
const longestRemembered = 200;

/**
 * Reads a schedule expression in AWS's dialect. Whether its runs lie far enough apart is not judged here,
 * see `frequency.ts`. Never throws. Source: syntax §3.1 [obs].
 */
export function parseSchedule(text: string): ScheduleParse {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const parsed = readSchedule(text);
  if (text.length > longestRemembered) return parsed;
  if (remembered.size >= rememberedSchedules) remembered.clear();
  remembered.set(text, parsed);
  return parsed;
}

function readSchedule(text: string): ScheduleParse {
  const body = scheduleBody(text);
  if (!body.ok) return { ok: false, problems: [body.problem] };
  if (body.fields.length < leastFields) return { ok: false, problems: [fieldCountProblem(text, body)] };
  const yearMissing: FieldText = { text: '*', start: body.end, end: body.end };
  const sources = body.fields.length < mostFields ? [...body.fields, yearMissing] : body.fields;
  const readings = scheduleFields.map((field, index) => readField(sources[index] ?? yearMissing, field));
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = readings;
  const problems = readings.flatMap((reading) => reading.problems);
  if (!minutes || !hours || !dayOfMonth || !month || !dayOfWeek || !year) return { ok: false, problems };
  const dayProblem = dayFieldsProblem(body.fields, dayOfMonth, dayOfWeek);
  const found = dayProblem ? [...problems, dayProblem] : problems;
  if (found.length > 0) return { ok: false, problems: found };
  return {
    ok: true,
    schedule: {
      minutes: minutes.values,
      hours: hours.values,
      months: month.values,
      years: year.values,
      days: isUnspecified(dayOfMonth) ? dayOfWeekRule(dayOfWeek) : dayOfMonthRule(dayOfMonth),
    },
    notes: [...readings.flatMap((reading) => reading.notes), ...fieldCountNotes(body)],
  };
}

function dayOfMonthRule({ values, selector }: FieldReading): DayRule {
  if (selector?.kind === 'last-day') return selector;
  if (selector?.kind === 'nearest-weekday') return { kind: 'nearest-weekday', day: values[0] ?? 1 };
  return { kind: 'days-of-month', days: values };
}

function dayOfWeekRule({ values, selector }: FieldReading): DayRule {
  const weekday = values[0] ?? 1;
  if (selector?.kind === 'last-weekday') return { kind: 'last-weekday', weekday };
  if (selector?.kind === 'nth-weekday') return { kind: 'nth-weekday', weekday, nth: selector.nth };
  return { kind: 'weekdays', weekdays: values };
}

function isUnspecified(reading: FieldReading): boolean {
  return reading.selector?.kind === 'unspecified';
}

/** Exactly one day field is `?`. Not judged while one of them is wrong by itself. Source: syntax §3.1 [obs]. */
function dayFieldsProblem(fields: readonly FieldText[], dayOfMonth: FieldReading, dayOfWeek: FieldReading): ScheduleProblem | undefined {
  const [, , monthDay, , weekday] = fields;
  if (!monthDay || !weekday || dayOfMonth.problems.length > 0 || dayOfWeek.problems.length > 0) return undefined;
  if (isUnspecified(dayOfMonth) !== isUnspecified(dayOfWeek)) return undefined;
  if (isUnspecified(dayOfMonth)) {
    return { kind: 'day-fields', start: weekday.start, end: weekday.end, replacement: '*', message: 'Both day fields are "?": AWS refuses the policy. Write * for the day-of-week to run every day.' };
  }
  const [idle, other] = monthDay.text === '*' ? [monthDay, 'day-of-month'] : [weekday, 'day-of-week'];
  return {
    kind: 'day-fields', start: idle.start, end: idle.end,
    ...(idle.text === '*' && { replacement: '?' }),
    message: `The day-of-month is "${monthDay.text}" and the day-of-week is "${weekday.text}": AWS refuses the policy unless exactly one of them is "?". Write ? for the ${other}.`,
  };
}

function fieldCountProblem(text: string, { fields, start, end }: Body): ScheduleProblem {
  const whole = end > start ? { start, end } : { start: 0, end: text.length };
  const names = scheduleFields.map(({ name }) => name);
  const missing = names.slice(fields.length).join(', ');
  return {
    kind: 'field-count', ...whole,
    message: `cron(…) has ${String(fields.length)} of its six fields (${names.join(' ')}): AWS refuses the policy. Add ${missing}.`,
  };
}

function fieldCountNotes({ fields, start, end }: Body): readonly ScheduleNote[] {
  const last = fields.at(-1);
  const surplus = fields[mostFields];
  if (surplus && last) {
    return [{ kind: 'surplus-fields', start: surplus.start, end: last.end, replacement: '', message: 'AWS reads six fields and ignores the rest: remove what follows the year.' }];
  }
  if (fields.length >= mostFields || !last) return [];
  const replacement = `${fields.map(({ text }) => text).join(' ')} *`;
  return [{ kind: 'missing-year', start, end, replacement, message: 'The sixth field, the year, is missing: AWS reads this as every year. Write * for it.' }];
}

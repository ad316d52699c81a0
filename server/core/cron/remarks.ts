import { enumerate, runsOf } from './enumeration.ts';
import { scheduleFields, type FieldName } from './fields.ts';
import { parseSchedule } from './parse.ts';
import type { DayRule, Schedule } from './schedule.ts';
import { scheduleBody, type FieldText } from './scheduleBody.ts';
import { isEveryDay, monthName, namedDays, ordinal, weekdayName } from './words.ts';

/** What is right in AWS's dialect but commonly meant otherwise. */
export type ScheduleRemarkKind = 'weekday-number' | 'weekday-last' | 'skipped-months' | 'wrapped-range' | 'uneven-step';

/** A part of a schedule that may surprise its writer. */
export interface ScheduleRemark {
  readonly kind: ScheduleRemarkKind;
  readonly message: string;
  /** Offsets in the schedule's text, of a whole field. */
  readonly start: number;
  readonly end: number;
}

type Fields = Readonly<Record<FieldName, FieldText>>;

/**
 * What to know about a schedule that AWS reads exactly as it is written, unlike the oddities in the notes of
 * `parseSchedule`: nothing has to change. None for text that AWS refuses.
 * Source: syntax §3.1 [obs]: 1 is Sunday, `L` is Saturday, months without the day are skipped, ranges wrap.
 */
export function scheduleRemarks(text: string): readonly ScheduleRemark[] {
  const parsed = parseSchedule(text);
  const fields = parsed.ok ? fieldsOf(text) : undefined;
  if (!parsed.ok || fields === undefined) return [];
  const { schedule } = parsed;
  return [
    ...weekdayRemarks(fields['day-of-week'], schedule.days),
    ...skippedMonths(fields, schedule),
    ...wrappedRanges(fields, schedule),
    ...unevenSteps(fields, schedule),
  ];
}

function fieldsOf(text: string): Fields | undefined {
  const body = scheduleBody(text);
  if (!body.ok) return undefined;
  const [minutes, hours, dayOfMonth, month, dayOfWeek] = body.fields;
  if (!minutes || !hours || !dayOfMonth || !month || !dayOfWeek) return undefined;
  const year = body.fields[5] ?? { text: '*', start: body.end, end: body.end };
  return { minutes, hours, 'day-of-month': dayOfMonth, month, 'day-of-week': dayOfWeek, year };
}

function remark(kind: ScheduleRemarkKind, { start, end }: FieldText, message: string): ScheduleRemark {
  return { kind, start, end, message };
}

function weekdayRemarks(field: FieldText, days: DayRule): readonly ScheduleRemark[] {
  if (/^L$/i.test(field.text)) {
    return [remark('weekday-last', field, `"${field.text}" as day-of-week is every Saturday, the last day of AWS's week: SAT says so plainly. The last day of the month is L as day-of-month, with ? here.`)];
  }
  if (!/(?:^|,)\d/.test(field.text) || isEveryDay(days)) return [];
  return [remark('weekday-number', field, `AWS counts weekdays from 1 for Sunday: "${field.text}" is ${namedDays(days)}. With names: ${named(days)}.`)];
}

function named(days: DayRule): string {
  const name = (weekday: number): string => weekdayName(weekday).slice(0, 3).toUpperCase();
  switch (days.kind) {
    case 'nth-weekday': return `${name(days.weekday)}#${String(days.nth)}`;
    case 'last-weekday': return `${name(days.weekday)}L`;
    case 'weekdays': return runsOf(days.weekdays).flatMap(({ first, last }) => {
      if (last - first > 1) return [`${name(first)}-${name(last)}`];
      return first === last ? [name(first)] : [name(first), name(last)];
    }).join(',');
    default: return '?';
  }
}

/** The most days of each month, January first. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function skippedMonths(fields: Fields, { days, months }: Schedule): readonly ScheduleRemark[] {
  if (days.kind === 'nth-weekday') {
    if (days.nth < 5) return [];
    const name = weekdayName(days.weekday);
    return [remark('skipped-months', fields['day-of-week'], `Months without a ${ordinal(days.nth)} ${name} have no run. The last ${name} of every month is ${name.slice(0, 3).toUpperCase()}L.`)];
  }
  const needed = daysNeeded(days);
  const short = months.filter((month) => needed > (longest[month - 1] ?? 31));
  const leap = needed === 29 && months.includes(2);
  if (!leap && (short.length === 0 || short.length === months.length)) return [];
  const which = leap ? 'February has a run in leap years only' : `${enumerate(short, monthName)} ${short.length === 1 ? 'has' : 'have'} no run, for want of days`;
  return [remark('skipped-months', fields['day-of-month'], `${which}. The last day of every month is L.`)];
}

/** The days that a month must have for a run. */
function daysNeeded(days: DayRule): number {
  switch (days.kind) {
    case 'days-of-month': return days.days[0] ?? 1;
    case 'nearest-weekday': return days.day;
    case 'last-day': return days.offset + 1;
    default: return 1;
  }
}

/** A range that wraps does not reach into the next day, month or year: each field is a set of values. */
function wrappedRanges(fields: Fields, { hours, days, months, years }: Schedule): readonly ScheduleRemark[] {
  const found: ScheduleRemark[] = [];
  if (wraps('hours', fields) && (!isEveryDay(days) || months.length < 12)) {
    found.push(remark('wrapped-range', fields.hours, `"${fields.hours.text}" goes round inside each day: it runs in the hours ${enumerate(hours, (hour) => String(hour).padStart(2, '0'))} of the same day, not on into the next.`));
  }
  if (wraps('day-of-month', fields) && days.kind === 'days-of-month' && months.length < 12) {
    found.push(remark('wrapped-range', fields['day-of-month'], `"${fields['day-of-month'].text}" goes round inside each month: it runs on ${namedDays(days)} of the same month, not on into the next.`));
  }
  if (wraps('month', fields) && years[0] !== 1970) {
    found.push(remark('wrapped-range', fields.month, `"${fields.month.text}" goes round inside each year: it runs in ${enumerate(months, monthName)} of the same year, not on into the next.`));
  }
  return found;
}

function wraps(name: FieldName, fields: Fields): boolean {
  const field = scheduleFields.find((one) => one.name === name);
  const value = (text: string): number => (/^\d/.test(text) ? Number(text) : (field?.names.indexOf(text.toUpperCase()) ?? 0) + (field?.minimum ?? 0));
  return [...fields[name].text.matchAll(/(?<=^|,)(\d+|[A-Z]{3})-(\d+|[A-Z]{3})/gi)].some(([, from = '', to = '']) => value(to) < value(from));
}

/** Steps count from the start of each day, month and year anew. */
function unevenSteps(fields: Fields, { hours, days, months }: Schedule): readonly ScheduleRemark[] {
  const found: ScheduleRemark[] = [];
  const hour = uneven(fields.hours.text, hours, 24);
  if (hour !== undefined) {
    found.push(remark('uneven-step', fields.hours, `The steps of "${fields.hours.text}" start anew each day: after hour ${String(hour.last)} comes hour ${String(hour.first)} of the next day, ${counted(hour.gap, 'hour')} later and not ${String(hour.step)}.`));
  }
  const day = days.kind === 'days-of-month' ? uneven(fields['day-of-month'].text, days.days, 31) : undefined;
  if (day !== undefined && days.kind === 'days-of-month') {
    found.push(remark('uneven-step', fields['day-of-month'], `The steps of "${fields['day-of-month'].text}" start anew each month: after day ${String(day.last)} comes day ${String(day.first)} of the next month.`));
  }
  const month = uneven(fields.month.text, months, 12);
  if (month !== undefined) {
    found.push(remark('uneven-step', fields.month, `The steps of "${fields.month.text}" start anew each year: after ${monthName(month.last)} comes ${monthName(month.first)}, ${counted(month.gap, 'month')} later and not ${String(month.step)}.`));
  }
  return found;
}

interface UnevenStep {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  /** From the last value to the first of the next round. */
  readonly gap: number;
}

/** A single step without an end (`0/5`) whose rounds do not meet evenly. */
function uneven(text: string, values: readonly number[], span: number): UnevenStep | undefined {
  const step = Number(/^(?:\*|\d*)\/(\d+)$/.exec(text)?.[1] ?? 0);
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  const gap = span - last + first;
  return step > 0 && values.length > 1 && gap !== step ? { first, last, step, gap } : undefined;
}

function counted(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

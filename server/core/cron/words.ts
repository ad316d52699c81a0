import { enumerate, evenStep, joined, runsOf } from './enumeration.ts';
import { parseSchedule } from './parse.ts';
import type { DayRule, Schedule } from './schedule.ts';

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
const lastYear = 2199;
/** So many single times are listed before the words speak of steps. */
const mostTimes = 4;

/**
 * A schedule in English, in UTC and with the 24-hour clock, without a full stop: "At 05:00 UTC, on the first
 * Monday of every month". The words are made from what was read, so they say what AWS does, not what a writer may
 * have meant. Text that AWS refuses is "Not a schedule that AWS reads".
 */
export function describeSchedule(source: string | Schedule): string {
  if (typeof source !== 'string') return [times(source), days(source), years(source)].filter((part) => part !== '').join(', ');
  const parsed = parseSchedule(source);
  return parsed.ok ? describeSchedule(parsed.schedule) : 'Not a schedule that AWS reads';
}

function times({ minutes, hours }: Schedule): string {
  const [minute = 0] = minutes;
  if (minutes.length === 1) return timesAtOneMinute(hours, minute);
  if (minutes.length * hours.length <= mostTimes) return listedTimes(hours, minutes);
  const step = evenStep(minutes, 3);
  const which = minutes.length === 60 ? 'Every minute'
    : step !== undefined && minute === 0 && 60 % step === 0 && minutes.length === 60 / step ? `Every ${String(step)} minutes`
      : `At minutes ${enumerate(minutes, String)}`;
  if (hours.length === 24) return which.startsWith('Every') ? which : `${which} of every hour`;
  const hour = (value: number): string => `${clock(value, 0)}–${clock(value, 59)}`;
  return `${which} during ${joined(runsOf(hours, { minimum: 0, maximum: 23 }).map(({ first, last }) => first === last ? hour(first) : `${clock(first, 0)}–${clock(last, 59)}`))} UTC`;
}

function timesAtOneMinute(hours: readonly number[], minute: number): string {
  if (hours.length === 24) return minute === 0 ? 'Every hour' : `Every hour at ${String(minute)} ${minute === 1 ? 'minute' : 'minutes'} past`;
  const [run, ...others] = runsOf(hours, { minimum: 0, maximum: 23 });
  if (run && others.length === 0 && hours.length > 2) return `Every hour from ${clock(run.first, minute)} to ${clock(run.last, minute)} UTC`;
  const step = evenStep(hours, mostTimes + 1);
  if (step === undefined) return listedTimes(hours, [minute]);
  return `Every ${String(step)} hours from ${clock(hours[0] ?? 0, minute)} to ${clock(hours.at(-1) ?? 0, minute)} UTC`;
}

function listedTimes(hours: readonly number[], minutes: readonly number[]): string {
  return `At ${joined(hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute))))} UTC`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function days({ days: rule, months, hours }: Schedule): string {
  const everyMonth = months.length === 12;
  const names = enumerate(months, monthName, { minimum: 1, maximum: 12 });
  if (isEveryDay(rule) && everyMonth) return hours.length === 24 ? '' : 'every day';
  if (isEveryDay(rule)) return `every day of ${names}`;
  if (rule.kind === 'weekdays') {
    const [run, ...others] = runsOf(rule.weekdays, { minimum: 1, maximum: 7 });
    const list = namedDays(rule);
    const weekdays = run && others.length === 0 && rule.weekdays.length > 2 ? list : `every ${list}`;
    return everyMonth ? weekdays : `${weekdays}, in ${names}`;
  }
  return `${dayOfMonth(rule)} of ${everyMonth ? `every month${isMissingInSomeMonths(rule) ? ' that has it' : ''}` : names}`;
}

/** True for a rule without a choice of days. */
export function isEveryDay(rule: DayRule): boolean {
  return (rule.kind === 'days-of-month' && rule.days.length === 31) || (rule.kind === 'weekdays' && rule.weekdays.length === 7);
}

/** "Monday through Friday", "the first Monday", "days 1 and 15", without months. */
export function namedDays(rule: DayRule): string {
  return rule.kind === 'weekdays' ? enumerate(rule.weekdays, weekdayName, { minimum: 1, maximum: 7 }) : dayOfMonth(rule).replace(/^on /, '');
}

function isMissingInSomeMonths(rule: DayRule): boolean {
  switch (rule.kind) {
    case 'days-of-month': return (rule.days[0] ?? 0) > 28;
    case 'nearest-weekday': return rule.day > 28;
    case 'last-day': return rule.offset > 27;
    case 'nth-weekday': return rule.nth > 4;
    case 'weekdays': case 'last-weekday': return false;
  }
}

function dayOfMonth(rule: Exclude<DayRule, { readonly kind: 'weekdays' }>): string {
  switch (rule.kind) {
    case 'days-of-month': return daysOfMonth(rule.days);
    case 'nearest-weekday': return rule.day === 1 ? 'on the first weekday (Monday to Friday)' : `on the weekday (Monday to Friday) nearest day ${String(rule.day)}`;
    case 'last-day': return lastDay(rule.offset, rule.nearestWeekday);
    case 'nth-weekday': return `on the ${ordinal(rule.nth)} ${weekdayName(rule.weekday)}`;
    case 'last-weekday': return `on the last ${weekdayName(rule.weekday)}`;
  }
}

function daysOfMonth(values: readonly number[]): string {
  const step = evenStep(values, mostTimes);
  if (step !== undefined && step > 1) {
    return `every ${String(step)} days from day ${String(values[0] ?? 1)} to day ${String(values.at(-1) ?? 31)}`;
  }
  return `on ${values.length === 1 ? 'day' : 'days'} ${enumerate(values, String)}`;
}

function lastDay(offset: number, nearestWeekday: boolean): string {
  const before = offset === 1 ? 'the day before the last day' : `the day ${String(offset)} days before the last day`;
  if (!nearestWeekday) return offset === 0 ? 'on the last day' : `on ${before}`;
  return offset === 0 ? 'on the last weekday (Monday to Friday)' : `on the weekday (Monday to Friday) nearest ${before}`;
}

/** The English name of a weekday, 1 (Sunday) – 7. */
export function weekdayName(weekday: number): string {
  return weekdayNames[weekday - 1] ?? '';
}

/** The English name of a month, 1 (January) – 12. */
export function monthName(month: number): string {
  return monthNames[month - 1] ?? '';
}

/** "first" for 1, up to "fifth". */
export function ordinal(nth: number): string {
  return ordinals[nth] ?? '';
}

function years({ years: values }: Schedule): string {
  const [first = 0] = values;
  const last = values.at(-1) ?? 0;
  const step = evenStep(values, 3);
  if (step === undefined) return `in ${enumerate(values, String)}`;
  const open = last + step > lastYear;
  if (step > 1) return `every ${String(step)} years from ${String(first)}${open ? '' : ` to ${String(last)}`}`;
  if (open) return first === 1970 ? '' : `from ${String(first)} on`;
  return `in ${enumerate(values, String)}`;
}

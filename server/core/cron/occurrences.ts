import { lastYear, type DayRule, type Schedule } from './schedule.ts';

/**
 * The runs that follow a moment, at most `count` of them, ascending.
 * Months without the day are skipped. Source: syntax §3.1 [obs].
 * @param after epoch milliseconds UTC; a run at this very moment does not follow it.
 */
export function nextOccurrences(schedule: Schedule, after: number, count: number): readonly number[] {
  const found: number[] = [];
  const start = new Date(after);
  const firstYear = start.getUTCFullYear();
  for (let year = Math.max(firstYear, 1970); year <= lastYear && found.length < count; year++) {
    if (schedule.years?.has(year) === false) continue;
    const firstMonth = year === firstYear ? start.getUTCMonth() + 1 : 1;
    for (let month = firstMonth; month <= 12 && found.length < count; month++) {
      if (!schedule.months.has(month)) continue;
      for (const day of daysOf(schedule.day, year, month)) addRuns(schedule, Date.UTC(year, month - 1, day), after, count, found);
    }
  }
  return found;
}

const dayLength = 86_400_000;

function addRuns(schedule: Schedule, midnight: number, after: number, count: number, found: number[]): void {
  if (midnight + dayLength <= after) return;
  for (const hour of schedule.hours) {
    for (const minute of schedule.minutes) {
      const run = midnight + (hour * 60 + minute) * 60_000;
      if (run > after && found.length < count) found.push(run);
    }
  }
}

function daysOf(rule: DayRule, year: number, month: number): readonly number[] {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const weekdayOf = (day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  const all = Array.from({ length: last }, (_, index) => index + 1);
  switch (rule.type) {
    case 'days':
      return all.filter((day) => rule.days.has(day));
    case 'weekdays':
      return all.filter((day) => rule.weekdays.has(weekdayOf(day)));
    case 'nearestWeekday':
      return rule.day > last ? [] : [nearestWeekday(rule.day, last, weekdayOf)];
    case 'last': {
      const day = last - rule.offset;
      if (day < 1) return [];
      return [rule.weekday ? nearestWeekday(day, last, weekdayOf) : day];
    }
    case 'nthWeekday': {
      const day = all.filter((each) => weekdayOf(each) === rule.weekday)[rule.nth - 1];
      return day === undefined ? [] : [day];
    }
    case 'lastWeekday':
      return all.filter((day) => weekdayOf(day) === rule.weekday).slice(-1);
  }
}

/** Monday to Friday nearest to a day, in the same month. */
function nearestWeekday(day: number, last: number, weekdayOf: (day: number) => number): number {
  const weekday = weekdayOf(day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === last ? day - 2 : day + 1;
  return day;
}

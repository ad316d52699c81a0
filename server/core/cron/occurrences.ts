import type { DayRule, Schedule } from './schedule.ts';

/** A day in milliseconds. */
const day = 86_400_000;

/**
 * The first `count` runs strictly after `after`, ascending; fewer when the schedule ends (its last year is 2199
 * at most) or never runs.
 * @param after epoch milliseconds UTC.
 * @returns epoch milliseconds UTC, whole minutes.
 */
export function nextOccurrences(schedule: Schedule, after: number, count: number): readonly number[] {
  const found: number[] = [];
  if (!(count > 0)) return found;
  for (const time of occurrences(schedule, after)) {
    found.push(time);
    if (found.length >= count) break;
  }
  return found;
}

/**
 * The runs strictly after `after` and not later than `until`, ascending; the first `most` of them when there are more.
 * @param after epoch milliseconds UTC, as `until` and the result.
 */
export function occurrencesUntil(schedule: Schedule, after: number, until: number, most: number): readonly number[] {
  const found: number[] = [];
  for (const time of occurrences(schedule, after)) {
    if (time > until || found.length >= most) break;
    found.push(time);
  }
  return found;
}

/** Every run strictly after a moment, ascending; the schedule's last year, 2199 at most, ends it. */
function* occurrences(schedule: Schedule, after: number): Generator<number> {
  if (Number.isNaN(after)) return;
  for (const midnight of daysFrom(schedule, after)) {
    for (const hour of schedule.hours) {
      for (const minute of schedule.minutes) {
        const time = midnight + (hour * 60 + minute) * 60_000;
        if (time > after) yield time;
      }
    }
  }
}

/** The midnights of the days on which a schedule runs, from the day of `after`, ascending. */
function* daysFrom(schedule: Schedule, after: number): Generator<number> {
  for (const year of schedule.years) {
    if (Date.UTC(year + 1, 0, 1) <= after) continue;
    for (const month of schedule.months) {
      if (Date.UTC(year, month, 1) <= after) continue;
      for (const dayOfMonth of daysOfMonth(schedule.days, year, month)) {
        const midnight = Date.UTC(year, month - 1, dayOfMonth);
        if (midnight + day > after) yield midnight;
      }
    }
  }
}

/**
 * The days of one month on which a rule runs, ascending.
 * @param month 1–12.
 * Source: syntax §3.1 [obs]: months without the day are skipped; a nearest weekday stays in its month.
 */
function daysOfMonth(rule: DayRule, year: number, month: number): readonly number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const first = weekdayOf(year, month, 1);
  switch (rule.kind) {
    case 'days-of-month': return rule.days.filter((one) => one <= length);
    case 'last-day': return existing(length - rule.offset, length, first, rule.nearestWeekday);
    case 'nearest-weekday': return existing(rule.day, length, first, true);
    case 'weekdays': return daysUpTo(length).filter((one) => rule.weekdays.includes((first + one - 2) % 7 + 1));
    case 'nth-weekday': return existing(firstWeekday(rule.weekday, first) + (rule.nth - 1) * 7, length, first, false);
    case 'last-weekday': {
      const earliest = firstWeekday(rule.weekday, first);
      return [earliest + Math.floor((length - earliest) / 7) * 7];
    }
  }
}

function existing(dayOfMonth: number, length: number, first: number, nearestWeekday: boolean): readonly number[] {
  if (dayOfMonth < 1 || dayOfMonth > length) return [];
  return [nearestWeekday ? nearest(dayOfMonth, length, (first + dayOfMonth - 2) % 7 + 1) : dayOfMonth];
}

/** The Monday to Friday nearest to a day, in the same month. */
function nearest(dayOfMonth: number, length: number, weekday: number): number {
  if (weekday === 7) return dayOfMonth === 1 ? 3 : dayOfMonth - 1;
  if (weekday === 1) return dayOfMonth === length ? dayOfMonth - 2 : dayOfMonth + 1;
  return dayOfMonth;
}

function firstWeekday(weekday: number, first: number): number {
  return 1 + (weekday - first + 7) % 7;
}

/** 1 (Sunday) – 7 (Saturday). */
function weekdayOf(year: number, month: number, dayOfMonth: number): number {
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDay() + 1;
}

function daysUpTo(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

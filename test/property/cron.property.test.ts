import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduleFields, type FieldName } from '../../server/core/cron/fields.ts';
import { isSparseEnoughForArchive, hasTwoHourlyOccurrences } from '../../server/core/cron/frequency.ts';
import { nextOccurrences } from '../../server/core/cron/occurrences.ts';
import { parseSchedule } from '../../server/core/cron/parse.ts';
import { describeSchedule } from '../../server/core/cron/words.ts';

/** A piece of a field and what it means, said without the code under test. */
interface Piece {
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

interface DayPiece {
  readonly dayOfMonth: string;
  readonly dayOfWeek: string;
  readonly holds: (date: Date) => boolean;
}

const day = 86_400_000;
const seed = 20260913;
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function bounds(name: FieldName): { readonly minimum: number; readonly maximum: number } {
  const field = scheduleFields.find((one) => one.name === name);
  if (!field) throw new Error(name);
  return field;
}

function element(name: FieldName, wraps: boolean): fc.Arbitrary<Piece> {
  const { minimum, maximum } = bounds(name);
  const span = maximum - minimum + 1;
  const value = fc.integer({ min: minimum, max: maximum });
  const step = fc.integer({ min: 1, max: span - 1 });
  return fc.oneof(
    value.map((one): Piece => ({ text: String(one), holds: (v) => v === one })),
    fc.tuple(value, step).map(([from, by]): Piece => ({ text: `${String(from)}/${String(by)}`, holds: (v) => v >= from && (v - from) % by === 0 })),
    step.map((by): Piece => ({ text: `*/${String(by)}`, holds: (v) => (v - minimum) % by === 0 })),
    fc.tuple(value, value, fc.option(step)).filter(([from, to]) => wraps || from <= to).map(([from, to, by]): Piece => ({
      text: `${String(from)}-${String(to)}${by === null ? '' : `/${String(by)}`}`,
      holds: (v) => (v - from + span) % span <= (to - from + span) % span && ((v - from + span) % span) % (by ?? 1) === 0,
    })),
  );
}

function list(name: FieldName, wraps: boolean): fc.Arbitrary<Piece> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<Piece>({ text: '*', holds: () => true }) },
    { weight: 3, arbitrary: fc.array(element(name, wraps), { minLength: 1, maxLength: 3 }).map((pieces): Piece => ({ text: pieces.map(({ text }) => text).join(','), holds: (v) => pieces.some(({ holds }) => holds(v)) })) },
  );
}

function lengthOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** True on the working day nearest to a day of the date's month, found by looking around that day. */
function isNearestWorkingDay(date: Date, target: number): boolean {
  const length = lengthOfMonth(date);
  if (target < 1 || target > length) return false;
  for (const distance of [0, -1, 1, -2, 2]) {
    const candidate = target + distance;
    const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), candidate)).getUTCDay();
    if (candidate >= 1 && candidate <= length && weekday >= 1 && weekday <= 5) return date.getUTCDate() === candidate;
  }
  return false;
}

function onDayOfMonth(text: string, holds: (date: Date) => boolean): DayPiece {
  return { dayOfMonth: text, dayOfWeek: '?', holds };
}

function onWeekday(text: string, holds: (date: Date) => boolean): DayPiece {
  return { dayOfMonth: '?', dayOfWeek: text, holds };
}

const monthDay = fc.integer({ min: 1, max: 31 });
const weekday = fc.integer({ min: 1, max: 7 });
const weekdayText = fc.tuple(weekday, fc.boolean()).map(([number, named]) => ({ number, text: named ? weekdayNames[number - 1] ?? '' : String(number) }));

const commonDays = (wraps: boolean): readonly fc.Arbitrary<DayPiece>[] => [
  list('day-of-month', wraps).map(({ text, holds }) => onDayOfMonth(text, (date) => holds(date.getUTCDate()))),
  list('day-of-week', wraps).map(({ text, holds }) => onWeekday(text, (date) => holds(date.getUTCDay() + 1))),
  fc.constant(onDayOfMonth('L', (date) => date.getUTCDate() === lengthOfMonth(date))),
  fc.constant(onDayOfMonth('LW', (date) => isNearestWorkingDay(date, lengthOfMonth(date)))),
  monthDay.map((number) => onDayOfMonth(`${String(number)}W`, (date) => isNearestWorkingDay(date, number))),
  fc.tuple(weekdayText, fc.integer({ min: 1, max: 5 })).map(([{ number, text }, nth]) => onWeekday(`${text}#${String(nth)}`, (date) => date.getUTCDay() + 1 === number && Math.ceil(date.getUTCDate() / 7) === nth)),
  weekdayText.map(({ number, text }) => onWeekday(`${text}L`, (date) => date.getUTCDay() + 1 === number && date.getUTCDate() + 7 > lengthOfMonth(date))),
];

const awsDays: readonly fc.Arbitrary<DayPiece>[] = [
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()).map(([offset, near]) => onDayOfMonth(`L-${String(offset)}${near ? 'W' : ''}`, (date) => {
    const target = lengthOfMonth(date) - offset;
    return near ? isNearestWorkingDay(date, target) : date.getUTCDate() === target;
  })),
  fc.constant(onWeekday('L', (date) => date.getUTCDay() === 6)),
];

const years = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Piece>({ text: '*', holds: () => true }) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 2024, max: 2032 }), fc.integer({ min: 1, max: 4 })).map(([from, by]): Piece => ({ text: `${String(from)}/${String(by)}`, holds: (v) => v >= from && (v - from) % by === 0 })) },
);

const moment = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2035, 0, 1) });

function fieldsOf(wraps: boolean, days: readonly fc.Arbitrary<DayPiece>[]): fc.Arbitrary<readonly [Piece, Piece, DayPiece, Piece, Piece, number]> {
  return fc.tuple(list('minutes', wraps), list('hours', wraps), fc.oneof(...days), list('month', wraps), years, moment);
}

function textOf([minutes, hours, days, months, year]: readonly [Piece, Piece, DayPiece, Piece, Piece, number]): string {
  return [minutes.text, hours.text, days.dayOfMonth, months.text, days.dayOfWeek, year.text].join(' ');
}

/** The runs of the days that follow, found by asking each minute of each day. */
function searched([minutes, hours, days, months, year, after]: readonly [Piece, Piece, DayPiece, Piece, Piece, number], until: number, count: number): readonly number[] {
  const clock = Array.from({ length: 1440 }, (_, index) => index).filter((index) => hours.holds(Math.floor(index / 60)) && minutes.holds(index % 60));
  const found: number[] = [];
  for (let midnight = Math.floor(after / day) * day; midnight < until && found.length < count; midnight += day) {
    const date = new Date(midnight);
    if (!year.holds(date.getUTCFullYear()) || !months.holds(date.getUTCMonth() + 1) || !days.holds(date)) continue;
    found.push(...clock.map((index) => midnight + index * 60_000).filter((time) => time > after));
  }
  return found.slice(0, count);
}

function runs(fields: string, after: number, count: number): readonly number[] {
  const parsed = parseSchedule(`cron(${fields})`);
  if (!parsed.ok) throw new Error(`${fields}: ${parsed.problems.map(({ message }) => message).join(' ')}`);
  return nextOccurrences(parsed.schedule, after, count);
}

describe('the next runs of any schedule', () => {
  test('are those that a search of every day finds', () => {
    fc.assert(fc.property(fieldsOf(true, [...commonDays(true), ...awsDays]), (generated) => {
      const after = generated[5];
      const until = (Math.floor(after / day) + 1600) * day;
      const ours = runs(textOf(generated), after, 5).filter((time) => time < until);
      expect(ours, textOf(generated)).toEqual(searched(generated, until, 5));
    }), { seed, numRuns: 1500 });
  });

  test('are those of croner where both read the same dialect', () => {
    fc.assert(fc.property(fieldsOf(false, commonDays(false)), (generated) => {
      const after = generated[5];
      const until = after + 1600 * day;
      const croner = new Cron(`0 ${textOf(generated)}`, { alternativeWeekdays: true, sloppyRanges: true, timezone: 'Etc/UTC' });
      const theirs = croner.nextRuns(4, new Date(after)).map((date) => date.getTime()).filter((time) => time < until);
      expect(runs(textOf(generated), after, 4).filter((time) => time < until), textOf(generated)).toEqual(theirs);
    }), { seed, numRuns: 400 });
  });

  test('ascend, begin after the moment, and do not depend on how many are asked for', () => {
    fc.assert(fc.property(fieldsOf(true, [...commonDays(true), ...awsDays]), (generated) => {
      const found = runs(textOf(generated), generated[5], 6);
      expect([...found].sort((a, b) => a - b)).toEqual(found);
      expect(found.every((time) => time > generated[5])).toBe(true);
      expect(runs(textOf(generated), generated[5], 3)).toEqual(found.slice(0, 3));
      const [first] = found;
      if (first !== undefined) expect(runs(textOf(generated), first, 5)).toEqual(found.slice(1));
    }), { seed, numRuns: 500 });
  });
});

describe('no text', () => {
  const piece = fc.constantFrom('cron(', ')', ' ', '\t', '\n', ',', '-', '/', '*', '?', '#', 'L', 'W', 'C', 'LW', 'MON', 'fri', 'JAN', '0', '1', '5', '31', '60', '99', '2030', '2200', '99999999999999999999', 'ß', '🙂', 'rate(', 'x');
  const fields = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''));
  // One field of a good schedule is put together anew, so that many are accepted with notes.
  const altered = fc.tuple(fc.nat({ max: 5 }), fc.array(piece, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([index, parts, weekly]) => {
    const good = weekly ? ['0', '5', '?', '*', '2', '*'] : ['0', '5', '1', '*', '?', '*'];
    return `cron(${good.with(index, parts.join('')).join(' ')})`;
  });
  const text = fc.oneof({ weight: 5, arbitrary: altered }, fc.string(), fc.string({ unit: 'grapheme' }), fields, fields.map((inside) => `cron(${inside})`), fc.array(piece, { minLength: 5, maxLength: 7 }).map((parts) => `cron(${parts.join(' ')})`));

  test('makes the reader fail, and every place is inside the text', () => {
    let accepted = 0;
    fc.assert(fc.property(text, (one) => {
      const parsed = parseSchedule(one);
      for (const { start, end } of parsed.ok ? parsed.notes : parsed.problems) {
        expect(start >= 0 && end <= one.length && (start < end || one === '')).toBe(true);
      }
      if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      else {
        accepted++;
        for (const values of [parsed.schedule.minutes, parsed.schedule.hours, parsed.schedule.months, parsed.schedule.years]) {
          expect(values.length).toBeGreaterThan(0);
          expect([...new Set(values)].sort((a, b) => a - b)).toEqual(values);
        }
        hasTwoHourlyOccurrences(parsed.schedule, 0);
      }
      expect(describeSchedule(one)).toMatch(/\S/);
      expect(isSparseEnoughForArchive(one, 0) && !parsed.ok).toBe(false);
    }), { seed, numRuns: 5000 });
    expect(accepted).toBeGreaterThan(100);
  });

  test('changes its meaning when a note is followed', () => {
    const odd = fc.tuple(fc.constantFrom('1W,15W', '1-5W', '3,,4', '15WX', '1/28', 'L'), fc.constantFrom('*', 'JAN/2', 'JANUARY'), fc.constantFrom(' *', '', ' 2030 x y'))
      .map(([days, months, year]) => `cron(0 5 ${days} ${months} ?${year})`);
    fc.assert(fc.property(odd, (one) => {
      const parsed = parseSchedule(one);
      if (!parsed.ok) throw new Error(one);
      const plain = [...parsed.notes].sort((a, b) => b.start - a.start || b.end - a.end)
        .filter(({ kind }) => kind !== 'missing-year')
        .reduce((left, { start, end, replacement }) => left.slice(0, start) + (replacement ?? '') + left.slice(end), one);
      expect(parseSchedule(plain)).toMatchObject({ ok: true, schedule: parsed.schedule });
    }), { seed, numRuns: 100 });
  });
});

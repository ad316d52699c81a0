import { Cron } from 'croner';
import cronstrue from 'cronstrue';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduleFields, type FieldName } from '../../server/core/cron/fields.ts';
import { checkFrequency, hasTwoHourlyOccurrences, isSparseEnoughForArchive, minimumArchiveMinutes, minimumMinutes } from '../../server/core/cron/frequency.ts';
import { nextOccurrences } from '../../server/core/cron/occurrences.ts';
import { parseSchedule } from '../../server/core/cron/parse.ts';
import { scheduleRemarks } from '../../server/core/cron/remarks.ts';
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

const nearYear = fc.integer({ min: 2024, max: 2034 });
const years = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Piece>({ text: '*', holds: () => true }) },
  { weight: 1, arbitrary: fc.tuple(nearYear, fc.integer({ min: 1, max: 4 })).map(([from, by]): Piece => ({ text: `${String(from)}/${String(by)}`, holds: (v) => v >= from && (v - from) % by === 0 })) },
  { weight: 1, arbitrary: fc.tuple(nearYear, fc.nat({ max: 5 })).map(([from, more]): Piece => ({ text: `${String(from)}-${String(from + more)}`, holds: (v) => v >= from && v <= from + more })) },
  { weight: 1, arbitrary: fc.array(nearYear, { minLength: 1, maxLength: 4 }).map((list): Piece => ({ text: list.join(','), holds: (v) => list.includes(v) })) },
);

/** The present, and the years around 2100, which is no leap year. */
const moment = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2035, 0, 1) }) },
  { weight: 1, arbitrary: fc.integer({ min: Date.UTC(2096, 0, 1), max: Date.UTC(2101, 0, 1) }) },
);

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
    }), { seed, numRuns: 3000 });
  });

  test('are those of croner where both read the same dialect', () => {
    fc.assert(fc.property(fieldsOf(false, commonDays(false)), (generated) => {
      const after = generated[5];
      const until = after + 1600 * day;
      const croner = new Cron(`0 ${textOf(generated)}`, { alternativeWeekdays: true, sloppyRanges: true, timezone: 'Etc/UTC' });
      const theirs = croner.nextRuns(4, new Date(after)).map((date) => date.getTime()).filter((time) => time < until);
      expect(runs(textOf(generated), after, 4).filter((time) => time < until), textOf(generated)).toEqual(theirs);
    }), { seed, numRuns: 1000 });
  });

  test('are, for every special day, those that a search of each day of eight years finds', () => {
    const days = [
      ...Array.from({ length: 31 }, (_, index) => index + 1).flatMap((one) => [
        onDayOfMonth(String(one), (date) => date.getUTCDate() === one),
        onDayOfMonth(`${String(one)}W`, (date) => isNearestWorkingDay(date, one)),
        onDayOfMonth(`L-${String(one - 1)}`, (date) => date.getUTCDate() === lengthOfMonth(date) - one + 1),
        onDayOfMonth(`L-${String(one - 1)}W`, (date) => isNearestWorkingDay(date, lengthOfMonth(date) - one + 1)),
      ]),
      ...weekdayNames.flatMap((name, index) => [
        onWeekday(`${name}L`, (date) => date.getUTCDay() === index && date.getUTCDate() + 7 > lengthOfMonth(date)),
        ...[1, 2, 3, 4, 5].map((nth) => onWeekday(`${name}#${String(nth)}`, (date) => date.getUTCDay() === index && Math.ceil(date.getUTCDate() / 7) === nth)),
      ]),
    ];
    const every: Piece = { text: '*', holds: () => true };
    for (const after of [Date.UTC(2023, 11, 31), Date.UTC(2096, 11, 31)]) {
      for (const one of days) {
        const generated = [{ text: '0', holds: (v: number) => v === 0 }, { text: '0', holds: (v: number) => v === 0 }, one, every, every, after] as const;
        const until = after + 2922 * day;
        expect(runs(textOf(generated), after, 200).filter((time) => time < until), textOf(generated)).toEqual(searched(generated, until, 200));
      }
    }
  });

  test('decide the frequency: the two that the search finds, whatever comes later', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(fieldsOf(true, [...commonDays(true), ...awsDays]), fc.constantFrom(minimumMinutes, minimumArchiveMinutes), (generated, minutes) => {
      const parsed = parseSchedule(`cron(${textOf(generated)})`);
      if (!parsed.ok) throw new Error(textOf(generated));
      const [first, second] = searched(generated, (Math.floor(generated[5] / day) + 1600) * day, 2);
      if (first === undefined || second === undefined) return;
      const kind = second - first < minutes * 60_000 ? 'too-frequent' : 'sparse-enough';
      seen.add(`${kind} ${String(minutes)}`);
      expect(checkFrequency(parsed.schedule, generated[5], minutes), textOf(generated)).toEqual({ kind, runs: [first, second] });
    }), { seed, numRuns: 1000 });
    expect(seen.size).toBe(4);
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

  test('changes its meaning when its notes are followed, one after the other, until none is left', () => {
    const odd = fc.tuple(fc.constantFrom('1W,15W', '20,3W', '1-5W', '3,,4', '15WX', '1/28', 'L', '7/0', '*/0', '?,3'), fc.constantFrom('*', 'JAN/2', 'JANUARY', ',2', '3-6/0'), fc.constantFrom('?', '2#1,5', 'MON,TUE#2', 'L', 'MON-FRI/2', '1-2L'), fc.constantFrom(' *', '', ' 2030 x y'))
      .map(([days, months, weekdays, year]) => `cron(0 5 ${days} ${months} ${weekdays}${year})`);
    const kinds = new Set<string>();
    fc.assert(fc.property(fc.oneof(odd, altered), (one) => {
      const parsed = parseSchedule(one);
      if (!parsed.ok) return;
      let plain = one;
      for (let left = 12; ; left--) {
        const next = parseSchedule(plain);
        if (!next.ok) throw new Error(`${one} became ${plain}`);
        expect(next.schedule, `${one} became ${plain}`).toEqual(parsed.schedule);
        const [note] = next.notes;
        if (note === undefined) break;
        expect(left).toBeGreaterThan(0);
        kinds.add(note.kind);
        expect(note.message).toMatch(/AWS/);
        plain = plain.slice(0, note.start) + (note.replacement ?? '') + plain.slice(note.end);
      }
    }), { seed, numRuns: 4000 });
    expect([...kinds].sort()).toEqual(['empty-element', 'ignored-text', 'list-with-selector', 'missing-year', 'surplus-fields', 'zero-step']);
  });

  test('has a remark outside of it, and AWS refuses none that has one', () => {
    let remarked = 0;
    fc.assert(fc.property(fc.oneof(text, fieldsOf(true, [...commonDays(true), ...awsDays]).map((generated) => `cron(${textOf(generated)})`)), (one) => {
      const remarks = scheduleRemarks(one);
      if (remarks.length > 0) remarked++;
      expect(remarks.length === 0 || parseSchedule(one).ok).toBe(true);
      for (const { start, end, message } of remarks) {
        expect(start < end && start >= 5 && end < one.length).toBe(true);
        expect(message).not.toMatch(/undefined|NaN| {2}/);
      }
    }), { seed, numRuns: 3000 });
    expect(remarked).toBeGreaterThan(300);
  });
});

/** Values apart from each other, which no words run together, or a range of three or more. */
function spelt(minimum: number, maximum: number, most: number): fc.Arbitrary<string> {
  const value = fc.integer({ min: minimum, max: maximum });
  return fc.oneof(
    fc.uniqueArray(value, { minLength: 1, maxLength: most, comparator: (one, other) => Math.abs(one - other) < 2 }).map((list) => list.sort((a, b) => a - b).join(',')),
    value.filter((one) => one + 2 <= maximum).chain((from) => fc.integer({ min: from + 2, max: maximum }).map((to) => `${String(from)}-${String(to)}`)),
  ).filter((field) => field !== `${String(minimum)}-${String(maximum)}`);
}

/** What a sentence says: times, weekdays, months, days, years, ordinals. */
function facts(sentence: string): readonly string[] {
  return [...new Set(sentence.replace(/\(Monday to Friday\)|\bday (?=\d+ days before)/g, '').match(/\d\d:\d\d|\b[A-Z]\w+day\b|January|February|March|April|May|June|July|August|September|October|November|December|\b\d+\b|first|second|third|fourth|fifth|\blast\b|nearest|weekday/g))].sort();
}

describe('the words of a schedule', () => {
  const days = fc.oneof(
    spelt(1, 31, 3).map((field) => [field, '?']),
    spelt(1, 7, 3).map((field) => ['?', field]),
    fc.constantFrom(['L', '?'], ['LW', '?']),
    monthDay.map((one) => [`${String(one)}W`, '?']),
    fc.integer({ min: 2, max: 30 }).map((one) => [`L-${String(one)}`, '?']),
    fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([one, nth]) => ['?', `${String(one)}#${String(nth)}`]),
    weekday.map((one) => ['?', `${String(one)}L`]),
  );

  test('say what those of cronstrue say where it reads the same dialect', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 4, comparator: (one, other) => Math.abs(one - other) < 2 }).map((list) => list.sort((a, b) => a - b).join(','));
    const anyMonth = fc.oneof(fc.constant('*'), spelt(1, 12, 4));
    const anyYear = fc.oneof(fc.constant('*'), spelt(2027, 2060, 2));
    fc.assert(fc.property(fc.integer({ min: 0, max: 59 }), hours, days, anyMonth, anyYear, (minute, hour, [dayOfMonth = '', dayOfWeek = ''], month, year) => {
      const fields = `${String(minute)} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} ${year}`;
      const theirs = cronstrue.toString(fields, { dayOfWeekStartIndexZero: false, use24HourTimeFormat: true });
      expect(facts(describeSchedule(`cron(${fields})`)), `${fields}: ${theirs}`).toEqual(facts(theirs));
    }), { seed, numRuns: 3000 });
  });
});

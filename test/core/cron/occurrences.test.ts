import { describe, expect, test } from 'vitest';
import { checkFrequency, hasTwoHourlyOccurrences, isSparseEnoughForArchive, minimumArchiveMinutes, minimumMinutes } from '../../../server/core/cron/frequency.ts';
import { nextOccurrences } from '../../../server/core/cron/occurrences.ts';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import type { Schedule } from '../../../server/core/cron/schedule.ts';

function schedule(fields: string): Schedule {
  const parsed = parseSchedule(`cron(${fields})`);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.schedule;
}

function runs(fields: string, after: string, count: number): readonly string[] {
  return nextOccurrences(schedule(fields), Date.parse(after), count).map((time) => new Date(time).toISOString().slice(0, 16));
}

describe('the next runs', () => {
  test.each([
    ['0 5 ? * * *', '2026-09-13T05:00:00Z', ['2026-09-14T05:00', '2026-09-15T05:00']],
    ['0 5 ? * * *', '2026-09-13T04:59:59.999Z', ['2026-09-13T05:00', '2026-09-14T05:00']],
    ['0 20-2 ? * * *', '2026-12-31T23:30:00Z', ['2027-01-01T00:00', '2027-01-01T01:00', '2027-01-01T02:00', '2027-01-01T20:00']],
    ['0 5 ? * 1 *', '2026-09-12T00:00:00Z', ['2026-09-13T05:00', '2026-09-20T05:00']],
    ['0 5 ? * L *', '2026-09-13T00:00:00Z', ['2026-09-19T05:00', '2026-09-26T05:00']],
    ['0 5 31 * ? *', '2026-09-13T00:00:00Z', ['2026-10-31T05:00', '2026-12-31T05:00']],
    ['0 5 29 2 ? *', '2096-03-01T00:00:00Z', ['2104-02-29T05:00', '2108-02-29T05:00']],
    ['0 5 L-3 * ? *', '2027-02-01T00:00:00Z', ['2027-02-25T05:00', '2027-03-28T05:00']],
    ['0 5 L-30 * ? *', '2026-09-13T00:00:00Z', ['2026-10-01T05:00', '2026-12-01T05:00']],
    ['0 5 1W * ? *', '2026-07-02T00:00:00Z', ['2026-08-03T05:00', '2026-09-01T05:00']],
    ['0 5 31W * ? *', '2026-09-13T00:00:00Z', ['2026-10-30T05:00', '2026-12-31T05:00']],
    ['0 5 15W * ? *', '2026-08-01T00:00:00Z', ['2026-08-14T05:00', '2026-09-15T05:00']],
    ['0 5 LW * ? *', '2026-05-01T00:00:00Z', ['2026-05-29T05:00', '2026-06-30T05:00']],
    ['0 5 L-3W * ? *', '2026-02-01T00:00:00Z', ['2026-02-25T05:00', '2026-03-27T05:00']],
    ['0 5 ? * MON#1 *', '2026-09-13T00:00:00Z', ['2026-10-05T05:00', '2026-11-02T05:00']],
    ['0 5 ? * FRIL *', '2026-09-13T00:00:00Z', ['2026-09-25T05:00', '2026-10-30T05:00']],
    ['0 5 ? FEB SAT#5 *', '2026-09-13T00:00:00Z', ['2048-02-29T05:00', '2076-02-29T05:00']],
    ['0 5 1 1 ? 2198/1', '2026-09-13T00:00:00Z', ['2198-01-01T05:00', '2199-01-01T05:00']],
  ])('of %s after %s', (fields, after, expected) => {
    expect(runs(fields, after, expected.length)).toEqual(expected);
  });

  test.each([['0 5 31 FEB ? *', 0], ['0 5 31W FEB ? *', 0], ['0 5 ? * * 2025', 0], ['0 5 29 FEB ? 2028', 1], ['0 5 31 DEC ? 2199', 1]])('of %s are %i in all', (fields, count) => {
    expect(runs(fields, '2026-09-13T00:00:00Z', 9)).toHaveLength(count);
  });

  test('of every minute come one after the other over a year\'s end', () => {
    const found = nextOccurrences(schedule('* * ? * * *'), Date.parse('2026-12-31T00:00:00Z'), 3000);
    expect(found).toHaveLength(3000);
    expect(new Set(found.map((time, index) => time - index * 60_000)).size).toBe(1);
  });

  test('are none for a count of none and for no moment', () => {
    for (const count of [0, -1, Number.NaN]) expect(nextOccurrences(schedule('0 5 ? * * *'), 0, count)).toEqual([]);
    for (const after of [Number.NaN, Number.POSITIVE_INFINITY]) expect(nextOccurrences(schedule('0 5 ? * * *'), after, 1)).toEqual([]);
  });

  test('that never come are known at once', () => {
    const never = schedule('0 5 31 FEB ? *');
    const start = performance.now();
    for (let round = 0; round < 100; round++) nextOccurrences(never, 0, 2);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('the frequency', () => {
  const at = Date.parse('2026-09-13T07:40:00Z');

  test.each([
    ['0 * ? * * *', 'sparse-enough'], ['0,59 * ? * * *', 'too-frequent'], ['0,59 7 ? * * *', 'sparse-enough'], ['0,59 8 ? * * *', 'too-frequent'],
    ['0 5 29 FEB ? 2028', 'single-run'], ['0 5 31 FEB ? *', 'no-run'],
  ])('of %s is %s', (fields, kind) => {
    expect(checkFrequency(schedule(fields), at, minimumMinutes).kind).toBe(kind);
    expect(hasTwoHourlyOccurrences(schedule(fields), at) === undefined).toBe(kind === 'sparse-enough');
  });

  test.each([['0 5 1,29 JAN ? *', 'sparse-enough'], ['0 5 1,28 JAN ? *', 'too-frequent'], ['0 5 1 * ? *', 'sparse-enough'], ['0 5 ? * SUN *', 'too-frequent']])('of %s is %s for the archive', (fields, kind) => {
    expect(checkFrequency(schedule(fields), at, minimumArchiveMinutes).kind).toBe(kind);
    expect(isSparseEnoughForArchive(`cron(${fields})`, at)).toBe(kind === 'sparse-enough');
  });

  test('is told with the runs that break the rule', () => {
    expect(hasTwoHourlyOccurrences(schedule('0/15 * ? * * *'), at)).toContain('2026-09-13 07:45 UTC and 2026-09-13 08:00 UTC, are 15 minutes apart');
    expect(hasTwoHourlyOccurrences(schedule('0 5 29 FEB ? 2028'), at)).toContain('2028-02-29 05:00 UTC');
  });

  test('of text that is no schedule is not enough for the archive', () => {
    expect(isSparseEnoughForArchive('bad', at)).toBe(false);
  });
});

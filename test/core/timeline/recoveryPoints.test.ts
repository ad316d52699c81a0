import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextOccurrences } from '../../../server/core/cron/occurrences.ts';
import { keptPoints, type PointCount } from '../../../server/core/timeline/recoveryPoints.ts';
import { day, schedule, tuesday } from './schedules.ts';

const between = (least: number, most: number): PointCount => ({ kind: 'bounded', least, most, exact: true });

describe('recovery points kept in the long run', () => {
  test.each([
    ['daily, 35 days', '0 5 ? * * *', undefined, 35, between(35, 35), between(35, 35), undefined],
    ['daily, one day', '0 5 ? * * *', undefined, 1, between(1, 1), between(1, 1), undefined],
    ['every hour, 7 days', '0 * ? * * *', undefined, 7, between(168, 168), between(168, 168), undefined],
    ['Monday to Friday, 7 days', '0 20 ? * MON-FRI *', undefined, 7, between(5, 5), between(5, 5), undefined],
    ['weekly, 35 days', '0 5 ? * SUN *', undefined, 35, between(5, 5), between(5, 5), undefined],
    ['monthly, 35 days', '0 5 1 * ? *', undefined, 35, between(1, 2), between(1, 2), undefined],
    ['monthly, 20 days', '0 5 1 * ? *', undefined, 20, between(0, 1), between(0, 1), undefined],
    ['daily, cold after 30, 120 days', '0 5 ? * * *', 30, 120, between(120, 120), between(30, 30), between(90, 90)],
    ['a move that never comes', '0 5 ? * * *', 40, 35, between(35, 35), between(35, 35), undefined],
    ['29 February, 10 years', '0 5 29 2 ? *', undefined, 3650, between(3, 3), between(3, 3), undefined],
  ] as const)('%s', (_, fields, coldAfterDays, deleteAfterDays, total, warm, cold) => {
    expect(keptPoints(schedule(fields), { coldAfterDays, deleteAfterDays }, tuesday)).toEqual({ total, warm, cold });
  });

  test('without an end they grow by the runs of a year', () => {
    expect(keptPoints(schedule('0 5 ? * SUN *'), { coldAfterDays: undefined, deleteAfterDays: undefined }, tuesday).total).toEqual({ kind: 'growing', perYear: 52 });
    const { total, warm, cold } = keptPoints(schedule('0 5 ? * * *'), { coldAfterDays: 30, deleteAfterDays: undefined }, tuesday);
    expect([total.kind, warm, cold?.kind]).toEqual(['growing', between(30, 30), 'growing']);
  });

  test('a great many are estimated, and say so', () => {
    const { total } = keptPoints(schedule('0 * ? * * *'), { coldAfterDays: undefined, deleteAfterDays: 36_500 }, tuesday);
    expect(total).toMatchObject({ kind: 'bounded', exact: false });
    expect(total.kind === 'bounded' && Math.abs(total.most - 876_000) / 876_000).toBeLessThan(0.001);
  });

  test('are those of a day by day simulation', () => {
    const fields = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('*', '*/2', '1', '15', 'L', '1,15', '31')).map(([hour, days]) => `0 ${String(hour)} ${days} * ? *`),
      fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('*', 'MON-FRI', 'SUN', 'MON#1', '2,5')).map(([hour, days]) => `30 ${String(hour)} ? * ${days} *`),
      fc.constantFrom('0 */6 ? * * *', '0 5 1 1,7 ? *', '15 8-18 ? * MON-FRI *'),
    );
    fc.assert(fc.property(fields, fc.integer({ min: 1, max: 120 }), fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }), (text, deleteAfterDays, coldAfterDays) => {
      const runs = nextOccurrences(schedule(text), tuesday - 1, 20_000).filter((run) => run <= tuesday + (deleteAfterDays + 366) * day);
      const kept = keptPoints(schedule(text), { coldAfterDays, deleteAfterDays }, tuesday);
      const moved = coldAfterDays !== undefined && coldAfterDays < deleteAfterDays;
      expect(kept.total).toEqual(simulated(runs, 0, deleteAfterDays, deleteAfterDays));
      expect(kept.warm).toEqual(simulated(runs, 0, moved ? coldAfterDays : deleteAfterDays, moved ? coldAfterDays : deleteAfterDays));
      if (moved) expect(kept.cold).toEqual(simulated(runs, coldAfterDays, deleteAfterDays, deleteAfterDays));
      else expect(kept.cold).toBeUndefined();
    }), { seed: 20261121, numRuns: 40 });
  });
});

/** Counts, at every quarter of an hour, the points of an age between two: what is there, without any cleverness. */
function simulated(runs: readonly number[], youngest: number, oldest: number, settled: number): PointCount {
  const quarter = 900_000;
  let [least, most] = [Infinity, 0];
  const steady = tuesday + settled * day;
  const points = new Set<number>();
  let next = 0;
  for (let now = tuesday; now <= steady + 366 * day; now += quarter) {
    while ((runs[next] ?? Infinity) <= now) points.add(runs[next++] ?? 0);
    let count = 0;
    for (const made of points) {
      if (now - made >= oldest * day) points.delete(made);
      else if (now - made >= youngest * day) count++;
    }
    most = Math.max(most, count);
    if (now >= steady) least = Math.min(least, count);
  }
  return between(least, most);
}

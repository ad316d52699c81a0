import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapsOf, mergedStarts, type Start } from '../../../server/core/timeline/gaps.ts';
import { overlapsOf } from '../../../server/core/timeline/overlaps.ts';

const hour = 3_600_000;
const starts = (windowMinutes: number, ...hours: readonly number[]): readonly Start[] => hours.map((each) => ({ time: each * hour, windowMinutes }));

describe('gaps', () => {
  test('the largest, the typical, and what a late start makes of it', () => {
    expect(gapsOf(starts(60, 0, 24, 48, 120, 144))).toEqual({
      largest: { from: 48 * hour, to: 120 * hour },
      places: [{ from: 48 * hour, to: 120 * hour }],
      typicalMinutes: 24 * 60,
      latestMinutes: 73 * 60,
      even: false,
    });
  });

  test('equal ones are even', () => {
    expect(gapsOf(starts(60, 0, 24, 48))).toMatchObject({ even: true, places: [{ from: 0 }, { from: 24 * hour }] });
  });

  test.each([['no start', starts(60)], ['one start', starts(60, 5)], ['one start twice', starts(60, 5, 5)]])('%s has none', (_, row) => {
    expect(gapsOf(row)).toBeUndefined();
  });

  test('the rules of a plan fill each other\'s gaps, and of two at one time the narrower window counts', () => {
    const row = mergedStarts([starts(480, 0, 24, 48), starts(60, 12, 24, 36)]);
    expect(row.map(({ time }) => time / hour)).toEqual([0, 12, 24, 24, 36, 48]);
    expect(gapsOf(row)).toMatchObject({ typicalMinutes: 720, even: true, latestMinutes: 12 * 60 + 480 });
    expect(gapsOf(row.slice(0, 4))).toMatchObject({ latestMinutes: 13 * 60 });
  });

  test('add up to the time between the first and the last start', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 2 }), (hours) => {
      const row = starts(0, ...hours.sort((one, other) => one - other));
      const gaps = gapsOf(row);
      const lengths = row.slice(1).map(({ time }, index) => time - (row[index]?.time ?? 0));
      expect(gaps === undefined ? undefined : gaps.largest.to - gaps.largest.from).toBe(Math.max(...lengths));
      expect(gaps?.places.length).toBe(lengths.filter((length) => length === Math.max(...lengths)).length);
      expect(gaps?.latestMinutes).toBe(Math.max(...lengths) / 60_000);
    }), { seed: 20261121 });
  });
});

describe('overlaps', () => {
  test.each([
    ['at the same time, once', starts(60, 5), starts(60, 5), [[5, 0]]],
    ['in the window of the first', starts(120, 5), starts(60, 6), [[6, 60]]],
    ['in the window of the second', starts(60, 6), starts(120, 5), [[6, 60]]],
    ['not at the end of the window', starts(60, 5), starts(60, 6), []],
    ['not before the window', starts(60, 5), starts(60, 3), []],
    ['each in the other\'s', starts(480, 0, 24), starts(480, 4, 28), [[4, 240], [28, 240]]],
  ])('%s', (_, left, right, expected) => {
    expect(overlapsOf(left, right).map(({ time, afterMinutes }) => [time / hour, afterMinutes])).toEqual(expected);
  });
});

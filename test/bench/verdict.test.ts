import { describe, expect, it } from 'vitest';
import type { Row } from './rows.ts';
import { tableOf } from './table.ts';
import { judge, type Goal } from './verdict.ts';

const row = (id: string, ours: number, other?: number): Row => ({ id, name: `Measure of ${id}`, unit: 'ms', ours, ...(other === undefined ? {} : { other: { value: other, name: 'the other' } }) });
const full = { short: false };
const half: Goal = { goal: '≤ 1/2', of: 'ratio', atMost: 0.5, short: 0.8 };

describe('a row beside its goal', () => {
  it.each([
    ['met', row('start', 50, 100), half, true, true],
    ['missed within the room of the short form', row('start', 70, 100), half, false, true],
    ['missed beyond it', row('start', 90, 100), half, false, false],
    ['missed for a known cause', row('start', 90, 100), { ...half, knownMiss: 'it reads everything' }, false, true],
    ['a size that is met', row('start', 500), { goal: '≤ 500 kB', of: 'size', atMost: 500, short: 500 }, true, true],
    ['a size that is missed', row('start', 501), { goal: '≤ 500 kB', of: 'size', atMost: 500, short: 500 }, false, false],
    ['a time, which never fails', row('start', 900), { goal: '≤ 16 ms', of: 'time', atMost: 16, short: 16 }, false, undefined],
  ] as const)('is %s', (_what, measured, goal, met, passed) => {
    const [judged] = judge([measured], { start: goal }, full);
    expect(judged?.met).toBe(met);
    expect(judged?.passed).toBe(passed);
  });

  it('is judged by nobody without one', () => {
    expect(judge([row('start', 1, 2)], {}, full)).toEqual([{ row: row('start', 1, 2), ratio: 0.5 }]);
  });

  it('must be there for every goal', () => {
    expect(() => judge([row('start', 1, 2)], { start: half, end: half }, full)).toThrow('These goals have no measure: end');
  });

  it('may be missing in the short form where only the long one measures it', () => {
    const goals = { start: half, end: { ...half, longFormOnly: true } } as const;
    expect(judge([row('start', 1, 2)], goals, { short: true })).toHaveLength(1);
    expect(() => judge([row('start', 1, 2)], goals, full)).toThrow('These goals have no measure: end');
  });

  it('is not judged in the short form where only the long one judges it', () => {
    const goals = { start: { ...half, longFormOnly: true } } as const;
    expect(judge([row('start', 9, 2)], goals, { short: true })[0]?.passed).toBeUndefined();
    expect(judge([row('start', 9, 2)], goals, full)[0]?.passed).toBe(false);
  });

  it('must have something to compare with where the goal is a ratio', () => {
    expect(() => judge([row('start', 1)], { start: half }, full)).toThrow('start');
  });
});

describe('the table', () => {
  it('tells small ratios as fractions, and names each goal that is missed with its cause', () => {
    const table = tableOf(judge([row('start', 2, 100), row('end', 90, 100), row('middle', 80, 100)], { start: half, end: half, middle: { ...half, knownMiss: 'it reads everything' } }, full));
    expect(table).toMatch(/Measure of start +2\.00 ms +100 ms the other +1\/50\.0 +≤ 1\/2 +yes/);
    expect(table).toContain('Measure of end against the other: the cause is not known');
    expect(table).toContain('Measure of middle against the other: it reads everything');
    expect(table).not.toContain('Every goal is met.');
  });

  it('says so when every goal is met', () => {
    expect(tableOf(judge([row('start', 2, 100)], { start: half }, full))).toContain('Every goal is met.');
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { RestartPolicy, type AfterEnd } from '../../client/restartPolicy.ts';

let now: number;
let policy: RestartPolicy;

beforeEach(() => {
  now = 0;
  policy = new RestartPolicy(() => now);
});

/** A life of a server: what happens in it, and how long it is in milliseconds. */
function live(milliseconds: number, ...happens: readonly ('told' | 'edited')[]): AfterEnd {
  policy.started();
  for (const event of happens) policy[event]();
  now += milliseconds;
  return policy.ended();
}

const pauses = (ends: readonly AfterEnd[]): readonly (number | 'giveUp')[] => ends.map((end) => (end.type === 'restart' ? end.after : 'giveUp'));

describe('a server that ends by itself', () => {
  test('is started again at once, a hundred times, while somebody types', () => {
    const ends = Array.from({ length: 100 }, () => live(300, 'told', 'edited'));
    expect(new Set(pauses(ends))).toEqual(new Set([0]));
    expect(ends.filter((end) => end.type === 'restart' && end.tell).length).toBe(1);
  });

  test.each([
    ['before it told anything', 300, []],
    ['after edits that it did not answer', 300, ['edited']],
    ['although nobody edited since it told problems', 300, ['told']],
    ['when the edit came before the problems', 300, ['edited', 'told']],
  ] as const)('%s, stays down the fifth time, after growing pauses', (_title, milliseconds, happens) => {
    expect(pauses(Array.from({ length: 5 }, () => live(milliseconds, ...happens)))).toEqual([0, 250, 1000, 4000, 'giveUp']);
  });

  test('begins anew after a life of use or of a minute, and after the user restarted it', () => {
    for (let end = 1; end < 5; end++) live(300);
    expect(live(300, 'told', 'edited')).toMatchObject({ after: 0 });
    expect(pauses([live(300), live(300), live(60_000), live(300), live(59_999)])).toEqual([0, 250, 0, 0, 250]);
    expect(pauses([live(1), live(1), live(1), live(1)])).toEqual([1000, 4000, 'giveUp', 0]);
  });

  test('is told of with the fifth end within three minutes, and again three minutes later, not with every one', () => {
    const told = (apart: number, count: number): readonly number[] => Array.from({ length: count }, () => live(apart, 'told', 'edited')).flatMap((end, index) => (end.type === 'restart' && end.tell ? [index + 1] : []));
    expect(told(44_000, 5)).toEqual([5]);
    now += 400_000;
    expect(told(50_000, 20)).toEqual([]);
    now += 400_000;
    expect(told(10_000, 40)).toEqual([5, 23]);
  });
});

import { describe, expect, test } from 'vitest';
import { CrashLimit } from '../../client/crashLimit.ts';

const minute = 60_000;

describe('a server that crashed is started again', () => {
  test('four times in three minutes, not five times', () => {
    const limit = new CrashLimit();
    expect([0, 1, 2, 2.9, 2.99].map((minutes) => limit.allowsRestart(minutes * minute))).toEqual([true, true, true, true, false]);
  });

  test('as often as it happens, when it happens now and then', () => {
    const limit = new CrashLimit();
    expect(Array.from({ length: 20 }, (_, index) => limit.allowsRestart(index * minute)).every(Boolean)).toBe(true);
  });

  test('four times anew after the user restarted it', () => {
    const limit = new CrashLimit();
    const crashes = (): readonly boolean[] => [1, 2, 3, 4, 5].map((second) => limit.allowsRestart(second * 1000));
    expect(crashes().at(-1)).toBe(false);
    limit.forget();
    expect(crashes()).toEqual([true, true, true, true, false]);
  });
});

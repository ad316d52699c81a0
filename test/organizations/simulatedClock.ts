import { abortReason, type Clock } from '../../server/organizations/clock.ts';

/** A clock that stands still until somebody sleeps. */
export interface SimulatedClock extends Clock {
  /** Milliseconds of each sleep so far. */
  readonly slept: readonly number[];
  advance(milliseconds: number): void;
}

/** Begins at an instant in epoch milliseconds UTC; chance always gives one half. */
export function simulatedClock(start = Date.parse('2026-06-01T00:00:00Z')): SimulatedClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    sleep: async (milliseconds, signal) => {
      // Whoever waits lets others run first, as real time does.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted === true) throw abortReason(signal);
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

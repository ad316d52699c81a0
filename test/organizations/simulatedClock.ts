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

/** A clock whose time passes only while no request is on its way, so that what arrives when does not depend on the machine. */
export interface WireClock extends SimulatedClock {
  /** Time stands still until the request has been answered. */
  during<T>(request: Promise<T>): Promise<T>;
}

/** Whoever sleeps longest is woken last. Begins at an instant in epoch milliseconds UTC; chance always gives one half. */
export function wireClock(start = Date.parse('2026-06-01T00:00:00Z')): WireClock {
  let now = start;
  let onTheWay = 0;
  const slept: number[] = [];
  const sleepers: { readonly until: number; wake(): void }[] = [];
  const pass = async (): Promise<void> => {
    // What an answer sets off is sent before time passes.
    await new Promise((resolve) => setImmediate(resolve));
    if (onTheWay > 0) return;
    const [next] = sleepers.sort((left, right) => left.until - right.until).splice(0, 1);
    if (next === undefined) return;
    now = Math.max(now, next.until);
    next.wake();
    void pass();
  };
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    sleep: async (milliseconds, signal) => {
      slept.push(milliseconds);
      await new Promise<void>((resolve) => {
        sleepers.push({ until: now + milliseconds, wake: resolve });
        void pass();
      });
      if (signal?.aborted === true) throw abortReason(signal);
    },
    during: async (request) => {
      onTheWay += 1;
      try {
        return await request;
      } finally {
        onTheWay -= 1;
        void pass();
      }
    },
  };
}

import { Bench } from 'tinybench';

/** How long a thing is repeated. */
export interface Repetition {
  /** Milliseconds at least. */
  readonly time: number;
  /** Times at least. */
  readonly iterations: number;
}

/** The time that this process has computed, in milliseconds: what else the machine does does not count. */
export function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * The median time in milliseconds of computing. What is prepared before each turn is not counted.
 * @param run its result is kept until the next turn, so that nothing is optimized away.
 */
export function timeOf<Prepared>(repetition: Repetition, prepare: (turn: number) => Prepared, run: (prepared: Prepared) => unknown): number {
  const bench = new Bench({ ...repetition, now: computed, warmupTime: 0, warmupIterations: 1, throws: true });
  let turn = 0;
  let prepared: Prepared | undefined;
  let result: unknown;
  bench.add('run', () => {
    if (prepared === undefined) throw new Error('Nothing was prepared.');
    result = run(prepared);
  }, {
    beforeEach: () => {
      turn += 1;
      prepared = prepare(turn);
    },
  });
  bench.runSync();
  const outcome = bench.tasks[0]?.result;
  if (outcome?.state !== 'completed' || result === undefined) throw new Error('The measurement did not come to its end.');
  return outcome.latency.p50;
}

/**
 * Runs a job for each item, in order, so many at a time. The first that fails ends it, after those that were begun.
 * Rejects with the error of that one.
 */
export async function forEach<Item>(items: readonly Item[], atOnce: number, job: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const failed = new AbortController();
  const run = async (): Promise<void> => {
    for (const item of waiting) {
      if (failed.signal.aborted) return;
      await job(item);
    }
  };
  await together(Array.from({ length: atOnce }, run), failed);
}

/**
 * Waits for all, also for those that go on after one has failed. The first error aborts `stop`; those that follow from
 * that are not told: it rejects with the error that came first.
 */
export async function together(jobs: readonly Promise<unknown>[], stop: AbortController): Promise<void> {
  const failed = await Promise.all(jobs.map((job) => job.then(() => false, (error: unknown) => {
    stop.abort(error);
    return true;
  })));
  if (failed.includes(true)) throw stop.signal.reason;
}

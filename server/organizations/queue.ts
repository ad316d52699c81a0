import { abortReason } from './clock.ts';

/** Runs jobs one at a time, in the order they were given; one that fails does not keep the next from running. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a job after all before it. Rejects at once with an `AbortError` when its signal aborts while it waits. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    let started = false;
    const result = this.#last.then(() => {
      if (signal?.aborted === true) throw abortReason(signal);
      started = true;
      return job();
    });
    this.#last = result.catch(() => undefined);
    if (signal === undefined) return result;
    return new Promise((resolve, reject) => {
      const aborted = (): void => {
        if (!started) reject(abortReason(signal));
      };
      signal.addEventListener('abort', aborted, { once: true });
      result.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', aborted);
      });
    });
  }
}

/** Time and chance, given so that tests own them. */
export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number;
  /** Resolves after some milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const aborted = (): void => {
        clearTimeout(timer);
        reject(abortReason(signal));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', aborted);
        resolve();
      }, milliseconds);
      if (signal?.aborted === true) aborted();
      else signal?.addEventListener('abort', aborted, { once: true });
    }),
};

/** What an aborted signal rejects with: always an error named `AbortError`, whatever reason its owner gave. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const error = new Error('The request was cancelled.', { cause: signal?.reason });
  error.name = 'AbortError';
  return error;
}

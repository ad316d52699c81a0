/** A server that crashes more often within the period stays down until the user restarts it. */
const maximumCrashes = 4;

/** Milliseconds. */
const period = 3 * 60 * 1000;

/** Tells a crash now and then from a server that cannot run. */
export class CrashLimit {
  #times: readonly number[] = [];

  /**
   * Takes a crash into account.
   * @param now epoch milliseconds.
   * @returns true when the server may be started again.
   */
  allowsRestart(now: number): boolean {
    this.#times = [...this.#times.filter((time) => now - time < period), now];
    return this.#times.length <= maximumCrashes;
  }

  /** The user started it again: what was before does not count. */
  forget(): void {
    this.#times = [];
  }
}

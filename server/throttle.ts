/** Milliseconds between two runs. */
const pause = 100;

/** Runs something at once when it is asked for, and then no more often than ten times a second. */
export class Throttle {
  readonly #run: () => void;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;

  constructor(run: () => void) {
    this.#run = run;
  }

  soon(): void {
    if (this.#resting !== undefined) {
      this.#isAsked = true;
      return;
    }
    this.#run();
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      if (!this.#isAsked) return;
      this.#isAsked = false;
      this.soon();
    }, pause);
  }
}

import type { Steps } from './core/steps.ts';

/** Milliseconds of work after which messages are taken in: a keystroke waits no longer than this for its turn. */
const turn = 5;

interface Task {
  /** False when it is done or given up. */
  readonly advance: (until: number) => boolean;
}

/**
 * Does long work in turns, one piece of it after another, so that the server takes in messages in between. A timer and not
 * an immediate stands between two turns: all messages that have arrived are then taken in, and not just one.
 */
export class Turns {
  readonly #tasks: Task[] = [];
  #scheduled = false;

  /**
   * Does the steps, the first of them at once unless other work waits.
   * @param isGivenUp asked before each turn: true when nobody wants the result any more.
   * @returns undefined when the work was given up.
   */
  run<Result>(steps: Steps<Result>, isGivenUp: () => boolean): Promise<{ readonly result: Result } | undefined> {
    return new Promise((resolve, reject) => {
      const advance = (until: number): boolean => {
        try {
          if (isGivenUp()) {
            steps.return(undefined as never);
            resolve(undefined);
            return false;
          }
          for (;;) {
            const { done, value } = steps.next();
            if (done === true) {
              resolve({ result: value });
              return false;
            }
            if (performance.now() >= until) return true;
          }
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return false;
        }
      };
      this.#tasks.push({ advance });
      if (!this.#scheduled) this.#turn();
    });
  }

  #turn(): void {
    this.#scheduled = true;
    const until = performance.now() + turn;
    for (;;) {
      const [task] = this.#tasks;
      if (task === undefined) {
        this.#scheduled = false;
        return;
      }
      if (task.advance(until)) break;
      this.#tasks.shift();
      if (performance.now() >= until) break;
    }
    setTimeout(() => {
      this.#turn();
    }, 0);
  }
}

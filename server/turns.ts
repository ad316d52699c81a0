import type { Steps } from './core/steps.ts';

/** Milliseconds of work after which messages are taken in: a keystroke waits no longer than this for its turn. */
const turn = 2;

interface Task {
  /** False when it is done or given up. */
  readonly advance: (until: number) => boolean;
}

/**
 * Does long work in turns, one piece of it after another, so that the server takes in messages in between. A timer and not
 * an immediate stands between two turns: all messages that have arrived are then taken in, and not just one. What the end
 * of one work brings up is a part of the same turn.
 */
export class Turns {
  readonly #tasks: Task[] = [];
  /** When the turn at hand is over; undefined between two. */
  #until: number | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;

  /**
   * Does the steps, the first of them at once unless other work waits or the turn at hand is over.
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
      if (this.#tasks.length === 1 && (this.#until === undefined || performance.now() < this.#until)) {
        this.#spend((until) => {
          this.#advance(until);
        });
      }
    });
  }

  /** Does what cannot wait, at once and whole. It is a part of the turn at hand: if it takes long, other work waits. */
  now(work: () => void): void {
    this.#spend(work);
  }

  #advance(until: number): void {
    for (;;) {
      const [task] = this.#tasks;
      if (task === undefined || task.advance(until)) return;
      this.#tasks.shift();
      if (performance.now() >= until) return;
    }
  }

  /** Works in the turn at hand, or begins one. The timer starts behind the work, else its time would be over at once. */
  #spend(work: (until: number) => void): void {
    this.#until ??= performance.now() + turn;
    try {
      work(this.#until);
    } finally {
      clearTimeout(this.#next);
      this.#next = setTimeout(() => {
        this.#until = undefined;
        if (this.#tasks.length > 0) {
          this.#spend((until) => {
            this.#advance(until);
          });
        }
      }, 0);
    }
  }
}

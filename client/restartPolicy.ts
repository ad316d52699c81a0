/** What becomes of a server that ended by itself. */
export type AfterEnd =
  | { readonly type: 'restart'; /** Milliseconds. */ readonly after: number; /** It ends so often that the user should hear of it. */ readonly tell: boolean }
  | { readonly type: 'giveUp' };

/** Pauses before a server is started again that ended without having done anything, in milliseconds. */
const pauses: readonly number[] = [0, 250, 1000, 4000];

/** A server that ran for so long had begun well, in milliseconds. */
const longLife = 60_000;

/** So many ends within `watched` are told, in milliseconds. */
const toldEnds = 5;
const watched = 180_000;

/**
 * Decides whether a server that ended is started again. It is, at once, when its last life was of use: it told problems
 * and took in an edit since, or ran for a minute. Lives that were of no use make a crash loop: the pauses grow, and after
 * the fifth in a row the server stays down. So whoever types keeps the problems, and nothing restarts for ever by itself.
 */
export class RestartPolicy {
  readonly #now: () => number;
  #startedAt: number;
  #told = false;
  #edited = false;
  #useless = 0;
  #ends: readonly number[] = [];
  #toldOfEnds = Number.NEGATIVE_INFINITY;

  /** @param now the clock: epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** A server runs. */
  started(): void {
    this.#startedAt = this.#now();
    this.#told = false;
    this.#edited = false;
  }

  /** The server told the problems of the workspace. */
  told(): void {
    this.#told = true;
  }

  /** An edit was sent to the server. */
  edited(): void {
    if (this.#told) this.#edited = true;
  }

  /** The server ended by itself. */
  ended(): AfterEnd {
    const now = this.#now();
    this.#useless = (this.#told && this.#edited) || now - this.#startedAt >= longLife ? 0 : this.#useless + 1;
    this.#told = false;
    this.#edited = false;
    if (this.#useless > pauses.length) {
      this.#useless = 0;
      return { type: 'giveUp' };
    }
    this.#ends = [...this.#ends.filter((end) => now - end < watched), now];
    const tell = this.#ends.length >= toldEnds && now - this.#toldOfEnds >= watched;
    if (tell) this.#toldOfEnds = now;
    return { type: 'restart', after: pauses[this.#useless - 1] ?? 0, tell };
  }
}

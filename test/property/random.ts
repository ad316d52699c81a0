/** A stream of numbers that depends on its seed alone (mulberry32): quick enough for hundreds of thousands of texts. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 on, below `limit`; 0 for a limit below 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return limit < 1 ? 0 : Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  }

  /** True once in `times`, on average. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of the choices. Throws when there is none: a test that chooses from nothing is wrong. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  shuffled<Item>(items: readonly Item[]): readonly Item[] {
    return items.map((item) => ({ item, place: this.below(1_000_000_000) })).sort((a, b) => a.place - b.place).map(({ item }) => item);
  }
}

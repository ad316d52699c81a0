import { Refusal } from '../refusal.ts';

/** Plans that were shown and wait for a confirmation, by number: what is confirmed is exactly what was shown. */
export class Plans<Plan> {
  readonly #plans = new Map<number, Plan>();
  #last = 0;

  keep(plan: Plan): number {
    this.#last += 1;
    this.#plans.set(this.#last, plan);
    // Plans that nobody confirmed.
    this.#plans.delete(this.#last - 20);
    return this.#last;
  }

  /** Gives a plan once; throws a `Refusal` for one that was carried out or forgotten. */
  take(number: number): Plan {
    const plan = this.#plans.get(number);
    this.#plans.delete(number);
    if (plan === undefined) throw new Refusal('This plan is no longer there.', 'Start again to see what would be done now.');
    return plan;
  }
}

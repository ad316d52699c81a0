import type { Access } from '../connection/access.ts';
import { Refusal } from '../refusal.ts';

/** Where a plan was made, and as whom. */
export type PlanPlace = Access['place'];

/** Throws a `Refusal` where a plan would be carried out in another place than it was shown for. */
export function requireSamePlace(shown: PlanPlace, now: PlanPlace): void {
  if (shown.backend === now.backend && shown.profile === now.profile && shown.endpoint === now.endpoint && shown.file === now.file) return;
  throw new Refusal('Another profile, endpoint or embedded organization was chosen after this was shown, so nothing was changed.', 'Start again to see what would be done there, or choose the one before again.');
}

/** Plans that were shown and wait for a confirmation, by number: what is confirmed is exactly what was shown, there where it was shown for. */
export class Plans<Plan> {
  readonly #plans = new Map<number, { readonly plan: Plan; readonly place: PlanPlace }>();
  #last = 0;

  /** @param place as it was before the plan was made. */
  keep(plan: Plan, place: PlanPlace): number {
    this.#last += 1;
    this.#plans.set(this.#last, { plan, place });
    // Plans that nobody confirmed.
    this.#plans.delete(this.#last - 20);
    return this.#last;
  }

  /** Gives a plan once; throws a `Refusal` for one that was carried out or forgotten, or made for another place. */
  take(number: number, place: PlanPlace): Plan {
    const kept = this.#plans.get(number);
    if (kept === undefined) throw new Refusal('This plan is no longer there.', 'Start again to see what would be done now.');
    requireSamePlace(kept.place, place);
    this.#plans.delete(number);
    return kept.plan;
  }
}

import { forgetting, generate, sharedly } from './organizations.ts';
import { computed } from './timing.ts';

/** In one turn of each size so many accounts are merged. */
const accountsOfTurn = 50_000;

/**
 * Milliseconds of the effective policies of all accounts, with nothing merged before, for each of these sizes: the least of
 * some turns, which the sizes take one after another. In its turn a small organization is merged so often that all sizes
 * leave the same garbage; its collection is then in all times, where a median has it in those of large ones alone.
 * @param sizes numbers of accounts.
 */
export function coldTimes(sizes: readonly number[], turns: number): ReadonlyMap<number, number> {
  const organizations = sizes.map((size) => generate(size));
  const least = new Map<number, number>();
  for (let turn = 0; turn < turns; turn++) {
    for (const { snapshot, organization, accounts } of organizations) {
      const fresh = Array.from({ length: Math.max(1, accountsOfTurn / accounts.length) }, () => forgetting(snapshot));
      const began = computed();
      const policies = fresh.map((each) => sharedly(each, organization, accounts).length).reduce((sum, count) => sum + count, 0);
      const time = (computed() - began) / fresh.length;
      if (policies !== fresh.length * accounts.length) throw new Error('The measurement did not come to its end.');
      // The first turn is for the compiler.
      if (turn > 0) least.set(accounts.length, Math.min(time, least.get(accounts.length) ?? Infinity));
    }
  }
  return least;
}

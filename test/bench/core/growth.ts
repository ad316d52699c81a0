import { applyChanges } from '../../../server/model/snapshot.ts';
import { attachmentIndex } from '../../../server/model/attachments.ts';
import { below } from '../../../server/model/organization.ts';
import { localPolicy } from '../organization.ts';
import { keystroke } from '../policyTexts.ts';
import { at, forgetting, generate, sharedly } from './organizations.ts';
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

/** In one turn of each size so many keystrokes are taken in. */
const editsOfTurn = 100;

/**
 * Milliseconds from a keystroke in a policy of an OU of 20 accounts to the effective policies of these accounts, for each of
 * these sizes: the least of some turns of many keystrokes, which the sizes take one after another. One takes hundredths of a
 * millisecond, in which a collection of garbage is all there is to see.
 * @param sizes numbers of accounts.
 */
export function localTimes(sizes: readonly number[], turns: number): ReadonlyMap<number, number> {
  const organizations = sizes.map((size) => localEdits(size));
  const least = new Map<number, number>();
  for (let turn = 0; turn < turns; turn++) {
    for (const { size, edit } of organizations) {
      const texts = Array.from({ length: editsOfTurn }, (_, index) => turn * editsOfTurn + index);
      const began = computed();
      for (const text of texts) edit(text);
      const time = (computed() - began) / editsOfTurn;
      if (turn > 0) least.set(size, Math.min(time, least.get(size) ?? Infinity));
    }
  }
  return least;
}

function localEdits(size: number): { readonly size: number; readonly edit: (turn: number) => void } {
  const { snapshot, organization, accounts, files } = generate(size);
  const file = files.find(({ uri }) => uri === localPolicy);
  if (file === undefined) throw new Error(`There is no ${localPolicy}.`);
  const reached = (attachmentIndex(organization).entities.get('local') ?? []).flatMap((entity) => [...below(entity)].filter(({ kind }) => kind === 'account'));
  let state = snapshot;
  sharedly(state, organization, accounts);
  return {
    size: accounts.length,
    edit: (turn) => {
      state = applyChanges(state, at, [{ ...file, text: keystroke(file, turn) }]);
      if (sharedly(state, organization, reached).length !== 20) throw new Error('The local edit does not reach 20 accounts.');
    },
  };
}

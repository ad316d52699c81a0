import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOrder } from '../../../server/organizations/writes/order.ts';
import { wordsOf } from '../../../server/organizations/writes/write.ts';

const at = { targetId: 'ou-1', targetName: 'Production' };
const plan = (current: string, wanted: string): ReturnType<typeof planOrder> => planOrder(Array.from(current), Array.from(wanted), at, (id) => id);
const words = (current: string, wanted: string): readonly string[] => plan(current, wanted).writes.map(wordsOf);

/** What AWS holds after each write: it attaches at the end. */
function orders(current: string, wanted: string): readonly string[] {
  let held = current;
  return plan(current, wanted).writes.map((write) => {
    if ((write.type !== 'attachPolicy' && write.type !== 'detachPolicy') || typeof write.policyId !== 'string') throw new Error(write.type);
    held = held.replace(write.policyId, '');
    if (write.type === 'attachPolicy') held += write.policyId;
    return held;
  });
}

describe('another order of attachment', () => {
  test('detaches only what has to come later, and attaches it before the next one goes', () => {
    expect(words('ABCD', 'ACBD')).toEqual(['detach B from Production', 'attach B to Production', 'detach D from Production', 'attach D to Production']);
    expect(orders('ABCD', 'ACBD')).toEqual(['ACD', 'ACDB', 'ACB', 'ACBD']);
  });

  test('needs one policy to be touched when one comes last', () => {
    expect(words('ABC', 'BCA')).toEqual(['detach A from Production', 'attach A to Production']);
  });

  test('needs nothing when it is there', () => {
    expect(words('ABC', 'ABC')).toEqual([]);
  });

  test('attaches what is missing and detaches what is too many', () => {
    expect(words('AX', 'AB')).toEqual(['detach X from Production', 'attach B to Production']);
  });

  test('is reached from every order, with never more than one policy missing and as few touched as can be', () => {
    const letters = ['A', 'B', 'C', 'D', 'E', 'F'];
    const permutation = fc.shuffledSubarray(letters, { minLength: letters.length });
    fc.assert(
      fc.property(permutation, permutation, (current, wanted) => {
        const states = orders(current.join(''), wanted.join(''));
        expect(states.at(-1) ?? current.join('')).toBe(wanted.join(''));
        for (const state of states) expect(state.length).toBeGreaterThanOrEqual(letters.length - 1);
        const { moved } = plan(current.join(''), wanted.join(''));
        // Whatever stays must come first and in order: one more staying policy would stand in the wrong place.
        const stay = wanted.slice(0, wanted.length - moved.length + 1);
        if (moved.length > 0) expect(current.filter((each) => stay.includes(each))).not.toEqual(stay);
      }),
      { seed: 5 },
    );
  });
});

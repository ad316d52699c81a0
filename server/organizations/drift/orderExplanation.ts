import { nothingEffective } from '../../core/merge/effective.ts';
import type { EffectiveContainer } from '../../core/merge/effective.ts';
import { mergeLevel } from '../../core/merge/merge.ts';
import type { AttachedPolicy } from '../../core/merge/trace.ts';
import { policyDifference } from '../../core/plan/policyDifference.ts';
import { pathTo, type Entity } from '../../model/organization.ts';
import { attachedPolicies } from '../../model/snapshot.ts';
import type { Comparison } from './comparison.ts';

/** More orders than these are not tried. */
const maximumTries = 500;

/** An order of attachment at one target. */
export interface LevelOrder {
  readonly entity: Entity;
  readonly policies: readonly string[];
}

/**
 * Another order of attachment under which our merge gives what AWS has: AWS merges by the order and does not tell it.
 * Source: inheritance rule 15 [obs].
 * @returns the targets where the order differs from the model's; undefined when none of the orders tried does it.
 */
export function explainingOrder({ snapshot, organization }: Pick<Comparison, 'snapshot' | 'organization'>, account: Entity, aws: EffectiveContainer): readonly LevelOrder[] | undefined {
  const levels = pathTo(account).filter(({ attachments }) => attachments.length > 0).map((entity) => ({ entity, policies: attachedPolicies(snapshot, organization, entity) }));
  let tries = 0;
  const search = (index: number, tree: EffectiveContainer, changed: readonly LevelOrder[]): readonly LevelOrder[] | undefined => {
    const level = levels[index];
    if (level === undefined) return policyDifference(tree, aws, snapshot.at).length === 0 ? changed : undefined;
    for (const order of permutations(level.policies)) {
      if (tries >= maximumTries) return undefined;
      tries += 1;
      const { tree: next } = mergeLevel(tree, level.entity, order);
      const same = order.every((policy, place) => policy === level.policies[place]);
      const found = search(index + 1, next, same ? changed : [...changed, { entity: level.entity, policies: order.map(({ name }) => name) }]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(0, nothingEffective, []);
}

/** The given order first. */
function* permutations(policies: readonly AttachedPolicy[]): Generator<readonly AttachedPolicy[]> {
  if (policies.length < 2) {
    yield policies;
    return;
  }
  for (const [index, policy] of policies.entries()) {
    for (const rest of permutations(policies.filter((_each, place) => place !== index))) yield [policy, ...rest];
  }
}

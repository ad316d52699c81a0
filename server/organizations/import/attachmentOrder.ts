import { effectiveAt, type EffectiveContainer, type EffectiveNode, nothingEffective } from '../../core/merge/effective.ts';
import { mergeLevel } from '../../core/merge/merge.ts';
import type { AttachedPolicy } from '../../core/merge/trace.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import { attachedPolicies, mergedLevel, type Snapshot } from '../../model/snapshot.ts';

/** So many policies have orders few enough to try: 24. */
const mostTried = 4;

/**
 * The settings of an entity's level that depend on the order of some of its policies, as `plans/daily/regions`; undefined
 * where there are too many orders to try. What a level hands down is compared too, so nothing below differs otherwise.
 */
export function settingsByOrder(snapshot: Snapshot, organization: Organization, entity: Entity, policies: readonly string[]): readonly string[] | undefined {
  if (policies.length > mostTried) return undefined;
  const inherited = entity.parent === undefined ? nothingEffective : mergedLevel(snapshot, organization, entity.parent).tree;
  const attached = attachedPolicies(snapshot, organization, entity);
  const fixed = attached.filter(({ name }) => !policies.includes(name));
  const free = attached.filter(({ name }) => policies.includes(name));
  const differing = new Set<string>();
  const first = mergeLevel(inherited, entity, [...fixed, ...free]).tree;
  for (const order of permutations(free)) differences(first, mergeLevel(inherited, entity, [...fixed, ...order]).tree, differing);
  return [...differing];
}

function* permutations(policies: readonly AttachedPolicy[]): Generator<readonly AttachedPolicy[]> {
  if (policies.length <= 1) {
    yield policies;
    return;
  }
  for (const [index, policy] of policies.entries()) {
    for (const others of permutations([...policies.slice(0, index), ...policies.slice(index + 1)])) yield [policy, ...others];
  }
}

function differences(left: EffectiveContainer, right: EffectiveContainer, found: Set<string>): void {
  if (left === right) return;
  if (left.allowed !== right.allowed) found.add(left.path.join('/'));
  for (const key of new Set([...left.children.keys(), ...right.children.keys()])) {
    const [one, other] = [effectiveAt(left, [key]), effectiveAt(right, [key])];
    if (one?.kind === 'container' && other?.kind === 'container') differences(one, other, found);
    else if (meaning(one) !== meaning(other)) found.add((one ?? other)?.path.join('/') ?? '');
  }
}

/** The elements of a list have no order that AWS Backup knows. */
function meaning(node: EffectiveNode | undefined): string {
  if (node === undefined || node.kind === 'container') return node?.kind ?? '';
  const { value, allowed } = node;
  const texts = value?.kind === 'list' ? value.elements.map(({ text }) => text).sort() : value?.element.text;
  return JSON.stringify([allowed, texts ?? null]);
}

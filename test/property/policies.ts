import fc from 'fast-check';
import { policyGrammar, type GrammarContainer, type GrammarLeaf, type GrammarNames, type GrammarNode } from '../../server/core/grammar.ts';
import { isObject, scalarText, type PolicyMember, type PolicyObject, type PolicyTree } from './policyTree.ts';
import { controlLists, namesOf, numberText, recorded, valuesOf } from './values.ts';

/**
 * What a rule is for: settings that AWS wants together are then generated together.
 * Continuous backup is kept for 35 days at most; the archive wants 90 days of cold storage and rare runs.
 */
type Purpose = 'plain' | 'continuous' | 'archive';

/** How full a policy is: the chance of an optional key in percent, and the most children under chosen names. */
export interface Fullness {
  readonly optional: number;
  readonly names: number;
}

const controlMember: fc.Arbitrary<readonly PolicyMember[]> = sometimes(12, controlLists.map((value) => [member('@@operators_allowed_for_child_policies', value)]));
/** Beside the plans AWS takes these and ignores them. */
const strayMember: fc.Arbitrary<readonly PolicyMember[]> = sometimes(6, fc.tuple(
  fc.constantFrom('@@assign', '@@append', '@@remove'), fc.constantFrom<PolicyTree>('null', '12', '"text"', ['1', '"two"'], []),
).map(([key, value]) => [member(key, value)]));

/** Policies of the whole grammar that AWS accepts, in no layout yet. */
export function acceptedPolicies(fullness: Fullness): fc.Arbitrary<PolicyTree> {
  return fc.tuple(container(policyGrammar, 'policy', 'plain', fullness), strayMember).map(([{ members }, more]) => ({ members: [...members, ...more] }));
}

function member(key: string, value: PolicyTree): PolicyMember {
  return { key, value, anyCase: true };
}

/** An object with the member of the arbitrary so many times in a hundred, else without any. */
function sometimes(percent: number, members: fc.Arbitrary<readonly PolicyMember[]>): fc.Arbitrary<readonly PolicyMember[]> {
  return fc.oneof({ weight: 100 - percent, arbitrary: fc.constant([]) }, { weight: percent, arbitrary: members });
}

function objectOf(parts: readonly fc.Arbitrary<readonly PolicyMember[]>[]): fc.Arbitrary<PolicyObject> {
  return fc.tuple(...parts).map((found) => ({ members: found.flat() }));
}

function node(grammar: GrammarNode, key: string, purpose: Purpose, fullness: Fullness, required: boolean): fc.Arbitrary<PolicyTree> {
  if (grammar.kind !== 'container') return leaf(grammar, key, purpose, required);
  if (key === 'lifecycle') return lifecycle(grammar, purpose, fullness);
  return container(grammar, key, purpose, fullness);
}

function container(grammar: GrammarContainer, key: string, purpose: Purpose, fullness: Fullness): fc.Arbitrary<PolicyObject> {
  if (grammar.names === undefined) return fixedKeys(grammar, key, purpose, fullness);
  return objectOf([children(grammar.names, key, purpose, fullness), controlMember]);
}

function fixedKeys(grammar: GrammarContainer, owner: string, purpose: Purpose, fullness: Fullness, demanded: readonly string[] = grammar.required): fc.Arbitrary<PolicyObject> {
  const parts = [...grammar.keys].map(([key, child]) => {
    const required = demanded.includes(key);
    const one = node(child, key, purpose, fullness, required).map((value): readonly PolicyMember[] => [member(key, value)]);
    return required ? one : sometimes(fullness.optional, one);
  });
  return objectOf(owner === 'policy' ? parts : [...parts, controlMember]);
}

/** Children under names that the author chooses; names differ in more than letter case, as AWS demands. */
function children(names: GrammarNames, owner: string, purpose: Purpose, fullness: Fullness): fc.Arbitrary<readonly PolicyMember[]> {
  const named = fc.tuple(namesOf(names.value === 'tagId' ? 'name' : names.value), childOf(names.child, owner, purpose, fullness)).map(([name, value]): PolicyMember => (
    { key: names.value === 'tagId' ? tagKey(value) : name, value, anyCase: names.value !== 'vaultArn' }));
  return fc.uniqueArray(named, { minLength: owner === 'plans' ? 1 : 0, maxLength: fullness.names, selector: ({ key }) => key.toLowerCase() });
}

function childOf(child: GrammarContainer, owner: string, purpose: Purpose, fullness: Fullness): fc.Arbitrary<PolicyTree> {
  if (owner === 'rules') {
    return fc.oneof(...(['plain', 'plain', 'continuous', 'archive'] as const).map((one) => {
      const demanded: Readonly<Record<Purpose, readonly string[]>> = { plain: [], continuous: ['enable_continuous_backup', 'lifecycle'], archive: ['schedule_expression', 'lifecycle'] };
      return fixedKeys(child, 'rule', one, fullness, demanded[one]);
    }));
  }
  if (owner === 'resources') {
    const conditional = fixedKeys(child, 'selection', purpose, fullness, ['conditions']);
    return fc.oneof(fixedKeys(child, 'selection', purpose, fullness, ['resource_types']), conditional.filter(hasCondition));
  }
  // A copy may go to the archive when its rule runs rarely enough, and need not.
  const ownPurpose = owner === 'copy_actions' && purpose !== 'archive' ? 'plain' : purpose;
  return container(child, owner, ownPurpose, fullness);
}

function hasCondition(selection: PolicyObject): boolean {
  const conditions = selection.members.find(({ key }) => key === 'conditions')?.value;
  return conditions !== undefined && isObject(conditions) && conditions.members.some(({ value }) => isObject(value) && value.members.some(({ key }) => !key.startsWith('@@')));
}

/** AWS wants a tag block under its own tag key, but for letter case. */
function tagKey(block: PolicyTree): string {
  const assigned = isObject(block) ? block.members.find(({ key }) => key === 'tag_key')?.value : undefined;
  const value = assigned !== undefined && isObject(assigned) ? assigned.members.find(({ key }) => key === '@@assign')?.value : undefined;
  return typeof value === 'string' ? scalarText(value) : '';
}

function lifecycle(grammar: GrammarContainer, purpose: Purpose, fullness: Fullness): fc.Arbitrary<PolicyTree> {
  const stated = (key: string, value: fc.Arbitrary<string>): fc.Arbitrary<readonly PolicyMember[]> => value.map((one) => [member(key, { members: [member('@@assign', one)] })]);
  switch (purpose) {
    case 'plain': return fixedKeys(grammar, 'lifecycle', purpose, fullness);
    case 'continuous': return objectOf([stated('delete_after_days', numberText(fc.integer({ min: 1, max: 35 }))), sometimes(20, stated('opt_in_to_archive_for_supported_resources', refusal)), controlMember]);
    case 'archive': return fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 90, max: 4000 })).chain(([cold, stay]) => objectOf([
      stated('move_to_cold_storage_after_days', numberText(fc.constant(cold))),
      stated('delete_after_days', numberText(fc.constant(cold + stay))),
      stated('opt_in_to_archive_for_supported_resources', consent),
      controlMember,
    ]));
  }
}

const refusal = fc.constantFrom('false', '"false"');
const consent = fc.constantFrom('true', '"true"');
const archiveSchedule = fc.constantFrom(...recorded.archiveSchedules);

function leaf(grammar: GrammarLeaf, key: string, purpose: Purpose, required: boolean): fc.Arbitrary<PolicyTree> {
  const value = valueOf(grammar, key, purpose);
  const assign = (one: PolicyTree): readonly PolicyMember[] => [member('@@assign', one)];
  if (grammar.kind === 'single') {
    const assigned = value.map(assign);
    return objectOf([required ? assigned : sometimes(95, assigned), controlMember]);
  }
  const values = fc.array(value, { minLength: grammar.minimumItems, maxLength: 4 });
  const added = fc.subarray(['@@append', '@@remove'], { minLength: 1 }).chain((keys) => fc.tuple(...keys.map((operator) => values.map((one) => member(operator, one)))));
  return objectOf([fc.oneof(values.map(assign), added, fc.tuple(values.map(assign), added).map((both) => both.flat())), controlMember]);
}

function valueOf(grammar: GrammarLeaf, key: string, purpose: Purpose): fc.Arbitrary<string> {
  if (key === 'enable_continuous_backup') return purpose === 'continuous' ? consent : refusal;
  if (key === 'opt_in_to_archive_for_supported_resources') return refusal;
  if (key === 'schedule_expression' && purpose === 'archive') return archiveSchedule;
  return valuesOf(grammar.value);
}

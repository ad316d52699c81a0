import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveAt, effectiveJson, nothingEffective } from '../../server/core/merge/effective.ts';
import { mergeLevel } from '../../server/core/merge/merge.ts';
import { effectiveErrors } from '../../server/core/validation/effectiveErrors.ts';
import { mergeLevels, type FixtureLevel } from './organizationFixture.ts';

interface Case {
  readonly title: string;
  readonly rejected?: unknown;
  readonly levels: readonly FixtureLevel[];
  readonly effective: unknown;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path: string; readonly policies: readonly string[] }[] | null;
}

const at = Date.parse('2026-11-21T00:00:00Z');
const folder = 'test/fixtures/organizations';
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Case => JSON.parse(readFileSync(`${folder}/${name}/case.json`, 'utf8')) as Case)
  .filter((each) => each.rejected === undefined);

describe('the merge, worked out by hand', () => {
  test.each(cases)('$title', ({ levels, effective, errors }) => {
    const tree = mergeLevels(levels);
    if (effective !== null) expect(JSON.parse(JSON.stringify(effectiveJson(tree)))).toEqual(effective);
    if (errors !== null) {
      const ours = effectiveErrors(tree, at).map(({ code, message, path, contributors }) => ({ code, message, path, policies: contributors.map((source) => source.policy.name).sort() }));
      expect(sorted(ours)).toEqual(sorted(errors.map((error) => ({ ...error, policies: [...error.policies].sort() }))));
    }
  });
});

describe('the trace of a setting', () => {
  const regions = (...operations: readonly object[]): FixtureLevel['policies'] => operations.map((operation, index) => ({ name: `policy${String(index + 1)}`, policy: { plans: { daily: { regions: operation } } } }));
  const fates = (levels: readonly FixtureLevel[]): readonly string[] => {
    const leaf = effectiveAt(mergeLevels(levels), ['plans', 'daily', 'regions']);
    if (leaf === undefined || leaf.kind === 'container') return [];
    return leaf.trace.map(({ statement, outcome }) => `${statement.source.level.name}/${statement.source.policy.name} ${statement.operator}: ${outcome.type === 'noEffect' ? outcome.reason.type : outcome.type}`);
  };

  test('says that a child overrides what it assigns anew', () => {
    expect(fates([
      { target: 'Root', policies: regions({ '@@assign': ['eu-west-1'] }) },
      { target: 'shop', policies: regions({ '@@assign': ['us-east-1'] }) },
    ])).toEqual(['Root/policy1 assign: overridden', 'shop/policy1 assign: applied']);
  });

  test('says that the policy attached first decides, and that the later one has no effect', () => {
    expect(fates([{ target: 'Root', policies: regions({ '@@assign': ['eu-west-1'] }, { '@@assign': ['us-east-1'] }) }]))
      .toEqual(['Root/policy1 assign: applied', 'Root/policy2 assign: laterPeer']);
  });

  test('says that a control blocks what it does not allow', () => {
    expect(fates([
      { target: 'Root', policies: regions({ '@@assign': ['eu-west-1'], '@@operators_allowed_for_child_policies': ['@@append'] }) },
      { target: 'shop', policies: regions({ '@@assign': ['us-east-1'], '@@append': ['us-east-2'] }) },
    ])).toEqual(['Root/policy1 assign: applied', 'shop/policy1 assign: blocked', 'shop/policy1 append: applied']);
  });

  test('keeps a statement applied as long as one of its elements is left', () => {
    expect(fates([
      { target: 'Root', policies: regions({ '@@assign': ['eu-west-1', 'eu-west-2'] }) },
      { target: 'Workloads', policies: regions({ '@@remove': ['eu-west-2'] }) },
      { target: 'shop', policies: regions({ '@@remove': ['eu-west-1', 'eu-west-3'] }) },
    ])).toEqual(['Root/policy1 assign: overridden', 'Workloads/policy1 remove: applied', 'shop/policy1 remove: applied']);
  });

  test('names what does nothing: appending what is there, removing what is not', () => {
    expect(fates([
      { target: 'Root', policies: regions({ '@@remove': ['eu-west-1'] }) },
      { target: 'Workloads', policies: regions({ '@@assign': ['eu-west-1'] }) },
      { target: 'shop', policies: regions({ '@@append': ['eu-west-1'], '@@remove': ['us-east-1'] }) },
    ])).toEqual(['Root/policy1 remove: nothingToRemove', 'Workloads/policy1 assign: applied', 'shop/policy1 append: alreadyPresent', 'shop/policy1 remove: absent']);
  });
});

describe('sharing', () => {
  const level = { kind: 'account', name: 'shop', path: 'Root/shop', depth: 1 } as const;

  test('an entity without policies has the tree of its parent itself', () => {
    expect(mergeLevel(nothingEffective, level, []).tree).toBe(nothingEffective);
  });

  test('a plan that a level does not mention is the same object above and below', () => {
    const root: FixtureLevel = { target: 'Root', policies: [{ name: 'a', policy: { plans: { daily: { regions: { '@@assign': ['eu-west-1'] } }, weekly: { regions: { '@@assign': ['eu-west-1'] } } } } }] };
    const above = mergeLevels([root]);
    const content = { target: 'shop', policies: [{ name: 'b', policy: { plans: { daily: { regions: { '@@append': ['us-east-1'] } } } } }] };
    const below = mergeLevels([root, content]);
    expect(effectiveAt(below, ['plans', 'weekly'])).toStrictEqual(effectiveAt(above, ['plans', 'weekly']));
    const again = mergeLevel(above, level, []).tree;
    expect(effectiveAt(again, ['plans', 'weekly'])).toBe(effectiveAt(above, ['plans', 'weekly']));
  });
});

describe('whatever the policies say', () => {
  const region = fc.constantFrom('eu-west-1', 'eu-west-2', 'us-east-1');
  const control = fc.subarray(['@@assign', '@@append', '@@remove'], { minLength: 1 });
  const operations = fc.record({
    '@@assign': fc.array(region, { maxLength: 3 }),
    '@@append': fc.array(region, { maxLength: 3 }),
    '@@remove': fc.array(region, { maxLength: 3 }),
    '@@operators_allowed_for_child_policies': control,
  }, { requiredKeys: [] });
  const policies = fc.array(operations.map((regions) => ({ plans: { daily: { regions } } })), { maxLength: 3 });
  const path = fc.array(policies, { minLength: 1, maxLength: 5 }).map((levels) => levels.map((each, depth): FixtureLevel => ({
    target: `level${String(depth)}`,
    policies: each.map((policy, index) => ({ name: `p${String(index)}`, policy })),
  })));

  test('the list is what AWS\'s three passes give, worked out naively', () => {
    fc.assert(fc.property(path, (levels) => {
      const leaf = effectiveAt(mergeLevels(levels), ['plans', 'daily', 'regions']);
      const value = leaf?.kind === 'list' && leaf.value?.kind === 'list' ? leaf.value.elements.map((element) => element.text) : undefined;
      expect(value).toEqual(naiveList(levels));
    }), { seed: 20261121, numRuns: 2000 });
  });

  test('every element has its origin among the applied statements', () => {
    fc.assert(fc.property(path, (levels) => {
      const leaf = effectiveAt(mergeLevels(levels), ['plans', 'daily', 'regions']);
      if (leaf?.kind !== 'list' || leaf.value?.kind !== 'list') return;
      const applied = new Set(leaf.trace.filter(({ outcome }) => outcome.type === 'applied').map(({ statement }) => statement));
      for (const element of leaf.value.elements) expect(applied.has(element.origin)).toBe(true);
    }), { seed: 20261121, numRuns: 1000 });
  });
});

type Regions = Readonly<Partial<Record<'@@assign' | '@@append' | '@@remove' | '@@operators_allowed_for_child_policies', readonly string[]>>>;

/** The three passes with plain arrays and sets, without trace or sharing. */
function naiveList(levels: readonly FixtureLevel[]): readonly string[] | undefined {
  let value: readonly string[] | undefined;
  let allowed = new Set(['@@assign', '@@append', '@@remove']);
  for (const { policies } of levels) {
    const all = policies.map(({ policy }) => (policy as { readonly plans: { readonly daily: { readonly regions: Regions } } }).plans.daily.regions);
    const assign = allowed.has('@@assign') ? all.find((each) => each['@@assign'] !== undefined)?.['@@assign'] : undefined;
    if (assign !== undefined) value = assign;
    if (allowed.has('@@append')) {
      for (const { '@@append': append } of all) {
        if (append === undefined) continue;
        value ??= [];
        for (const element of append) if (!value.includes(element)) value = [...value, element];
      }
    }
    if (allowed.has('@@remove')) {
      for (const { '@@remove': remove } of all) if (remove !== undefined) value = value?.filter((element) => !remove.includes(element));
    }
    for (const { '@@operators_allowed_for_child_policies': control } of all) {
      if (control !== undefined) allowed = new Set([...allowed].filter((operator) => control.includes(operator)));
    }
  }
  return value;
}

function sorted(errors: readonly unknown[]): readonly string[] {
  return errors.map((error) => JSON.stringify(error)).sort();
}

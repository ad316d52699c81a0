import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { nothingEffective, type EffectiveContainer } from '../../server/core/merge/effective.ts';
import { mergeLevel } from '../../server/core/merge/merge.ts';
import { readStatements } from '../../server/core/merge/statements.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';

const model = (accounts: readonly object[]): ReturnType<typeof readOrganization> => readOrganization('file:///m/backup-organization.json', parseDocument(JSON.stringify({ root: { name: 'Root', policies: [], accounts } })));

describe('what thousands of accounts have in common', () => {
  const { root } = model([{ name: 'a' }, { name: 'b', policies: [] }, { name: 'c', policies: ['own'] }]);
  const [first, second, third] = root?.children ?? [];

  test('is one list: of no policies, and of nothing below', () => {
    expect(first?.attachments).toBe(second?.attachments);
    expect(first?.children).toBe(second?.children);
  });

  test('is not what one of them has of its own', () => {
    expect(third?.attachments.map(({ policy }) => policy)).toEqual(['own']);
    expect(second?.attachments).toEqual([]);
  });
});

describe('what a level does not change', () => {
  const merged = (inherited: EffectiveContainer, policy: object): EffectiveContainer => {
    const content = readStatements(parseDocument(JSON.stringify(policy)));
    return mergeLevel(inherited, { kind: 'account', name: 'a', path: 'a', depth: 1 }, [{ name: 'p', uri: 'file:///p.json', content }]).tree;
  };
  const control = { '@@operators_allowed_for_child_policies': ['@@none'] };
  const root = merged(nothingEffective, { plans: { p: { regions: { '@@assign': ['eu-west-1'] }, ...control } } });
  const plan = (tree: EffectiveContainer): EffectiveContainer | undefined => {
    const plans = tree.children.get('plans');
    const found = plans?.kind === 'container' ? plans.children.get('p') : undefined;
    return found?.kind === 'container' ? found : undefined;
  };

  test('stays the same list of controls and of refused children', () => {
    const below = plan(merged(root, { plans: { p: { regions: { '@@append': ['eu-west-2'] } } } }));
    expect(below).not.toBe(plan(root));
    expect(below?.controls).toBe(plan(root)?.controls);
    expect(below?.refused).toBe(plan(root)?.refused);
  });

  test('is another list where the level adds something', () => {
    const below = plan(merged(root, { plans: { p: { rules: { r: {} }, ...control } } }));
    expect(below?.controls).toHaveLength(2);
    expect(below?.refused).toHaveLength(1);
    expect(plan(root)?.controls).toHaveLength(1);
    expect(plan(root)?.refused).toHaveLength(0);
  });
});

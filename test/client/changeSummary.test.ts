import { describe, expect, test } from 'vitest';
import { confirmation, plannedChange } from '../../client/changeSummary.ts';
import type { ImpactGroupView as Group, ModelChangePreview } from '../../server/protocol.ts';

const quiet: ModelChangePreview = { edits: [], accountsReached: 4, accountsChanged: 4, becomeInvalid: [], becomeValid: [], impact: [], changedTargets: ['Root/Prod', 'Root/Test'], unchangedTargets: [] };
const attach = { type: 'attach', organization: 'file:///o.json', policy: 'baseline', targets: ['ou-1', 'ou-2'] } as const;

const group = (grade: Group['grade'], paths: readonly string[], more: Partial<Group> = {}): Group => ({ grade, meaning: '', accounts: paths.map((path) => ({ target: { organization: 'file:///o.json', key: path }, name: path, path })), changes: [], errors: [], ...more });

describe('the confirmation of an attachment', () => {
  test('has the verb and the numbers on its button', () => {
    expect(confirmation(attach, quiet)).toMatchObject({ title: 'Attach baseline to 2 targets?', action: 'Attach to 2 Targets', done: 'Attached baseline to 2 targets in the model file.' });
  });

  test('says what it reaches and changes', () => {
    expect(confirmation(attach, { ...quiet, accountsChanged: 1 }).detail).toBe('It reaches 4 accounts and changes the effective policy of 1 of them.\nOnly the model file changes; undo takes it back.');
  });

  test.each([
    [0, 0, 'It reaches no account.'],
    [1, 1, 'It reaches 1 account and changes its effective policy.'],
    [4, 4, 'It reaches 4 accounts and changes the effective policy of each.'],
    [4, 0, 'It reaches 4 accounts; no effective policy changes.'],
  ])('with %i accounts reached and %i changed: %s', (accountsReached, accountsChanged, sentence) => {
    expect(confirmation(attach, { ...quiet, accountsReached, accountsChanged }).detail.split('\n')[0]).toBe(sentence);
  });

  test('names the accounts that AWS would freeze, five at most, and why', () => {
    const paths = Array.from({ length: 7 }, (_, index) => `Root/a${String(index)}`);
    const errors = [{ code: 'CROSS_ATTRIBUTE_VALIDATION', message: 'Too long.', path: '/plans' }];
    const { detail } = confirmation(attach, { ...quiet, becomeInvalid: paths, impact: [group('frozen', paths, { errors })] });
    expect(detail).toContain('\nInvalid, so that AWS keeps the last valid policy: Root/a0, Root/a1, Root/a2, Root/a3, Root/a4 and 2 more (CROSS_ATTRIBUTE_VALIDATION: Too long).\n');
    expect(confirmation(attach, { ...quiet, impact: [group('frozen', paths, { errors, staysInvalid: true })] }).detail).toContain('Stays invalid, so that AWS keeps');
  });

  test('says what is lost and what is protected less in the order that it gets, the worst first', () => {
    const change = (path: string, grade: 'weaker' | 'safe', values?: string): Group['changes'][number] => ({ type: 'changed', grade, path, ...(values === undefined ? {} : { values }) });
    const { detail } = confirmation(attach, {
      ...quiet,
      impact: [
        group('lost', ['Root/a'], { changes: [{ type: 'removed', grade: 'lost', path: 'plans/daily' }] }),
        group('weaker', ['Root/b', 'Root/c'], { changes: [change('plans/p/rules/r/x', 'safe', '1 → 2'), change('plans/p/rules/r/y', 'weaker', '90 → 35'), change('plans/p/regions', 'weaker', 'a → b')] }),
      ],
    });
    expect(detail).toContain('\nLoses a plan, a rule or a selection: Root/a (daily removed).\nProtected less than before: Root/b, Root/c (p/rules/r/y 90 → 35, and 1 more).\n');
  });

  test('counts the accounts of the groups beyond the fifth', () => {
    const { detail } = confirmation(attach, { ...quiet, impact: Array.from({ length: 7 }, (_, index) => group('safe', [`Root/${String(index)}`])) });
    expect(detail.split('\n').slice(5, 7)).toEqual(['Protected as before or better: Root/4.', 'And 2 accounts that change less badly.']);
  });

  test('does not count targets that have it already', () => {
    expect(confirmation(attach, { ...quiet, changedTargets: ['Root/Prod'], unchangedTargets: ['Root/x'] })).toMatchObject({ title: 'Attach baseline to Root/Prod?', action: 'Attach to 1 Target' });
  });

  test('calls a file that the model does not name yet by its name', () => {
    expect(confirmation({ ...attach, policy: 'file:///w/backup-policies/shop.json' }, quiet).title).toBe('Attach shop to 2 targets?');
  });
});

test('moving an account says where it is and where it will be', () => {
  const change = { type: 'moveEntity', organization: 'file:///o.json', target: '111122223333', to: 'ou-1' } as const;
  expect(confirmation(change, { ...quiet, changedTargets: ['Root/Prod/shop', 'Root/Test/shop'] })).toMatchObject({ title: 'Move Root/Prod/shop to Root/Test?', action: 'Move in Model', done: 'Root/Prod/shop is now Root/Test/shop in the model file.' });
  expect(plannedChange(change, { ...quiet, changedTargets: ['Root/Prod/shop', 'Root/Test/shop'] })).toBe('Move Root/Prod/shop to Root/Test');
});

test('detach, reorder and move say what they do', () => {
  const { organization, policy } = attach;
  expect(confirmation({ type: 'detach', organization, policy, targets: ['a', 'b'] }, quiet).action).toBe('Detach from 2 Targets');
  expect(confirmation({ type: 'reorder', organization, policy, target: 'a', index: 0 }, quiet).title).toBe('Make baseline number 1 in the order of attachment to Root/Prod?');
  expect(confirmation({ type: 'move', organization, policy, from: 'a', to: 'b' }, quiet).title).toBe('Move baseline from Root/Prod to Root/Test?');
});

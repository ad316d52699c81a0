import { describe, expect, test } from 'vitest';
import { confirmation } from '../../client/changeSummary.ts';
import type { ModelChangePreview } from '../../server/protocol.ts';

const quiet: ModelChangePreview = { edits: [], accountsReached: 4, accountsChanged: 4, becomeInvalid: [], becomeValid: [], loseBackups: [], becomeWeaker: [], changedTargets: ['Root/Prod', 'Root/Test'], unchangedTargets: [] };
const attach = { type: 'attach', organization: 'file:///o.json', policy: 'baseline', targets: ['ou-1', 'ou-2'] } as const;

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

  test('names the accounts that AWS would freeze, ten at most', () => {
    const paths = Array.from({ length: 12 }, (_, index) => `Root/a${String(index)}`);
    expect(confirmation(attach, { ...quiet, becomeInvalid: paths }).detail).toContain('Becomes invalid: Root/a0, Root/a1, Root/a2, Root/a3, Root/a4, Root/a5, Root/a6, Root/a7, Root/a8, Root/a9 and 2 more. AWS withholds');
  });

  test('names the accounts that lose backups and those that are protected less', () => {
    const { detail } = confirmation(attach, { ...quiet, loseBackups: ['Root/a'], becomeWeaker: ['Root/b', 'Root/c'] });
    expect(detail).toContain('\nLoses a plan, a rule or a selection: Root/a.\nProtected less than before: Root/b, Root/c.\n');
  });

  test('does not count targets that have it already', () => {
    expect(confirmation(attach, { ...quiet, changedTargets: ['Root/Prod'], unchangedTargets: ['Root/x'] })).toMatchObject({ title: 'Attach baseline to Root/Prod?', action: 'Attach to 1 Target' });
  });

  test('calls a file that the model does not name yet by its name', () => {
    expect(confirmation({ ...attach, policy: 'file:///w/backup-policies/shop.json' }, quiet).title).toBe('Attach shop to 2 targets?');
  });
});

test('detach, reorder and move say what they do', () => {
  const { organization, policy } = attach;
  expect(confirmation({ type: 'detach', organization, policy, targets: ['a', 'b'] }, quiet).action).toBe('Detach from 2 Targets');
  expect(confirmation({ type: 'reorder', organization, policy, target: 'a', index: 0 }, quiet).title).toBe('Make baseline number 1 in the order of attachment to Root/Prod?');
  expect(confirmation({ type: 'move', organization, policy, from: 'a', to: 'b' }, quiet).title).toBe('Move baseline from Root/Prod to Root/Test?');
});

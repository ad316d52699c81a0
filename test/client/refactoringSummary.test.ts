import { expect, test } from 'vitest';
import { refactoringConfirmation } from '../../client/refactoringSummary.ts';
import type { ImpactGroupView, RefactoringView } from '../../server/protocol.ts';

const target = { organization: 'file:///model.json', key: 'a' };
const group: ImpactGroupView = {
  grade: 'weaker',
  meaning: 'protected less',
  accounts: ['Root/a', 'Root/b'].map((path) => ({ target, name: path, path })),
  changes: [{ type: 'changed', grade: 'weaker', path: 'plans/daily/regions', values: '90 → 35' }, { type: 'removed', grade: 'lost', path: 'plans/weekly' }],
  errors: [],
};
const view: RefactoringView = { title: 'Pull "x" up', files: [{ type: 'delete', uri: 'file:///a.json' }, { type: 'delete', uri: 'file:///b.json' }], accounts: 7, changed: 2, impact: { groups: [group], accounts: 7 } };

test('a refactoring that changes accounts names them with what they get', () => {
  expect(refactoringConfirmation(view)).toEqual({
    title: 'Pull "x" up?',
    detail: '2 accounts of 7 get another effective policy.\nRoot/a, Root/b: protected less (~ daily/regions: 90 → 35, - weekly)\n2 files change; undo takes it back.',
    action: 'Apply and Change 2 Accounts',
  });
});

test('a refactoring that only loses a text says what is gone', () => {
  expect(refactoringConfirmation({ ...view, changed: 0, impact: { groups: [], accounts: 7 }, files: view.files.slice(1), lost: 'The file a.json.' })).toEqual({
    title: 'Pull "x" up?',
    detail: 'The effective policy of all 7 accounts stays the same.\nGone afterwards: The file a.json.\n1 file changes; undo takes it back.',
    action: 'Apply',
  });
});

test('another order of a list is told apart from another protection', () => {
  const { detail } = refactoringConfirmation({ ...view, changed: 1, impact: { groups: [], accounts: 7 } });
  expect(detail).toContain('1 account of 7 gets another effective policy.\nOnly the order of lists or the letter case of names differs');
});

test('many groups and accounts are counted', () => {
  const accounts = Array.from({ length: 9 }, (_, index) => ({ target, name: 'n', path: `Root/${String(index)}` }));
  const { detail } = refactoringConfirmation({ ...view, impact: { groups: Array.from({ length: 6 }, () => ({ ...group, accounts })), accounts: 7 } });
  expect(detail).toContain('Root/4 and 4 more: protected less');
  expect(detail).toContain('And 2 more kinds of change.');
});

import { describe, expect, it } from 'vitest';
import type { CodeAction, CodeActionContext } from 'vscode-languageserver-types';
import { refactoringActions, resolveRefactoring, type ActionSupport } from '../../../server/features/refactorings/refactoringActions.ts';
import { refactoringOffers, refactoringView } from '../../../server/features/refactorings/refactoringViews.ts';
import { positionAt } from '../../../server/features/ranges.ts';
import { modelUri, organization, policyUri } from '../organizations.ts';
import { withEdits } from '../cursor.ts';

const plan = (days: string): string => `{\n  "plans": {\n    "daily": {\n      "rules": {\n        "nightly": {\n          "lifecycle": { "delete_after_days": { "@@assign": "${days}" } }\n        }\n      }\n    }\n  }\n}\n`;
const snapshot = organization(
  { name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }, { name: 'lab' }] },
  { base: plan('35'), team: plan('90'), spare: '{ "plans": {} }' },
);
const everything: ActionSupport = { resolve: true, files: true, disabled: true, confirm: true };

function rangeAt(uri: string, marked: string) {
  const document = snapshot.policies.get(uri)?.document ?? snapshot.organizations.get(uri)?.document;
  if (document === undefined) throw new Error(`There is no ${uri}.`);
  const start = positionAt(document, document.text.indexOf(marked) + 1);
  return { start, end: start };
}

function actionsAt(name: string, marked: string, context: Partial<CodeActionContext> = {}, support = everything): CodeAction[] {
  return refactoringActions(snapshot, policyUri(name), rangeAt(policyUri(name), marked), { diagnostics: [], ...context }, support);
}

describe('the code actions of refactorings', () => {
  it('say in the title how many accounts change, and give the reason where one cannot be made', () => {
    expect(actionsAt('team', 'delete_after_days').map(({ title, kind, disabled }) => [title, kind, disabled?.reason])).toEqual([
      ['Pull "delete_after_days" up to base at Root (changes 1 account)…', 'refactor.move', undefined],
      ['Lock "delete_after_days": lower policies cannot change it', 'refactor.rewrite', undefined],
      ['Lock plan "daily": a control on each of its 5 settings and groups', 'refactor.rewrite', undefined],
    ]);
    expect(actionsAt('base', 'delete_after_days').map(({ title, disabled }) => [title, disabled?.reason])).toEqual([
      ['Push "delete_after_days" down to the policies below', 'Root/lab would lose it: no policy is attached there or on the way. Attach one first.'],
      ['Lock "delete_after_days": lower policies cannot change it (changes 1 account)…', undefined],
      ['Lock plan "daily": a control on each of its 5 settings and groups (changes 1 account)…', undefined],
    ]);
  });

  it('get their edit when they are chosen, at once in an editor that does not ask', () => {
    const [, lock] = actionsAt('team', 'delete_after_days');
    expect(lock?.edit).toBeUndefined();
    const resolved = resolveRefactoring(snapshot, lock ?? { title: '' }, everything);
    expect(Object.keys(resolved.edit?.changes ?? {})).toEqual([policyUri('team')]);
    expect(withEdits(plan('90'), resolved.edit?.changes?.[policyUri('team')] ?? [])).toContain('"90", "@@operators_allowed_for_child_policies": ["@@none"] }');
    expect(actionsAt('team', 'delete_after_days', {}, { ...everything, resolve: false })[1]?.edit).toEqual(resolved.edit);
  });

  it('carry a command where accounts change or something is lost', () => {
    const [pull] = actionsAt('team', 'delete_after_days');
    const { edit, command } = resolveRefactoring(snapshot, pull ?? { title: '' }, everything);
    expect([edit, command?.command, command?.arguments]).toEqual([undefined, 'awsBackupPolicy.confirmRefactoring', [pull?.data]]);
    const [remove] = actionsAt('spare', 'plans');
    expect(remove?.title).toBe('Delete spare, which is attached nowhere: its file and its definition…');
    expect(resolveRefactoring(snapshot, remove ?? { title: '' }, everything).command?.command).toBe('awsBackupPolicy.confirmRefactoring');
  });

  it('are none while the cursor moves, of other kinds, or that an editor cannot do', () => {
    expect(actionsAt('team', 'delete_after_days', { triggerKind: 2 })).toEqual([]);
    expect(actionsAt('team', 'delete_after_days', { triggerKind: 1 })).toHaveLength(3);
    expect(actionsAt('team', 'delete_after_days', { only: ['refactor.move'] })).toHaveLength(1);
    expect(actionsAt('team', 'delete_after_days', { only: ['quickfix'] })).toEqual([]);
    expect(actionsAt('spare', 'plans', {}, { ...everything, files: false })).toEqual([]);
    expect(actionsAt('base', 'delete_after_days', {}, { ...everything, disabled: false })).toHaveLength(2);
  });

  it('are none where an editor cannot ask first what has to be confirmed', () => {
    const harmless = actionsAt('team', 'delete_after_days', {}, { ...everything, resolve: false, disabled: false, confirm: false });
    expect(harmless.map(({ title, edit }) => [title, edit !== undefined])).toEqual([['Lock "delete_after_days": lower policies cannot change it', true], ['Lock plan "daily": a control on each of its 5 settings and groups', true]]);
    const all = actionsAt('team', 'delete_after_days', {}, { ...everything, confirm: false });
    expect(all.filter(({ disabled }) => disabled?.reason.includes('confirmed first')).map(({ title }) => title)).toEqual(['Pull "delete_after_days" up to base at Root (changes 1 account)…']);
  });

  it('are proven only when they are chosen in an organization of very many places of attachment', () => {
    const large = organization(
      { name: 'Root', policies: ['base'], accounts: Array.from({ length: 250 }, (_, index) => ({ name: `account-${String(index)}`, policies: ['team'] })) },
      { base: plan('35'), team: plan('90') },
    );
    const actions = refactoringActions(large, policyUri('team'), rangeAt(policyUri('team'), 'delete_after_days'), { diagnostics: [] }, everything);
    expect(actions.map(({ title }) => title)).toContain('Pull "delete_after_days" up to base at Root…');
    expect(resolveRefactoring(large, actions[0] ?? { title: '' }, everything).edit?.changes).toHaveProperty([policyUri('base')]);
  });

  it('leave other actions as they are', () => {
    for (const action of [{ title: 'a' }, { title: 'b', data: { uri: 'file:///gone', range: rangeAt(modelUri, 'root'), id: 'lockPlan' } }, { title: 'c', data: 3 }]) expect(resolveRefactoring(snapshot, action, everything)).toBe(action);
  });
});

describe('the list of refactorings', () => {
  it('offers at a definition in the model what can be made of the whole policy', () => {
    const document = snapshot.organizations.get(modelUri)?.document;
    const definition = (document?.text.indexOf('"spare": {') ?? 0) + 1;
    const position = document === undefined ? { line: 0, character: 0 } : positionAt(document, definition);
    const offers = refactoringOffers(snapshot, { uri: modelUri, range: { start: position, end: position } });
    expect(offers.map(({ title }) => title)).toEqual(['Delete spare, which is attached nowhere: its file and its definition…']);
    const view = offers[0] === undefined ? undefined : refactoringView(snapshot, offers[0].ref);
    expect([view?.changed, view?.lost, view?.files.map(({ type, uri }) => [type, uri])]).toEqual([
      0, 'The file spare.json, and its definition in backup-organization.json.', [['edit', modelUri], ['delete', policyUri('spare')]],
    ]);
    expect(refactoringOffers(snapshot, { uri: modelUri, range: rangeAt(modelUri, '"root"') })).toEqual([]);
  });

  it('tells the impact of one that changes accounts', () => {
    const [pull] = refactoringOffers(snapshot, { uri: policyUri('team'), range: rangeAt(policyUri('team'), 'delete_after_days') });
    const view = pull === undefined ? undefined : refactoringView(snapshot, pull.ref);
    expect([view?.accounts, view?.changed, view?.impact.groups.map(({ grade, accounts, changes }) => [grade, accounts.map(({ path }) => path), changes.map(({ values }) => values)])]).toEqual([2, 1, [['frozen', ['Root/lab'], ['35 → 90']]]]);
  });

  it('knows none any more after an edit that takes the statement away', () => {
    expect(refactoringView(snapshot, { uri: policyUri('spare'), range: rangeAt(policyUri('spare'), 'plans'), id: 'lockPlan' })).toBeUndefined();
  });
});

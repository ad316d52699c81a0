import { describe, expect, it } from 'vitest';
import { effectiveJson } from '../../server/core/merge/effective.ts';
import { cascadeView } from '../../server/features/cascade/cascadeView.ts';
import { documentOf } from '../../server/features/diagnostics.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { effectiveOf, type Snapshot } from '../../server/model/snapshot.ts';
import type { CascadeRowView, CascadeSettingView, CascadeView, TargetRef, ViewLocation } from '../../server/protocol.ts';
import { fourLevels, shopTarget } from './fourLevels.ts';
import { modelUri, organization, policyUri, sampleOrganization } from './organizations.ts';

function viewOf(snapshot: Snapshot, target: TargetRef): CascadeView {
  const view = cascadeView(snapshot, target);
  if (view === undefined) throw new Error(`There is no target ${target.key}.`);
  return view;
}

function* rowsIn(rows: readonly CascadeRowView[]): Generator<CascadeRowView> {
  for (const row of rows) {
    yield row;
    if (row.type === 'group') yield* rowsIn(row.children);
  }
}

function rowAt(view: CascadeView, path: string): CascadeRowView {
  const found = [...rowsIn(view.rows)].find((row) => row.path.join('/') === `plans/${path}`);
  if (found === undefined) throw new Error(`The cascade has no ${path}.`);
  return found;
}

function settingAt(view: CascadeView, path: string): CascadeSettingView {
  const row = rowAt(view, path);
  if (row.type !== 'setting') throw new Error(`${path} is no setting.`);
  return row;
}

function textAt(snapshot: Snapshot, location: ViewLocation | undefined): string {
  const document = location === undefined ? undefined : documentOf(snapshot, location.uri);
  return location === undefined || document === undefined ? '' : document.text.slice(offsetAt(document, location.range.start), offsetAt(document, location.range.end));
}

const view = viewOf(fourLevels, shopTarget);

/** Level, policy, operator, values and outcome of each statement. */
function said({ statements }: CascadeRowView): readonly (readonly unknown[])[] {
  return statements.map(({ level, policy, operator, values, outcome }) => [level, policy, operator, values.map(({ text, lost }) => (lost ? `(${text})` : text)).join(' '), outcome]);
}

describe('the columns', () => {
  it('are the levels from the root to the target, each with its policies in order', () => {
    expect(view.levels.map(({ kind, path, policies }) => [kind, path, policies.map((policy) => policy.name)])).toEqual([
      ['root', 'Root', ['baseline']],
      ['organizationalUnit', 'Root/Workloads', ['workloads', 'second']],
      ['organizationalUnit', 'Root/Workloads/Prod', []],
      ['account', 'Root/Workloads/Prod/shop', ['shop', 'unknown']],
    ]);
  });

  it('say which of their policies cannot be read, and lead to its name in the model', () => {
    const [shop, unknown] = view.levels[3]?.policies ?? [];
    expect(shop).toMatchObject({ location: { uri: policyUri('shop') } });
    expect(shop?.problem).toBeUndefined();
    expect(unknown).toMatchObject({ problem: 'The model file does not define the policy unknown, so what it says is not known.', location: { uri: modelUri } });
    expect(textAt(fourLevels, unknown?.location)).toBe('"unknown"');
  });
});

describe('a setting', () => {
  it('shows every statement of every level, in differing letter case, with what became of it', () => {
    const row = settingAt(view, 'Daily/rules/nightly/lifecycle/delete_after_days');
    expect(said(row)).toEqual([
      [0, 'baseline', '@@assign', '35', 'overridden'],
      [1, 'workloads', '@@assign', '90', 'overridden'],
      [1, 'second', '@@assign', '60', 'noEffect'],
      [3, 'shop', '@@assign', '120', 'applied'],
    ]);
    expect(row.values).toEqual([{ text: '120', level: 3, policy: 'shop' }]);
    expect(row.statements.map(({ sentence }) => sentence)).toEqual([
      'baseline at Root is overridden by @@assign of workloads at Root/Workloads.',
      'workloads at Root/Workloads is overridden by @@assign of shop at Root/Workloads/Prod/shop.',
      'second at Root/Workloads has no effect: workloads is attached there before it and sets the value.',
      'shop at Root/Workloads/Prod/shop sets 120.',
    ]);
    expect(row.statements.map(({ location }) => textAt(fourLevels, location))).toEqual(['"@@assign": "35"', '"@@assign": "90"', '"@@assign": "60"', '"@@assign": "120"']);
    expect(row.statements.map(({ cause }) => textAt(fourLevels, cause))).toEqual(['"@@assign": "90"', '"@@assign": "120"', '"@@assign": "90"', '']);
  });

  it('marks the elements of a list that a later level takes out, and not one that another statement keeps', () => {
    const row = settingAt(view, 'Daily/regions');
    expect(said(row)).toEqual([
      [0, 'baseline', '@@assign', 'eu-west-1 (eu-north-1)', 'applied'],
      [1, 'workloads', '@@append', 'eu-central-1 eu-west-1', 'applied'],
      [3, 'shop', '@@remove', 'eu-north-1', 'applied'],
    ]);
    expect(row.values.map(({ text, policy }) => [text, policy])).toEqual([['eu-west-1', 'baseline'], ['eu-central-1', 'workloads']]);
  });

  it('names the control that blocks a statement and leads to it', () => {
    const row = settingAt(view, 'Daily/rules/nightly/target_backup_vault_name');
    const blocked = row.statements.find(({ outcome }) => outcome === 'blocked');
    expect(blocked).toMatchObject({ level: 3, policy: 'shop', sentence: 'shop at Root/Workloads/Prod/shop is blocked by baseline at Root, which allows lower policies no operator here; AWS takes the policy and ignores this without a word.', cause: { uri: policyUri('baseline') } });
    expect(textAt(fourLevels, blocked?.cause)).toMatch(/^"@@operators_allowed_for_child_policies"/);
  });

  it('shows the controls set at it, also one that would allow more than a higher one', () => {
    expect(settingAt(view, 'Daily/rules/nightly/target_backup_vault_name').controls.map(({ level, policy, allowed, narrows, sentence }) => [level, policy, allowed, narrows, sentence])).toEqual([
      [0, 'baseline', '@@none', true, 'baseline at Root lets lower policies use no operator here.'],
      [1, 'workloads', '@@assign, @@append, @@remove', false, 'workloads at Root/Workloads lets lower policies use only @@assign, @@append, @@remove here, but baseline at Root already allows only @@none, and a lower policy cannot allow more.'],
    ]);
    expect(settingAt(view, 'Daily/regions').controls.map(({ allowed }) => allowed)).toEqual(['@@remove']);
  });
});

describe('what is not in the effective policy', () => {
  it('has rows down to the last setting when a control refused the group, each with the control that did', () => {
    const weekly = rowAt(view, 'Daily/rules/weekly');
    expect(weekly).toMatchObject({ type: 'group', noun: 'rule', present: false });
    expect(said(weekly)).toEqual([[1, 'workloads', undefined, '', 'blocked']]);
    const days = settingAt(view, 'Daily/rules/weekly/lifecycle/delete_after_days');
    expect(said(days)).toEqual([[1, 'workloads', '@@assign', '400', 'blocked']]);
    expect(days.notSet).toMatchObject([{ type: 'refused', sentence: expect.stringContaining('plans/Daily/rules/weekly would be new there, and baseline at Root lets lower policies add nothing to plans/Daily/rules') as unknown }, { type: 'unreadable' }]);
  });

  it('keeps a setting whose statements are all without effect, and a group that nothing is set in', () => {
    expect(settingAt(view, 'empty/regions')).toMatchObject({ present: false, values: [], statements: [{ outcome: 'noEffect' }] });
    expect(rowAt(view, 'Daily/backup_plan_tags')).toMatchObject({ present: false, notSet: [{ type: 'empty' }, { type: 'unreadable' }] });
  });

  it('gives every row an id of its own, slashes in names included', () => {
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: { plans: { 'x/y': { regions: { '@@assign': ['eu-west-1'] } }, x: { y: {}, rules: {} } } } });
    expect(viewOf(snapshot, { organization: modelUri, key: 'Root' }).rows.map((row) => row.id)).toEqual(['plans/x~1y', 'plans/x']);
  });
});

describe('a target', () => {
  it('without any policy has empty columns and no rows', () => {
    expect(viewOf(organization({ name: 'Root', accounts: [{ name: 'shop' }] }, {}), { organization: modelUri, key: 'Root/shop' })).toMatchObject({ rows: [], levels: [{ policies: [] }, { policies: [] }] });
  });

  it('that does not exist has no cascade', () => {
    expect(cascadeView(fourLevels, { organization: modelUri, key: 'Root/none' })).toBeUndefined();
  });
});

describe('in every target of the sample', () => {
  const sample = sampleOrganization();
  const model = sample.organizations.get(modelUri);
  if (model === undefined) throw new Error('The sample has a model.');

  it.each([...entitiesOf(model)].map((entity) => [entity.path, entity] as const))('the last column is the effective policy, and everything leads into the files: %s', (_path, entity) => {
    const cascade = viewOf(sample, { organization: modelUri, key: entity.key });
    const shown = (rows: readonly CascadeRowView[]): unknown => Object.fromEntries(rows.filter((row) => row.present).map((row) => {
      if (row.type === 'group') return [row.name, shown(row.children)];
      return [row.name, row.kind === 'list' ? row.values.map(({ text }) => text) : row.values[0]?.text];
    }));
    expect({ plans: shown(cascade.rows) }).toEqual(JSON.parse(JSON.stringify(effectiveJson(effectiveOf(sample, model, entity).tree))));
    expect(cascade.errors).toEqual(effectivePolicyView(sample, { organization: modelUri, key: entity.key })?.errors);
    const rows = [...rowsIn(cascade.rows)];
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.present || row.notSet.length > 0).toBe(true);
      for (const { operator, location } of row.statements) expect(textAt(sample, location).toLowerCase().startsWith(JSON.stringify(operator ?? row.name).toLowerCase())).toBe(true);
    }
  });
});

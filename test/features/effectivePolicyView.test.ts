import { describe, expect, it } from 'vitest';
import { effectiveAt, effectiveJson } from '../../server/core/merge/effective.ts';
import { documentOf } from '../../server/features/diagnostics.ts';
import { effectivePolicyView, effectiveText } from '../../server/features/effectivePolicyView.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../../server/model/snapshot.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import type { ContainerView, EffectivePolicyView, NodeView, OriginView, ValueView, ViewLocation } from '../../server/protocol.ts';
import { modelUri, monday, organization, policyUri, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();

function viewOf(snapshot: Snapshot, key: string): EffectivePolicyView {
  const view = effectivePolicyView(snapshot, { organization: modelUri, key });
  if (view === undefined) throw new Error(`There is no target ${key}.`);
  return view;
}

function* nodesOf(nodes: readonly NodeView[]): Generator<NodeView> {
  for (const node of nodes) {
    yield node;
    if (node.type === 'container') yield* nodesOf(node.children);
  }
}

function nodeAt(view: EffectivePolicyView, id: string): NodeView {
  const found = [...nodesOf(view.plans)].find((node) => node.id === `plans/${id}`);
  if (found === undefined) throw new Error(`The view has no ${id}.`);
  return found;
}

function valueAt(view: EffectivePolicyView, id: string): ValueView {
  const node = nodeAt(view, id);
  if (node.type !== 'value') throw new Error(`${id} is no value.`);
  return node;
}

function containerAt(view: EffectivePolicyView, id: string): ContainerView {
  const node = nodeAt(view, id);
  if (node.type !== 'container') throw new Error(`${id} is no container.`);
  return node;
}

/** The text that a location leads to. */
function textAt(snapshot: Snapshot, { uri, range }: ViewLocation): string {
  const document = documentOf(snapshot, uri);
  if (document === undefined) throw new Error(`${uri} is not known.`);
  return document.text.slice(offsetAt(document, range.start), offsetAt(document, range.end));
}

function place(origin: OriginView): string {
  return `${origin.policy} at ${origin.level}: ${origin.operator}`;
}

/** Two levels above an account, each with one policy about the plan "daily". */
function twoLevels(high: unknown, low: unknown): Snapshot {
  return organization({ name: 'Root', policies: ['high'], organizationalUnits: [{ name: 'Team', policies: ['low'], accounts: [{ name: 'shop' }] }] }, { high: { plans: { daily: high } }, low: { plans: { daily: low } } });
}

describe('the effective policy of an account', () => {
  const view = viewOf(sample, '111133335555');

  it('names the target and the levels above it with their policies in order', () => {
    expect(view.target).toMatchObject({ path: 'Root/Workloads/Prod/Corporate/finance-prod', kind: 'account', target: { organization: modelUri, key: '111133335555' } });
    expect(view.levels).toEqual([
      { name: 'Root', kind: 'root', policies: ['baseline'] },
      { name: 'Workloads', kind: 'organizationalUnit', policies: ['database-schedule'] },
      { name: 'Prod', kind: 'organizationalUnit', policies: ['production', 'databases-prod'] },
      { name: 'Corporate', kind: 'organizationalUnit', policies: ['point-in-time'] },
      { name: 'finance-prod', kind: 'account', policies: ['finance-ledger'] },
    ]);
    expect(view.empty).toBe(false);
    expect(view.plans.map((plan) => [plan.name, plan.type === 'container' ? plan.noun : ''])).toEqual([['everyday', 'plan'], ['databases', 'plan'], ['point-in-time', 'plan']]);
  });

  it('says of each value which statement of which policy at which level set it, and leads there', () => {
    const regions = valueAt(view, 'everyday/regions');
    expect(regions.values.map(({ text, origin }) => [text, place(origin), textAt(sample, origin.location)])).toEqual([
      ['eu-west-1', 'baseline at Root: @@assign', '"@@assign": ["eu-west-1"]'],
      ['eu-central-1', 'production at Root/Workloads/Prod: @@append', expect.stringMatching(/^"@@append": /)],
    ]);
    expect(regions.kind).toBe('list');
  });

  it('says what a schedule or a number of days means', () => {
    expect(valueAt(view, 'everyday/rules/daily/schedule_expression').meaning).toBe('At 05:00 UTC, every day');
    expect(valueAt(view, 'everyday/rules/monthly/lifecycle/delete_after_days').meaning).toBe('1 year');
    expect(valueAt(viewOf(sample, '999900001111'), 'everyday/rules/monthly/lifecycle/delete_after_days').meaning).toBe('7 years');
    expect(valueAt(view, 'everyday/rules/daily/target_backup_vault_name').meaning).toBeUndefined();
  });

  it('sums up plans, rules, selections and entries', () => {
    expect(['everyday', 'everyday/rules/daily', 'everyday/selections/tags/by-tier', 'databases/selections/resources/production-databases', 'databases/selections/resources/production-databases/conditions/string_equals/environment', 'everyday/rules'].map((id) => containerAt(view, id).detail)).toEqual([
      'eu-west-1, eu-central-1',
      'At 05:00 UTC, every day',
      'backup-tier = silver, bronze',
      'arn:aws:rds:*:*:cluster:*, arn:aws:rds:*:*:db:*',
      'aws:ResourceTag/environment: prod',
      undefined,
    ]);
  });

  it('shows what AWS says, with the policies that have a part in it and the statement that can mend it', () => {
    const [error, ...others] = view.errors;
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 'CROSS_ATTRIBUTE_VALIDATION', path: 'plans/point-in-time/rules/continuous', policies: ['point-in-time', 'finance-ledger'], location: { uri: 'file:///project/backup-policies/finance-ledger.json' } });
    expect(error?.location === undefined ? '' : textAt(sample, error.location)).toBe('"@@assign": "90"');
    expect(view.target.errors).toEqual([`${error?.code ?? ''}: ${error?.message ?? ''} (plans/point-in-time/rules/continuous)`]);
  });
});

describe('statements that are not part of the effective policy', () => {
  it('are shown where they would be, with what became of them and a link to the reason', () => {
    const view = viewOf(sample, 'Root/Workloads/NonProd');
    const [attempt, ...others] = valueAt(view, 'everyday/rules/daily/target_backup_vault_name').attempts;
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({ outcome: 'blocked', values: ['nonprod-vault'], reason: 'by baseline at Root, which allows lower policies no operator here' });
    expect(attempt === undefined ? '' : place(attempt.origin)).toBe('nonprod at Root/Workloads/NonProd: @@assign');
    expect(attempt?.cause === undefined ? '' : textAt(sample, attempt.cause)).toBe('"@@operators_allowed_for_child_policies": ["@@none"]');
  });

  it('name the operator, the policy and the level that override them', () => {
    const [attempt] = valueAt(viewOf(sample, 'Root/Workloads/Prod'), 'everyday/rules/daily/lifecycle/delete_after_days').attempts;
    expect(attempt).toMatchObject({ outcome: 'overridden', values: ['35'], reason: 'by @@assign of production at Root/Workloads/Prod' });
    expect(attempt?.cause === undefined ? '' : textAt(sample, attempt.cause)).toBe('"@@assign": "90"');
  });

  it('say which operators a control leaves', () => {
    const snapshot = twoLevels(
      { regions: { '@@assign': ['eu-west-1'], '@@operators_allowed_for_child_policies': ['@@append', '@@remove'] } },
      { regions: { '@@assign': ['us-east-1'] } },
    );
    expect(valueAt(viewOf(snapshot, 'Root/Team/shop'), 'daily/regions').attempts).toMatchObject([{ outcome: 'blocked', reason: 'by high at Root, which allows lower policies only @@append, @@remove here' }]);
  });

  it.each([
    ['the values are there already', { regions: { '@@append': ['eu-west-1'] } }, 'every value is in the list already'],
    ['the values are not there', { regions: { '@@remove': ['us-east-1'] } }, 'none of these values is in the list'],
  ])('say that they change nothing: %s', (_name, low, reason) => {
    const snapshot = twoLevels({ regions: { '@@assign': ['eu-west-1'] } }, low);
    expect(valueAt(viewOf(snapshot, 'Root/Team/shop'), 'daily/regions').attempts).toMatchObject([{ outcome: 'noEffect', reason }]);
  });

  it('name the policy that is attached first', () => {
    const plan = (region: string): unknown => ({ plans: { daily: { regions: { '@@assign': [region] } } } });
    const snapshot = organization({ name: 'Root', policies: ['first', 'second'] }, { first: plan('eu-west-1'), second: plan('us-east-1') });
    const { values, attempts } = valueAt(viewOf(snapshot, 'Root'), 'daily/regions');
    expect(values.map((value) => value.text)).toEqual(['eu-west-1']);
    expect(attempts).toMatchObject([{ outcome: 'noEffect', values: ['us-east-1'], reason: 'first is attached there before it and sets the value', cause: { uri: policyUri('first') } }]);
  });

  it('stay visible when nothing is left of a setting', () => {
    const snapshot = organization({ name: 'Root', policies: ['high'] }, { high: { plans: { daily: { regions: { '@@remove': ['eu-west-1'] }, rules: { r: { target_backup_vault_name: { '@@assign': 'v' } } } } } } });
    expect(valueAt(viewOf(snapshot, 'Root'), 'daily/regions')).toMatchObject({ values: [], attempts: [{ outcome: 'noEffect', reason: 'no policy up to here sets the list' }] });
  });
});

describe('controls', () => {
  it('are shown at the setting with what they leave', () => {
    const view = viewOf(sample, 'Root/Workloads/Prod');
    const { locks } = valueAt(view, 'everyday/regions');
    expect(locks.map((lock) => [lock.allowed, place(lock.origin)])).toEqual([['@@append, @@remove', 'baseline at Root: @@operators_allowed_for_child_policies']]);
    expect(locks[0] === undefined ? '' : textAt(sample, locks[0].origin.location)).toBe('"@@operators_allowed_for_child_policies": ["@@append", "@@remove"]');
    expect(containerAt(view, 'everyday/rules/monthly/copy_actions').locks).toMatchObject([{ allowed: '@@none', origin: { policy: 'production' } }]);
  });

  it('keep new children out, which are shown as refused', () => {
    const snapshot = twoLevels(
      { rules: { '@@operators_allowed_for_child_policies': ['@@none'], nightly: { target_backup_vault_name: { '@@assign': 'v' } } } },
      { rules: { weekly: { target_backup_vault_name: { '@@assign': 'w' } }, nightly: { lifecycle: { delete_after_days: { '@@assign': '7' } } } } },
    );
    const rules = containerAt(viewOf(snapshot, 'Root/Team/shop'), 'daily/rules');
    expect(rules.children.map((child) => child.name)).toEqual(['nightly']);
    const [refused, ...others] = rules.refused;
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ outcome: 'blocked', values: ['weekly'], reason: 'by high at Root, which allows lower policies no operator here', origin: { policy: 'low', level: 'Root/Team' } });
    expect(refused === undefined ? '' : textAt(snapshot, refused.origin.location)).toBe('"weekly"');
  });
});

describe('a target', () => {
  it('that no policy reaches has an empty view', () => {
    const snapshot = organization({ name: 'Root', accounts: [{ name: 'shop' }] }, {});
    expect(viewOf(snapshot, 'Root/shop')).toMatchObject({ empty: true, plans: [], errors: [], levels: [{ policies: [] }, { policies: [] }] });
    expect(effectiveText(snapshot, { organization: modelUri, key: 'Root/shop' })).toBe('{}\n');
  });

  it('whose policies set nothing is empty too', () => {
    const snapshot = organization({ name: 'Root', policies: ['empty', 'gone'] }, { empty: { plans: { daily: {} } }, gone: '' });
    expect(viewOf(snapshot, 'Root')).toMatchObject({ empty: true, plans: [] });
  });

  it('that does not exist has no view', () => {
    expect(effectivePolicyView(sample, { organization: modelUri, key: 'Root/none' })).toBeUndefined();
    expect(effectivePolicyView(sample, { organization: 'file:///project/none.json', key: 'Root' })).toBeUndefined();
    expect(effectiveText(sample, { organization: modelUri, key: 'Root/none' })).toBeUndefined();
  });

  it('follows what is typed, broken text included', () => {
    const uri = 'file:///project/backup-policies/finance-ledger.json';
    const typed = applyChanges(sample, monday, [{ type: 'policy', uri, text: '{"plans": {"point-in-time": {"rules": {"continuous": {"lifecycle": {"delete_after_days": {"@@assign": "9' }]);
    const view = viewOf(typed, '111133335555');
    expect(valueAt(view, 'point-in-time/rules/continuous/lifecycle/delete_after_days').values.map((value) => value.text)).toEqual(['9']);
    expect(view.errors).toEqual([]);
  });

  it('shows a value that a template fills in as unknown, without a meaning', () => {
    const text = '{"plans": {"daily": {"rules": {"r": {"schedule_expression": {"@@assign": ${schedule}}}}}}}';
    const view = viewOf(organization({ name: 'Root', policies: ['a'] }, { a: text }), 'Root');
    const value = valueAt(view, 'daily/rules/r/schedule_expression');
    expect(value.values.map((each) => each.text)).toEqual(['(filled in by a template)']);
    expect(value.meaning).toBeUndefined();
  });
});

describe('every target of the sample', () => {
  const sampleModel = sample.organizations.get(modelUri);
  if (sampleModel === undefined) throw new Error('The sample has a model.');

  it.each([...entitiesOf(sampleModel)].map((entity) => [entity.path, entity] as const))('%s: the view shows what AWS prints, nothing more, and leads into the files', (_path, entity) => {
    const effective = effectiveOf(sample, sampleModel, entity);
    const view = viewOf(sample, entity.key);
    for (const node of nodesOf(view.plans)) {
      if (node.type === 'container') {
        expect(textAt(sample, node.origin.location).toLowerCase()).toBe(JSON.stringify(node.name).toLowerCase());
        continue;
      }
      expect(effectiveAt(effective.tree, node.id.split('/'))?.kind).toBe(node.kind);
      for (const { origin } of node.values) expect(textAt(sample, origin.location).startsWith(JSON.stringify(origin.operator))).toBe(true);
    }
    const shown = (nodes: readonly NodeView[]): unknown => Object.fromEntries(nodes.flatMap((node): (readonly [string, unknown])[] => {
      if (node.type === 'container') return [[node.name, shown(node.children)]];
      if (node.kind === 'list') return [[node.name, node.values.map((value) => value.text)]];
      return node.values.map((value) => [node.name, value.text]);
    }));
    expect({ plans: shown(view.plans) }).toEqual(JSON.parse(JSON.stringify(effectiveJson(effective.tree))));
    const text = effectiveText(sample, { organization: modelUri, key: entity.key }) ?? '';
    expect(JSON.parse(text)).toEqual({ plans: shown(view.plans) });
    expect(text.startsWith('{\n  "plans": {\n    "')).toBe(true);
  });
});

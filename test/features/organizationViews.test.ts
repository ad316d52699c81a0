import { describe, expect, it } from 'vitest';
import { allEntityViews, childViews, documentTargetView, entityViewOf, organizationViews } from '../../server/features/organizationViews.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { LevelCache } from '../../server/model/levels.ts';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../server/model/snapshot.ts';
import type { EntityView, ViewLocation } from '../../server/protocol.ts';
import { modelUri, monday, organization, policyUri, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();

function entity(snapshot: Snapshot, key: string): EntityView {
  const view = entityViewOf(snapshot, { organization: modelUri, key });
  if (view === undefined) throw new Error(`There is no target ${key}.`);
  return view;
}

function textAt(snapshot: Snapshot, { uri, range }: ViewLocation): string {
  const document = snapshot.organizations.get(uri)?.document;
  return document?.text.slice(offsetAt(document, range.start), offsetAt(document, range.end)) ?? '';
}

const assign = (value: unknown): unknown => ({ '@@assign': value });
const valid = { regions: assign(['eu-west-1']), rules: { r: { target_backup_vault_name: assign('v') } }, selections: { tags: { s: { iam_role_arn: assign('arn:aws:iam::$account:role/r'), tag_key: assign('k'), tag_value: assign(['v']) } } } };

describe('the organization view', () => {
  it('has one root for each model file, and tells a model without one by its file', () => {
    const snapshot = applyChanges(sample, monday, [{ type: 'organization', uri: 'file:///project/other/test.backup-organization.json', text: '{}' }]);
    expect(organizationViews(snapshot).map(({ uri, name, root }) => [uri, name, root?.path])).toEqual([
      [modelUri, 'Root', 'Root'],
      ['file:///project/other/test.backup-organization.json', 'test.backup-organization.json', undefined],
    ]);
  });

  it('shows organizational units before accounts, in the order of the file', () => {
    expect(childViews(sample, { organization: modelUri, key: 'r-h4rb' }).map(({ name, kind }) => [name, kind])).toEqual([
      ['Infrastructure', 'organizationalUnit'],
      ['Security', 'organizationalUnit'],
      ['Workloads', 'organizationalUnit'],
      ['Sandbox', 'organizationalUnit'],
      ['management', 'account'],
    ]);
  });

  it('shows a target with its path, accounts and place in the file', () => {
    const prod = entity(sample, 'ou-h4rb-pr0d0001');
    expect(prod).toMatchObject({ target: { organization: modelUri, key: 'ou-h4rb-pr0d0001' }, kind: 'organizationalUnit', name: 'Prod', id: 'ou-h4rb-pr0d0001', path: 'Root/Workloads/Prod', hasChildren: true, accounts: 7 });
    expect(textAt(sample, prod.location)).toBe('"Prod"');
    expect(entity(sample, 'Root/Workloads/Prod')).toEqual(prod);
  });

  it('goes by the path where there is no id', () => {
    const account = entity(sample, 'Root/Sandbox/sandbox-platform');
    expect(account).toMatchObject({ target: { key: 'Root/Sandbox/sandbox-platform' }, hasChildren: false, accounts: 1, invalidAccounts: 0 });
    expect(account).not.toHaveProperty('id');
  });

  it('shows attached policies in order, each with its place in the list', () => {
    const { policies } = entity(sample, 'Root/Workloads/Prod');
    expect(policies.map(({ name, index, uri, found, location }) => [name, index, uri, found, textAt(sample, location)])).toEqual([
      ['production', 0, 'file:///project/backup-policies/production.json', true, '"production"'],
      ['databases-prod', 1, 'file:///project/backup-policies/databases-prod.json', true, '"databases-prod"'],
    ]);
  });

  it('says which attached policies cannot be read, and which are not defined', () => {
    const text = JSON.stringify({ root: { name: 'Root', policies: ['here', 'gone', 'outside', 'undefined'] }, policies: { here: { file: 'policies/here.json' }, gone: { file: 'policies/gone.json' }, outside: { file: '../x.json' } } });
    const changes: readonly Change[] = [{ type: 'organization', uri: modelUri, text }, { type: 'policy', uri: policyUri('here'), text: '{}' }];
    expect(entity(applyChanges(emptySnapshot(monday), monday, changes), 'Root').policies.map(({ name, uri, found }) => ({ name, uri, found }))).toEqual([
      { name: 'here', uri: policyUri('here'), found: true },
      { name: 'gone', uri: policyUri('gone'), found: false },
      { name: 'outside', uri: undefined, found: false },
      { name: 'undefined', uri: undefined, found: false },
    ]);
  });

  it('lists every target, each parent before its children', () => {
    const views = allEntityViews(sample);
    expect(views.length).toBe(31);
    for (const [index, { path }] of views.entries()) {
      if (path.includes('/')) expect(views.slice(0, index).map((view) => view.path)).toContain(path.slice(0, path.lastIndexOf('/')));
    }
  });

  it('has nothing for a target or a model that is gone', () => {
    expect(entityViewOf(sample, { organization: modelUri, key: 'Root/none' })).toBeUndefined();
    expect(childViews(sample, { organization: 'file:///none.json', key: 'Root' })).toEqual([]);
    expect(organizationViews(emptySnapshot(monday))).toEqual([]);
  });
});

describe('invalid effective policies', () => {
  it('are told at the account, and counted at each level above it', () => {
    const finance = entity(sample, '111133335555');
    expect(finance.errors).toEqual(['CROSS_ATTRIBUTE_VALIDATION: Dependent fields enable_continuous_backup=true,delete_after_days=90 in policy block continuous are invalid when used together (plans/point-in-time/rules/continuous)']);
    expect(finance.invalidAccounts).toBe(0);
    expect(['Root', 'Root/Workloads', 'Root/Workloads/Prod', 'Root/Workloads/Prod/Corporate', 'Root/Workloads/Prod/Commerce', 'Root/Security'].map((path) => entity(sample, path).invalidAccounts)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('are no matter of a level that no account takes its policy from: partial policies are completed lower down', () => {
    expect(entity(sample, 'Root/Workloads').errors).toEqual([]);
    const snapshot = organization({ name: 'Root', policies: ['partial'], accounts: [{ name: 'shop', policies: ['rest'] }] }, { partial: { plans: { p: { regions: valid.regions } } }, rest: { plans: { p: { rules: valid.rules, selections: valid.selections } } } });
    expect(entity(snapshot, 'Root')).toMatchObject({ errors: [], invalidAccounts: 0 });
  });

  it('reach every account below that has no policies of its own, and those that do not mend it', () => {
    const root = {
      name: 'Root',
      policies: ['partial'],
      organizationalUnits: [{ name: 'Team', accounts: [{ name: 'a' }, { name: 'b', policies: ['rest'] }, { name: 'c', policies: ['other'] }] }],
      accounts: [{ name: 'd' }],
    };
    const snapshot = organization(root, { partial: { plans: { p: { regions: valid.regions } } }, rest: { plans: { p: valid } }, other: { plans: { q: valid } } });
    expect(entity(snapshot, 'Root')).toMatchObject({ invalidAccounts: 3, accounts: 4 });
    expect(entity(snapshot, 'Root').errors).not.toEqual([]);
    expect(entity(snapshot, 'Root/Team')).toMatchObject({ invalidAccounts: 2, accounts: 3 });
    expect(['a', 'b', 'c'].map((name) => entity(snapshot, `Root/Team/${name}`).errors.length > 0)).toEqual([true, false, true]);
  });

  it('follow an edit', () => {
    const uri = 'file:///project/backup-policies/finance-ledger.json';
    const text = sample.policies.get(uri)?.document.text.replace('"90"', '"35"') ?? '';
    const mended = applyChanges(sample, monday, [{ type: 'policy', uri, text }]);
    expect(entity(mended, 'Root').invalidAccounts).toBe(0);
    expect(entity(sample, 'Root').invalidAccounts).toBe(1);
  });
});

describe('the target of a document', () => {
  it.each([
    ['finance-ledger', undefined, 'Root/Workloads/Prod/Corporate/finance-prod', 'attached'],
    ['point-in-time', 'Root/Workloads/Prod/Corporate', 'Root/Workloads/Prod/Corporate', 'chosen'],
    ['draft', undefined, 'Root', 'root'],
  ])('%s, chosen: %s', (name, key, path, reason) => {
    const view = documentTargetView(sample, `file:///project/backup-policies/${name}.json`, key === undefined ? undefined : { organization: modelUri, key });
    expect([view.target?.path, view.reason]).toEqual([path, reason]);
  });

  it('does not exist without a model', () => {
    expect(documentTargetView(sample, 'file:///elsewhere/x.json', undefined)).toEqual({ target: null, reason: 'none' });
  });
});

/** Counts how often the merge of a level is asked for. */
class CountedLevels extends LevelCache {
  asked = 0;

  override get(...inputs: Parameters<LevelCache['get']>): ReturnType<LevelCache['get']> {
    this.asked++;
    return super.get(...inputs);
  }
}

describe('an organization of 10,000 accounts', () => {
  it('is listed, and its invalid accounts are counted without looking at each', () => {
    const accounts = (unit: number): readonly { readonly name: string }[] => Array.from({ length: 100 }, (_, index) => ({ name: `a${String(unit)}-${String(index)}` }));
    const units = Array.from({ length: 100 }, (_, index) => ({ name: `U${String(index)}`, accounts: accounts(index), ...(index % 2 === 0 ? { policies: ['broken'] } : {}) }));
    const snapshot = organization({ name: 'Root', policies: ['base'], organizationalUnits: units }, { base: { plans: { p: valid } }, broken: { plans: { q: { regions: valid.regions } } } });
    const levels = new CountedLevels();
    const root = entityViewOf({ ...snapshot, levels }, { organization: modelUri, key: 'Root' });
    expect(root).toMatchObject({ accounts: 10_000, invalidAccounts: 5000 });
    // The root and fifty OUs have policies; each is asked for with the root above it.
    expect(levels.asked).toBeLessThan(200);
    expect(allEntityViews(snapshot).length).toBe(10_101);
  });
});

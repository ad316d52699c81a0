import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { failingGuardrails, guardrailResults } from '../../../server/features/guardrails/guardrailResults.ts';
import { guardrailViews } from '../../../server/features/guardrails/guardrailViews.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri, monday, organization, sampleOrganization } from '../organizations.ts';
import { guarded, guardrailsUri } from './guarded.ts';

const ninety = { someRule: { plan: 'everyday', retentionDays: { atLeast: 90 } } };

const counts = (snapshot: Snapshot) => guardrailResults(snapshot).map(({ guardrail, accounts, failing }) => [guardrail.name, accounts, failing]);

test('the guardrails of the sample are all met', () => {
  expect(counts(guarded(readFileSync('samples/backup-guardrails.json', 'utf8')))).toEqual([['silver-90-days', 6, 0], ['gold-point-in-time', 4, 0], ['monthly-copy', 6, 0], ['customer-data-in-ireland', 2, 0]]);
});

describe('the accounts of a guardrail', () => {
  test.each([
    ['an account by its path', ['Root/Workloads/Prod/Commerce/shop-prod'], [], 1],
    ['an account by its id', ['777788889999'], [], 1],
    ['an OU with all below', ['Root/Workloads/Prod'], [], 7],
    ['an OU by its id', ['ou-h4rb-c0mmerce'], [], 3],
    ['the root', ['Root'], [], 18],
    ['every account', ['**'], [], 18],
    ['any name', ['Root/Workloads/*/*/shop-*'], [], 3],
    ['accounts right in an OU only', ['Root/Workloads/*'], [], 0],
    ['several, each once', ['Root/Workloads/Prod', '777788889999', '**/shop-prod'], [], 7],
    ['all but some', ['Root/Workloads/Prod'], ['ou-h4rb-c0mmerce', '**/finance-*'], 3],
    ['another letter case', ['root/workloads/prod'], [], 0],
    ['nothing', [], [], 0],
  ])('are %s', (_title, accounts, except, count) => {
    expect(counts(guarded({ g: { accounts, except, ...ninety } }))[0]?.[1]).toBe(count);
  });
});

describe('the model of a guardrails file', () => {
  const at = (uri: string, organizationPath?: string): unknown => {
    const text = JSON.stringify({ ...(organizationPath === undefined ? {} : { organization: organizationPath }), guardrails: { g: { accounts: ['**'], ...ninety } } });
    return guardrailResults(guarded(text, undefined, uri))[0]?.organization.uri;
  };

  test.each([
    ['beside it', guardrailsUri, undefined, modelUri],
    ['above it', 'file:///project/a/b/backup-guardrails.json', undefined, modelUri],
    ['named beside it', guardrailsUri, 'backup-organization.json', modelUri],
    ['named above it', 'file:///project/a/backup-guardrails.json', '../backup-organization.json', modelUri],
    ['below it', 'file:///backup-guardrails.json', undefined, undefined],
    ['named below it', 'file:///backup-guardrails.json', 'project/backup-organization.json', modelUri],
    ['in another folder of a like name', 'file:///project-2/backup-guardrails.json', undefined, undefined],
    ['by a name that leads nowhere', guardrailsUri, 'other/backup-organization.json', undefined],
    ['by an address', guardrailsUri, modelUri, undefined],
  ])('is the one %s', (_title, uri, path, expected) => {
    expect(at(uri, path)).toBe(expected);
  });
});

describe('an account whose policies cannot all be read', () => {
  const model = JSON.stringify({ root: { name: 'Root', organizationalUnits: [{ name: 'Prod', policies: ['late'], accounts: [{ name: 'shop' }] }], accounts: [{ name: 'lab' }] }, policies: { late: { file: 'late.json' } } });
  const results = (text: string | undefined): readonly (readonly [failing: number, reason: string | undefined])[] => {
    const files = text === undefined ? [] : [{ type: 'policy' as const, uri: 'file:///project/late.json', text }];
    const snapshot = guarded({ g: { accounts: ['Root'], everyRule: { regions: { only: ['eu-west-1'] } } } }, applyChanges(emptySnapshot(monday), monday, [{ type: 'organization', uri: modelUri, text: model }, ...files]));
    return guardrailViews(snapshot)[0]?.guardrails.map(({ failing, groups }) => [failing, groups[0]?.reason]) ?? [];
  };

  test.each([
    ['the file is missing', undefined, 'The effective policy is not known, for late is attached to Root/Prod. The file of late, late.json, cannot be read.'],
    ['the file is half typed', '{ "plans": {', 'The effective policy is not known, for late is attached to Root/Prod. late is not valid JSON (line 1 of late.json), so it is read only as far as it goes.'],
  ])('does not meet a guardrail that it would meet without them: %s', (_title, text, reason) => {
    expect(results(text)).toEqual([[1, reason]]);
  });

  test('meets it once they can', () => {
    expect(results('{ "plans": {} }')).toEqual([[0, undefined]]);
  });
});

describe('failing guardrails', () => {
  const snapshot = guarded({ long: { accounts: ['Root/Workloads'], ...ninety }, valid: { accounts: ['**'], validEffectivePolicy: true } });
  const model = snapshot.organizations.get(modelUri);
  const failing = (path: string) => {
    const entity = model?.byPath.get(path);
    return model === undefined || entity === undefined ? undefined : failingGuardrails(snapshot, model, entity).map(({ guardrail, accounts, failure }) => [guardrail.name, accounts, failure.type]);
  };

  test.each([
    ['Root/Workloads/NonProd/Staging/shop-staging', [['long', 1, 'someRule']]],
    ['Root/Workloads/Prod/Corporate/finance-prod', [['long', 1, 'invalid'], ['valid', 1, 'invalid']]],
    ['Root/Workloads/Prod/Commerce/shop-prod', []],
    ['Root/Workloads/NonProd', [['long', 4, 'someRule']]],
    ['Root', [['long', 5, 'invalid'], ['valid', 1, 'invalid']]],
    ['Root/Security', []],
  ])('at or below %s are told with their number', (path, expected) => {
    expect(failing(path)).toEqual(expected);
  });
});

describe('the view of guardrails', () => {
  test('names the line that breaks one, with what is asked for and what is there', () => {
    const [file] = guardrailViews(guarded({ long: { description: 'Why.', accounts: ['Root/Workloads/NonProd'], ...ninety } }));
    expect(file?.guardrails).toMatchObject([{ name: 'long', description: 'Why.', level: 'error', accounts: 4, failing: 4 }]);
    const [group] = file?.guardrails[0]?.groups ?? [];
    expect(group).toMatchObject({ count: 4, expected: '90 days or more', actual: 'kept for 7 days (nonprod at Root/Workloads/NonProd)', location: { uri: 'file:///project/backup-policies/nonprod.json' } });
    expect(group?.reason).toBe('The rule "daily" of the plan "everyday" comes closest: kept for 7 days (nonprod at Root/Workloads/NonProd), not 90 days or more.');
    const nonprod = readFileSync('samples/backup-policies/nonprod.json', 'utf8').split('\n');
    expect(nonprod[group?.location?.range.start.line ?? 0]).toContain('"delete_after_days": { "@@assign": "7" }');
    expect(group?.accounts.map(({ name }) => name)).toEqual(['shop-staging', 'orders-staging', 'shop-dev', 'data-dev']);
  });

  test('tells why a file is not checked', () => {
    expect(guardrailViews(guarded('{ "guardrails": { '))[0]?.problems).not.toEqual([]);
    expect(guardrailViews(guarded({ g: { accounts: ['Root'], ...ninety } }))[0]?.problems).toEqual([]);
  });
});

describe('an organization of 10,000 accounts', () => {
  const large = (): Snapshot => {
    const units = Array.from({ length: 100 }, (_, unit) => ({ name: `unit-${String(unit)}`, policies: unit % 10 === 0 ? ['short'] : [], accounts: Array.from({ length: 100 }, (__, account) => ({ name: `account-${String(account)}` })) }));
    const policies = Object.fromEntries(['baseline', 'point-in-time'].map((name) => [name, readFileSync(`samples/backup-policies/${name}.json`, 'utf8')]));
    const short = { plans: { everyday: { rules: { daily: { lifecycle: { delete_after_days: { '@@assign': '7' } } } } } } };
    return organization({ name: 'Root', policies: ['baseline'], organizationalUnits: units }, { ...policies, short });
  };

  test('is judged once for each policy that accounts share, names 100 accounts and counts the rest', () => {
    const snapshot = guarded({ g: { accounts: ['**/account-*'], someRule: { plan: 'everyday', retentionDays: { atLeast: 35 } } } }, large());
    const [result] = guardrailResults(snapshot);
    expect([result?.accounts, result?.failing, result?.groups.length]).toEqual([10_000, 1000, 10]);
    expect(new Set(result?.groups.map(({ failures }) => failures)).size).toBeLessThanOrEqual(10);
    const [view] = guardrailViews(snapshot);
    expect(view?.guardrails[0]?.groups.flatMap(({ accounts }) => accounts).length).toBe(100);
    expect(view?.guardrails[0]?.groups.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });

  test('is not searched for accounts again after an edit of a policy', () => {
    const content = { g: { accounts: ['**/account-*'], except: ['**/account-1*'], someRule: { plan: 'everyday', retentionDays: { atLeast: 35 } } } };
    let snapshot = guarded(content, large());
    guardrailResults(snapshot);
    const start = performance.now();
    for (let edit = 0; edit < 20; edit++) {
      snapshot = applyChanges(snapshot, monday, [{ type: 'policy', uri: 'file:///project/policies/short.json', text: JSON.stringify({ plans: { everyday: { rules: { daily: { lifecycle: { delete_after_days: { '@@assign': String(edit) } } } } } } }) }]);
      expect(guardrailResults(snapshot)[0]?.failing).toBe(890);
    }
    expect((performance.now() - start) / 20).toBeLessThan(50);
  });
});

test('a snapshot without guardrails has no results', () => {
  expect(guardrailResults(sampleOrganization())).toEqual([]);
});

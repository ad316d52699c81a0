import { describe, expect, it } from 'vitest';
import { organizationHealth } from '../../server/features/accountHealth.ts';
import { filteredOrganizations } from '../../server/features/organizationFilter.ts';
import { entityViewOf } from '../../server/features/organizationViews.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { EntityView, OrganizationFilter } from '../../server/protocol.ts';
import { modelUri, organization, sampleOrganization } from './organizations.ts';

const assign = (value: unknown): unknown => ({ '@@assign': value });
const plan = (rule: unknown): unknown => ({ plans: { daily: { regions: assign(['eu-west-1']), rules: { nightly: rule }, selections: { tags: { gold: { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), tag_key: assign('k'), tag_value: assign(['v']) } } } } } });
const vault = { schedule_expression: assign('cron(0 5 ? * * *)'), target_backup_vault_name: assign('Nightly'), lifecycle: { delete_after_days: assign('35') } };

const company = organization(
  {
    name: 'Root',
    organizationalUnits: [
      { name: 'Prod', policies: ['whole'], accounts: [{ name: 'shop', id: '111122223333' }, { name: 'broken', policies: ['half'] }, { name: 'warned', policies: ['late'] }] },
      { name: 'Empty', accounts: [{ name: 'bare' }] },
    ],
    accounts: [{ name: 'management' }],
  },
  { whole: plan(vault), half: { plans: { other: { rules: { r: vault } } } }, late: plan({ complete_backup_window_minutes: assign('60'), start_backup_window_minutes: assign('60') }) },
);

const view = (snapshot: Snapshot, key: string): EntityView => entityViewOf(snapshot, { organization: modelUri, key }) ?? expect.fail(key);
const health = (snapshot: Snapshot): unknown => Object.fromEntries([...organizationHealth(snapshot, snapshot.organizations.get(modelUri) ?? expect.fail()).accounts].map(([{ path }, each]) => [path, each]));

describe('what becomes of accounts', () => {
  it('is said of the worst that is true', () => {
    expect(health(company)).toMatchObject({ 'Root/Prod/shop': 'protected', 'Root/Prod/broken': 'invalid', 'Root/Empty/bare': 'unprotected', 'Root/management': 'unprotected' });
  });

  it('is summed up in the OUs and the root, each account once', () => {
    expect(view(company, 'Root')).toMatchObject({ invalidAccounts: 1, unprotectedAccounts: 2 });
    expect(view(company, 'Root/Prod')).toMatchObject({ invalidAccounts: 1, unprotectedAccounts: 0 });
    expect(view(company, 'Root/Empty')).toMatchObject({ invalidAccounts: 0, unprotectedAccounts: 1, warnedAccounts: 0 });
    expect(view(company, 'Root/management')).toMatchObject({ health: 'unprotected', unprotectedAccounts: 0 });
    expect(view(company, 'Root')).not.toHaveProperty('health');
  });

  it('counts warnings about a valid effective policy', () => {
    const warned = view(company, 'Root/Prod/warned');
    expect([warned.health, warned.warnings > 0]).toEqual(['warned', true]);
    expect(view(company, 'Root').warnedAccounts).toBe(1);
  });

  it('is known of the sample', () => {
    const root = view(sampleOrganization(), 'r-h4rb');
    expect([root.accounts, root.invalidAccounts, root.unprotectedAccounts]).toEqual([18, 1, 0]);
  });

  it('is worked out once for a snapshot, and for ten thousand accounts in no time', () => {
    const large = organization({ name: 'Root', policies: ['whole'], organizationalUnits: Array.from({ length: 100 }, (_, unit) => ({ name: `u${String(unit)}`, accounts: Array.from({ length: 100 }, (_each, index) => ({ name: `a${String(index)}` })) })) }, { whole: plan(vault) });
    const model = large.organizations.get(modelUri) ?? expect.fail();
    const start = performance.now();
    expect(organizationHealth(large, model).accounts.size).toBe(10_000);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(organizationHealth(large, model)).toBe(organizationHealth(large, model));
  });
});

describe('a filter of the organization', () => {
  const keys = (filter: OrganizationFilter): unknown => filteredOrganizations(company, filter).organizations.map((each) => [...each.keys].sort());

  it.each<readonly [string, OrganizationFilter, readonly string[]]>([
    ['invalid accounts with the way to them', { type: 'health', health: ['invalid'] }, ['Root', 'Root/Prod', 'Root/Prod/broken']],
    ['accounts without a plan', { type: 'health', health: ['unprotected'] }, ['Root', 'Root/Empty', 'Root/Empty/bare', 'Root/management']],
    ['a part of a name in any case', { type: 'text', text: 'SHO' }, ['111122223333', 'Root', 'Root/Prod']],
    ['a part of an id', { type: 'text', text: '2222' }, ['111122223333', 'Root', 'Root/Prod']],
    ['an OU with everything below it', { type: 'text', text: 'empty' }, ['Root', 'Root/Empty', 'Root/Empty/bare']],
    ['a part of a path', { type: 'text', text: 'empty/b' }, ['Root', 'Root/Empty', 'Root/Empty/bare']],
    ['nothing for a text that nothing has', { type: 'text', text: '__proto__' }, []],
  ])('leaves %s', (_title, filter, expected) => {
    expect(keys(filter)).toEqual([expected]);
  });

  it('counts the accounts that it leaves', () => {
    expect(filteredOrganizations(company, { type: 'health', health: ['invalid', 'unprotected'] })).toMatchObject({ matching: 3, accounts: 5 });
  });
});

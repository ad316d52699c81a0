import { describe, expect, it, test } from 'vitest';
import { readiness } from '../../../server/features/readiness/readiness.ts';
import { readinessCsv, readinessMarkdown, readinessText } from '../../../server/features/readiness/readinessFormats.ts';
import { readinessTextView } from '../../../server/features/readiness/readinessTexts.ts';
import { positionAt } from '../../../server/features/ranges.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import type { OrganizationReadinessView, ReadinessGroupView } from '../../../server/protocol.ts';
import { modelUri, organization, policyUri } from '../organizations.ts';
import { assign, copies, plan, role, rule, vaultArn } from './needing.ts';

const central = vaultArn('222233334444', 'eu-central-1', 'central');
const beside = vaultArn('$account', 'eu-central-1', 'beside');

const company = organization(
  {
    name: 'Root',
    organizationalUnits: [
      { name: 'Prod', policies: ['daily'], accounts: [{ name: 'shop', id: '111122223333' }, { name: 'pay' }, { name: 'bad', policies: ['half'] }] },
      { name: 'Vaults', accounts: [{ name: 'central', id: '222233334444' }] },
    ],
  },
  {
    daily: { plans: { Daily: plan({ nightly: rule('Company', copies(central, beside)) }, { regions: ['eu-west-1', 'eu-north-1'] }) } },
    half: { plans: { other: { rules: { r: rule('Half') } } } },
  },
);

function only(snapshot: Snapshot): OrganizationReadinessView {
  const [view, ...more] = readiness(snapshot);
  if (view === undefined || more.length > 0) throw new Error('One organization is needed.');
  return view;
}

const texts = (group: ReadinessGroupView | undefined): readonly string[] | undefined => group?.items.map(({ text }) => text);
const ofPlan = (plans: object): ReadinessGroupView => only(organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'a' }] }, { p: { plans } })).groups.find(({ type }) => type === 'accounts') ?? expect.fail();

describe('readiness', () => {
  const view = only(company);
  const prod = view.groups.find(({ accounts }) => accounts.some(({ name }) => name === 'shop')) ?? expect.fail();

  it('names roles by account and vaults by account and Region, and those that copies go to', () => {
    expect(prod.accounts.map(({ path }) => path)).toEqual(['Root/Prod/shop', 'Root/Prod/pay']);
    expect(texts(prod)).toEqual([
      'Role Backup',
      'Vault Company in eu-west-1',
      'Vault Company in eu-north-1',
      'Vault beside in eu-central-1',
      'Service opt-in in eu-west-1 for every type that is selected by tags',
      'Service opt-in in eu-north-1 for every type that is selected by tags',
    ]);
    expect(prod.items.map(({ arn }) => arn)).toContain('arn:aws:backup:eu-north-1:$account:backup-vault:Company');
  });

  it('tells the central vault once, with how many accounts copy to it', () => {
    expect(view.groups.filter(({ type }) => type === 'central')).toMatchObject([{ accounts: [{ path: 'Root/Vaults/central', id: '222233334444' }], copiedFrom: 3, items: [{ type: 'centralVault', arn: central }] }]);
  });

  it('counts accounts that no plan reaches, and says where AWS withholds the policy', () => {
    expect(view).toMatchObject({ accounts: 4, withoutNeeds: 1 });
    expect(view.groups.filter(({ isInvalid }) => isInvalid).map(({ accounts }) => accounts.map(({ name }) => name))).toEqual([['bad']]);
  });

  it('leads from each thing to the lines that need it', () => {
    const document = company.policies.get(policyUri('daily'))?.document ?? expect.fail();
    const reasons = prod.items.find(({ text }) => text === 'Vault Company in eu-north-1')?.reasons ?? [];
    expect(reasons.map(({ setting, origin }) => [setting, origin])).toEqual([['plans/Daily/rules/nightly/target_backup_vault_name', 'daily at Root/Prod'], ['plans/Daily/regions', 'daily at Root/Prod']]);
    expect(reasons.map(({ location }) => location?.range.start)).toEqual(['"Company"', '"eu-north-1"'].map((text) => positionAt(document, document.text.indexOf(text))));
  });

  it('does the work once for ten thousand accounts with one effective policy', () => {
    const accounts = Array.from({ length: 10_000 }, (_, index) => ({ name: `a${String(index)}` }));
    const large = organization({ name: 'Root', policies: ['p'], accounts }, { p: { plans: { p: plan({ r: rule('V') }) } } });
    const start = performance.now();
    const found = only(large);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(found.groups.map((group) => [group.accounts.length, group.items.length])).toEqual([[10_000, 3]]);
  });

  test.each([
    ['a default role', plan({ r: rule('V') }, { roleArn: role('service-role/AWSBackupDefaultServiceRole') }), /^Role/, /^AWS creates this role when somebody opens the AWS Backup console/],
    ['a default role without its path', plan({ r: rule('V') }, { roleArn: role('AWSBackupDefaultServiceRole') }), /^Role/, /has to say role\/service-role\/AWSBackupDefaultServiceRole/],
    ['a role of one\'s own', plan({ r: rule('V') }), /^Role/, undefined],
    ['the vault Default', plan({ r: rule('Default') }), /^Vault/, /^AWS creates this vault/],
    ['a vault that looks like it', plan({ r: rule('default') }), /^Vault/, undefined],
    ['a vault of one letter', plan({ r: rule('V') }), /^Vault/, /2 to 50 letters/],
  ])('%s is remarked on as it has to be', (_what, content, item, remark) => {
    const found = ofPlan({ p: content }).items.find(({ text }) => item.test(text)) ?? expect.fail();
    if (remark === undefined) expect(found.remark).toBeUndefined();
    else expect(found.remark).toMatch(remark);
  });

  it('tells an air-gapped vault and the role for scans', () => {
    const airGapped = 'arn:aws:backup:$region:$account:backup-vault:locked';
    const scan = { scan_settings: { GUARDDUTY: { scanner_role_arn: assign(role('Scan')), resource_types: assign(['EBS']) } } };
    expect(texts(ofPlan({ p: plan({ r: rule('Vault', { target_logically_air_gapped_backup_vault_arn: assign(airGapped) }) }, { more: scan }) }))).toEqual(expect.arrayContaining(['Logically air-gapped vault locked in eu-west-1', 'Role for malware scans Scan']));
  });

  it('names resource types for the opt-in', () => {
    const selections = { resources: { all: { iam_role_arn: assign(role('Backup')), resource_types: assign(['arn:aws:ec2:*:*:volume/*', 'arn:aws:s3:::*']) } } };
    expect(texts(ofPlan({ p: { ...plan({ r: rule('Vault') }), selections } }))).toContain('Service opt-in in eu-west-1 for Amazon EBS volumes, Amazon S3 buckets');
  });

  it('leaves open what a template fills in, and goes on', () => {
    const group = ofPlan({ p: plan({ r: rule('${vault}'), s: rule('Known') }, { roleArn: '${role}' }) });
    expect(texts(group)).toEqual(['Vault Known in eu-west-1', expect.stringMatching(/^Service opt-in/)]);
    expect(group.open.map(({ setting }) => setting)).toEqual(['plans/p/rules/r/target_backup_vault_name', 'plans/p/selections/tags/gold/iam_role_arn']);
  });

  test.each(['{ "plans": { "p": {', '{ "plans": { "__proto__": { "rules": { "__proto__": { "target_backup_vault_name": { "@@assign": "V" } } } } } }', '[]'])('takes %s as far as it goes', (text) => {
    expect(only(organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'a' }] }, { p: text })).accounts).toBe(1);
  });
});

describe('readiness as a file', () => {
  it('as CSV has a row for each account and thing, with the ids of accounts in ARNs and no formula', () => {
    const rows = readinessCsv([only(organization({ name: 'Root', policies: ['p'], accounts: [{ name: '=a', id: '111122223333' }] }, { p: { plans: { p: plan({ r: rule('Vault') }) } } }))]).split('\n');
    expect(rows[0]).toBe('account,id,type,name,region,arn,remark,needed by');
    expect(rows[2]).toBe('Root/=a,111122223333,vault,Vault,eu-west-1,arn:aws:backup:eu-west-1:111122223333:backup-vault:Vault,,"plans/p/rules/r/target_backup_vault_name, p at Root; plans/p/regions, p at Root"');
    expect(readinessCsv([only(company)]).trimEnd().split('\n').length).toBe(1 + 1 + 3 * 6);
  });

  it('as Markdown is a checklist, names being text', () => {
    const text = readinessMarkdown([only(organization({ name: '<b>', policies: ['p'], accounts: [{ name: 'a' }] }, { p: { plans: { p: plan({ r: rule('Vault') }) } } }))]);
    expect(text).toContain('## What the backup policies of \\<b\\> need');
    expect(text).toContain('- [ ] Vault Vault in eu-west-1 (`arn:aws:backup:eu-west-1:$account:backup-vault:Vault`)\n  - `plans/p/rules/r/target_backup_vault_name`');
  });

  it('of nothing says so', () => {
    expect(readinessText([only(organization({ name: 'Root' }, {}))])).toBe('The model has no accounts.\n');
    expect(readinessTextView(organization({ name: 'Root', accounts: [{ name: 'a' }] }, {}), 'cloudformation', undefined)).toMatchObject({ type: 'none', reason: expect.stringContaining('Attach a policy') as string });
  });

  it('is of one place when asked', () => {
    const of = (key: string): unknown => readinessTextView(company, 'csv', { organization: modelUri, key });
    expect(of('Root/Vaults')).toEqual({ type: 'text', text: 'account,id,type,name,region,arn,remark,needed by\n' });
    expect(of('111122223333')).toMatchObject({ text: expect.stringContaining('Root/Prod/shop') as string });
    expect(of('111122223333')).not.toMatchObject({ text: expect.stringContaining('Root/Prod/pay') as string });
  });
});

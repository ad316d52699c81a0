import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../server/features/coverage.ts';
import { coverageCsv, coverageJson, coverageMarkdown, coverageText } from '../../server/features/coverageFormats.ts';
import { positionAt } from '../../server/features/ranges.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { OrganizationCoverageView } from '../../server/protocol.ts';
import { organization, policyUri, sampleOrganization } from './organizations.ts';

type Json = Readonly<Record<string, unknown>>;

const assign = (value: unknown): Json => ({ '@@assign': value });
const rule = (more: Json = {}): Json => ({ schedule_expression: assign('cron(0 5 ? * * *)'), target_backup_vault_name: assign('Default'), ...more });
const keeps = (days: string): Json => ({ lifecycle: { delete_after_days: assign(days) } });
const plan = (rules: Json): Json => ({ regions: assign(['eu-west-1', 'eu-central-1']), rules, selections: { tags: { gold: { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), tag_key: assign('backup'), tag_value: assign(['gold']) } } } });
const vault = (account: string): string => `arn:aws:backup:eu-central-1:${account}:backup-vault:Copies`;
const copy = (account: string, more: Json): Json => ({ copy_actions: { [vault(account)]: { target_backup_vault_arn: assign(vault(account)), ...more } } });

const company = organization(
  {
    name: 'Root',
    organizationalUnits: [
      { name: 'Prod', policies: ['daily'], accounts: [{ name: 'shop', id: '111122223333' }, { name: 'pay' }, { name: 'bad', policies: ['half'] }] },
      { name: 'Test', policies: ['daily', 'extra'], accounts: [{ name: 'lab' }] },
    ],
    accounts: [{ name: '=management' }],
  },
  {
    daily: { plans: { Daily: plan({ nightly: rule({ ...keeps('35'), ...copy('999900001111', keeps('90')) }) }) } },
    extra: { plans: { yearly: plan({ short: rule({ ...keeps('7'), enable_continuous_backup: assign('true') }), ever: { target_backup_vault_name: assign('Default') } }) } },
    half: { plans: { other: { rules: { r: rule() } } } },
  },
);

function only(snapshot: Snapshot): OrganizationCoverageView {
  const [view, ...more] = coverage(snapshot);
  if (view === undefined || more.length > 0) throw new Error('One organization is needed.');
  return view;
}

describe('coverage', () => {
  const view = only(company);

  it('groups accounts that get the same, those without a plan first and then those that AWS withholds from', () => {
    expect(view.plans).toEqual(['Daily', 'other', 'yearly']);
    expect(view.groups.map(({ health, accounts }) => [health, accounts.map(({ path }) => path)])).toEqual([
      ['unprotected', ['Root/=management']],
      ['invalid', ['Root/Prod/bad']],
      ['warned', ['Root/Test/lab']],
      ['protected', ['Root/Prod/shop', 'Root/Prod/pay']],
    ]);
    expect(view).toMatchObject({ name: 'Root', accounts: 5, unprotected: 1, invalid: 1 });
  });

  it('says for each plan how long it keeps, when and where it runs and what it copies', () => {
    const [daily, other, yearly] = view.groups.find(({ accounts }) => accounts.some(({ name }) => name === 'lab'))?.cells ?? [];
    expect(other).toBeNull();
    expect(daily).toMatchObject({ retention: '35 days', retentionDays: 35, regions: ['eu-west-1', 'eu-central-1'], rules: [{ name: 'nightly', schedule: 'At 05:00 UTC, every day', retention: '35 days', continuous: false, copies: ['to eu-central-1, account 999900001111, 90 days'] }] });
    expect(yearly).toMatchObject({ retention: '7 days, never deleted', retentionDays: null, rules: [{ schedule: 'At 05:00 UTC, every day', continuous: true }, { schedule: 'At 05:00 UTC, every day (by default)', retention: 'never deleted' }] });
  });

  it('leads to the plan in the policy that introduces it', () => {
    const location = view.groups.at(-1)?.cells[0]?.location;
    const document = company.policies.get(policyUri('daily'))?.document ?? expect.fail();
    expect(location).toMatchObject({ uri: policyUri('daily'), range: { start: positionAt(document, document.text.indexOf('"Daily"')) } });
  });

  it('speaks of a range where rules keep for different times', () => {
    const two = organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'a' }] }, { p: { plans: { p: plan({ a: rule(keeps('7')), b: rule(keeps('365')) }) } } });
    expect(only(two).groups[0]?.cells[0]).toMatchObject({ retention: '7 to 365 days', retentionDays: 365 });
  });

  it('leaves open what a template fills in', () => {
    const open = organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'a' }] }, { p: { plans: { p: plan({ a: rule(keeps('${days}')), b: { target_backup_vault_name: { '@@assign': 'v' }, schedule_expression: { '@@assign': '${when}' }, lifecycle: { '${key}': {} } } }) } } });
    const by = 'filled in by a template';
    expect(only(open).groups[0]?.cells[0]).toMatchObject({ retention: by, retentionDays: null, rules: [{ retention: by }, { schedule: by, retention: by }] });
  });

  it('of a model without accounts says so', () => {
    expect(coverageText(coverage(organization({ name: 'Root' }, {})))).toBe('The model has no accounts.\n');
  });

  it('has every account of the sample once', () => {
    const paths = only(sampleOrganization()).groups.flatMap(({ accounts }) => accounts.map(({ path }) => path));
    expect([paths.length, new Set(paths).size]).toEqual([18, 18]);
  });

  it('costs ten thousand accounts of few policies no more than their grouping', () => {
    const large = organization({ name: 'Root', policies: ['p'], organizationalUnits: Array.from({ length: 100 }, (_, unit) => ({ name: `u${String(unit)}`, accounts: Array.from({ length: 100 }, (_each, index) => ({ name: `a${String(index)}` })) })) }, { p: { plans: { p: plan({ a: rule(keeps('7')) }) } } });
    const start = performance.now();
    expect(only(large).groups.map(({ accounts }) => accounts.length)).toEqual([10_000]);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('coverage as a file', () => {
  const views = coverage(company);

  it('is a row for each account in CSV, in which no cell is a formula', () => {
    const { data } = Papa.parse<readonly string[]>(coverageCsv(views).trimEnd());
    expect(data[0]).toEqual(['path', 'account', 'id', 'coverage', 'Daily', 'other', 'yearly']);
    expect(data.length).toBe(6);
    expect(data[1]).toEqual(['Root/=management', '\'=management', '', 'no backup plan', 'no backup', 'no backup', 'no backup']);
    expect(data.find(([, name]) => name === 'shop')).toEqual(['Root/Prod/shop', 'shop', '111122223333', 'protected', '35 days; eu-west-1, eu-central-1; nightly: At 05:00 UTC, every day, copy to eu-central-1, account 999900001111, 90 days', 'no backup', 'no backup']);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses %j in CSV', (name) => {
    const [, row] = Papa.parse<readonly string[]>(coverageCsv(coverage(organization({ name: 'Root', accounts: [{ name }] }, {}))).trimEnd()).data;
    expect(row?.[1]).toBe(`'${name}`);
  });

  it('is a table in Markdown that nothing in a name breaks', () => {
    const text = coverageMarkdown(coverage(organization({ name: 'R|oot', accounts: [{ name: 'a|<b>' }] }, {})));
    expect(text).toContain('| R\\|oot/a\\|\\<b\\> | no backup plan |');
    expect(coverageMarkdown(views)).toContain('| Root/Prod/shop<br>Root/Prod/pay | protected | 35 days; ');
  });

  it('is text for people and data for programs', () => {
    expect(coverageText(views)).toContain('no backup plan: 1 account\n  Root/=management\n');
    expect(coverageText(views)).toContain('5 accounts: 1 without a backup plan, 1 with an invalid effective policy.\n');
    const [data] = JSON.parse(coverageJson(views)) as readonly { readonly groups: readonly { readonly plans: readonly { readonly plan: string }[] }[] }[];
    expect(data?.groups.map(({ plans }) => plans.map((each) => each.plan))).toEqual([[], ['Daily', 'other'], ['Daily', 'yearly'], ['Daily']]);
  });
});

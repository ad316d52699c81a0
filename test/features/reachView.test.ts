import { describe, expect, it, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { reachView } from '../../server/features/reach/reachView.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { ReachView } from '../../server/protocol.ts';
import { modelUri, organization, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();
const inventory = readFileSync('samples/inventory.csv', 'utf8');

function view(key: string, text: string, options: Parameters<typeof reachView>[3] = {}, snapshot: Snapshot = sample): ReachView {
  const result = reachView(snapshot, { organization: modelUri, key }, { text }, options);
  if (result === undefined) throw new Error(`There is no ${key}.`);
  return result;
}

/** `group name: plans that reach it`. */
function outcomes({ resources, plans }: ReachView): readonly string[] {
  return resources.map(({ arn, group, plans: answers }) => `${group} ${arn.split(/[:/]/).at(-1) ?? ''}: ${answers.filter(({ reached }) => reached).map(({ plan }) => plans[plan]?.name).join(', ')}`);
}

const prodVolume = 'arn:aws:ec2:eu-west-1:777788889999:volume/vol-1';
const vaultVolume = 'arn:aws:ec2:eu-west-1:222233334444:volume/vol-1';

describe('the resources of the sample', () => {
  test('are asked about in their own accounts, those reached by nothing first', () => {
    const result = view('Root', inventory);
    expect(result.counts).toEqual({ resources: 14, unreached: 6, once: 5, several: 3 });
    expect(outcomes(result)).toEqual([
      'unreached i-0b6e2f8d41c7a935e: ',
      'unreached fs-05d1e3b7c92f6a480: ',
      'unreached orders-load-test: ',
      'unreached orders-incoming: ',
      'unreached heath-harbour-raw-events: ',
      'unreached viewing-history: ',
      'once vol-0c7f4a1be2d93856f: everyday',
      'once payment-tokens: point-in-time',
      'once sales: warehouse',
      'once heath-harbour-curated-events: warehouse',
      'once i-0e94d27c5b18f3a60: everyday',
      'several shop-catalogue: databases, point-in-time',
      'several orders: everyday, databases',
      'several shop-staging: everyday, databases',
    ]);
    expect(result.problems).toEqual([]);
    expect(result.resources.flatMap(({ notes }) => notes)).toEqual([]);
  });

  test('are kept as long as a template says where it fills in the days', () => {
    const lifecycle = { delete_after_days: { '@@assign': '${days}' } };
    const vault = 'arn:aws:backup:eu-west-1:$account:backup-vault:v';
    const plans = { p: { regions: { '@@assign': ['eu-west-1'] }, rules: { r: { lifecycle, copy_actions: { [vault]: { target_backup_vault_arn: { '@@assign': vault }, lifecycle } } } }, selections: { tags: { t: { tag_key: { '@@assign': 'a' }, tag_value: { '@@assign': ['b'] } } } } } };
    const result = view('Root', `${prodVolume} a=b`, {}, organization({ name: 'Root', policies: ['p'] }, { p: { plans } }));
    expect(result.plans[0]?.rules).toMatchObject([{ retention: 'kept as long as a template says', copies: ['copied to v in eu-west-1 of the same account, kept as long as a template says'] }]);
    expect(result.summary).toBe('1 of 1 resource is backed up; none is left out.');
    expect(view('Root', `${prodVolume} a=c`, {}, organization({ name: 'Root', policies: ['p'] }, { p: { plans } })).summary).toBe('0 of 1 resource is backed up; 1 by nothing.');
  });

  test('say by which rules they are backed up', () => {
    const result = view('Root', `${prodVolume} backup-tier=silver`);
    const plan = result.plans[result.resources[0]?.plans[0]?.plan ?? -1];
    expect(plan).toMatchObject({
      name: 'everyday',
      regions: ['eu-west-1', 'eu-central-1'],
      rules: [
        { name: 'daily', schedule: 'At 05:00 UTC, every day', retention: 'kept 90 days (about 3 months)', vault: 'company-vault', copies: [] },
        { name: 'monthly', retention: 'moved to cold storage after 30 days, kept 365 days (1 year)', copies: ['copied to central-vault in eu-west-1 of account 222233334444, kept 365 days (1 year)'] },
      ],
    });
    expect(plan?.location?.uri).toBe('file:///project/backup-policies/baseline.json');
  });

  test('say why not, at the line that decides', () => {
    const [resource] = view('Root', 'arn:aws:dynamodb:eu-central-1:444466668888:table/t backup-tier=gold').resources;
    const [plan] = resource?.plans ?? [];
    expect(plan?.findings).toMatchObject([{ verdict: 'unmet', message: 'its Region eu-central-1 is not eu-west-1 (customer-data at Root/Workloads/Prod/Data removes it)', path: 'plans/everyday/regions', location: { uri: 'file:///project/backup-policies/customer-data.json', range: { start: { line: 3 } } } }]);
    expect(plan?.selections[0]).toMatchObject({ name: 'by-tier', reached: false, findings: [{ message: 'tag "backup-tier" is "gold", not "silver" or "bronze"', path: 'plans/everyday/selections/tags/by-tier/tag_value' }] });
  });
});

describe('the account of a resource', () => {
  it.each<readonly [what: string, key: string, line: string, policyOf: string, notes: readonly string[]]>([
    ['decides below an OU', 'Root/Workloads/Prod', prodVolume, 'Root/Workloads/Prod/Commerce/shop-prod', []],
    ['is the target', '777788889999', prodVolume, 'Root/Workloads/Prod/Commerce/shop-prod', []],
    ['is another one than the target', '777788889999', vaultVolume, 'Root/Workloads/Prod/Commerce/shop-prod', ['It belongs to the account Root/Infrastructure/Vaults/central-vault (222233334444), not to shop-prod: it is shown as if it were in shop-prod.']],
    ['is elsewhere than the OU', 'Root/Workloads/Prod', vaultVolume, 'Root/Workloads/Prod', ['It belongs to the account Root/Infrastructure/Vaults/central-vault (222233334444), not to Prod: it is shown as if its account were directly in Prod.']],
    ['is not in the model', '777788889999', prodVolume.replace('777788889999', '123456789012'), 'Root/Workloads/Prod/Commerce/shop-prod', ['It belongs to account 123456789012, not to shop-prod (777788889999): it is shown as if it were in shop-prod.']],
    ['is not in the model of the root', 'Root', prodVolume.replace('777788889999', '123456789012'), 'Root', ['The model has no account 123456789012: it is shown as if its account were directly in Root.']],
    ['is not told by the ARN', 'Root', 'arn:aws:s3:::photos', 'Root', ['Its ARN names no account: it is shown as if its account were directly in Root. Add a column "account" to the inventory to say more.']],
    ['is not told and does not matter', '777788889999', 'arn:aws:s3:::photos', 'Root/Workloads/Prod/Commerce/shop-prod', []],
  ])('%s', (_what, key, line, policyOf, notes) => {
    expect(view(key, line).resources).toMatchObject([{ policyOf, notes }]);
  });
});

describe('what no plan can reach', () => {
  test('is said once', () => {
    const [queue] = view('Root', 'arn:aws:sqs:eu-west-1:777788889999:orders backup-tier=silver').resources;
    expect(queue).toMatchObject({ group: 'unreached', impossible: 'Backup policies select no resources of this kind of "sqs", whatever their tags.', plans: [] });
    expect(view('Root', `${prodVolume} backup-tier=silver`).resources[0]).not.toHaveProperty('impossible');
  });

  test('is everything where no policy is attached', () => {
    const empty = organization({ name: 'Root', accounts: [{ id: '777788889999', name: 'shop' }] }, {});
    expect(view('777788889999', prodVolume, {}, empty).resources).toMatchObject([{ group: 'unreached', impossible: 'The effective policy of Root/shop has no plan.' }]);
  });
});

describe('an answer', () => {
  const assign = (value: unknown): unknown => ({ '@@assign': value });
  const plan = (schedule: string): unknown => ({
    regions: assign(['eu-west-1']),
    rules: { nightly: { schedule_expression: assign(schedule), target_backup_vault_name: assign('vault') } },
    selections: { resources: { all: { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), resource_types: assign(['*']) } } },
  });
  const two = (first: string, second: string): Snapshot => organization({ name: 'Root', policies: ['base'], accounts: [{ id: '777788889999', name: 'shop' }] }, { base: { plans: { one: plan(first), two: plan(second) } } });

  test('says whether overlapping plans collide', () => {
    const colliding = view('Root', prodVolume, {}, two('cron(0 5 ? * * *)', 'cron(0 5 ? * MON *)')).overlaps;
    expect(colliding).toEqual([{ plans: ['one', 'two'], resources: 1, message: 'The rules "nightly" and "nightly" start at the same time, for example on 2026-09-21 at 05:00 UTC: AWS Backup keeps only one of two backups that overlap. Select the resources in one plan, or set another time.' }]);
    expect(view('Root', prodVolume, {}, two('cron(0 5 ? * * *)', 'cron(0 6 ? * MON *)')).overlaps[0]?.message).toBe('Their coming runs start at different times: each plan makes backups of its own.');
    expect(view('Root', `${prodVolume} backup-tier=silver`).overlaps).toEqual([]);
  });

  test.each(['777788889999', '333355557777', '555577779999', 'Root'])('brings an example that fits the plans of %s', (key) => {
    const { example } = view(key, '');
    const result = view(key, example);
    expect([result.problems, result.warnings]).toEqual([[], []]);
    expect(result.resources.map(({ group }) => group === 'unreached').filter(Boolean)).toHaveLength(1);
    expect(result.resources.length).toBeGreaterThan(1);
    expect(result.resources.flatMap(({ notes }) => notes)).toEqual([]);
  });

  test('warns of a policy that AWS withholds', () => {
    expect(view('111133335555', prodVolume.replace('777788889999', '111133335555')).warnings).toEqual(['The effective policy of finance-prod is invalid: AWS withholds it, and its account keeps the last valid one. What the new one would reach is shown.']);
    expect(view('777788889999', prodVolume).warnings).toEqual([]);
  });

  test('lists what the filter leaves and counts everything', () => {
    const result = view('Root', inventory, { filter: 'ORDERS unreached-by' });
    expect([result.counts.resources, result.matching]).toEqual([14, { unreached: 0, once: 0, several: 0 }]);
    expect(outcomes(view('Root', inventory, { filter: 'EVERYDAY db' }))).toEqual(['several shop-staging: everyday, databases']);
    expect(view('Root', inventory, { filter: 'tier=silver shop-prod' }).matching).toEqual({ unreached: 2, once: 1, several: 0 });
  });

  test('describes the first resources of each group and counts the others', () => {
    const { resources, counts } = view('Root', Array.from({ length: 500 }, (_, index) => `${prodVolume}${String(index)} backup-tier=${index % 2 === 0 ? 'silver' : 'none'}`).join('\n'));
    expect([resources.length, counts]).toEqual([400, { resources: 500, unreached: 250, once: 250, several: 0 }]);
  });

  test('for 100,000 resources takes seconds', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `${prodVolume}${String(index)} backup-tier=silver environment=prod`).join('\n');
    const start = performance.now();
    expect(view('Root', text).counts.once).toBe(100_000);
    expect(performance.now() - start).toBeLessThan(8000);
  });

  test('places the problems of a file at their lines', () => {
    const result = reachView(sample, { organization: modelUri, key: 'Root' }, { text: 'x', uri: 'file:///project/list.txt' });
    expect(result?.problems).toMatchObject([{ line: 1, location: { uri: 'file:///project/list.txt', range: { start: { line: 0, character: 0 } } } }]);
    expect(view('Root', 'x').problems[0]).not.toHaveProperty('location');
  });

  test('is none for a target that is gone, and says why there is no inventory', () => {
    expect(reachView(sample, { organization: modelUri, key: 'Root/gone' }, { text: '' })).toBeUndefined();
    expect(reachView(sample, { organization: modelUri, key: 'Root' }, { refusal: 'It is gone.' })).toMatchObject({ refusal: 'It is gone.', counts: { resources: 0 } });
  });
});

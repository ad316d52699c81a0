import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import { driftReport } from '../../../server/organizations/drift/driftReport.ts';
import type { DriftFinding, EffectiveFinding } from '../../../server/protocol.ts';
import { modelUri, organization, sampleOrganization } from '../../features/organizations.ts';
import { deployed, idsOf, modelIn, type Deployed } from './compared.ts';

const sample = sampleOrganization();
const sampleUri = (name: string): string => `file:///project/backup-policies/${name}.json`;
const baseline = readFileSync('samples/backup-policies/baseline.json', 'utf8');

function withModel(change: (text: string) => string, snapshot = sample): Snapshot {
  const { text } = modelIn(snapshot).document;
  const changed = change(text);
  if (changed === text) throw new Error('The change changes nothing.');
  return applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: modelUri, text: changed }]);
}

const withFile = (name: string, text: string): Snapshot => applyChanges(sample, sample.at, [{ type: 'policy', uri: sampleUri(name), text }]);
const notEffective = ({ kind }: DriftFinding): boolean => kind !== 'effective';

/** The ids of what a change in AWS leads to, effective policies left out. */
async function found(change: (aws: Deployed) => Promise<unknown>, files = sample): Promise<readonly string[]> {
  const aws = deployed(sample);
  await change(aws);
  aws.settle();
  const { findings } = await aws.compare({ files });
  return findings.filter(notEffective).map(({ id }) => id);
}

const nothing = (): Promise<void> => Promise.resolve();

describe('an organization that has what the model says', () => {
  test('does not differ, and the order of attachment is said once not to be compared', async () => {
    const report = await deployed(sample).compare();
    expect(report.findings).toEqual([]);
    expect(report.equal).toEqual({ policies: 10, targets: 31, attachments: 11, accounts: 7 });
    expect(report.notes).toEqual(['AWS does not tell the order in which policies were attached, so it was not compared; 2 targets have several policies.']);
  });

  test('has an account that AWS freezes as we foresee: that is told, and is no difference', async () => {
    const report = await deployed(sample).compare();
    expect(report.frozen).toEqual(['Root/Workloads/Prod/Corporate/finance-prod']);
  });
});

describe('a policy', () => {
  test.each<readonly [what: string, change: (aws: Deployed) => Promise<unknown>, files: Snapshot, expected: readonly string[]]>([
    ['with other content', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), content: baseline.replace('"35"', '"36"') }), sample, ['policy differs baseline']],
    ['with the same content in other white space', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), content: JSON.stringify(JSON.parse(baseline)) }), sample, []],
    ['with another description', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), description: 'other' }), sample, ['policy description baseline']],
    ['with another name', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), name: 'other' }), sample, ['policy name baseline']],
    ['that a colleague created', ({ api }) => api.createPolicy({ name: 'new', description: '', content: baseline }), sample, [expect.stringMatching(/^policy onlyInAws p-/) as string]],
    ['that was detached and deleted', async ({ api, policyId }) => {
      await api.detachPolicy({ policyId: policyId('nonprod'), targetId: 'ou-h4rb-n0npr0d1' });
      await api.deletePolicy(policyId('nonprod'));
    }, sample, ['policy onlyInModel nonprod', 'attachment missing nonprod ou-h4rb-n0npr0d1']],
    ['whose file is edited', nothing, withFile('baseline', baseline.replace('"35"', '"36"')), ['policy differs baseline']],
    ['whose file is no JSON any more', nothing, withFile('baseline', baseline.replace(/\}\s*$/, '')), ['policy differs baseline']],
    ['whose file is gone', nothing, applyChanges(sample, sample.at, [{ type: 'gone', uri: sampleUri('baseline') }]), ['policy fileMissing baseline']],
  ])('%s', async (_what, change, files, expected) => {
    expect(await found(change, files)).toEqual(expected);
  });

  test('tells the settings that differ, the file\'s value first, and carries AWS\'s content', async () => {
    const aws = deployed(sample);
    const content = baseline.replace('"35"', '"36"');
    await aws.api.updatePolicy({ policyId: aws.policyId('baseline'), content });
    const [finding] = (await aws.compare({ accounts: { type: 'sample', count: 0 } })).findings;
    expect(finding).toMatchObject({ changes: [{ type: 'changed', path: 'plans/everyday/rules/daily/lifecycle/delete_after_days/@@assign', values: '35 → 36' }], remote: { content } });
    expect(finding?.message).toBe('"baseline" differs from AWS in 1 setting: everyday/rules/daily/lifecycle/delete_after_days/@@assign.');
  });
});

describe('the tree', () => {
  test.each<readonly [what: string, change: (aws: Deployed) => Promise<unknown>, files: Snapshot, expected: readonly string[]]>([
    ['with an account that moved', ({ arrange }) => arrange('MoveAccount', { AccountId: '777788889999', SourceParentId: 'ou-h4rb-c0mmerce', DestinationParentId: 'r-h4rb' }), sample, ['organization moved 777788889999']],
    ['with an account that moved, as in the model', ({ arrange }) => arrange('MoveAccount', { AccountId: '333344445555', SourceParentId: 'ou-h4rb-1nfra001', DestinationParentId: 'ou-h4rb-vau1ts01' }), withModel((text) => text.replace(/\{ "id": "333344445555".*\},\n/, '').replace(/("name": "central-vault", "policies": \[\] \})/, '$1,\n{ "id": "333344445555", "name": "network", "policies": [] }')), []],
    ['with a new OU', ({ arrange }) => arrange('CreateOrganizationalUnit', { ParentId: 'r-h4rb', Name: 'New' }), sample, [expect.stringMatching(/^organization added ou-h4rb-/) as string]],
    ['with a new account', ({ arrange }) => arrange('CreateAccount', { AccountName: 'new', Email: 'new@example.com' }), sample, [expect.stringMatching(/^organization added \d{12}$/) as string]],
    ['with an account that the model calls otherwise', nothing, withModel((text) => text.replace('"name": "shop-prod"', '"name": "shop"')), ['organization renamed 777788889999']],
    ['with an account without an id that the model calls otherwise', nothing, withModel((text) => text.replace('"name": "data-dev"', '"name": "data"')), ['organization removed Root/Workloads/NonProd/Development/data', expect.stringMatching(/^organization added \d{12}$/) as string]],
    ['without an account that the model has', nothing, withModel((text) => text.replace('{ "id": "333344445555"', '{ "id": "012345678901", "name": "more", "policies": [] },\n{ "id": "333344445555"')), ['organization removed 012345678901']],
  ])('%s', async (_what, change, files, expected) => {
    expect(await found(change, files)).toEqual(expected);
  });

  test('of another organization is refused before anything else is read', async () => {
    const aws = deployed(sample);
    await expect(aws.compare({ files: withModel((text) => text.replace('"r-h4rb"', '"r-0the"')) })).rejects.toThrow('The model describes the organization with the root r-0the, and the connection is to the one with the root r-h4rb.');
  });
});

describe('an attachment', () => {
  test.each<readonly [what: string, change: (aws: Deployed) => Promise<unknown>, files: Snapshot, expected: readonly string[]]>([
    ['that AWS lacks', ({ api, policyId }) => api.detachPolicy({ policyId: policyId('nonprod'), targetId: 'ou-h4rb-n0npr0d1' }), sample, ['attachment missing nonprod ou-h4rb-n0npr0d1']],
    ['that the model lacks', ({ api, policyId }) => api.attachPolicy({ policyId: policyId('nonprod'), targetId: '333344445555' }), sample, ['attachment surplus p-hhnonprod1 333344445555']],
    ['that the model has, too', ({ api, policyId }) => api.attachPolicy({ policyId: policyId('nonprod'), targetId: '333344445555' }), withModel((text) => text.replace('"name": "network", "policies": []', '"name": "network", "policies": ["nonprod"]')), []],
    ['in another order', nothing, withModel((text) => text.replace('["production", "databases-prod"]', '["databases-prod", "production"]')), []],
  ])('%s', async (_what, change, files, expected) => {
    expect(await found(change, files)).toEqual(expected);
  });
});

const plan = (region: string, more: object = {}): unknown => ({
  plans: { daily: { regions: { '@@assign': [region] }, rules: { nightly: { target_backup_vault_name: { '@@assign': 'V' } } }, selections: { tags: { all: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/R' }, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['yes'] } } } }, ...more } },
});
const peers = organization({ id: 'r-h4rb', name: 'Root', policies: ['one', 'two'], accounts: [{ id: '111122223333', name: 'management' }, { id: '222233334444', name: 'shop' }] }, { one: plan('eu-west-1'), two: plan('eu-central-1') });

/** The one finding about an effective policy. */
async function effective(aws: Deployed, files = aws.snapshot): Promise<EffectiveFinding | undefined> {
  const { findings } = await aws.compare({ files });
  const list = findings.filter((finding) => finding.kind === 'effective');
  expect(list.length).toBeLessThan(2);
  return list[0];
}

describe('an effective policy', () => {
  test('that differs because a policy does says so', async () => {
    const aws = deployed(peers);
    await aws.api.updatePolicy({ policyId: aws.policyId('one'), content: JSON.stringify(plan('us-east-1')) });
    aws.settle();
    expect(await effective(aws)).toMatchObject({ type: 'differs', cause: 'drift', accounts: 2, changes: [{ path: 'plans/daily/regions', values: '[eu-west-1] → [us-east-1]' }] });
  });

  test('that fits another order of attachment says which', async () => {
    const aws = deployed(peers);
    await aws.api.detachPolicy({ policyId: aws.policyId('one'), targetId: 'r-h4rb' });
    await aws.api.attachPolicy({ policyId: aws.policyId('one'), targetId: 'r-h4rb' });
    aws.settle();
    const finding = await effective(aws);
    expect(finding?.cause).toBe('order');
    expect(finding?.nextStep).toContain('Root: two, one.');
  });

  test('that has not arrived yet is unexplained, and is gone when it has', async () => {
    const aws = deployed(peers);
    const content = JSON.stringify(plan('us-east-1'));
    await aws.api.updatePolicy({ policyId: aws.policyId('one'), content });
    const files = applyChanges(peers, peers.at, [{ type: 'policy', uri: 'file:///project/policies/one.json', text: content }]);
    expect(await effective(aws, files)).toMatchObject({ cause: 'unexplained' });
    aws.settle();
    expect(await effective(aws, files)).toBeUndefined();
  });

  test('is compared by meaning: schedules by runs, lists as sets, numbers as numbers', async () => {
    const of = (schedule: string, days: unknown, regions: readonly string[]): unknown => plan('', { regions: { '@@assign': regions }, rules: { nightly: { target_backup_vault_name: { '@@assign': 'V' }, schedule_expression: { '@@assign': schedule }, lifecycle: { delete_after_days: { '@@assign': days } } } } });
    const files = organization({ id: 'r-h4rb', name: 'Root', policies: ['one'], accounts: [{ id: '111122223333', name: 'management' }] }, { one: of('cron(0 5 ? * * *)', '35', ['eu-west-1', 'eu-central-1']) });
    const aws = deployed(files);
    await aws.api.updatePolicy({ policyId: aws.policyId('one'), content: JSON.stringify(of('cron(0 5 * * ? *)', 35, ['eu-central-1', 'eu-west-1'])) });
    aws.settle();
    expect((await aws.compare()).findings).toEqual([]);
    await aws.api.updatePolicy({ policyId: aws.policyId('one'), content: JSON.stringify(of('cron(0 6 * * ? *)', 35, ['eu-central-1', 'eu-west-1'])) });
    aws.settle();
    expect(idsOf(await aws.compare())).toEqual(['policy differs one', 'effective differs 111122223333']);
  });

  test('that AWS withholds for an error that we do not find is told with the error', async () => {
    const aws = deployed(peers);
    aws.state.policies.filter(({ name }) => name === 'one').forEach((policy) => {
      policy.content = '{"plans":{"broken":{"regions":{"@@assign":["eu-west-1"]}}}}';
    });
    await aws.api.updatePolicy({ policyId: aws.policyId('two'), description: 'makes AWS merge again' });
    aws.settle();
    const finding = await effective(aws);
    expect(finding).toMatchObject({ type: 'frozen', cause: 'drift', account: { id: '111122223333' } });
    expect(finding?.errors.map(({ from, code, path }) => [from, code, path])).toEqual([['AWS', 'KEY_REQUIRED', 'plans/broken'], ['AWS', 'KEY_REQUIRED', 'plans/broken']]);
  });

  test('in which we find errors that AWS does not is told the other way round', async () => {
    const files = applyChanges(peers, peers.at, [{ type: 'policy', uri: 'file:///project/policies/two.json', text: '{"plans":{"broken":{"regions":{"@@assign":["eu-west-1"]}}}}' }]);
    const finding = await effective(deployed(peers), files);
    expect(finding).toMatchObject({ type: 'notFrozen', cause: 'drift' });
    expect(finding?.errors.map(({ from }) => from)).toEqual(['model', 'model']);
  });
});

describe('the sample', () => {
  test('has one account for each effective policy, as many as wanted, and says what was left out', async () => {
    const aws = deployed(sample);
    expect((await aws.read({ accounts: { type: 'sample', count: 3 } })).accounts.size).toBe(3);
    const { notes } = await aws.compare({ accounts: { type: 'sample', count: 3 } });
    expect(notes[0]).toBe('Of the 7 different effective policies of the model, 3 were compared with AWS\'s.');
  });

  test('of a target has the accounts that get different policies below it', async () => {
    const aws = deployed(sample);
    const { accounts } = await aws.read({ accounts: { type: 'targets', keys: ['Root/Workloads/Prod/Commerce'] } });
    expect([...accounts.keys()]).toEqual(['777788889999', '999900001111']);
  });

  test('is empty where backup policies are not enabled, which is said', async () => {
    const aws = deployed(sample);
    await aws.api.disablePolicyType('r-h4rb');
    aws.settle();
    const report = await aws.compare();
    expect(report.notes[0]).toMatch(/^Backup policies are not enabled in AWS/);
    expect(report.equal.accounts).toBe(0);
  });
});

describe('what was read once', () => {
  test('is compared again with edited files, without asking AWS', async () => {
    const aws = deployed(sample);
    const content = baseline.replace('"35"', '"36"');
    await aws.api.updatePolicy({ policyId: aws.policyId('baseline'), content });
    aws.settle();
    const reading = await aws.read();
    expect(idsOf(driftReport(sample, modelIn(sample), reading))).toContain('policy differs baseline');
    const files = withFile('baseline', content);
    expect(idsOf(driftReport(files, modelIn(files), reading))).toEqual([]);
  });
});

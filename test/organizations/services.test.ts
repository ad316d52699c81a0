import { afterEach, describe, expect, test } from 'vitest';
import { complete } from '../../server/organizations/api.ts';
import { awsServices } from '../../server/organizations/awsServices.ts';
import { EmbeddedOrganization, embeddedServices, type EmbeddedOptions } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, type EmbeddedState } from '../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../server/organizations/embedded/storage.ts';
import type { ServicesApi } from '../../server/organizations/services.ts';
import { servicesApi } from '../../server/organizations/servicesApi.ts';
import { openClient } from './backends.ts';
import { outcome } from './contract.ts';
import { simulatedClock } from './simulatedClock.ts';
import { startStub, type Stub } from './stub.ts';

const management = '111111111111';
const complying = '222222000001';
/** Lacks the vaults that its policy names. */
const withoutVault = '222222000003';
/** Lacks the role. */
const withoutRole = '222222000005';

const document = JSON.stringify({
  plans: {
    daily: {
      regions: ['eu-central-1'],
      rules: { nightly: { schedule_expression: 'cron(0 5 ? * * *)', target_backup_vault_name: 'Vault', copy_actions: { 'arn:aws:backup:eu-west-1:333333333333:backup-vault:Central': { target_backup_vault_arn: 'arn:aws:backup:eu-west-1:333333333333:backup-vault:Central' } } } },
      selections: { tags: { all: { iam_role_arn: 'arn:aws:iam::$account:role/service-role/Backup' } } },
    },
  },
});

function state(): EmbeddedState {
  const made = newOrganization({ managementAccountId: management });
  const ids = [management, complying, withoutVault, withoutRole];
  made.accounts = ids.map((id) => ({ id, name: id, parentId: made.root.id }));
  made.documents = [document];
  made.effective = Object.fromEntries(ids.map((id) => [id, { document: 0, updated: 0, evaluated: 0 }]));
  made.policyType = 'ENABLED';
  made.trustedServices = { 'backup.amazonaws.com': 0 };
  return made;
}

interface Opened {
  readonly services: ServicesApi;
  readonly stub?: Stub;
}

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const embedded = (options: Partial<EmbeddedOptions> = {}): Promise<Opened> => {
  const clock = simulatedClock();
  return Promise.resolve({ services: servicesApi(embeddedServices({ storage: memoryStorage(state()), clock, ...options }), { clock, paced: false }) });
};

const wire = async (options: Partial<EmbeddedOptions> = {}): Promise<Opened> => {
  const clock = simulatedClock();
  const stub = await startStub(new EmbeddedOrganization({ storage: memoryStorage(state()), clock, ...options }));
  closing.push(() => stub.close());
  // Only its files are needed: a profile whose credentials lead nowhere.
  const client = await openClient({ endpoint: stub.endpoint });
  closing.push(() => {
    client.close();
  });
  const callers = await awsServices({ profile: 'test', endpoint: stub.endpoint });
  const services = servicesApi(callers, { clock, paced: true });
  closing.push(() => {
    services.close();
  });
  return { services, stub };
};

describe.each([['an embedded organization', embedded], ['the AWS SDK over HTTP', wire]])('%s', (_name, open) => {
  test('says who calls', async () => {
    const { services } = await open();
    expect(await services.getCallerIdentity()).toMatchObject({ accountId: management, arn: expect.stringContaining(`:${management}:`) as string });
  });

  test('knows a role with its path, and says when there is none', async () => {
    const { services } = await open();
    expect(await services.getRole('Backup')).toEqual({ name: 'Backup', path: '/service-role/', arn: `arn:aws:iam::${management}:role/service-role/Backup` });
    expect(await services.getRole('Other')).toBeUndefined();
  });

  test('changes the flags that are named and no other', async () => {
    const { services } = await open();
    const { flags } = await services.describeGlobalSettings();
    await services.updateGlobalSettings({ isCrossAccountBackupEnabled: true });
    const changed = await services.describeGlobalSettings();
    expect(flags).toEqual({ isCrossAccountBackupEnabled: false, isMpaEnabled: false, isDelegatedAdministratorEnabled: false });
    expect(changed).toEqual({ flags: { ...flags, isCrossAccountBackupEnabled: true }, updated: Date.parse('2026-06-01T00:00:00Z') });
    expect(await outcome(services.updateGlobalSettings({ unknown: true }))).toBe('invalidInput');
  });

  test('a member may read the flags, but not change them', async () => {
    const { services } = await open({ callerId: complying });
    expect((await services.describeGlobalSettings()).flags['isCrossAccountBackupEnabled']).toBe(false);
    expect(await outcome(services.updateGlobalSettings({ isCrossAccountBackupEnabled: true }))).toBe('accessDenied');
  });

  test('knows which services are opted in', async () => {
    const { services } = await open();
    expect(await services.describeRegionSettings('eu-central-1')).toMatchObject({ DynamoDB: true, Timestream: false });
  });

  test('lists the vaults of the calling account in one Region', async () => {
    const { services } = await open();
    const names = async (region: string): Promise<readonly string[]> => (await complete(services.listBackupVaults(region))).map(({ name }) => name);
    expect(await names('eu-central-1')).toEqual(['Default', 'Vault']);
    expect(await names('eu-west-1')).toEqual(['Default']);
  });

  test('lists the jobs of the whole organization in one Region, with what failed', async () => {
    const { services } = await open();
    const jobs = await complete(services.listBackupJobs('eu-central-1', { accountId: '*' }));
    const last = new Map(jobs.map((job) => [job.accountId, job]));
    expect([...last.keys()].sort()).toEqual([management, complying, withoutVault, withoutRole].sort());
    expect(last.get(complying)).toMatchObject({ type: 'backup', region: 'eu-central-1', state: 'COMPLETED', planName: 'daily', ruleName: 'nightly', vaultArn: `arn:aws:backup:eu-central-1:${complying}:backup-vault:Vault`, created: Date.parse('2026-05-25T05:00:00Z'), completed: Date.parse('2026-05-25T05:40:00Z') });
    expect(last.get(withoutVault)).toMatchObject({ state: 'FAILED', message: 'Backup vault Vault does not exist in the account.' });
    expect(last.get(withoutRole)).toMatchObject({ state: 'FAILED', message: 'Access Denied trying to call AWS Backup service' });
    expect(await complete(services.listBackupJobs('eu-west-1', { accountId: '*' }))).toEqual([]);
  });

  test('lists the jobs that a filter leaves', async () => {
    const { services } = await open();
    const states = async (filter: Parameters<ServicesApi['listBackupJobs']>[1]): Promise<readonly string[]> => (await complete(services.listBackupJobs('eu-central-1', filter))).map(({ accountId, state: each }) => `${accountId} ${each}`);
    expect(new Set(await states({ accountId: '*', state: 'FAILED' }))).toEqual(new Set([`${withoutVault} FAILED`, `${withoutRole} FAILED`]));
    expect((await states({})).filter((each) => !each.startsWith(management))).toEqual([]);
    expect(await states({})).toContain(`${management} COMPLETED`);
    expect(await states({ accountId: complying, createdAfter: Date.parse('2026-05-30T12:00:00Z') })).toEqual([`${complying} COMPLETED`]);
    expect(await states({ accountId: complying, createdBefore: Date.parse('2026-05-25T12:00:00Z') })).toEqual([`${complying} COMPLETED`]);
    expect(await states({ accountId: complying, resourceType: 'EBS' })).toEqual([]);
  });

  test('lists copies and restores', async () => {
    const { services } = await open();
    const [copy] = await complete(services.listCopyJobs('eu-central-1', { accountId: complying }));
    expect(copy).toMatchObject({ type: 'copy', state: 'FAILED', message: 'Copy job failed. Both source and destination account must be a member of the same organization', vaultArn: 'arn:aws:backup:eu-west-1:333333333333:backup-vault:Central', sourceVaultArn: `arn:aws:backup:eu-central-1:${complying}:backup-vault:Vault` });
    const restores = await complete(services.listRestoreJobs('eu-central-1', { accountId: '*', state: 'COMPLETED' }));
    expect(restores.map(({ type, accountId }) => `${type} ${accountId}`).sort()).toEqual([`restore ${management}`, `restore ${complying}`]);
  });

  test('shows jobs of others to nobody but those who administrate, and only with trusted access', async () => {
    const all = { accountId: '*' };
    const member = await open({ callerId: complying });
    expect(await outcome(complete(member.services.listBackupJobs('eu-central-1', all)))).toBe('accessDenied');
    const untrusted = await open({ storage: memoryStorage({ ...state(), trustedServices: {} }) });
    expect(await outcome(complete(untrusted.services.listBackupJobs('eu-central-1', all)))).toBe('accessDenied');
    const delegated = await open({ callerId: complying, storage: memoryStorage({ ...state(), delegatedAdministrators: [{ accountId: complying, servicePrincipal: 'backup.amazonaws.com', since: 0 }] }) });
    expect((await complete(delegated.services.listBackupJobs('eu-central-1', all))).length).toBeGreaterThan(4);
  });
});

describe('over the wire', () => {
  test('each request is signed for its Region', async () => {
    const { services, stub } = await wire();
    await services.describeRegionSettings('ap-southeast-2');
    await services.describeGlobalSettings();
    expect(stub?.requests.map(({ operation, region }) => [operation, region])).toEqual([['backup:DescribeRegionSettings', 'ap-southeast-2'], ['backup:DescribeGlobalSettings', 'eu-central-1']]);
  });

  test.each([['sts:GetCallerIdentity', (services: ServicesApi) => services.getCallerIdentity()], ['iam:GetRole', (services: ServicesApi) => services.getRole('Backup')], ['backup:DescribeGlobalSettings', (services: ServicesApi) => services.describeGlobalSettings()]])('a refusal of %s names the action and how to get it', async (operation, call) => {
    const { services, stub } = await wire();
    stub?.fault({ kind: 'accessDenied', operation });
    await expect(call(services)).rejects.toMatchObject({ failure: { kind: 'accessDenied', action: operation }, nextStep: expect.stringContaining(`"${operation}"`) as string });
  });

  test('a fault is told with the name of the service', async () => {
    const { services, stub } = await wire();
    stub?.fault({ kind: 'throttled', times: 4 });
    await expect(services.describeGlobalSettings()).rejects.toMatchObject({ failure: { kind: 'throttled' }, message: expect.stringContaining('AWS Backup limits the rate') as string });
  });
});

describe('jobs', () => {
  test('that are stored are the only ones', async () => {
    const job = { AccountId: complying, BackupJobId: 'A', State: 'ABORTED', CreationDate: 1 };
    const { services } = await embedded({ storage: memoryStorage({ ...state(), services: { jobs: [{ type: 'backup', region: 'eu-central-1', job }] } }) });
    expect((await complete(services.listBackupJobs('eu-central-1', { accountId: '*' }))).map(({ id, state: each }) => [id, each])).toEqual([['A', 'ABORTED']]);
  });

  test('of several pages are complete', async () => {
    const ids = Array.from({ length: 2100 }, (_each, index) => String(index));
    const jobs = ids.map((BackupJobId) => ({ type: 'backup' as const, region: 'eu-central-1', job: { AccountId: complying, BackupJobId, State: 'COMPLETED', CreationDate: 1 } }));
    const { services } = await embedded({ emptyPages: true, storage: memoryStorage({ ...state(), services: { jobs } }) });
    expect((await complete(services.listBackupJobs('eu-central-1', { accountId: '*' }))).map(({ id }) => id)).toEqual(ids);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { complete, type OrganizationsApi } from '../../server/organizations/api.ts';
import { EmbeddedOrganization, embeddedCaller, type EmbeddedOptions } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, nextId, type EmbeddedState } from '../../server/organizations/embedded/state.ts';
import { fileStorage, memoryStorage } from '../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { outcome, partialText, policyText } from './contract.ts';
import { simulatedClock, type SimulatedClock } from './simulatedClock.ts';

interface Embedded {
  readonly api: OrganizationsApi;
  readonly clock: SimulatedClock;
  readonly state: EmbeddedState;
  readonly root: string;
  readonly management: string;
}

async function open(options: Partial<EmbeddedOptions> = {}, state = newOrganization()): Promise<Embedded> {
  const clock = simulatedClock();
  const api = organizationsApi(embeddedCaller({ storage: memoryStorage(state), clock, ...options }), { clock, paced: false });
  if (state.featureSet === 'ALL' && options.callerId === undefined) {
    await api.enablePolicyType(state.root.id);
    clock.advance(20_000);
  }
  return { api, clock, state, root: state.root.id, management: state.managementAccountId };
}

const made = async (api: OrganizationsApi, name: string, content = policyText()): Promise<string> => (await api.createPolicy({ name, description: '', content })).id;

/** The regions of the plan that `policyText` has. */
async function regions(api: OrganizationsApi, account: string): Promise<unknown> {
  const { content } = await api.describeEffectivePolicy(account);
  return (JSON.parse(content) as { plans?: { daily?: { regions: unknown } } }).plans?.daily?.regions;
}

const assigning = (region: string): string => policyText().replace('eu-central-1', region);

describe('a change', () => {
  test('reaches the accounts after some seconds, not before, and gives them a new time', async () => {
    const { api, clock, root, management } = await open({ propagation: [2000, 20_000] });
    const before = await api.describeEffectivePolicy(management);
    await api.attachPolicy({ policyId: await made(api, 'Daily'), targetId: root });
    // Chance gives one half: eleven seconds.
    clock.advance(10_999);
    expect(await api.describeEffectivePolicy(management)).toEqual(before);
    clock.advance(1);
    expect(await regions(api, management)).toEqual(['eu-central-1']);
    expect((await api.describeEffectivePolicy(management)).updated).toBe(clock.now());
  });

  test('that changes nothing gives a new time, too, but only to the accounts below', async () => {
    const { api, clock, state, root, management } = await open();
    state.units.push({ id: 'ou-em1b-00000001', name: 'Other', parentId: root });
    state.accounts.push({ id: '222222222222', name: 'other', parentId: 'ou-em1b-00000001' });
    const policyId = await made(api, 'Daily');
    await api.attachPolicy({ policyId, targetId: management });
    clock.advance(30_000);
    const [own, other] = [await api.describeEffectivePolicy(management), await api.describeEffectivePolicy('222222222222')];
    await api.updatePolicy({ policyId, content: policyText() });
    clock.advance(30_000);
    expect((await api.describeEffectivePolicy(management)).updated).toBeGreaterThan(own.updated);
    expect((await api.describeEffectivePolicy('222222222222')).updated).toBe(other.updated);
  });

  test('is refused while another one is on its way, where that is asked for, and waited for', async () => {
    const { api, clock, root, management } = await open({ refuseWhilePropagating: true, propagation: [3000, 3000] });
    const policyId = await made(api, 'Daily');
    await api.attachPolicy({ policyId, targetId: root });
    expect(await api.attachPolicy({ policyId, targetId: management })).toBe('done');
    expect(clock.slept).toEqual([1000, 2000]);
  });

  test('of the policy type is pending first', async () => {
    const { api, clock, root } = await open({ propagation: [3000, 3000] });
    await api.disablePolicyType(root);
    expect((await api.listRoots())[0]?.backupPolicies).toBe('PENDING_DISABLE');
    clock.advance(3000);
    expect((await api.listRoots())[0]?.backupPolicies).toBe('DISABLED');
    await api.enablePolicyType(root);
    expect((await api.listRoots())[0]?.backupPolicies).toBe('PENDING_ENABLE');
  });
});

describe('peers', () => {
  test('count in their order of attachment, which no list tells', async () => {
    const { api, clock, root, management } = await open();
    const first = await made(api, 'First', assigning('eu-north-1'));
    const second = await made(api, 'Second', assigning('eu-west-2'));
    for (const policyId of [second, first]) await api.attachPolicy({ policyId, targetId: root });
    clock.advance(30_000);
    expect(await regions(api, management)).toEqual(['eu-west-2']);
    const listed = (await complete(api.listPoliciesForTarget(root))).map(({ id }) => id);
    for (const policyId of [second, first]) await api.detachPolicy({ policyId, targetId: root });
    for (const policyId of [first, second]) await api.attachPolicy({ policyId, targetId: root });
    clock.advance(30_000);
    expect(await regions(api, management)).toEqual(['eu-north-1']);
    expect((await complete(api.listPoliciesForTarget(root))).map(({ id }) => id)).toEqual(listed);
  });
});

describe('an invalid merge', () => {
  test('leaves an account that never had a valid one with nothing, and ends with the error', async () => {
    const { api, clock, root, management } = await open();
    const policyId = await made(api, 'Partial', partialText);
    await api.attachPolicy({ policyId, targetId: root });
    clock.advance(30_000);
    expect((await api.describeEffectivePolicy(management)).content).toBe('{}');
    const report = await api.listEffectivePolicyValidationErrors(management);
    expect(report.path).toBe('o-em1b000000/r-em1b/111111111111/');
    expect(report.errors.map(({ code, path: place }) => [code, place])).toEqual([['KEY_REQUIRED', 'plans/partial'], ['KEY_REQUIRED', 'plans/partial']]);
    await api.detachPolicy({ policyId, targetId: root });
    clock.advance(30_000);
    expect(await api.listEffectivePolicyValidationErrors(management)).toEqual({ accountId: management, errors: [] });
    expect(await complete(api.listAccountsWithInvalidEffectivePolicy())).toEqual([]);
  });
});

describe('a member account', () => {
  test('sees its own effective policy and the organization, and nothing else', async () => {
    const state = newOrganization();
    state.accounts.push({ id: '222222222222', name: 'member', parentId: state.root.id });
    state.policyType = 'ENABLED';
    const { api } = await open({ callerId: '222222222222' }, state);
    expect(await outcome(api.describeOrganization(), () => 'seen')).toBe('seen');
    expect(await outcome(api.describeEffectivePolicy('222222222222'), () => 'seen')).toBe('seen');
    expect(await outcome(api.describeEffectivePolicy('111111111111'))).toBe('accessDenied');
    expect(await outcome(complete(api.listPolicies()))).toBe('accessDenied');
  });
});

describe('an organization without all features', () => {
  test('has no backup policies', async () => {
    const { api, root } = await open({}, newOrganization({ featureSet: 'CONSOLIDATED_BILLING' }));
    expect(await outcome(made(api, 'Daily'))).toBe('typeNotAvailable');
    expect(await outcome(api.enablePolicyType(root))).toBe('typeNotAvailable');
  });
});

describe('limits', () => {
  test('there are 1,000 policies, and one more is refused', async () => {
    const { api, state } = await open();
    for (let count = 0; count < 999; count++) state.policies.push({ id: `p-${nextId(state)}`, name: String(count), description: '', content: '{}', tags: [] });
    expect(await outcome(made(api, 'The thousandth'), () => 'done')).toBe('done');
    expect(await outcome(made(api, 'One more'))).toBe('constraint POLICY_NUMBER_LIMIT_EXCEEDED');
    expect(new Set((await complete(api.listPolicies())).map(({ id }) => id)).size).toBe(1000);
  });

  test('10,000 accounts get a change of the root in a moment, and share one document', async () => {
    const state = newOrganization();
    for (let count = 0; count < 10_000; count++) state.accounts.push({ id: String(300_000_000_000 + count), name: String(count), parentId: state.root.id });
    const { api, clock, root } = await open({}, state);
    await api.attachPolicy({ policyId: await made(api, 'Daily'), targetId: root });
    clock.advance(30_000);
    expect(await regions(api, '300000009999')).toEqual(['eu-central-1']);
    expect(state.documents).toHaveLength(1);
  });
});

describe('inputs', () => {
  const refused: readonly [string, Record<string, unknown>, string][] = [
    ['ListPolicies', {}, 'INPUT_REQUIRED:FILTER'],
    ['ListPolicies', { Filter: 'BACKUPS' }, 'INVALID_ENUM_POLICY_TYPE'],
    ['ListPolicies', { Filter: 'BACKUP_POLICY', NextToken: '' }, 'INVALID_NEXT_TOKEN'],
    ['ListPolicies', { Filter: 'BACKUP_POLICY', MaxResults: 0 }, 'MIN_VALUE_EXCEEDED:MAX_RESULTS'],
    ['ListPolicies', { Filter: 'BACKUP_POLICY', MaxResults: 21 }, 'MAX_VALUE_EXCEEDED:MAX_RESULTS'],
    ['DescribePolicy', { PolicyId: '__proto__' }, 'INVALID_PATTERN:POLICY_ID'],
    ['DescribeEffectivePolicy', { PolicyType: 'BACKUP_POLICY', TargetId: 'r-em1b' }, 'TARGET_NOT_SUPPORTED'],
    ['DescribeEffectivePolicy', { PolicyType: 'BACKUP_POLICY' }, 'TARGET_NOT_SUPPORTED'],
  ];
  test.each(refused)('%s refuses %j with %s', async (operation, input, reason) => {
    const organization = new EmbeddedOrganization({ storage: memoryStorage(newOrganization()), clock: simulatedClock() });
    await expect(organization.call(operation, input)).rejects.toMatchObject({ name: 'InvalidInputException', Reason: reason });
  });
});

describe('the file', () => {
  test('keeps the organization from one process to the next, and tells a writer that came too late', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'organization-'));
    const file = path.join(folder, 'organization.json');
    try {
      await fileStorage(file).save(newOrganization(), undefined);
      const [one, other] = [fileStorage(file), fileStorage(file)];
      const clock = simulatedClock();
      const api = organizationsApi(embeddedCaller({ storage: one, clock }), { clock, paced: false });
      const policyId = await made(api, 'Daily');
      const stored = await other.load();
      await api.updatePolicy({ policyId, name: 'Renamed' });
      expect(stored?.state.policies[0]?.name).toBe('Daily');
      expect(await other.save(newOrganization(), stored?.mark)).toBeUndefined();
      expect((await other.load())?.state.policies[0]?.name).toBe('Renamed');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is written by one process at a time; what a crash left behind does not block for ever', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'organization-'));
    const file = path.join(folder, 'organization.json');
    try {
      const storage = fileStorage(file);
      writeFileSync(`${file}.lock`, '');
      expect(await storage.save(newOrganization(), undefined)).toBeUndefined();
      utimesSync(`${file}.lock`, new Date(0), new Date(0));
      expect(await storage.save(newOrganization(), undefined)).toBeDefined();
      expect(readdirSync(folder)).toEqual(['organization.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of another kind is refused, not written over', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'organization-'));
    const file = path.join(folder, 'organization.json');
    try {
      writeFileSync(file, '{"plans":{}}');
      const clock = simulatedClock();
      const api = organizationsApi(embeddedCaller({ storage: fileStorage(file), clock }), { clock, paced: false });
      await expect(made(api, 'Daily')).rejects.toThrow('holds no organization');
      expect(readFileSync(file, 'utf8')).toBe('{"plans":{}}');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('that is not there is no organization', async () => {
    const clock = simulatedClock();
    const api = organizationsApi(embeddedCaller({ storage: fileStorage('/nowhere/organization.json'), clock }), { clock, paced: false });
    expect(await outcome(api.describeOrganization())).toBe('notInOrganization');
  });
});

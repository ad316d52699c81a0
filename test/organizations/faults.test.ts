import { afterEach, describe, expect, test } from 'vitest';
import { complete, type OrganizationsApi } from '../../server/organizations/api.ts';
import { OrganizationsError } from '../../server/organizations/errors.ts';
import { onTheWire, openClient, type OnTheWire } from './backends.ts';
import { outcome, policyText } from './contract.ts';
import type { FaultKind } from './stub.ts';

let opened: OnTheWire;
const open = async (...options: Parameters<typeof onTheWire>): Promise<OnTheWire> => (opened = await onTheWire(...options));
afterEach(() => opened.close());

const policy = { name: 'Daily', description: '', content: policyText() };

/** What a call rejects with. */
async function rejection(call: Promise<unknown>): Promise<OrganizationsError> {
  const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof OrganizationsError)) throw new Error(`Rejected with ${String(error)}`);
  return error;
}

const sent = (operation: string): number => opened.stub.requests.filter((request) => request.operation === operation).length;

async function enabledRoot(api: OrganizationsApi): Promise<string> {
  const root = (await api.listRoots())[0]?.id ?? '';
  await api.enablePolicyType(root);
  opened.settle();
  return root;
}

describe('a fault that stays', () => {
  const faults: readonly [FaultKind, string, number, boolean][] = [
    ['status500', 'service', 4, true],
    ['status503', 'service', 4, true],
    ['html502', 'transport page', 4, true],
    ['html200', 'transport page', 1, true],
    ['reset', 'transport reset', 4, true],
    ['throttled', 'throttled', 4, false],
    ['expired', 'expired', 1, false],
    ['invalidCredentials', 'invalidCredentials', 1, false],
    ['accessDenied', 'accessDenied', 1, false],
    ['concurrent', 'concurrent', 5, false],
    ['changesInProgress', 'concurrent', 5, false],
    ['clock', 'clock', 4, false],
  ];
  test.each(faults)('%s of a write is "%s" after %i requests; may it have happened: %s', async (kind, expected, requests, mayHaveHappened) => {
    const { api, stub } = await open();
    stub.fault({ kind, operation: 'CreatePolicy', times: 99 });
    const error = await rejection(api.createPolicy(policy));
    expect(await outcome(Promise.reject(error))).toBe(expected);
    expect(sent('CreatePolicy')).toBe(requests);
    expect(error.call.mayHaveHappened).toBe(mayHaveHappened);
    expect(error.message.includes('not known')).toBe(mayHaveHappened);
    expect(error.nextStep).not.toBe('');
    expect(await complete(api.listPolicies())).toEqual([]);
  });

  test('of a read changes nothing, so it never leaves a doubt', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'html200', operation: 'DescribeOrganization' });
    expect((await rejection(api.describeOrganization())).call.mayHaveHappened).toBe(false);
  });

  test('a request without an answer ends in time', async () => {
    const { api, stub } = await open({}, { requestTimeout: 100 });
    stub.fault({ kind: 'hang', times: 99 });
    const error = await rejection(api.createPolicy(policy));
    expect(error.failure).toMatchObject({ kind: 'transport', fault: 'timeout' });
    expect(error.call).toMatchObject({ attempts: 4, mayHaveHappened: true });
  });

  test('where nothing listens, nothing has happened', async () => {
    const { stub } = await open();
    await stub.close();
    const error = await rejection(opened.api.createPolicy(policy));
    expect(error.failure).toMatchObject({ kind: 'transport', fault: 'refused' });
    expect(error.call.mayHaveHappened).toBe(false);
  });

  test('after a lost answer even a refusal leaves the doubt', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'lostAnswer', operation: 'CreatePolicy' });
    stub.fault({ kind: 'accessDenied', operation: 'CreatePolicy' });
    const error = await rejection(api.createPolicy(policy));
    expect(error.failure.kind).toBe('accessDenied');
    expect(error.call.mayHaveHappened).toBe(true);
  });
});

describe('a fault that passes', () => {
  test.each(['status500', 'html502', 'reset', 'throttled', 'concurrent', 'changesInProgress'] as const)('%s is not noticed', async (kind) => {
    const { api, stub } = await open();
    stub.fault({ kind, operation: 'CreatePolicy' });
    expect((await api.createPolicy(policy)).name).toBe('Daily');
    expect(sent('CreatePolicy')).toBe(2);
    expect(await complete(api.listPolicies())).toHaveLength(1);
  });

  test('another change is waited for: 1, 2, 4 and 8 seconds', async () => {
    const { api, stub, clock } = await open();
    stub.fault({ kind: 'concurrent', operation: 'CreatePolicy', times: 4 });
    await api.createPolicy(policy);
    expect(clock.slept.filter((each) => each >= 1000)).toEqual([1000, 2000, 4000, 8000]);
  });

  test('a new login counts without a new client', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'expired' });
    expect((await rejection(api.describeOrganization())).nextStep).toContain('aws sso login --profile test');
    expect((await api.describeOrganization()).featureSet).toBe('ALL');
  });
});

describe('an answer that is lost', () => {
  test('of a creation is found again by name and content, and nothing is doubled', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'lostAnswer', operation: 'CreatePolicy' });
    const made = await api.createPolicy(policy);
    expect((await complete(api.listPolicies())).map(({ id }) => id)).toEqual([made.id]);
    expect(made.content).toBe(policy.content);
  });

  test('is told from a name that somebody else has taken', async () => {
    const { api, stub, organization } = await open();
    stub.before('CreatePolicy', () => organization.call('CreatePolicy', { Name: 'Daily', Description: '', Type: 'BACKUP_POLICY', Content: policyText('theirs') }));
    stub.fault({ kind: 'reset', operation: 'CreatePolicy' });
    expect((await rejection(api.createPolicy(policy))).failure.kind).toBe('duplicatePolicy');
  });

  test('of an attachment, a detachment or a deletion holds', async () => {
    const { api, stub } = await open();
    const targetId = await enabledRoot(api);
    const { id: policyId } = await api.createPolicy(policy);
    stub.fault({ kind: 'lostAnswer', operation: 'AttachPolicy' });
    expect(await api.attachPolicy({ policyId, targetId })).toBe('already');
    expect(await complete(api.listPoliciesForTarget(targetId))).toHaveLength(1);
    stub.fault({ kind: 'lostAnswer', operation: 'DetachPolicy' });
    expect(await api.detachPolicy({ policyId, targetId })).toBe('already');
    stub.fault({ kind: 'lostAnswer', operation: 'DeletePolicy' });
    expect(await api.deletePolicy(policyId)).toBe('already');
    expect(await complete(api.listPolicies())).toEqual([]);
  });
});

describe('cancelling', () => {
  test('ends a request that hangs, and says that it may have happened', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'hang' });
    const controller = new AbortController();
    stub.before('CreatePolicy', () => {
      controller.abort();
      return Promise.resolve();
    });
    const error = await rejection(api.createPolicy(policy, { signal: controller.signal }));
    expect(error.failure.kind).toBe('cancelled');
    expect(error.call.mayHaveHappened).toBe(true);
  });

  test('ends the wait for another change, and nothing has happened', async () => {
    const { api, stub } = await open();
    const controller = new AbortController();
    stub.fault({ kind: 'concurrent', operation: 'CreatePolicy', times: 99 });
    stub.before('CreatePolicy', () => {
      controller.abort();
      return Promise.resolve();
    });
    const error = await rejection(api.createPolicy(policy, { signal: controller.signal }));
    expect(error.failure.kind).toBe('cancelled');
    expect(await complete(api.listPolicies())).toEqual([]);
  });

  test('in the queue does not wait for the write before', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'hang' });
    const first = api.createPolicy(policy).catch(() => undefined);
    const controller = new AbortController();
    const second = rejection(api.createPolicy({ ...policy, name: 'Second' }, { signal: controller.signal }));
    controller.abort();
    expect((await second).call).toMatchObject({ attempts: 0, mayHaveHappened: false });
    await stub.close();
    await first;
    expect(stub.requests.map(({ input }) => input['Name'])).not.toContain('Second');
  });

  test('before a call sends nothing', async () => {
    const { api, stub } = await open();
    const error = await rejection(api.createPolicy(policy, { signal: AbortSignal.abort() }));
    expect(error.failure.kind).toBe('cancelled');
    expect(error.call).toMatchObject({ attempts: 0, mayHaveHappened: false });
    expect(stub.requests).toEqual([]);
  });
});

describe('writes', () => {
  test('run one at a time, in order, within the documented rate', async () => {
    const { api, clock, stub } = await open({ throttled: true });
    const began = clock.now();
    await Promise.all(Array.from({ length: 9 }, (_, index) => api.createPolicy({ ...policy, name: `Policy ${String(index)}` })));
    // Three at once, then two a second.
    expect(clock.now() - began).toBe(3000);
    expect(stub.requests.map(({ input }) => input['Name'])).toEqual(Array.from({ length: 9 }, (_, index) => `Policy ${String(index)}`));
  });

  test('the organization itself refuses what is faster', async () => {
    const { organization } = await open({ throttled: true });
    const calls = await Promise.allSettled(Array.from({ length: 4 }, () => organization.call('DescribePolicy', { PolicyId: 'p-zzzzzzzz' })));
    expect(calls.map((call) => call.status === 'rejected' && (call.reason as Error).name)).toEqual(['PolicyNotFoundException', 'PolicyNotFoundException', 'TooManyRequestsException', 'TooManyRequestsException']);
  });
});

describe('the client', () => {
  test('signs with the chosen profile; for an endpoint of one\'s own, for the region of the profile', async () => {
    const { api, stub } = await open();
    await api.describeOrganization();
    expect(stub.requests.map(({ region, keyId }) => [region, keyId])).toEqual([['eu-central-1', 'AKIATESTTESTTESTTEST']]);
  });

  test.each([
    ['test', 'https://organizations.us-east-1.amazonaws.com'],
    ['test-china', 'https://organizations.cn-northwest-1.amazonaws.com.cn'],
  ])('knows the endpoint of profile %s', async (profile, endpoint) => {
    await open();
    const client = await openClient({ profile });
    expect(client.caller.endpoint).toBe(endpoint);
    client.close();
  });

  test('says which profile is missing, and sends nothing', async () => {
    const { api, stub } = await open({}, { profile: 'nobody' });
    const error = await rejection(api.describeOrganization());
    expect(error.failure.kind).toBe('credentials');
    expect(error.message).toContain('nobody');
    expect(stub.requests).toEqual([]);
  });

  test('never shows the secret in an error', async () => {
    const { api, stub } = await open();
    stub.fault({ kind: 'accessDenied' });
    const error = await rejection(api.describeOrganization());
    expect(JSON.stringify([error, error.message, error.stack, error.nextStep])).not.toContain('secret-of-the-test');
  });
});

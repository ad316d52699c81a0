import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { driftCost } from '../../../server/organizations/drift/sampling.ts';
import { EmbeddedOrganization } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { sampleOrganization } from '../../features/organizations.ts';
import { openClient } from '../backends.ts';
import { startStub, type Stub } from '../stub.ts';
import { deployed, idsOf, modelIn, type Deployed } from './compared.ts';

const sample = sampleOrganization();

/** The deployed sample behind HTTP, which begins some lists with an empty page. */
describe('over the wire', () => {
  let aws: Deployed;
  let stub: Stub;
  let client: Awaited<ReturnType<typeof openClient>>;

  beforeAll(async () => {
    aws = deployed(sample);
    stub = await startStub(new EmbeddedOrganization({ storage: memoryStorage(aws.state), clock: aws.clock, emptyPages: true, throttled: true }));
    client = await openClient({ endpoint: stub.endpoint });
  });

  afterAll(async () => {
    client.close();
    await stub.close();
  });

  test('a comparison stays within the rates, reads each place once and changes nothing', async () => {
    const before = JSON.stringify(aws.state);
    const api = organizationsApi(client.caller, { clock: aws.clock, paced: true });
    expect(idsOf(await aws.compare({ api }))).toEqual([]);
    const count = (operation: string): number => stub.requests.filter((request) => request.operation === operation && request.input['NextToken'] === undefined).length;
    // The root and twelve OUs, and all accounts at once.
    expect([count('ListOrganizationalUnitsForParent'), count('ListAccounts'), count('ListAccountsForParent')]).toEqual([13, 1, 0]);
    expect([count('ListTargetsForPolicy'), count('DescribePolicy')]).toEqual([10, 10]);
    expect([count('DescribeEffectivePolicy'), count('ListEffectivePolicyValidationErrors'), count('ListAccountsWithInvalidEffectivePolicy')]).toEqual([7, 1, 1]);
    expect(JSON.stringify(aws.state)).toBe(before);
  });

  test('a failure of AWS is the failure of the comparison', async () => {
    const api = organizationsApi(client.caller, { clock: aws.clock, paced: true });
    stub.fault({ kind: 'accessDenied', operation: 'DescribeEffectivePolicy' });
    await expect(aws.compare({ api })).rejects.toMatchObject({ name: 'OrganizationsError', failure: { kind: 'accessDenied', action: 'organizations:DescribeEffectivePolicy' } });
    expect(idsOf(await aws.compare({ api }))).toEqual([]);
  });
});

describe('the cost', () => {
  test('of a sample is known beforehand', () => {
    expect(driftCost(sample, modelIn(sample), { type: 'sample', count: 20 })).toEqual({ accounts: 7, standFor: 18, policies: 7, seconds: 4 });
    expect(driftCost(sample, modelIn(sample), { type: 'sample', count: 1 })).toEqual({ accounts: 1, standFor: 7, policies: 7, seconds: 1 });
  });

  test('of chosen targets is that of the policies that they get', () => {
    expect(driftCost(sample, modelIn(sample), { type: 'targets', keys: ['777788889999', 'nowhere'] })).toMatchObject({ accounts: 1, standFor: 2 });
  });
});

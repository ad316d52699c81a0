import { describe, expect, it, test } from 'vitest';
import type { KeptServices } from '../../../server/organizations/embedded/state.ts';
import { checkReadiness } from '../../../server/organizations/readiness/checkReadiness.ts';
import type { ReadinessCheckView } from '../../../server/protocol.ts';
import { readiness } from '../../../server/features/readiness/readiness.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { organization } from '../../features/organizations.ts';
import { assign, copies, plan, role, rule, vaultArn } from '../../features/readiness/needing.ts';
import { call, watched } from '../watched.ts';

const shop = '777788889999';
const selections = { resources: { all: { iam_role_arn: assign(role('team/Backup')), resource_types: assign(['arn:aws:ec2:*:*:volume/*', 'arn:aws:timestream:*:*:database/*']) } } };
const model = (content: unknown = plan({ r: rule('Company', copies(vaultArn('222233334444', 'eu-west-1', 'central'))) }, { roleArn: role('team/Backup') })): Snapshot => organization(
  { id: 'r-em1b', name: 'Root', policies: ['p'], accounts: [{ name: 'shop', id: shop }, { name: 'central', id: '222233334444' }, { name: 'pay', id: '888899990000' }] },
  { p: { plans: { p: content } } },
);

async function checked(services: KeptServices, { snapshot = model(), callerId = shop }: { readonly snapshot?: Snapshot; readonly callerId?: string } = {}): Promise<ReadinessCheckView> {
  const { organization: modelled, services: api, clock } = watched(snapshot, services, { callerId });
  return checkReadiness(api, snapshot, modelled, clock.now(), call);
}

const stateOf = ({ findings }: ReadinessCheckView, start: string) => findings.find(({ item }) => item.startsWith(start)) ?? expect.fail(JSON.stringify(findings));
const kept = { roles: [{ accountId: shop, path: '/team/', name: 'Backup' }], vaults: [{ accountId: shop, region: 'eu-west-1', name: 'Company' }] };

describe('looking for what an account needs', () => {
  it('finds what is there, and says that other accounts were not looked at', async () => {
    const check = await checked(kept);
    expect(check.findings.map(({ item, state }) => [item.split(' ')[0], state])).toEqual([['role', 'found'], ['vault', 'found'], ['optIn', 'found']]);
    expect(check.findings.every(({ account }) => account === shop)).toBe(true);
    expect(check.others).toContain('2 other accounts were not');
  });

  test.each([
    ['no role', { ...kept, roles: [] }, 'role', 'missing', 'The account has no role Backup'],
    ['a role with another path', { ...kept, roles: [{ accountId: shop, path: '/', name: 'Backup' }] }, 'role', 'missing', 'write role/Backup in the policy'],
    ['no vault', { ...kept, vaults: [] }, 'vault', 'missing', 'eu-west-1 has no vault Company.'],
    ['a vault in another Region', { ...kept, vaults: [{ accountId: shop, region: 'eu-central-1', name: 'Company' }] }, 'vault', 'missing', 'eu-west-1 has no vault Company.'],
    ['a vault in other letter case', { ...kept, vaults: [{ accountId: shop, region: 'eu-west-1', name: 'company' }] }, 'vault', 'missing', 'but company: letter case counts'],
  ] as const)('tells of %s', async (_what, services, item, state, message) => {
    expect(stateOf(await checked(services), item)).toMatchObject({ state, message: expect.stringContaining(message) as string });
  });

  it('tells the resource types that are not opted in, of those that the policy names', async () => {
    const snapshot = model({ ...plan({ r: rule('Company') }), selections });
    expect(stateOf(await checked(kept, { snapshot }), 'optIn')).toMatchObject({ state: 'missing', message: 'eu-west-1 is not opted in for Timestream.' });
    expect(stateOf(await checked({ ...kept, optIn: { 'eu-west-1': { Timestream: true } } }, { snapshot }), 'optIn')).toMatchObject({ state: 'found' });
  });

  it('looks at the central vault in its own account', async () => {
    const none = await checked(kept, { callerId: '222233334444' });
    expect(stateOf(none, 'centralVault')).toMatchObject({ account: '222233334444', state: 'missing' });
    const there = await checked({ ...kept, vaults: [{ accountId: '222233334444', region: 'eu-west-1', name: 'central' }] }, { callerId: '222233334444' });
    expect(stateOf(there, 'centralVault')).toMatchObject({ state: 'found', message: expect.stringContaining('access policy') as string });
  });

  it('ties each finding to a line of the checklist', async () => {
    const snapshot = model();
    const keys = new Set(readiness(snapshot).flatMap(({ groups }) => groups.flatMap(({ items }) => items.map(({ key }) => key))));
    const { findings } = await checked(kept, { snapshot });
    expect(findings.filter(({ item }) => !keys.has(item))).toEqual([]);
  });

  it('refuses with what to do where the credentials are of an account that the model lacks', async () => {
    await expect(checked(kept, { callerId: '999999999999' })).rejects.toMatchObject({ name: 'Refusal', message: expect.stringContaining('999999999999') as string, nextStep: expect.stringContaining('profile') as string });
  });
});

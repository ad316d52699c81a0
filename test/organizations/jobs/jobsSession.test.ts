import { describe, expect, it, test } from 'vitest';
import type { Access } from '../../../server/organizations/connection/access.ts';
import { complete } from '../../../server/organizations/api.ts';
import type { KeptJob, KeptServices } from '../../../server/organizations/embedded/state.ts';
import type { RemoteHost } from '../../../server/organizations/host.ts';
import { JobsSession } from '../../../server/organizations/jobs/jobsSession.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { positionAt } from '../../../server/features/ranges.ts';
import type { JobScope, JobsView } from '../../../server/protocol.ts';
import { modelUri, organization, policyUri } from '../../features/organizations.ts';
import { copies, plan, role, rule, vaultArn } from '../../features/readiness/needing.ts';
import { call, watched, type Watched } from '../watched.ts';

const shop = '777788889999';
const pay = '888899990000';
const management = '111122223333';
const hour = 3_600_000;
const target = vaultArn('999900001111', 'eu-central-1', 'central');

const model = organization(
  { id: 'r-em1b', name: 'Root', policies: ['p'], accounts: [{ name: 'management', id: management }, { name: 'shop', id: shop }, { name: 'pay', id: pay }] },
  { p: { plans: { Daily: plan({ Nightly: rule('Company', copies(target)) }, { roleArn: role('Backup') }) } } },
);

/** Sessions of the model; `asked` counts pages that AWS gave. */
function opened(services: KeptServices, { snapshot = model, callerId = management, trusted = true }: { readonly snapshot?: Snapshot; readonly callerId?: string; readonly trusted?: boolean } = {}) {
  const made: Watched = watched(snapshot, services, { callerId });
  made.state.delegatedAdministrators = [{ accountId: management, servicePrincipal: 'backup.amazonaws.com', since: 0 }];
  if (!trusted) made.state.trustedServices = {};
  const access = { services: () => Promise.resolve(made.services), place: { backend: 'embedded' } } satisfies Pick<Access, 'services' | 'place'>;
  const host = { clock: made.clock, edited: () => snapshot } satisfies Pick<RemoteHost, 'clock' | 'edited'>;
  return { ...made, session: new JobsSession(host, access) };
}

const scope: JobScope = { organization: modelUri };
const list = (session: JobsSession, more = false, of: Partial<JobScope> = {}): Promise<JobsView> => session.list({ ...scope, ...of }, more, call);

/** Jobs as AWS lists them, `age` hours old. */
function job(id: string, age: number, now: number, more: Readonly<Record<string, unknown>> = {}, type: KeptJob['type'] = 'backup'): KeptJob {
  const ids = { backup: 'BackupJobId', copy: 'CopyJobId', restore: 'RestoreJobId' };
  return { type, region: 'eu-west-1', job: { [ids[type]]: id, AccountId: shop, State: 'COMPLETED', Status: 'COMPLETED', CreationDate: (now - age * hour) / 1000, ResourceType: 'EBS', ResourceArn: 'arn:aws:ec2:eu-west-1:777788889999:volume/v', CreatedBy: { BackupPlanId: 'x', BackupPlanName: 'Daily', BackupRuleName: 'Nightly' }, ...more } };
}

const now = opened({}).clock.now();

describe('the jobs of an organization', () => {
  it('come in groups, failures first and the newest first', async () => {
    const { session } = opened({ jobs: [
      job('done', 1, now),
      job('old', 30, now, { State: 'FAILED', StatusMessage: 'Backup vault Company does not exist in the account.' }),
      job('new', 2, now, { State: 'FAILED' }),
      job('late', 3, now, { State: 'EXPIRED' }),
      job('runs', 4, now, { State: 'RUNNING' }),
      job('restored', 5, now, {}, 'restore'),
      job('odd', 6, now, { State: 'toString' }),
    ] });
    const view = await list(session);
    expect(view.groups.map(({ type, total, jobs }) => [type, total, jobs.map(({ id }) => id)])).toEqual([
      ['failed', 2, ['new', 'old']],
      ['incomplete', 2, ['late', 'odd']],
      ['running', 1, ['runs']],
      ['completed', 2, ['done', 'restored']],
    ]);
    expect(view.groups[0]?.jobs[1]).toMatchObject({ accountName: 'shop', cause: { title: 'The vault does not exist' }, message: 'Backup vault Company does not exist in the account.' });
  });

  it('lead to the rule in its policy, a copy to its target', async () => {
    const { session } = opened({ jobs: [job('backup', 1, now), job('copy', 2, now, { DestinationBackupVaultArn: target }, 'copy'), job('user', 3, now, { CreatedBy: {} })] });
    const document = model.policies.get(policyUri('p'))?.document ?? expect.fail();
    const found = new Map((await list(session)).groups.flatMap(({ jobs }) => jobs.map(({ id, location }) => [id, location?.range.start])));
    expect(found.get('backup')).toEqual(positionAt(document, document.text.indexOf('"Nightly"')));
    expect(found.get('copy')).toEqual(positionAt(document, document.text.lastIndexOf(`"${target}"`)));
    expect(found.get('user')).toBeUndefined();
  });

  it('are those of a plan, in any letter case, or of an account', async () => {
    const other = job('other', 1, now, { AccountId: pay, CreatedBy: { BackupPlanName: 'weekly' } });
    const { session } = opened({ jobs: [job('daily', 1, now), other] });
    const ids = async (of: Partial<JobScope>): Promise<readonly string[]> => (await list(session, false, of)).groups.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    expect(await ids({ planName: 'DAILY' })).toEqual(['daily']);
    expect(await ids({ accountId: pay })).toEqual(['other']);
    expect(await ids({ accountId: pay, planName: 'daily' })).toEqual([]);
  });

  it('leave out what is older than a week', async () => {
    const { session } = opened({ jobs: [job('week', 24 * 7 + 1, now), job('day', 24, now)] });
    expect((await list(session)).groups.flatMap(({ jobs }) => jobs.map(({ id }) => id))).toEqual(['day']);
  });

  it('come page by page, failures with the first however many succeeded', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => job(`done-${String(index)}`, 1 + index / 100, now));
    const { session } = opened({ jobs: [...many, job('failed', 100, now, { State: 'FAILED' })] });
    const first = await list(session);
    expect(first.groups.map(({ type, total, jobs }) => [type, total, jobs.length])).toEqual([['failed', 1, 1], ['completed', 1_000, 200]]);
    expect([first.hasMore, first.missed]).toEqual([true, undefined]);
    const second = await list(session, true);
    expect(second.groups.map(({ total, jobs }) => [total, jobs.length])).toEqual([[1, 1], [2_000, 400]]);
    let view = second;
    for (let calls = 0; view.hasMore && calls < 20; calls++) view = await list(session, true);
    expect(view.groups.map(({ total, jobs }) => [total, jobs.length])).toEqual([[1, 1], [2_500, 2_500]]);
    expect(view.missed).toBeDefined();
    expect((await list(session)).groups[1]?.total).toBe(1_000);
  });

  it('say where a schedule ran and no job is known, once everything was read', async () => {
    const { session, services } = opened({ jobs: [job('done', 2, now)] });
    expect((await complete(services.listBackupJobs('eu-west-1', { accountId: '*' }))).length).toBe(1);
    const read = async (of: Partial<JobScope> = {}): Promise<JobsView> => {
      let view = await list(session, false, of);
      while (view.hasMore) view = await list(session, true, of);
      return view;
    };
    expect((await read()).missed?.map(({ planName, ruleName, accounts }) => [planName, ruleName, accounts.map(({ name }) => name)])).toEqual([['Daily', 'Nightly', ['management', 'pay']]]);
    expect((await read({ accountId: shop })).missed).toEqual([]);
    expect((await read({ planName: 'other' })).missed).toEqual([]);
  });

  test('of the own account alone come with a note where the others are not seen', async () => {
    const { session } = opened({ jobs: [job('mine', 1, now), job('theirs', 1, now, { AccountId: pay })] }, { callerId: shop });
    const view = await list(session);
    expect(view.groups.flatMap(({ jobs }) => jobs.map(({ id }) => id))).toEqual(['mine']);
    expect(view.notes).toEqual([expect.stringContaining(`Only the jobs of account ${shop}`)]);
    await expect(list(session, false, { accountId: pay })).rejects.toMatchObject({ name: 'Refusal', nextStep: expect.stringContaining('trusted access') as string });
  });

  test('are refused for a model that is gone', async () => {
    const { session } = opened({});
    await expect(list(session, false, { organization: 'file:///gone.json' })).rejects.toMatchObject({ name: 'Refusal' });
  });
});

import { describe, expect, it } from 'vitest';
import { executePush } from '../../../server/organizations/push/executePush.ts';
import { closeAfterEach, document, openPushing, patiently } from './pushing.ts';

closeAfterEach();

describe('a push is what was shown', () => {
  it.each<[string, (files: { readonly write: (files: Readonly<Record<string, string>>) => void; readonly modelled: (policies: Readonly<Record<string, { readonly id?: string; readonly description?: string }>>) => void }, id: string) => void]>([
    ['its file', ({ write }) => { write({ 'baseline.json': document(30) }); }],
    ['its description in the model', ({ modelled }, id) => { modelled({ baseline: { id, description: 'Other' } }); }],
    ['its id in the model', ({ modelled }) => { modelled({ baseline: {} }); }],
    ['its name in the model', ({ modelled }, id) => { modelled({ nightly: { id } }); }],
  ])('and is refused when %s changed since', async (_what, change) => {
    const { modelled, write, prepare, execute, given, remote } = await openPushing('embedded');
    const id = await given('baseline', document(90));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    change({ write, modelled }, id);
    await expect(execute(prepared)).rejects.toMatchObject({ name: 'Refusal', message: '"baseline" changed after it was shown, so nothing was pushed.', nextStep: 'Push again to see what would be written now.' });
    expect(await remote()).toEqual({ baseline: document(90) });
  });

  it('and is refused when somebody attached the policy elsewhere meanwhile', async () => {
    const { modelled, write, prepare, execute, given, remote, api, ids } = await openPushing('embedded');
    const id = await given('baseline', document(90), { targets: [ids.sandbox] });
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    await api.attachPolicy({ policyId: id, targetId: ids.workloads });
    await expect(execute(prepared)).rejects.toMatchObject({ message: '"baseline" was attached or detached in AWS after the impact was shown, so nothing was pushed.' });
    expect(await remote()).toEqual({ baseline: document(90) });
  });

  it('and is refused when the connection leads elsewhere', async () => {
    const [here, there] = [await openPushing('embedded'), await openPushing('stub')];
    here.modelled({ baseline: {} });
    here.write({ 'baseline.json': document(35) });
    const prepared = await here.prepare(['baseline']);
    const { organizationId, ...view } = prepared.view;
    await expect(here.execute({ ...prepared, view: { ...view, organizationId: 'o-elsewhere0' } })).rejects.toMatchObject({ name: 'Refusal', message: `The connection leads to organization ${organizationId} now, and this was prepared for o-elsewhere0. Nothing was changed.` });
    expect(await there.remote()).toEqual({});
    expect(await here.remote()).toEqual({});
  });

  it('and creates nothing where the policy was deleted meanwhile', async () => {
    const { modelled, write, prepare, execute, given, remote, api } = await openPushing('embedded');
    const id = await given('baseline', document(90));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    await api.deletePolicy(id);
    expect(await execute(prepared)).toMatchObject({ complete: false, modelEdits: [], policies: [{ outcome: 'notDone', conflict: true, summary: '"baseline" was deleted in AWS after it was shown, so nothing was sent. Push again to create it anew.' }] });
    expect(await remote()).toEqual({});
  });

  it('and takes no name that somebody else took meanwhile', async () => {
    const { modelled, write, prepare, execute, given, remote } = await openPushing('embedded');
    modelled({ baseline: {}, later: {} });
    write({ 'baseline.json': document(35), 'later.json': document(7) });
    const prepared = await prepare('changed');
    const id = await given('baseline', document(90));
    const { policies, complete, modelEdits } = await execute(prepared);
    expect([complete, modelEdits]).toEqual([false, []]);
    expect(policies.map(({ summary }) => summary)).toEqual([
      `Somebody created a policy "baseline" (${id}) in AWS meanwhile, so nothing was sent. Push again to compare with it.`,
      '"later" was not sent, because a policy before it was not written.',
    ]);
    expect(await remote()).toEqual({ baseline: document(90) });
  });
});

describe('a way to AWS that fails', () => {
  it('loses an answer, and the push finds out that it was made', async () => {
    const { modelled, write, prepare, execute, remote, stub } = await openPushing('stub');
    modelled({ baseline: {} });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    stub?.fault({ kind: 'lostAnswer', operation: 'CreatePolicy' });
    expect(await execute(prepared)).toMatchObject({ complete: true, policies: [{ policyId: expect.stringMatching(/^p-/) as unknown }] });
    expect(await remote()).toEqual({ baseline: document(35) });
  });

  it('ends while it reads, and nothing is written', async () => {
    const { modelled, write, prepare, remote, given, stub } = await openPushing('stub');
    modelled({ baseline: { id: await given('baseline', document(90)) } });
    write({ 'baseline.json': document(35) });
    stub?.fault({ kind: 'expired', operation: 'DescribePolicy' });
    await expect(prepare(['baseline'])).rejects.toMatchObject({ name: 'OrganizationsError', failure: { kind: 'expired' } });
    expect(await remote()).toEqual({ baseline: document(90) });
  });

  it('may not read tags or effective policies, and the push goes on without', async () => {
    const { modelled, write, prepare, execute, remote, given, stub, ids } = await openPushing('stub');
    modelled({ baseline: { id: await given('baseline', document(90), { targets: [ids.root], tags: { ManagedBy: 'Terraform' } }) } });
    write({ 'baseline.json': document(35) });
    for (const operation of ['ListTagsForResource', 'DescribeEffectivePolicy', 'ListEffectivePolicyValidationErrors']) stub?.fault({ kind: 'accessDenied', operation, times: 20 });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies[0]?.warnings).toEqual([]);
    expect(await execute(prepared)).toMatchObject({ complete: true, effective: 'unknown', reports: [] });
    expect(await remote()).toEqual({ baseline: document(35) });
  });

  it('refuses a write, and says which permission is missing', async () => {
    const { modelled, write, prepare, execute, remote, given, stub } = await openPushing('stub');
    modelled({ baseline: { id: await given('baseline', document(90)) } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    stub?.fault({ kind: 'accessDenied', operation: 'UpdatePolicy' });
    const { policies, complete } = await execute(prepared, patiently());
    expect([complete, policies[0]?.outcome]).toEqual([false, 'notDone']);
    expect(policies[0]?.summary).toContain('organizations:UpdatePolicy');
    expect(await remote()).toEqual({ baseline: document(90) });
  });
});

describe('after a push', () => {
  /** What AWS withholds alone: a plan without Regions. */
  const partial = (days: number): string => document(days).replace(/ {6}"regions": \{[^}]*\},\n/, '');

  it('accounts are frozen as was said, and AWS gives the same reasons', async () => {
    const { modelled, write, prepare, execute, given, ids } = await openPushing('embedded');
    const id = await given('baseline', document(90), { targets: [ids.workloads] });
    modelled({ baseline: { id } });
    write({ 'baseline.json': partial(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.impact.groups.map(({ grade }) => grade)).toEqual(['frozen']);
    expect(prepared.view.warnings).toEqual(['AWS withholds the new effective policy of 1 account: invalid policies do not take effect, and the last valid one stays.']);
    const { reports, effective } = await execute(prepared);
    expect(effective).toBe('settled');
    expect(reports).toMatchObject([{ agrees: true, settled: true, onlyAws: [], onlyOurs: [] }]);
  });

  it('AWS may judge otherwise than we do, because the model is not what AWS has', async () => {
    const { modelled, write, prepare, execute, given, ids } = await openPushing('embedded');
    const [id, stranger] = [await given('baseline', document(90), { targets: [ids.workloads] }), await given('stranger', document(7, 'other').replace(/ {6}"regions": \{[^}]*\},\n/, ''), { targets: [ids.shop] })];
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    expect(stranger).toMatch(/^p-/);
    const { reports, report } = await execute(await prepare(['baseline']));
    expect(reports).toMatchObject([{ agrees: false, onlyAws: ['KEY_REQUIRED at plans/other: \'regions\' is missing'], onlyOurs: [] }]);
    expect(report).toContain('AWS\'s validation report differs from ours.');
    expect(report).toContain('the model has probably other policies or attachments than AWS');
  });

  it('AWS may need longer than anybody waits', async () => {
    const { modelled, write, prepare, given, ids, context, api } = await openPushing('embedded');
    const id = await given('baseline', document(90), { targets: [ids.workloads] });
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    const still = await api.describeEffectivePolicy(ids.shop);
    const slow = { ...context, api: { ...api, describeEffectivePolicy: () => Promise.resolve(still), listEffectivePolicyValidationErrors: () => Promise.resolve({ accountId: ids.shop, errors: [] }) } };
    const waited = context.host.clock.now();
    expect(await executePush(slow, prepared, patiently())).toMatchObject({ complete: true, effective: 'pending', reports: [{ settled: false }] });
    expect(context.host.clock.now() - waited).toBeGreaterThanOrEqual(28_000);
    expect(context.host.clock.now() - waited).toBeLessThanOrEqual(32_000);
  });

  it('targets that the model does not have are named', async () => {
    const { modelled, write, prepare, given, ids } = await openPushing('embedded');
    const id = await given('baseline', document(90), { targets: [ids.workloads, ids.sandbox] });
    modelled({ baseline: { id } });
    const model = { policies: { baseline: { file: 'baseline.json', id } }, root: { id: ids.root, name: 'Root', organizationalUnits: [{ id: ids.workloads, name: 'Workloads', accounts: [{ id: ids.shop, name: 'shop' }] }] } };
    write({ 'baseline.json': document(35), 'backup-organization.json': JSON.stringify(model) });
    const { view } = await prepare(['baseline']);
    expect(view.policies[0]?.targets).toEqual([{ id: ids.workloads, name: 'Workloads', path: 'Root/Workloads' }, { id: ids.sandbox, name: 'Sandbox' }]);
    expect(view.policies[0]?.warnings).toEqual([`AWS has "baseline" attached to Sandbox (${ids.sandbox}), which the model does not have: accounts there get the change, too, and are not among the numbers.`]);
    expect(view.impact.groups).toMatchObject([{ accounts: [{ path: 'Root/Workloads/shop' }] }]);
  });
});

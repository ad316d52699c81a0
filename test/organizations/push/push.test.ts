import { describe, expect, it } from 'vitest';
import { cancelledAt, closeAfterEach, document, modelUri, openPushing } from './pushing.ts';

closeAfterEach();

describe.each(['embedded', 'stub'] as const)('a push to the %s backend', (backend) => {
  it('creates a policy that AWS does not have, and gives its id for the model', async () => {
    const { modelled, write, prepare, execute, remote, editedModel } = await openPushing(backend);
    modelled({ baseline: { description: 'Every night' } }, { Workloads: ['baseline'] });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies).toMatchObject([{ name: 'baseline', kind: 'create', targets: [], versions: ['file'], minified: false }]);
    expect(prepared.view.impact.groups).toEqual([]);
    expect(prepared.view.policies[0]?.warnings).toEqual(['The model attaches "baseline" to Root/Workloads, AWS does not: pushing alone does not attach it there.']);
    const result = await execute(prepared);
    expect(result).toMatchObject({ complete: true, effective: 'notAttached', policies: [{ outcome: 'created' }] });
    expect(await remote()).toEqual({ baseline: document(35) });
    expect(editedModel(result.modelEdits)).toMatchObject({ policies: { baseline: { file: 'baseline.json', id: result.policies[0]?.policyId, description: 'Every night' } } });
  });

  it('updates what is attached, with the impact on the real targets and the verdict of AWS afterwards', async () => {
    const { modelled, write, prepare, execute, remote, given, ids } = await openPushing(backend);
    const id = await given('baseline', document(90), { targets: [ids.workloads] });
    modelled({ baseline: { id } }, { Sandbox: ['baseline'] });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    const { policies, impact, commands } = prepared.view;
    expect(policies).toMatchObject([{ kind: 'update', changes: ['content'], policyId: id, targets: [{ id: ids.workloads, name: 'Workloads', path: 'Root/Workloads' }] }]);
    expect(impact.groups).toMatchObject([{ grade: 'weaker', accounts: [{ path: 'Root/Workloads/shop' }], changes: [{ path: 'plans/daily/rules/nightly/lifecycle/delete_after_days', values: '90 → 35' }] }]);
    expect(commands).toBe(`aws organizations update-policy --policy-id ${id} --content file:///project/baseline.json`);
    const result = await execute(prepared);
    expect(result).toMatchObject({ complete: true, effective: 'settled', policies: [{ outcome: 'updated', policyId: id }], modelEdits: [] });
    expect(result.reports).toEqual([{ account: { organization: modelUri, key: ids.shop }, accountId: ids.shop, path: 'Root/Workloads/shop', settled: true, agrees: true, onlyAws: [], onlyOurs: [] }]);
    expect(await remote()).toEqual({ baseline: document(35) });
  });

  it('leaves alone what AWS has, and says when only white space differs', async () => {
    const { modelled, write, prepare, given } = await openPushing(backend);
    const id = await given('baseline', JSON.stringify(JSON.parse(document(35))));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const { view, writes } = await prepare(['baseline']);
    expect(view.policies).toMatchObject([{ kind: 'unchanged', summary: 'AWS has "baseline" as the file says. Only white space or the order of members differs, so nothing is sent.' }]);
    expect(writes).toEqual([]);
    expect(view.commands).toBe('');
  });

  it('stops when a colleague changes the policy between what is shown and the push', async () => {
    const { modelled, write, prepare, execute, remote, given, api } = await openPushing(backend);
    const id = await given('baseline', document(90));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    await api.updatePolicy({ policyId: id, content: document(60) });
    const result = await execute(prepared);
    expect(result).toMatchObject({ complete: false, policies: [{ outcome: 'notDone', conflict: true, summary: 'Somebody changed "baseline" in AWS after it was shown, so nothing was sent. Push again to see the three-way difference.' }] });
    expect(await remote()).toEqual({ baseline: document(60) });
  });

  it('finds a conflict where AWS is neither what was pushed last nor what the file says', async () => {
    const { modelled, write, prepare, execute, remote, given, api } = await openPushing(backend);
    const id = await given('baseline', document(90));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    await execute(await prepare(['baseline']));
    await api.updatePolicy({ policyId: id, content: document(60) });
    write({ 'baseline.json': document(30) });
    const { view, writes } = await prepare(['baseline']);
    expect(view.policies).toMatchObject([{ kind: 'conflict', versions: ['base', 'remote', 'file'] }]);
    expect(writes).toEqual([]);
    const overwriting = await prepare(['baseline'], ['baseline']);
    expect(overwriting.view.policies[0]?.warnings[0]).toBe('Somebody changed the content of "baseline" in AWS since the last push or import. This push replaces it.');
    await execute(overwriting);
    expect(await remote()).toEqual({ baseline: document(30) });
  });

  it('pushes all changed policies, and does not read those that are as they were last known', async () => {
    const { modelled, write, prepare, execute, remote, given, stub } = await openPushing(backend);
    const first = await given('first', document(90));
    const second = await given('second', document(90));
    modelled({ first: { id: first }, second: { id: second }, third: {} });
    write({ 'first.json': document(90), 'second.json': document(90), 'third.json': document(7) });
    expect((await prepare('changed')).view.policies.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'create']);
    write({ 'second.json': document(35) });
    const before = stub?.requests.length ?? 0;
    const prepared = await prepare('changed');
    expect(prepared.view.policies.map(({ name, kind }) => `${name}: ${kind}`)).toEqual(['second: update', 'third: create']);
    expect(prepared.view.notes.at(-1)).toBe('1 policy of the model is as at the last push or import and was not read.');
    if (stub !== undefined) expect(stub.requests.slice(before).filter(({ operation }) => operation === 'DescribePolicy')).toHaveLength(1);
    expect(await execute(prepared)).toMatchObject({ complete: true });
    expect(await remote()).toEqual({ first: document(90), second: document(35), third: document(7) });
  });

  it('waits no longer than asked to, and has pushed all the same', async () => {
    const { modelled, write, prepare, execute, remote, given, ids } = await openPushing(backend);
    const id = await given('baseline', document(90), { targets: [ids.root] });
    modelled({ baseline: { id } }, { Root: ['baseline'] });
    write({ 'baseline.json': document(35) });
    expect(await execute(await prepare(['baseline']), cancelledAt(/^Waiting/))).toMatchObject({ complete: true, effective: 'cancelled', reports: [], policies: [{ outcome: 'updated' }] });
    expect(await remote()).toEqual({ baseline: document(35) });
  });

  it.each([/^Reading the policies/, /^Reading baseline/])('is cancelled while it reads (%s), and has written nothing', async (words) => {
    const { modelled, write, prepare, remote, given } = await openPushing(backend);
    const id = await given('baseline', document(90));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    await expect(prepare(['baseline'], [], cancelledAt(words))).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(await remote()).toEqual({ baseline: document(90) });
  });

  it('is cancelled before it writes, and has written nothing', async () => {
    const { modelled, write, prepare, execute, remote, given, ids } = await openPushing(backend);
    const id = await given('baseline', document(90), { targets: [ids.root] });
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    await expect(prepare(['baseline']).then((prepared) => execute(prepared, cancelledAt(/^Looking/)))).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(await remote()).toEqual({ baseline: document(90) });
  });

  it('is cancelled between two policies, and says which one was written', async () => {
    const { modelled, write, prepare, execute, remote, given } = await openPushing(backend);
    modelled({ first: { id: await given('first', document(90)) }, second: { id: await given('second', document(90)) } });
    write({ 'first.json': document(35), 'second.json': document(35) });
    const result = await execute(await prepare('changed'), cancelledAt(/policy second/));
    expect(result).toMatchObject({ complete: false, policies: [{ outcome: 'updated' }, { outcome: 'notDone', summary: '"second" was not sent: the push was cancelled before.' }] });
    expect(await remote()).toEqual({ first: document(35), second: document(90) });
  });
});

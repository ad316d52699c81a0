import { describe, expect, test } from 'vitest';
import type { AttachmentChangeParams, AttachmentResultView } from '../../../server/protocol.ts';
import { complete } from '../../../server/organizations/api.ts';
import { enablePolicyType } from '../../../server/organizations/attachment/enablePolicyType.ts';
import { executeAttachment } from '../../../server/organizations/attachment/executeAttachment.ts';
import { prepareAttachment, type PreparedAttachment } from '../../../server/organizations/attachment/prepareAttachment.ts';
import { Refusal } from '../../../server/organizations/refusal.ts';
import { closeAfterEach, document, modelUri, openPushing, patiently, type Pushing } from '../push/pushing.ts';

closeAfterEach();

let opened: Pushing;
const open = async (backend: 'embedded' | 'stub' = 'embedded'): Promise<Pushing> => (opened = await openPushing(backend));

async function prepare(change: AttachmentChangeParams): Promise<PreparedAttachment> {
  const { id: organizationId, managementAccountId } = await opened.api.describeOrganization();
  return prepareAttachment({ api: opened.api, host: opened.context.host, place: {}, connection: { backend: 'embedded', mode: 'readWrite', organizationId, managementAccountId } }, change, patiently());
}

async function refusal(change: AttachmentChangeParams): Promise<Refusal> {
  const error: unknown = await prepare(change).then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof Refusal)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

const make = async (change: AttachmentChangeParams): Promise<AttachmentResultView> => executeAttachment(opened.context, await prepare(change), patiently());
const attach = (policy: string, ...targets: readonly string[]): AttachmentChangeParams => ({ type: 'attach', organization: modelUri, policy, targets });
const attached = async (targetId: string): Promise<readonly string[]> => (await complete(opened.api.listPoliciesForTarget(targetId))).map(({ name }) => name).sort();

describe('attaching in AWS', () => {
  test('is shown with the accounts that AWS has below, and what they get', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30));
    const { view } = await prepare(attach('daily', ids.workloads));
    expect(view).toMatchObject({ steps: ['attach daily to Root/Workloads'], accounts: 1, counted: true, notes: [] });
    expect(view.impact.groups.map(({ grade, accounts }) => [grade, accounts.map(({ path }) => path)])).toEqual([['safe', ['Root/Workloads/shop']]]);
    expect(view.commands).toContain('aws organizations attach-policy');
  });

  test('attaches, waits for the effective policy and reads the report', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30));
    const result = await make(attach('daily', ids.workloads));
    expect(result).toMatchObject({ effective: 'settled', targets: [ids.workloads], outcome: { complete: true, title: 'Attach daily to Root/Workloads' } });
    expect(result.reports).toMatchObject([{ path: 'Root/Workloads/shop', settled: true, agrees: true }]);
    expect(await attached(ids.workloads)).toEqual(['daily']);
  });

  test('has nothing to call where AWS has it so', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30), { targets: [ids.workloads] });
    expect((await prepare(attach('daily', ids.workloads))).view.steps).toEqual([]);
  });

  test('of a policy that AWS does not have offers to push it', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    const refused = await refusal(attach('daily', ids.workloads));
    expect(refused.message).toBe('AWS has no policy "daily" yet, so it cannot be attached there.');
    expect(refused.actions).toMatchObject([{ command: 'awsBackupPolicy.pushPolicy', arguments: ['file:///project/daily.json'] }]);
  });

  test('is refused where ten are attached, which are named, and not where nine are', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30));
    for (let number = 1; number <= 9; number++) await opened.given(`other${String(number)}`, document(number, `plan${String(number)}`), { targets: [ids.workloads] });
    expect((await prepare(attach('daily', ids.workloads))).view.steps).toHaveLength(1);
    await opened.given('other10', document(10, 'plan10'), { targets: [ids.workloads] });
    const { message } = await refusal(attach('daily', ids.workloads));
    expect(message).toContain('AWS has 10 backup policies attached to Root/Workloads');
    expect(message).toContain('other7');
  });

  test('says when AWS has another content than the file, and shows what that content does', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(7, 'weekly'));
    const { view } = await prepare(attach('daily', ids.workloads));
    expect(view.notes).toEqual([expect.stringContaining('AWS has another content of daily than the file') as string]);
    expect(view.impact.groups[0]?.changes[0]?.path).toBe('plans/weekly');
  });

  test('says which accounts only AWS has', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30));
    expect((await prepare(attach('daily', ids.root))).view).toMatchObject({ accounts: 3, notes: [expect.stringContaining('AWS has 1 accounts there that the model does not have (111111111111)')] });
  });

  test('leads nowhere with a model of another organization', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30), 'backup-organization.json': JSON.stringify({ policies: { daily: { file: 'daily.json' } }, root: { id: 'r-other', name: 'Root', organizationalUnits: [{ name: 'Workloads', id: ids.workloads }] } }) });
    expect((await refusal(attach('daily', ids.workloads))).message).toContain('the root r-other');
  });

  test('stops when the policy was changed after the impact was shown', async () => {
    const { ids, api } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    const policyId = await opened.given('daily', document(30));
    const prepared = await prepare(attach('daily', ids.workloads));
    await api.updatePolicy({ policyId, content: document(1) });
    await expect(executeAttachment(opened.context, prepared, patiently())).rejects.toThrow('Somebody else has changed or deleted policy "daily"');
    expect(await attached(ids.workloads)).toEqual([]);
  });
});

describe('backup policies that are not enabled', () => {
  test('are enabled first, which is waited for', async () => {
    const { ids, api, context, clock } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} });
    await opened.given('daily', document(30));
    await api.disablePolicyType(ids.root);
    clock.advance(60_000);
    expect((await prepare(attach('daily', ids.workloads))).view.enableFirst).toEqual({ rootId: ids.root, pending: false });
    const { id } = await api.describeOrganization();
    expect(await enablePolicyType(context, id, ids.root, patiently())).toMatchObject({ enabled: true, outcome: { complete: true } });
    expect((await prepare(attach('daily', ids.workloads))).view.enableFirst).toBeUndefined();
    expect((await make(attach('daily', ids.workloads))).outcome.complete).toBe(true);
  });
});

describe('another order of attachment', () => {
  test('says what the gap means, names every call and is restored by taking it back', async () => {
    const { ids } = await open();
    const names = ['first', 'second', 'third'];
    opened.write(Object.fromEntries(names.map((name) => [`${name}.json`, document(30, name)])));
    opened.modelled(Object.fromEntries(names.map((name) => [name, {}])), { Workloads: names });
    for (const name of names) await opened.given(name, document(30, name), { targets: [ids.workloads] });
    const { view, operation } = await prepare({ type: 'reorder', organization: modelUri, policy: 'third', target: ids.workloads, index: 0 });
    expect(view.steps).toEqual(['detach first from Root/Workloads', 'attach first to Root/Workloads', 'detach second from Root/Workloads', 'attach second to Root/Workloads']);
    expect(view.notes[0]).toContain('first and second are, one after the other, detached from Root/Workloads');
    expect(view.notes.at(-1)).toContain('AWS does not tell the order');
    expect(operation.orders).toHaveLength(1);
  });

  test('leaves alone what the model does not list, and says where it stands', async () => {
    const { ids } = await open();
    opened.write({ 'first.json': document(30, 'first'), 'second.json': document(30, 'second') });
    opened.modelled({ first: {}, second: {} }, { Workloads: ['first', 'second'] });
    for (const name of ['first', 'stranger', 'second']) await opened.given(name, document(30, name), { targets: [ids.workloads] });
    const { view } = await prepare({ type: 'reorder', organization: modelUri, policy: 'second', target: ids.workloads, index: 0 });
    expect(view.steps).toEqual(['detach first from Root/Workloads', 'attach first to Root/Workloads']);
    expect(view.notes[1]).toContain('AWS has stranger attached to Root/Workloads, which the model does not list there');
  });
});

describe('moving an attachment', () => {
  test('attaches at the new place before it detaches from the old one', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} }, { shop: ['daily'] });
    await opened.given('daily', document(30), { targets: [ids.shop] });
    const result = await make({ type: 'move', organization: modelUri, policy: 'daily', from: ids.shop, to: ids.root });
    expect(result.outcome.writes.map(({ what }) => what)).toEqual(['attach daily to Root', 'detach daily from Root/Workloads/shop']);
    expect(await attached(ids.root)).toEqual(['daily']);
    expect(await attached(ids.shop)).toEqual([]);
  });
});

describe('detaching in AWS', () => {
  test('shows what accounts lose', async () => {
    const { ids } = await open();
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} }, { Workloads: ['daily'] });
    await opened.given('daily', document(30), { targets: [ids.workloads] });
    const detach: AttachmentChangeParams = { type: 'detach', organization: modelUri, policy: 'daily', targets: [ids.workloads] };
    expect((await prepare(detach)).view.impact.groups.map(({ grade }) => grade)).toEqual(['lost']);
    expect((await make(detach)).outcome.complete).toBe(true);
    expect(await attached(ids.workloads)).toEqual([]);
  });

  test('of a target that was left in the middle says which targets hold it', async () => {
    const { ids, stub } = await open('stub');
    opened.write({ 'daily.json': document(30) });
    opened.modelled({ daily: {} }, { Workloads: ['daily'], Sandbox: ['daily'] });
    await opened.given('daily', document(30), { targets: [ids.workloads, ids.sandbox] });
    const prepared = await prepare({ type: 'detach', organization: modelUri, policy: 'daily', targets: [ids.workloads, ids.sandbox] });
    stub?.before('DetachPolicy', () => {
      stub.before('DetachPolicy', () => {
        stub.fault({ kind: 'accessDenied', operation: 'DetachPolicy' });
        return Promise.resolve();
      });
      return Promise.resolve();
    });
    const result = await executeAttachment(opened.context, prepared, patiently());
    expect(result.targets).toEqual([ids.workloads]);
    expect(result.outcome).toMatchObject({ complete: false, writes: [{ result: 'done' }, { result: 'notDone' }] });
    expect(result.outcome.leftOpen).toBeDefined();
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { planOrder } from '../../../server/organizations/writes/order.ts';
import { performWrites } from '../../../server/organizations/writes/performWrites.ts';
import { finishOperation, keepOperation, leftOpen } from '../../../server/organizations/writes/recovery.ts';
import { performUndo, planUndo, type UndoPlan } from '../../../server/organizations/writes/undo.ts';
import { wordsOf, type RemoteWrite } from '../../../server/organizations/writes/write.ts';
import { attachedOrder, given, held, openWritten, operation, patiently, text, told, update, type Written } from './operations.ts';

let opened: Written;
const open = async (): Promise<Written> => (opened = await openWritten());
afterEach(() => opened.close());

const { signal } = patiently;
const plan = (id?: string): Promise<UndoPlan | undefined> => planUndo(opened.api, opened.journal, opened.organizationId, id, signal);

async function planned(id?: string): Promise<UndoPlan> {
  const found = await plan(id);
  if (found === undefined) throw new Error('There is nothing to take back.');
  return found;
}

const perform = (...writes: readonly RemoteWrite[]): ReturnType<typeof performWrites> => performWrites(opened.api, opened.journal, operation(opened, ...writes), patiently);
const takeBack = async (): Promise<readonly string[]> => told(await performUndo(opened.api, opened.journal, await planned(), patiently));
const at = (policyId: string, targetId: string, policyName = 'Daily'): { policyId: string; policyName: string; targetId: string; targetName: string } => ({ policyId, policyName, targetId, targetName: targetId === opened.unit ? 'Production' : 'Root' });
const createAndAttach = (): Promise<unknown> => perform({ type: 'createPolicy', ...text('daily') }, { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'Daily', targetId: opened.unit, targetName: 'Production' });

describe('taking back the last push', () => {
  test('restores the content, byte for byte', async () => {
    const { api } = await open();
    const policy = await given(opened, text('daily'), opened.unit);
    await perform(update(policy, text('weekly', 'Weekly')));
    expect(await held(api)).toEqual(['Weekly: weekly at Production']);
    expect(await takeBack()).toEqual(['done']);
    expect(await api.describePolicy(policy.id)).toEqual(policy);
    expect(await plan()).toBeUndefined();
  });

  test('detaches and deletes what was created', async () => {
    const { api } = await open();
    await createAndAttach();
    expect((await planned()).operation.writes.map(wordsOf)).toEqual(['detach Daily from Production', 'delete policy Daily']);
    expect(await takeBack()).toEqual(['done', 'done']);
    expect(await held(api)).toEqual([]);
  });

  test('attaches again what was detached, and says that it comes last', async () => {
    const { api, root } = await open();
    const policy = await given(opened, text('daily'), root);
    await perform({ type: 'detachPolicy', ...at(policy.id, root) });
    expect((await planned()).notes).toEqual([expect.stringContaining('Daily becomes the last one in the order of attachment at Root') as string]);
    expect(await takeBack()).toEqual(['done']);
    expect(await held(api)).toEqual(['Daily: daily at Root']);
  });

  test('leaves alone what was so before', async () => {
    const { api, root } = await open();
    const policy = await given(opened, text('daily'), root);
    await perform({ type: 'attachPolicy', ...at(policy.id, root) }, { type: 'attachPolicy', ...at(policy.id, opened.unit) });
    expect((await planned()).operation.writes.map(wordsOf)).toEqual(['detach Daily from Production']);
    expect(await takeBack()).toEqual(['done']);
    expect(await held(api)).toEqual(['Daily: daily at Root']);
  });

  test('creates a deleted policy again and attaches it under its new id', async () => {
    const { api, root } = await open();
    const policy = await given(opened, text('daily'), root);
    await perform({ type: 'detachPolicy', ...at(policy.id, root) }, { type: 'deletePolicy', policyId: policy.id, before: text('daily') });
    expect(await held(api)).toEqual([]);
    expect(await takeBack()).toEqual(['done', 'done']);
    expect(await held(api)).toEqual(['Daily: daily at Root']);
  });

  test('restores the order of attachment', async () => {
    await open();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await given(opened, text(name, name), opened.unit)).id);
    const [a = '', b = '', c = ''] = ids;
    const target = { targetId: opened.unit, targetName: 'Production' };
    const wanted = [a, c, b];
    const { writes } = planOrder(ids, wanted, target, (id) => 'ABC'.charAt(ids.indexOf(id)));
    await performWrites(opened.api, opened.journal, { ...operation(opened, ...writes), orders: [{ ...target, before: ids, after: wanted }] }, patiently);
    expect(await attachedOrder(opened, opened.unit)).toEqual(wanted);
    await takeBack();
    expect(await attachedOrder(opened, opened.unit)).toEqual(ids);
  });

  test('is about the one before when the last is taken back', async () => {
    const { api } = await open();
    const policy = await given(opened, text('daily'));
    await perform(update(policy, text('weekly')));
    await perform(update(await api.describePolicy(policy.id), text('monthly')));
    await takeBack();
    expect(await held(api)).toEqual(['Daily: weekly at ']);
    await takeBack();
    expect(await held(api)).toEqual(['Daily: daily at ']);
    expect(await plan()).toBeUndefined();
  });

  test('says what cannot be restored: an empty description', async () => {
    await open();
    const policy = await given(opened, text('daily', 'Daily', ''));
    await perform(update(policy, text('weekly', 'Daily', 'Told')));
    expect((await planned()).notes).toEqual(['The description of Daily stays: AWS does not take an empty one back.']);
    expect(await takeBack()).toEqual(['done']);
  });
});

describe('an obstacle', () => {
  test('is a change that a colleague has made since', async () => {
    const { api } = await open();
    const policy = await given(opened, text('daily'));
    await perform(update(policy, text('weekly')));
    await api.updatePolicy({ policyId: policy.id, content: text('theirs').content });
    expect((await planned()).obstacles).toEqual([{ type: 'changed', policyName: 'Daily', wrote: text('weekly'), remote: { ...policy, content: text('theirs').content } }]);
    expect(await takeBack()).toEqual(['notDone conflict']);
    expect(await held(api)).toEqual(['Daily: theirs at ']);
  });

  test('is a place that a colleague has attached the new policy to', async () => {
    const { api, root } = await open();
    await createAndAttach();
    const [made] = await api.listPolicies()[Symbol.asyncIterator]().next().then(({ value }) => value as readonly { readonly id: string }[]);
    await api.attachPolicy({ policyId: made?.id ?? '', targetId: root });
    expect((await planned()).obstacles).toEqual([{ type: 'attachedElsewhere', policyName: 'Daily', targets: [`Root (${root})`] }]);
  });

  test('is none where everything is as it was written', async () => {
    await open();
    await createAndAttach();
    expect((await planned()).obstacles).toEqual([]);
  });
});

describe('an operation that was left in the middle', () => {
  const left = async (): Promise<string> => {
    opened.stub.fault({ kind: 'reset', operation: 'AttachPolicy', times: 4 });
    await createAndAttach();
    return (await leftOpen(opened.api, opened.journal, opened.organizationId, signal))[0]?.id ?? '';
  };

  test('is told: what was done and what not', async () => {
    await open();
    const id = await left();
    expect(await leftOpen(opened.api, opened.journal, opened.organizationId, signal)).toMatchObject([{ id, title: 'Push Daily', done: ['create policy Daily'], notDone: ['attach Daily to Production'] }]);
  });

  test('is finished', async () => {
    const { api, journal, organizationId } = await open();
    const outcome = await finishOperation(api, journal, organizationId, await left(), patiently);
    expect(outcome?.complete).toBe(true);
    expect(await held(api)).toEqual(['Daily: daily at Production']);
    expect(await leftOpen(api, journal, organizationId, signal)).toEqual([]);
  });

  test('is taken back', async () => {
    const { api, journal, organizationId } = await open();
    const id = await left();
    expect(told(await performUndo(api, journal, await planned(id), patiently))).toEqual(['done']);
    expect(await held(api)).toEqual([]);
    expect(await leftOpen(api, journal, organizationId, signal)).toEqual([]);
    expect((await journal.entries(organizationId)).map(({ ended }) => ended?.ending)).toEqual(['takenBack', 'complete']);
  });

  test('is kept as it is, and can still be taken back later', async () => {
    const { api, journal, organizationId } = await open();
    const id = await left();
    expect(await keepOperation(journal, organizationId, id)).toBe(true);
    expect(await leftOpen(api, journal, organizationId, signal)).toEqual([]);
    expect(await finishOperation(api, journal, organizationId, id, patiently)).toBeUndefined();
    expect(await takeBack()).toEqual(['done']);
    expect(await held(api)).toEqual([]);
  });
});

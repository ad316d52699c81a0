import { afterEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../../server/organizations/api.ts';
import { finishWrites, performWrites } from '../../../server/organizations/writes/performWrites.ts';
import { given, held, openWritten, operation, patiently, text, told, update, type Written } from './operations.ts';

let opened: Written;
const open = async (...options: Parameters<typeof openWritten>): Promise<Written> => (opened = await openWritten(...options));
afterEach(() => opened.close());

const sent = (name: string): number => opened.stub.requests.filter((request) => request.operation === name).length;

describe('an update', () => {
  test('is made where AWS holds what was read, and only what differs is sent', async () => {
    const { api, journal } = await open();
    const policy = await given(opened, text('daily'));
    const outcome = await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently);
    expect(told(outcome)).toEqual(['done']);
    expect(await held(api)).toEqual(['Daily: weekly at ']);
    const request = opened.stub.requests.find(({ operation: name }) => name === 'UpdatePolicy');
    expect(Object.keys(request?.input ?? {}).sort()).toEqual(['Content', 'PolicyId']);
  });

  test.each([
    ['content', { content: text('theirs').content }],
    ['name', { name: 'Theirs' }],
    ['description', { description: 'Theirs' }],
  ])('of a policy whose %s a colleague has changed sends nothing and shows AWS\'s', async (_, change) => {
    const { api, journal } = await open();
    const policy = await given(opened, text('daily'));
    await api.updatePolicy({ policyId: policy.id, ...change });
    const before = sent('UpdatePolicy');
    const outcome = await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently);
    expect(outcome).toMatchObject({ complete: false, results: [{ type: 'notDone', why: { type: 'conflict', remote: { ...policy, ...change } } }] });
    expect(sent('UpdatePolicy')).toBe(before);
    expect((await journal.entries(opened.organizationId))[0]).toMatchObject({ status: 'closed', ended: { ending: 'nothing' } });
  });

  test('of a policy that is gone is a conflict with nothing', async () => {
    const { api, journal } = await open();
    const policy = await given(opened, text('daily'));
    await api.deletePolicy(policy.id);
    const outcome = await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently);
    expect(outcome.results).toEqual([{ type: 'notDone', why: { type: 'conflict', remote: undefined } }]);
  });

  test('made a second time finds everything done and sends nothing', async () => {
    const { api, journal } = await open();
    const policy = await given(opened, text('daily'));
    const pushed = operation(opened, update(policy, text('weekly', 'Weekly', '')));
    expect(told(await performWrites(api, journal, pushed, patiently))).toEqual(['done']);
    expect(told(await performWrites(api, journal, pushed, patiently))).toEqual(['already']);
    expect(sent('UpdatePolicy')).toBe(1);
  });
});

describe('a creation with its attachment', () => {
  const writes = [
    { type: 'createPolicy', ...text('daily'), tags: [{ key: 'team', value: 'storage' }] },
    { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'Daily', targetId: '', targetName: 'Production' },
  ] as const;
  const both = (): ReturnType<typeof operation> => operation(opened, writes[0], { ...writes[1], targetId: opened.unit });

  test('attaches what it has created', async () => {
    const { api, journal } = await open();
    expect(told(await performWrites(api, journal, both(), patiently))).toEqual(['done', 'done']);
    expect(await held(api)).toEqual(['Daily: daily at Production']);
    expect((await journal.entries(opened.organizationId))[0]).toMatchObject({ status: 'closed', ended: { ending: 'complete' } });
  });

  test('made a second time doubles nothing', async () => {
    const { api, journal } = await open();
    await performWrites(api, journal, both(), patiently);
    expect(told(await performWrites(api, journal, both(), patiently))).toEqual(['already', 'already']);
    expect(await held(api)).toEqual(['Daily: daily at Production']);
  });

  test('meets a policy of the same name that is another one', async () => {
    const { api, journal } = await open();
    await given(opened, text('theirs'));
    expect(told(await performWrites(api, journal, both(), patiently))).toEqual(['notDone conflict', 'notDone notReached']);
    expect(await held(api)).toEqual(['Daily: theirs at ']);
  });

  test('that stops in the middle stays open, and is finished later', async () => {
    const { api, journal, stub } = await open();
    stub.fault({ kind: 'accessDenied', operation: 'AttachPolicy' });
    const outcome = await performWrites(api, journal, both(), patiently);
    expect(told(outcome)).toEqual(['done', 'notDone accessDenied']);
    expect(await journal.hasOpen()).toBe(true);
    const finished = await finishWrites(api, journal, opened.organizationId, outcome.id ?? '', patiently);
    expect(finished === undefined ? [] : told(finished)).toEqual(['done', 'done']);
    expect(await held(api)).toEqual(['Daily: daily at Production']);
    expect(await journal.hasOpen()).toBe(false);
  });

  test('cancelled between the two leaves the first', async () => {
    const { api, journal, stub } = await open();
    const controller = new AbortController();
    stub.before('CreatePolicy', () => {
      controller.abort();
      return Promise.resolve();
    });
    const outcome = await performWrites(api, journal, both(), { ...patiently, signal: controller.signal });
    expect(told(outcome)).toEqual(['done', 'notDone cancelled']);
    expect(await held(api)).toEqual(['Daily: daily at ']);
  });
});

describe('a change of the order of attachment', () => {
  test.each([['DetachPolicy', 'Daily: daily at Production', ['done', 'done', 'notDone cancelled']], ['AttachPolicy', 'Daily: daily at Production', ['done', 'done', 'notDone cancelled']]])('that is cancelled at %s still puts back what it has detached, and goes no further', async (operationName, wanted, results) => {
    const { api, journal, stub, unit } = await open();
    const first = await given(opened, text('daily'), unit);
    const second = await given(opened, text('weekly', 'Weekly'), unit);
    const controller = new AbortController();
    stub.before(operationName, () => {
      controller.abort();
      return Promise.resolve();
    });
    const at = (policy: Policy) => ({ policyId: policy.id, policyName: policy.name, targetId: unit, targetName: 'Production' });
    const outcome = await performWrites(api, journal, operation(opened, { type: 'detachPolicy', ...at(first) }, { type: 'attachPolicy', ...at(first) }, { type: 'detachPolicy', ...at(second) }), { ...patiently, signal: controller.signal });
    expect(told(outcome)).toEqual(results);
    expect(await held(api)).toEqual([wanted, 'Weekly: weekly at Production']);
  });
});

describe('a lost answer', () => {
  test('of an update is settled by reading', async () => {
    const { api, journal, stub } = await open({ requestTimeout: 200 });
    const policy = await given(opened, text('daily'));
    stub.fault({ kind: 'lostAnswer', operation: 'UpdatePolicy' });
    stub.fault({ kind: 'reset', operation: 'UpdatePolicy', times: 9 });
    expect(told(await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently))).toEqual(['done']);
  });

  test('of a request that never arrived as well', async () => {
    const { api, journal, stub } = await open();
    const policy = await given(opened, text('daily'));
    stub.fault({ kind: 'reset', operation: 'UpdatePolicy', times: 9 });
    expect(told(await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently))).toEqual(['notDone transport']);
  });

  test('stays unknown while AWS cannot be read, and the next run finds out', async () => {
    const { api, journal, stub } = await open();
    const policy = await given(opened, text('daily'));
    stub.fault({ kind: 'lostAnswer', operation: 'UpdatePolicy' });
    stub.before('UpdatePolicy', () => {
      stub.fault({ kind: 'reset', times: 7 });
      return Promise.resolve();
    });
    const outcome = await performWrites(api, journal, operation(opened, update(policy, text('weekly'))), patiently);
    expect(told(outcome)).toEqual(['unknown']);
    const finished = await finishWrites(api, journal, opened.organizationId, outcome.id ?? '', patiently);
    expect(finished).toMatchObject({ complete: true, results: [{ type: 'done' }] });
    expect(sent('UpdatePolicy')).toBe(4);
  });
});

test('an attachment that is there already is told as such', async () => {
  const { api, journal, root } = await open();
  const policy = await given(opened, text('daily'), root);
  const write = { policyId: policy.id, policyName: 'Daily', targetId: root, targetName: 'Root' };
  expect(told(await performWrites(api, journal, operation(opened, { type: 'attachPolicy', ...write }), patiently))).toEqual(['already']);
  expect(told(await performWrites(api, journal, operation(opened, { type: 'detachPolicy', ...write }, { type: 'detachPolicy', ...write }), patiently))).toEqual(['done', 'already']);
});

import { afterEach, describe, expect, it } from 'vitest';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { OrganizationsError } from '../../../server/organizations/errors.ts';
import { onTheWire, type OnTheWire } from '../backends.ts';
import { projectFor, retention, smallOrganization, type Project } from './project.ts';

let wire: OnTheWire;
let project: Project;
afterEach(async () => {
  project.close();
  await wire.close();
});

/** 30 OUs with an account each and 25 policies, on the wire. */
function largerOrganization(): EmbeddedState {
  const state = smallOrganization();
  for (let number = 0; number < 30; number++) {
    const unit = `ou-em1b-unit${String(number).padStart(4, '0')}`;
    state.units.push({ id: unit, name: `Unit ${String(number)}`, parentId: number < 10 ? 'r-em1b' : 'ou-em1b-prod0000' });
    state.accounts.push({ id: String(600_000_000_000 + number), name: `account ${String(number)}`, parentId: unit });
  }
  for (let number = 0; number < 25; number++) {
    const id = `p-policy${String(number).padStart(4, '0')}`;
    state.policies.push({ id, name: `Policy ${String(number)}`, description: '', content: retention(String(number + 1)), tags: [] });
    state.attachments[String(600_000_000_000 + number)] = [id];
  }
  return state;
}

async function open(state = largerOrganization()): Promise<void> {
  wire = await onTheWire({ storage: memoryStorage(state), throttled: true, emptyPages: true });
  project = projectFor(wire.api, wire.clock);
}

/** What was asked, one line a request. */
const asked = (): readonly string[] => wire.stub.requests.map(({ operation, input }) => JSON.stringify([operation, input]));

/** Requests that every run makes. */
const always = /^\["(DescribeOrganization|ListRoots)"/;

describe('an import that is interrupted', () => {
  it('goes on where it was cancelled, and asks for nothing twice that it had', async () => {
    await open();
    const cancelling = new AbortController();
    let reports = 0;
    const report = (): void => {
      reports += 1;
      if (reports === 12) cancelling.abort();
    };
    const error: unknown = await project.read({}, { signal: cancelling.signal, report }).catch((reason: unknown) => reason);
    expect(error instanceof OrganizationsError && error.failure.kind).toBe('cancelled');
    const first = asked();
    const { unfinished } = await project.start();
    expect(unfinished?.policies).toBeGreaterThan(0);
    const from = wire.stub.requests.length;
    const view = await project.read({ resume: true });
    const second = asked().slice(from);
    expect(view).toMatchObject({ accounts: 33, units: 32, policies: 27 });
    const documents = (requests: readonly string[]): readonly string[] => requests.filter((request) => request.includes('DescribePolicy'));
    expect(documents(first).length).toBeGreaterThan(3);
    // What was on its way when it was cancelled is asked for again: two documents at most.
    expect(documents(second).length).toBeLessThanOrEqual(27 - documents(first).length + 2);
    // A third run has everything.
    const until = wire.stub.requests.length;
    expect(await project.read({ resume: true })).toEqual(view);
    expect(asked().slice(until).filter((request) => !always.test(request))).toEqual([]);
  });

  it('goes on after the network failed in the middle, and gives the same as one that was not interrupted', async () => {
    await open();
    const whole = await project.read();
    // Two requests are on their way at once, and the SDK sends each four times.
    wire.stub.before('DescribePolicy', () => {
      wire.stub.fault({ kind: 'reset', operation: 'ListTargetsForPolicy', times: 7 });
      return Promise.resolve();
    });
    const error: unknown = await project.read().catch((reason: unknown) => reason);
    expect(error instanceof OrganizationsError && error.failure).toMatchObject({ kind: 'transport', fault: 'reset' });
    expect((await project.start()).unfinished).toBeDefined();
    const resumed = await project.read({ resume: true });
    expect({ ...resumed, readAt: 0, report: '' }).toEqual({ ...whole, readAt: 0, report: '' });
  });

  it('starts again after a day, and when the user wants it', async () => {
    await open();
    await project.read();
    const requests = wire.stub.requests.length;
    expect((await project.start()).unfinished).toMatchObject({ accounts: 33, policies: 27 });
    wire.clock.advance(24 * 60 * 60 * 1000 + 1);
    expect((await project.start()).unfinished).toBeUndefined();
    const from = wire.stub.requests.length;
    await project.read({ resume: true });
    expect(wire.stub.requests.length - from).toBe(requests);
    await project.read({ resume: false });
    expect(wire.stub.requests.length - from).toBe(2 * requests);
  });

  it('is over when it was applied', async () => {
    await open();
    await project.import();
    expect((await project.start()).unfinished).toBeUndefined();
  });

  it('stays within the documented rates', async () => {
    await open();
    await project.read();
    expect(wire.stub.requests.some(({ operation }) => operation === 'ListAccountsForParent')).toBe(false);
    expect(asked()).toHaveLength(new Set(asked()).size);
  });

  it('waits where somebody else uses up the rate of the organization', async () => {
    await open();
    wire.stub.before('DescribePolicy', () => {
      // Each of the two requests on their way is sent four times.
      wire.stub.fault({ kind: 'throttled', operation: 'DescribePolicy', times: 7 });
      return Promise.resolve();
    });
    expect(await project.read()).toMatchObject({ policies: 27 });
    expect(wire.clock.slept).toContain(5000);
  });

  it('leaves out a policy and an OU that are deleted while they are read', async () => {
    const state = largerOrganization();
    await open(state);
    wire.stub.before('ListTargetsForPolicy', () => {
      state.policies = state.policies.filter(({ name }) => name !== 'Policy 24');
      return Promise.resolve();
    });
    expect(await project.read()).toMatchObject({ policies: 26 });
  });

  it('tells how far it is in numbers', async () => {
    await open();
    const messages: string[] = [];
    await project.read({}, { report: (message) => messages.push(message) });
    expect(messages.at(-1)).toMatch(/^33 accounts, 32 OUs, \d+ of 27 policies$/);
  });
});

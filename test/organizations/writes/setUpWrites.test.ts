import { afterEach, describe, expect, test } from 'vitest';
import { awsServices } from '../../../server/organizations/awsServices.ts';
import { servicesApi } from '../../../server/organizations/servicesApi.ts';
import { journalText } from '../../../server/organizations/writes/journalText.ts';
import { performWrites } from '../../../server/organizations/writes/performWrites.ts';
import { finishOperation, leftOpen } from '../../../server/organizations/writes/recovery.ts';
import type { SetUpWrite, WriteApi } from '../../../server/organizations/writes/setUpWrite.ts';
import { performUndo, planUndo } from '../../../server/organizations/writes/undo.ts';
import { wordsOf, type OperationOutcome, type RemoteWrite } from '../../../server/organizations/writes/write.ts';
import type { FaultKind } from '../stub.ts';
import { given, held, openWritten, operation, patiently, text, told, update, type Written } from './operations.ts';

const servicePrincipal = 'backup.amazonaws.com';
/** The first account that is created in the organization. */
const accountId = '200000000002';
const flag = 'isCrossAccountBackupEnabled';

/** Each change of the set-up with its operation in AWS, its words and what takes it back. */
const table: readonly (readonly [operation: string, write: SetUpWrite, words: string, opposite: SetUpWrite])[] = [
  ['EnableAWSServiceAccess', { type: 'enableTrustedAccess', servicePrincipal }, 'enable trusted access of backup.amazonaws.com', { type: 'disableTrustedAccess', servicePrincipal }],
  ['DisableAWSServiceAccess', { type: 'disableTrustedAccess', servicePrincipal }, 'disable trusted access of backup.amazonaws.com', { type: 'enableTrustedAccess', servicePrincipal }],
  ['RegisterDelegatedAdministrator', { type: 'registerDelegatedAdministrator', accountId, servicePrincipal }, `register account ${accountId} as delegated administrator for backup.amazonaws.com`, { type: 'deregisterDelegatedAdministrator', accountId, servicePrincipal }],
  ['DeregisterDelegatedAdministrator', { type: 'deregisterDelegatedAdministrator', accountId, servicePrincipal }, `deregister account ${accountId} as delegated administrator for backup.amazonaws.com`, { type: 'registerDelegatedAdministrator', accountId, servicePrincipal }],
  ['backup:UpdateGlobalSettings', { type: 'updateGlobalSettings', flag, before: false, after: true }, `change ${flag} of AWS Backup from false to true`, { type: 'updateGlobalSettings', flag, before: true, after: false }],
];

interface SetUp extends Written {
  readonly writing: WriteApi;
  /** Makes one write, through the journal. */
  readonly perform: (write: RemoteWrite) => Promise<OperationOutcome>;
  /** What AWS holds of the set-up. */
  readonly state: () => Promise<string>;
  readonly sent: (name: string) => number;
  readonly journalled: () => Promise<string>;
}

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(before?: SetUpWrite): Promise<SetUp> {
  const opened = await openWritten();
  closing.push(() => opened.close());
  const created = await opened.arrange('CreateAccount', { AccountName: 'delegate', Email: 'delegate@example.com' });
  expect(created).toMatchObject({ CreateAccountStatus: { AccountId: accountId } });
  const services = servicesApi(await awsServices({ profile: 'test', endpoint: opened.stub.endpoint }), { clock: opened.clock, paced: true });
  closing.push(() => {
    services.close();
  });
  const writing: WriteApi = { ...opened.api, globalSettings: () => Promise.resolve(services) };
  const { journal, organizationId, stub, storage } = opened;
  const perform = (write: RemoteWrite): Promise<OperationOutcome> => performWrites(writing, journal, { ...operation(opened, write), title: wordsOf(write) }, patiently);
  const setUp: SetUp = {
    ...opened,
    writing,
    perform,
    state: async () => {
      const state = (await storage.load())?.state;
      return JSON.stringify([Object.keys(state?.trustedServices ?? {}), state?.delegatedAdministrators?.map((each) => each.accountId) ?? [], state?.services?.globalSettings?.flags[flag] === 'true']);
    },
    sent: (name) => stub.requests.filter((request) => request.operation === name).length,
    journalled: async () => journalText([{ organizationId, entries: await journal.entries(organizationId) }]),
  };
  // AWS registers nobody for a service without trusted access.
  if (before !== undefined && 'accountId' in before) await opened.api.enableAWSServiceAccess(servicePrincipal);
  // What is wanted must not be there already.
  if (before !== undefined && /^(enable|register)/.test(before.type)) await perform(before);
  return setUp;
}

describe.each(table)('%s', (name, write, words, opposite) => {
  test('is made, is in the journal as it was and as it is, and is not made twice', async () => {
    const { perform, state, sent, journalled } = await open(opposite);
    const before = await state();
    expect(told(await perform(write))).toEqual(['done']);
    const after = await state();
    expect(after).not.toBe(before);
    expect(told(await perform(write))).toEqual(['already']);
    expect([await state(), sent(name)]).toEqual([after, 1]);
    expect((await journalled()).split('\n').filter((line) => line.startsWith(`- ${words}:`))).toEqual([`- ${words}: was so already`, `- ${words}: done`]);
  });

  test('is taken back by its opposite when it is named', async () => {
    const { perform, state, writing, journal, organizationId } = await open(opposite);
    const before = await state();
    const { id } = await perform(write);
    const plan = await planUndo(writing, journal, organizationId, id, patiently.signal);
    expect(plan?.operation.writes).toEqual([opposite]);
    if (plan !== undefined) expect(told(await performUndo(writing, journal, plan, patiently))).toEqual(['done']);
    expect(await state()).toBe(before);
  });

  test('that is refused changes nothing and leaves nothing open', async () => {
    const { perform, state, stub, journal, journalled } = await open(opposite);
    const before = await state();
    stub.fault({ kind: 'accessDenied', operation: name });
    expect(told(await perform(write))).toEqual(['notDone accessDenied']);
    expect(await state()).toBe(before);
    expect(await journal.hasOpen()).toBe(false);
    expect(await journalled()).toContain(`- ${words}: not done.`);
  });

  test.each<[what: string, faults: readonly (readonly [FaultKind, number])[], outcome: string, holds: boolean]>([
    ['whose answer is lost is settled by reading', [['lostAnswer', 1], ['expired', 1]], 'done', true],
    ['that never arrives is settled by reading', [['reset', 4]], 'notDone transport', false],
  ])('%s', async (_what, faults, outcome, holds) => {
    const { perform, state, stub, journal } = await open(opposite);
    const before = await state();
    for (const [kind, times] of faults) stub.fault({ kind, times, operation: name });
    expect(told(await perform(write))).toEqual([outcome]);
    expect(await state() !== before).toBe(holds);
    expect(await journal.hasOpen()).toBe(false);
  });

  test.each([[true, 'done'], [false, 'not done. AWS was read since and does not hold it.']])('of which a killed process left no result is settled at the next start: arrived %s', async (arrived, result) => {
    const { writing, journal, organizationId, journalled, perform, state } = await open(opposite);
    const log = await journal.begin({ title: 'Left', organizationId, writes: [write] });
    await log.append({ type: 'intent', write: 0 });
    await log.close();
    // Somebody's call, ours or another's: AWS holds it or not.
    if (arrived) expect(told(await perform(write))).toEqual(['done']);
    const after = await state();
    expect(await leftOpen(writing, journal, organizationId, patiently.signal)).toEqual([]);
    expect(await journal.hasOpen()).toBe(false);
    expect(await finishOperation(writing, journal, organizationId, log.id, patiently)).toBeUndefined();
    expect(await state()).toBe(after);
    const left = (await journalled()).split('## ').find((entry) => entry.includes('UTC  Left'));
    expect(left).toContain(`- ${words}: ${result}`);
  });
});

describe('"Undo Last Push"', () => {
  const setUpChanges: readonly (readonly [string, (opened: SetUp) => RemoteWrite])[] = [
    ...table.map(([name, write]) => [name, (): RemoteWrite => write] as const),
    ['DisablePolicyType', ({ root }) => ({ type: 'disablePolicyType', rootId: root })],
  ];

  test.each(setUpChanges)('passes over %s and is about the push before it', async (_name, write) => {
    const opened = await open(table.find(([name]) => name === _name)?.[3]);
    const policy = await given(opened, text('daily'));
    const push = await opened.perform(update(policy, text('weekly')));
    expect(told(await opened.perform(write(opened)))).toEqual(['done']);
    const plan = await planUndo(opened.writing, opened.journal, opened.organizationId, undefined, patiently.signal);
    expect(plan?.entry.id).toBe(push.id);
    expect(plan?.operation.writes.map(wordsOf)).toEqual(['update policy Daily']);
  });

  test.each(setUpChanges)('has nothing to take back where only %s was made', async (_name, write) => {
    const opened = await open(table.find(([name]) => name === _name)?.[3]);
    expect(told(await opened.perform(write(opened)))).toEqual(['done']);
    expect(await planUndo(opened.writing, opened.journal, opened.organizationId, undefined, patiently.signal)).toBeUndefined();
  });

  test('names a change of the set-up that was made together with a push', async () => {
    const opened = await open();
    const { writing, journal, organizationId } = opened;
    await performWrites(writing, journal, operation(opened, { type: 'enableTrustedAccess', servicePrincipal }, { type: 'createPolicy', ...text('daily') }), patiently);
    const plan = await planUndo(writing, journal, organizationId, undefined, patiently.signal);
    expect(plan?.operation.writes.map(wordsOf)).toEqual(['delete policy Daily', 'disable trusted access of backup.amazonaws.com']);
    if (plan !== undefined) await performUndo(writing, journal, plan, patiently);
    expect(await held(writing)).toEqual([]);
  });
});

test('without an access to AWS Backup its settings are not changed in silence', async () => {
  const opened = await open();
  await expect(performWrites(opened.api, opened.journal, operation(opened, { type: 'updateGlobalSettings', flag, before: false, after: true }), patiently)).rejects.toThrow('with an access to AWS Backup');
  expect(opened.sent('backup:UpdateGlobalSettings')).toBe(0);
});

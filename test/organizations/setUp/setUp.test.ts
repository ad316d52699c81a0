import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { AwsSettings, RemoteMethod, RemoteRequests, RemoteResult, SetUpChange, SetUpRowView, SetUpStep } from '../../../server/protocol.ts';
import { EmbeddedOrganization } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, type EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { fileStorage } from '../../../server/organizations/embedded/storage.ts';
import type { Call, RemoteHost } from '../../../server/organizations/host.ts';
import { writes } from '../../../server/organizations/rates.ts';
import { createRemote } from '../../../server/organizations/remote.ts';
import { emptySnapshot } from '../../../server/model/snapshot.ts';
import { openClient } from '../backends.ts';
import { policyText } from '../contract.ts';
import { simulatedClock } from '../simulatedClock.ts';
import { startStub, type Stub } from '../stub.ts';

const member = '222222222222';

function organization(more: Partial<EmbeddedState> = {}): EmbeddedState {
  const made = newOrganization();
  made.accounts.push({ id: member, name: 'backup', parentId: made.root.id });
  return { ...made, ...more };
}

interface Opened {
  readonly ask: <Method extends RemoteMethod>(method: Method, params: RemoteRequests[Method]['params'], call?: Call) => Promise<RemoteResult<RemoteRequests[Method]['result']>>;
  readonly rows: () => Promise<Readonly<Record<SetUpStep, SetUpRowView>>>;
  /** Asks what a change does, and makes it. */
  readonly make: (change: SetUpChange, call?: Call) => Promise<RemoteResult<{ readonly message: string }>>;
  readonly state: () => Promise<EmbeddedState>;
  readonly stub: Stub | undefined;
  /** Chooses another connection, or the first one again. */
  readonly choose: (other?: AwsSettings) => void;
}

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(backend: 'embedded' | 'stub', { state = organization(), mode = 'readWrite', callerId }: { readonly state?: EmbeddedState; readonly mode?: AwsSettings['mode']; readonly callerId?: string } = {}): Promise<Opened> {
  const folder = mkdtempSync(path.join(tmpdir(), 'set-up-'));
  closing.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, 'organization.json');
  writeFileSync(file, JSON.stringify(state));
  const clock = simulatedClock();
  const storage = fileStorage(file);
  const settings: AwsSettings = { trusted: true, mode, storage: folder };
  let stub: Stub | undefined;
  if (backend === 'stub') {
    const started = await startStub(new EmbeddedOrganization({ storage, clock, propagation: [1000, 1000], ...(callerId === undefined ? {} : { callerId }) }));
    closing.push(() => started.close());
    stub = started;
    const client = await openClient({ endpoint: started.endpoint });
    closing.push(() => {
      client.close();
    });
  }
  let chosen: AwsSettings | undefined;
  const host: RemoteHost = {
    clock,
    settings: () => chosen ?? (stub === undefined ? { ...settings, embedded: file } : { ...settings, profile: 'test', endpoint: stub.endpoint }),
    edited: () => emptySnapshot(clock.now()),
    saved: () => emptySnapshot(clock.now()),
    withFiles: () => emptySnapshot(clock.now()),
    impact: () => {
      throw new Error('The set-up has no impact on files.');
    },
    previewModelChange: () => {
      throw new Error('The set-up changes no model.');
    },
    mfaCode: () => Promise.resolve(undefined),
    log: () => undefined,
  };
  const remote = createRemote(host);
  closing.push(() => {
    remote.close();
  });
  const ask: Opened['ask'] = (method, params, call = { signal: new AbortController().signal, report: () => undefined }) => remote.answer(method, params, call);
  return {
    ask,
    rows: async () => {
      const result = await ask('backupPolicy/aws/setUp', null);
      if (result.type !== 'done') throw new Error(JSON.stringify(result));
      return Object.fromEntries(result.value.rows.map((row) => [row.step, row])) as Record<SetUpStep, SetUpRowView>;
    },
    make: async (change, call) => {
      const asked = await ask('backupPolicy/aws/prepareSetUpChange', { change });
      return asked.type === 'done' ? ask('backupPolicy/aws/changeSetUp', { ref: asked.value.ref }, call) : asked;
    },
    state: async () => {
      const stored = await storage.load();
      if (stored === undefined) throw new Error('Nothing is stored.');
      return stored.state;
    },
    stub,
    choose: (other) => {
      chosen = other;
    },
  };
}

const brief = ({ state, stateText }: SetUpRowView): string => `${state}: ${stateText}`;
const changes = ({ actions }: SetUpRowView): readonly string[] => actions.flatMap((action) => (action.type === 'change' ? [action.change.type] : [`(${action.type})`]));
const rootId = 'r-em1b';

describe.each(['embedded', 'stub'] as const)('the set-up of a new organization (%s)', (backend) => {
  test('says for each step what is missing, why, and how AWS\'s command line tells it', async () => {
    const rows = await (await open(backend)).rows();
    expect(Object.fromEntries(Object.values(rows).map((row) => [row.step, brief(row)]))).toEqual({
      allFeatures: 'done: Enabled',
      policyType: 'missing: Disabled',
      trustedAccess: 'missing: Disabled',
      delegatedAdministrators: 'optional: None',
      delegationPolicy: 'optional: None',
      crossAccountBackup: 'optional: Disabled',
      permissions: 'done: Nothing was refused',
    });
    for (const { why, link, command, failure } of Object.values(rows)) {
      expect(why).toMatch(/^[A-Z].{40,}\.$/);
      expect(link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
      expect(command).toMatch(/^aws (organizations|backup|sts) [a-z-]+/);
      expect(failure).toBeUndefined();
    }
    expect(changes(rows.policyType)).toEqual(['enablePolicyType']);
    expect(rows.permissions.details[0]?.text).toContain('111111111111');
  });

  test('follows every change, there and back', async () => {
    const { rows, make, state } = await open(backend);
    const steps: readonly (readonly [SetUpStep, SetUpChange, string])[] = [
      ['policyType', { type: 'enablePolicyType', rootId }, 'done: Enabled'],
      ['trustedAccess', { type: 'enableTrustedAccess' }, 'done: Enabled'],
      ['delegatedAdministrators', { type: 'registerDelegatedAdministrator', accountId: member }, 'done: 1 account'],
      ['crossAccountBackup', { type: 'enableCrossAccountBackup' }, 'done: Enabled'],
      ['crossAccountBackup', { type: 'disableCrossAccountBackup' }, 'optional: Disabled'],
      ['delegatedAdministrators', { type: 'deregisterDelegatedAdministrator', accountId: member }, 'optional: None'],
      ['trustedAccess', { type: 'disableTrustedAccess' }, 'missing: Disabled'],
      ['policyType', { type: 'disablePolicyType', rootId }, 'missing: Disabled'],
    ];
    for (const [step, change, wanted] of steps) {
      expect([change.type, await make(change)]).toMatchObject([change.type, { type: 'done' }]);
      expect([change.type, brief((await rows())[step])]).toEqual([change.type, wanted]);
    }
    expect(await state()).toMatchObject({ policyType: 'DISABLED', trustedServices: {}, delegatedAdministrators: [] });
  });

  test('is recorded with every change: what, by whom and what came of it', async () => {
    const { ask, make } = await open(backend);
    for (const change of [{ type: 'enableTrustedAccess' }, { type: 'registerDelegatedAdministrator', accountId: member }, { type: 'enableCrossAccountBackup' }, { type: 'enablePolicyType', rootId }] as const) await make(change);
    const journal = await ask('backupPolicy/aws/journal', null);
    const text = journal.type === 'done' ? journal.value : '';
    expect([...text.matchAll(/^- (.*)$/gm)].map(([, line]) => line).sort()).toEqual([
      'change isCrossAccountBackupEnabled of AWS Backup from false to true: done',
      'enable the policy type BACKUP_POLICY: done',
      'enable trusted access of backup.amazonaws.com: done',
      `register account ${member} as delegated administrator for backup.amazonaws.com: done`,
    ]);
    expect(text.match(/^By .*111111111111.*\. Done\.$/gm)).toHaveLength(4);
    expect(await ask('backupPolicy/aws/planUndo', {})).toEqual({ type: 'done', value: null });
  });

  test('a second time a change finds what is wanted, and is no failure', async () => {
    const { make } = await open(backend);
    for (let count = 0; count < 2; count++) {
      for (const change of [{ type: 'enablePolicyType', rootId }, { type: 'enableTrustedAccess' }, { type: 'registerDelegatedAdministrator', accountId: member }] as const) expect((await make(change)).type).toBe('done');
    }
  });

  test('is not changed where the connection is read-only, and says how it could be', async () => {
    const { ask, make, rows, stub } = await open(backend, { mode: 'readOnly' });
    const change = { type: 'enableTrustedAccess' } as const;
    expect(await make(change)).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining('read-only') as string } });
    expect(await ask('backupPolicy/aws/prepareSetUpChange', { change })).toMatchObject({ type: 'failed', failure: { nextStep: expect.stringContaining('readWrite') as string } });
    if (stub !== undefined) expect(stub.requests).toEqual([]);
    expect(brief((await rows()).trustedAccess)).toBe('missing: Disabled');
  });

  test('is not asked for where the connection is off', async () => {
    const { ask, stub } = await open(backend, { mode: 'off' });
    for (const method of ['backupPolicy/aws/setUp', 'backupPolicy/aws/memberAccounts'] as const) expect(await ask(method, null)).toMatchObject({ type: 'failed' });
    if (stub !== undefined) expect(stub.requests).toEqual([]);
  });
});

describe('a change that was confirmed', () => {
  const prepared = async (opened: Opened, change: SetUpChange): Promise<number> => {
    const result = await opened.ask('backupPolicy/aws/prepareSetUpChange', { change });
    if (result.type !== 'done') throw new Error(JSON.stringify(result));
    return result.value.ref;
  };
  const cancelledAt = (words: RegExp): Call => {
    const controller = new AbortController();
    return { signal: controller.signal, report: (message) => {
      if (words.test(message)) controller.abort();
    } };
  };

  test.each(['enableTrustedAccess', 'enableCrossAccountBackup'] as const)('is made in no other organization that was chosen while the question stood: %s', async (type) => {
    const [here, there] = [await open('embedded'), await open('stub')];
    const ref = await prepared(here, { type });
    here.choose({ trusted: true, mode: 'readWrite', profile: 'test', endpoint: there.stub?.endpoint ?? '', storage: '' });
    expect(await here.ask('backupPolicy/aws/changeSetUp', { ref })).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining('so nothing was changed') as string } });
    expect(there.stub?.requests.filter(({ operation }) => writes.has(operation))).toEqual([]);
    here.choose();
    expect(await here.ask('backupPolicy/aws/changeSetUp', { ref })).toMatchObject({ type: 'done' });
  });

  test('is made once', async () => {
    const opened = await open('embedded');
    const ref = await prepared(opened, { type: 'enableTrustedAccess' });
    expect(await opened.ask('backupPolicy/aws/changeSetUp', { ref })).toMatchObject({ type: 'done' });
    expect(await opened.ask('backupPolicy/aws/changeSetUp', { ref })).toMatchObject({ type: 'failed' });
  });

  test.each(['enablePolicyType', 'disablePolicyType'] as const)('and cancelled before it was sent is not told as done: %s', async (type) => {
    const opened = await open('embedded', { state: organization({ policyType: type === 'enablePolicyType' ? 'DISABLED' : 'ENABLED' }) });
    const before = (await opened.state()).policyType;
    expect(await opened.make({ type, rootId }, cancelledAt(/policy type BACKUP_POLICY/))).toEqual({ type: 'cancelled' });
    expect((await opened.state()).policyType).toBe(before);
  });

  test.each(['enablePolicyType', 'disablePolicyType'] as const)('whose end AWS has not told is said to be under way: %s', async (type) => {
    const opened = await open('embedded', { state: organization({ policyType: type === 'enablePolicyType' ? 'DISABLED' : 'ENABLED' }) });
    expect(await opened.make({ type, rootId }, cancelledAt(/^Waiting/))).toMatchObject({ type: 'done', value: { message: expect.stringMatching(/^AWS is still (?:en|dis)abling/) as string } });
  });
});

describe('before a change the user reads', () => {
  const confirm = async (opened: Opened, change: SetUpChange): Promise<string> => {
    const result = await opened.ask('backupPolicy/aws/prepareSetUpChange', { change });
    if (result.type !== 'done') throw new Error(JSON.stringify(result));
    return `${result.value.message}\n${result.value.detail}`;
  };

  test('how many attachments are lost with the policy type, and that enabling does not bring them back', async () => {
    const opened = await open('embedded', { state: organization({ policyType: 'ENABLED', policies: [{ id: 'p-00000001', name: 'Daily', description: '', content: policyText(), tags: [] }], attachments: { [rootId]: ['p-00000001'], [member]: ['p-00000001'] } }) });
    const text = await confirm(opened, { type: 'disablePolicyType', rootId });
    expect(text).toContain('detaches every backup policy of the organization: 2 attachments are lost');
    expect(text).toContain('Enabling the type again does not attach the policies again');
    expect(text).toContain('aws organizations disable-policy-type --root-id r-em1b --policy-type BACKUP_POLICY');
  });

  test('where it happens: organization, management account, profile and endpoint', async () => {
    const opened = await open('stub');
    const text = await confirm(opened, { type: 'disableTrustedAccess' });
    expect(text).toContain('stops organization-wide monitoring');
    for (const part of ['o-em1b000000', '111111111111', 'profile test', opened.stub?.endpoint ?? '?']) expect(text).toContain(part);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['ListAWSServiceAccessForOrganization', 'trustedAccess', 'organizations:ListAWSServiceAccessForOrganization'],
    ['ListDelegatedAdministrators', 'delegatedAdministrators', 'organizations:ListDelegatedAdministrators'],
    ['DescribeResourcePolicy', 'delegationPolicy', 'organizations:DescribeResourcePolicy'],
    ['ListRoots', 'policyType', 'organizations:ListRoots'],
    ['backup:DescribeGlobalSettings', 'crossAccountBackup', 'backup:DescribeGlobalSettings'],
  ] as const)('a refused %s hides no other row, and is among the permissions with its statement', async (operation, step, action) => {
    const { rows, stub } = await open('stub');
    stub?.fault({ kind: 'accessDenied', operation });
    const read = await rows();
    expect(brief(read[step])).toBe('unknown: Not allowed to read');
    expect(read[step].failure?.message).toContain(action);
    expect(Object.values(read).filter(({ failure }) => failure !== undefined).map((row) => row.step)).toEqual([step]);
    expect(brief(read.permissions)).toBe('missing: 1 action refused');
    expect(read.permissions.details.map(({ text }) => text)).toContain(`Refused: ${action}`);
    const [copy] = read.permissions.actions;
    if (copy?.type !== 'copy') throw new Error('Nothing can be copied.');
    expect(JSON.parse(copy.text)).toEqual({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [action], Resource: '*' }] });
  });

  test('a fault of AWS at one question is no refusal, and hides no other row', async () => {
    const { rows, stub } = await open('stub');
    stub?.fault({ kind: 'status500', operation: 'ListDelegatedAdministrators', times: 4 });
    const read = await rows();
    expect(brief(read.delegatedAdministrators)).toBe('unknown: Could not be read');
    expect(brief(read.trustedAccess)).toBe('missing: Disabled');
    expect(brief(read.permissions)).toBe('done: Nothing was refused');
  });

  test('an expired sign-in concerns all questions, and is told once', async () => {
    const { ask, stub } = await open('stub');
    stub?.fault({ kind: 'expired', times: 50 });
    expect(await ask('backupPolicy/aws/setUp', null)).toMatchObject({ type: 'failed', failure: { nextStep: expect.stringContaining('aws sso login') as string } });
  });

  test('a member account sees why it may change nothing here', async () => {
    const { rows } = await open('stub', { callerId: member });
    const read = await rows();
    expect(brief(read.allFeatures)).toBe('done: Enabled');
    expect(brief(read.permissions)).toMatch(/^missing: 4 actions refused$/);
    expect(read.permissions.details.map(({ text }) => text)).toContain('This is no management account (111111111111): the set-up cannot be changed here.');
  });

  test('a refused change is told with its statement, and nothing is changed', async () => {
    const { make, stub, state } = await open('stub');
    stub?.fault({ kind: 'accessDenied', operation: 'EnableAWSServiceAccess' });
    expect(await make({ type: 'enableTrustedAccess' })).toMatchObject({ type: 'failed', failure: { actions: expect.arrayContaining([expect.objectContaining({ type: 'copy', text: expect.stringContaining('organizations:EnableAWSServiceAccess') as string })]) as unknown } });
    expect((await state()).trustedServices).toBeUndefined();
  });
});

describe('a delegation policy', () => {
  const generated = async (state: EmbeddedState): Promise<{ readonly Statement: readonly { readonly Sid?: string; readonly Resource: unknown; readonly Principal: unknown }[] }> => {
    const result = await (await open('embedded', { state })).ask('backupPolicy/aws/delegationPolicy', { accountId: member });
    if (result.type !== 'done') throw new Error(JSON.stringify(result));
    expect(result.value.command).toBe('aws organizations put-resource-policy --content file://delegation-policy.json');
    return JSON.parse(result.value.content) as Awaited<ReturnType<typeof generated>>;
  };

  test('is generated for one account and this organization', async () => {
    const { Statement: [read, change] } = await generated(organization());
    expect(read?.Resource).toBe('*');
    expect(change?.Principal).toEqual({ AWS: `arn:aws:iam::${member}:root` });
    expect(change?.Resource).toEqual(['root/o-em1b000000/r-em1b', 'ou/o-em1b000000/*', 'account/o-em1b000000/*', 'policy/o-em1b000000/backup_policy/*'].map((rest) => `arn:aws:organizations::111111111111:${rest}`));
  });

  test('keeps what the present one says, and is not doubled', async () => {
    const other = { Sid: 'Tags', Effect: 'Allow', Principal: '*', Action: 'organizations:DescribePolicy', Resource: '*' };
    const first = await generated(organization({ resourcePolicy: { id: 'rp-1', content: JSON.stringify({ Version: '2012-10-17', Statement: other }) } }));
    expect(first.Statement.map(({ Sid }) => Sid)).toEqual(['Tags', 'BackupPoliciesRead', 'BackupPoliciesChange']);
    const second = await generated(organization({ resourcePolicy: { id: 'rp-1', content: JSON.stringify(first) } }));
    expect(second).toEqual(first);
  });

  test.each([
    ['names the policy type', { Effect: 'Allow', Action: 'organizations:AttachPolicy', Condition: { StringLike: { 'organizations:PolicyType': 'BACKUP_POLICY' } } }, 'done: Delegates backup policies'],
    ['is limited to no type', { Effect: 'Allow', Action: ['organizations:CreatePolicy'] }, 'done: Delegates backup policies'],
    ['is about tag policies', { Effect: 'Allow', Action: 'organizations:AttachPolicy', Condition: { StringLike: { 'organizations:PolicyType': 'TAG_POLICY' } } }, 'optional: Does not delegate backup policies'],
    ['only reads', { Effect: 'Allow', Action: 'organizations:DescribePolicy' }, 'optional: Does not delegate backup policies'],
    ['denies', { Effect: 'Deny', Action: 'organizations:*' }, 'optional: Does not delegate backup policies'],
  ])('that %s', async (_what, statement, wanted) => {
    const { rows } = await open('embedded', { state: organization({ resourcePolicy: { id: 'rp-1', content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }) });
    expect(brief((await rows()).delegationPolicy)).toBe(wanted);
  });

  test('that is no JSON delegates nothing and can be shown', async () => {
    const { rows } = await open('embedded', { state: organization({ resourcePolicy: { id: 'rp-1', content: 'half {' } }) });
    const { delegationPolicy } = await rows();
    expect(brief(delegationPolicy)).toBe('optional: Does not delegate backup policies');
    expect(changes(delegationPolicy)).toEqual(['(show)', '(generate)']);
  });
});

test('an organization without all features says so, and a pending policy type offers nothing', async () => {
  const { rows } = await open('embedded', { state: organization({ featureSet: 'CONSOLIDATED_BILLING', policyType: 'ENABLED', policyTypeSettles: Number.MAX_SAFE_INTEGER }) });
  const read = await rows();
  expect(brief(read.allFeatures)).toBe('missing: Consolidated billing only');
  expect([brief(read.policyType), changes(read.policyType)]).toEqual(['pending: Being enabled', []]);
});

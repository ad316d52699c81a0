import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsSettings, PushPreparationView, RemoteResult } from '../../server/protocol.ts';
import { remoteMethods } from '../../server/protocol.ts';
import { writes } from '../../server/organizations/rates.ts';
import { openAwsSession, type AwsSession } from './awsSession.ts';

let session: AwsSession;

beforeEach(async () => {
  session = await openAwsSession();
});
afterEach(() => session.close());

const sent = (): readonly string[] => session.stub.requests.map(({ operation }) => operation);
const sentWrites = (): readonly string[] => sent().filter((operation) => writes.has(operation));

/** What the user is told and offered. */
function told(result: RemoteResult<unknown>): unknown {
  return result.type === 'failed' ? [result.failure.message, ...result.failure.actions.map((action) => (action.type === 'command' ? action.command : action.type))] : result.type;
}

/** Changes a policy of the sample in the editor, and prepares to push it. */
async function preparedPush(): Promise<PushPreparationView> {
  const { editor } = session;
  const file = 'backup-policies/baseline.json';
  const text = readFileSync('samples/backup-policies/baseline.json', 'utf8');
  editor.openDocument(file, text.replace('"35"', '"36"'));
  const result = await session.ask('backupPolicy/aws/preparePush', { organization: editor.uri('backup-organization.json'), policies: ['baseline'] });
  if (result.type !== 'done') throw new Error(JSON.stringify(result));
  return result.value;
}

describe('no request leaves', () => {
  const restricted = ['This workspace is in restricted mode, where nothing is sent to AWS.', 'workbench.trust.manage'];
  const unconnected = ['No organization is connected, so nothing is sent to AWS.', 'awsBackupPolicy.connectToAws'];
  const off = ['The mode is off, so nothing is sent to AWS.', 'awsBackupPolicy.changeAwsMode'];

  it.each<[string, Parameters<AwsSession['settings']>[0], readonly string[]]>([
    ['before the editor has said how', undefined, restricted],
    ['in a workspace that is not trusted', { trusted: false, mode: 'readWrite' }, restricted],
    ['in mode off', { mode: 'off' }, off],
    ['as long as nothing is chosen', { mode: 'off', profile: undefined }, unconnected],
  ])('%s, and the message says why and what to do next', async (_when, change, expected) => {
    if (change !== undefined) session.settings(change);
    expect(told(await session.ask('backupPolicy/aws/connection', null))).toEqual(expected);
    expect(sent()).toEqual([]);
  });

  it.each<[string, Partial<AwsSettings>]>([
    ['in a workspace that is not trusted', { trusted: false, mode: 'readWrite' }],
    ['in mode off', { mode: 'off' }],
  ])('%s, whatever is requested', async (_when, change) => {
    session.settings(change);
    for (const method of remoteMethods) await session.editor.request(method, { call: 1, params: { organization: session.editor.uri('backup-organization.json'), policies: 'changed', ref: 'x', id: 'x', file: session.storage, replace: false } }).catch(() => undefined);
    expect(sent()).toEqual([]);
  });

  it('from a file of profiles either, in a workspace that is not trusted', async () => {
    session.settings({ trusted: false });
    expect(told(await session.ask('backupPolicy/aws/profiles', null))).toEqual(restricted);
  });
});

describe('in mode readOnly', () => {
  it('the organization is read and nothing is written: the message offers to change the mode', async () => {
    session.settings({ mode: 'readOnly' });
    const { ref } = await preparedPush();
    expect(sent()).toContain('DescribePolicy');
    expect(told(await session.ask('backupPolicy/aws/executePush', { ref }))).toEqual(['The connection to AWS is read-only, so nothing is changed there.', 'awsBackupPolicy.changeAwsMode']);
    expect(sentWrites()).toEqual([]);
  });

  it('the same goes through after the mode was changed, without another start', async () => {
    session.settings({ mode: 'readOnly' });
    const { ref } = await preparedPush();
    session.settings({ mode: 'readWrite' });
    expect((await session.ask('backupPolicy/aws/executePush', { ref })).type).toBe('done');
    expect(sentWrites()).toEqual(['UpdatePolicy']);
  });
});

describe('trust that is granted later', () => {
  it('counts at once', async () => {
    session.settings({ trusted: false, mode: 'off' });
    expect((await session.ask('backupPolicy/aws/connection', null)).type).toBe('failed');
    session.settings();
    expect(await session.ask('backupPolicy/aws/connection', null)).toEqual({
      type: 'done',
      value: { backend: 'aws', mode: 'readOnly', profile: 'plain', endpoint: session.stub.endpoint, organizationId: 'o-h4rb000000', managementAccountId: expect.stringMatching(/^\d{12}$/) as string, caller: { accountId: expect.stringMatching(/^\d{12}$/) as string, arn: expect.stringContaining('arn:aws:') as string } },
    });
  });
});

describe('the first change of a session', () => {
  it('waits until the user has seen who calls and where; a no sends nothing, a yes counts for the session', async () => {
    session.settings({ mode: 'readWrite' });
    const shown: unknown[] = [];
    const answers = [false, true];
    session.editor.answers['backupPolicy/aws/confirmConnection'] = (view) => {
      shown.push(view);
      return answers[shown.length - 1] ?? true;
    };
    const first = await preparedPush();
    expect(shown).toEqual([]);
    expect(await session.ask('backupPolicy/aws/executePush', { ref: first.ref })).toEqual({ type: 'cancelled' });
    expect(sentWrites()).toEqual([]);
    expect((await session.ask('backupPolicy/aws/executePush', { ref: first.ref })).type).toBe('done');
    expect(sentWrites()).toEqual(['UpdatePolicy']);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toMatchObject({ organizationId: 'o-h4rb000000', endpoint: session.stub.endpoint, profile: 'plain', caller: { arn: expect.stringContaining('arn:aws:') as string } });
    session.editor.type('backup-policies/baseline.json', readFileSync('samples/backup-policies/baseline.json', 'utf8'));
    const second = await session.ask('backupPolicy/aws/preparePush', { organization: session.editor.uri('backup-organization.json'), policies: ['baseline'] });
    if (second.type !== 'done') throw new Error(JSON.stringify(second));
    expect((await session.ask('backupPolicy/aws/executePush', { ref: second.value.ref })).type).toBe('done');
    expect(shown).toHaveLength(2);
  });
});

describe('what was shown for one organization', () => {
  const elsewhere = 'Another profile, endpoint or embedded organization was chosen after this was shown, so nothing was changed.';

  it('is not pushed to another one that was chosen since, and can still be pushed to the first', async () => {
    session.settings({ mode: 'readWrite' });
    const { ref, accountId } = await preparedPush();
    expect(accountId).toMatch(/^\d{12}$/);
    session.settings({ mode: 'readWrite', endpoint: `${session.stub.endpoint}/` });
    expect(told(await session.ask('backupPolicy/aws/executePush', { ref }))).toEqual([elsewhere]);
    expect(sentWrites()).toEqual([]);
    session.settings({ mode: 'readWrite' });
    expect((await session.ask('backupPolicy/aws/executePush', { ref })).type).toBe('done');
    expect(sentWrites()).toEqual(['UpdatePolicy']);
  });

  it('is neither attached nor taken back in another one', async () => {
    session.settings({ mode: 'readWrite' });
    const { ref } = await preparedPush();
    expect((await session.ask('backupPolicy/aws/executePush', { ref })).type).toBe('done');
    const undo = await session.ask('backupPolicy/aws/planUndo', {});
    if (undo.type !== 'done' || undo.value === null) throw new Error(JSON.stringify(undo));
    session.settings({ mode: 'readWrite', endpoint: `${session.stub.endpoint}/` });
    expect(told(await session.ask('backupPolicy/aws/undo', { plan: undo.value.plan }))).toEqual([elsewhere]);
    expect(sentWrites()).toEqual(['UpdatePolicy']);
  });

  it('is pushed also where AWS STS does not tell who calls', async () => {
    session.settings({ mode: 'readWrite' });
    session.stub.fault({ kind: 'accessDenied', operation: 'sts:GetCallerIdentity', times: 9 });
    const { ref, accountId } = await preparedPush();
    expect(accountId).toBeUndefined();
    expect((await session.ask('backupPolicy/aws/executePush', { ref })).type).toBe('done');
  });
});

describe('the profiles of the shared configuration files', () => {
  it('are listed with where their credentials come from, and nothing of the credentials', async () => {
    session.settings({ mode: 'off' });
    const result = await session.ask('backupPolicy/aws/profiles', null);
    expect(result).toEqual({
      type: 'done',
      value: [
        { name: 'plain', credentials: 'accessKey', region: 'eu-central-1', mfa: false },
        { name: 'role', credentials: 'assumeRole', role: 'arn:aws:iam::111122223333:role/Backup', source: 'plain', mfa: true },
        { name: 'ran', credentials: 'process', mfa: false },
      ],
    });
    expect(sent()).toEqual([]);
  });
});

describe('an embedded organization', () => {
  it('is made of the model, stands for AWS, and is replaced only on demand', async () => {
    session.settings({ mode: 'off' });
    const file = `${session.storage}/embedded.json`;
    const params = { organization: session.editor.uri('backup-organization.json'), file, replace: false };
    expect(await session.ask('backupPolicy/aws/createEmbedded', params)).toMatchObject({ type: 'done', value: { type: 'created', organizationId: 'o-h4rb000000' } });
    expect(await session.ask('backupPolicy/aws/createEmbedded', params)).toEqual({ type: 'done', value: { type: 'exists' } });
    expect(await session.ask('backupPolicy/aws/createEmbedded', { ...params, replace: true })).toMatchObject({ type: 'done', value: { type: 'created' } });
    session.settings({ mode: 'readWrite', embedded: file });
    expect(await session.ask('backupPolicy/aws/connection', null)).toMatchObject({ type: 'done', value: { backend: 'embedded', file, mode: 'readWrite' } });
    const { ref } = await preparedPush();
    expect((await session.ask('backupPolicy/aws/executePush', { ref })).type).toBe('done');
    expect(session.editor.asked).not.toContain('backupPolicy/aws/confirmConnection');
    expect(sent()).toEqual([]);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sealCode } from '../../client/aws/sealCode.ts';
import type { UserRequests } from '../../server/protocol.ts';
import { openAwsSession, secrets, type AwsSession } from './awsSession.ts';

const assumed = { keyId: 'ASIAPLANTEDPLANTED00', secret: 'planted-role-secret-planted-role-secret+', sessionToken: 'plantedRoleTokenPlantedRoleToken==' } as const;
const mfaCode = '918273';
const output: string[] = [];

let session: AwsSession;
let sts: { readonly codes: string[]; close(): Promise<void> };

/** STS as far as roles are assumed: takes one code of an MFA device and refuses every other. */
async function startSts(): Promise<typeof sts> {
  const codes: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const code = new URLSearchParams(body).get('TokenCode') ?? '';
      codes.push(code);
      response.writeHead(code === mfaCode ? 200 : 403, { 'Content-Type': 'text/xml' });
      response.end(code === mfaCode
        ? `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/Backup/me</Arn><AssumedRoleId>AROA:me</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${assumed.keyId}</AccessKeyId><SecretAccessKey>${assumed.secret}</SecretAccessKey><SessionToken>${assumed.sessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
        : '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL_STS'] = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    codes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answerMfa(code: string | null): void {
  session.editor.answers['backupPolicy/aws/mfaCode'] = (params) => (code === null ? null : sealCode(code, (params as UserRequests['backupPolicy/aws/mfaCode']['params']).publicKey));
}

beforeEach(async () => {
  output.length = 0;
  session = await openAwsSession();
  sts = await startSts();
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      output.push(chunk.toString());
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await session.close();
  await sts.close();
});

const connect = async (): Promise<unknown> => {
  const result = await session.ask('backupPolicy/aws/connection', null);
  return result.type === 'failed' ? result.failure : result.type;
};

describe('a profile that assumes a role with an MFA device', () => {
  it('asks for one code, and signs with the credentials of the role', async () => {
    session.settings({ profile: 'role' });
    answerMfa(mfaCode);
    expect(await connect()).toBe('done');
    expect(sts.codes).toEqual([mfaCode]);
    expect(session.editor.asked.filter((method) => method === 'backupPolicy/aws/mfaCode')).toHaveLength(1);
    expect(new Set(session.stub.requests.map(({ keyId }) => keyId))).toEqual(new Set([assumed.keyId]));
  });

  it('says that a wrong code was refused, and takes the next one', async () => {
    session.settings({ profile: 'role' });
    answerMfa('000000');
    expect(await connect()).toMatchObject({ message: expect.stringContaining('invalid MFA one time pass code') as string, actions: [{ title: 'Choose Profile' }, { type: 'retry' }] });
    expect(session.stub.requests).toEqual([]);
    answerMfa(mfaCode);
    expect(await connect()).toBe('done');
  });

  it('is cancelled without a code, and nothing is sent', async () => {
    session.settings({ profile: 'role' });
    answerMfa(null);
    expect(await connect()).toBe('cancelled');
    expect(sts.codes).toEqual([]);
    expect(session.stub.requests).toEqual([]);
  });
});

describe('credentials that AWS refuses', () => {
  it('are read again after a new login', async () => {
    session.settings();
    session.stub.fault({ kind: 'expired' });
    expect(await connect()).toMatchObject({ actions: [{ type: 'terminal', command: 'aws sso login --profile plain' }, { type: 'retry' }, { title: 'Choose Profile' }] });
    expect(await connect()).toBe('done');
  });

  it('of a missing SSO session name the login of that profile', async () => {
    session.settings({ profile: 'sso user' });
    expect(await connect()).toMatchObject({ actions: expect.arrayContaining([expect.objectContaining({ title: 'Choose Profile' })]) as unknown });
    expect(session.stub.requests).toEqual([]);
  });
});

describe('a trace of all messages, the log and the output of a whole session', () => {
  it('hold no credential and no code, also of calls that fail', async () => {
    session.settings();
    expect(await connect()).toBe('done');
    for (const kind of ['expired', 'invalidCredentials', 'accessDenied', 'clock', 'html200'] as const) {
      session.stub.fault({ kind, times: 4 });
      expect(await connect()).toHaveProperty('message');
      // What is left of a fault that was not repeated.
      while ((await connect()) !== 'done');
    }
    session.settings({ profile: 'ran' });
    expect(await connect()).toHaveProperty('message');
    session.settings({ profile: 'role' });
    answerMfa(mfaCode);
    expect(await connect()).toBe('done');
    await session.ask('backupPolicy/aws/profiles', null);
    const all = [...session.editor.trace, ...output].join('\n');
    expect(sts.codes).toEqual([mfaCode]);
    expect(session.editor.trace.join('\n')).toContain('backupPolicy/aws/mfaCode');
    expect(all).toContain('window/logMessage');
    for (const secret of [...Object.values(secrets), ...Object.values(assumed), mfaCode, 'planted-process-output']) expect(all.includes(secret), secret).toBe(false);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from '../../../server/organizations/connection/access.ts';
import type { RemoteHost } from '../../../server/organizations/host.ts';
import { PushSession } from '../../../server/organizations/push/pushSession.ts';
import type { RemoteMode } from '../../../server/protocol.ts';
import { openClient } from '../backends.ts';
import { closeAfterEach, document, modelUri, openPushing, patiently, type Pushing } from './pushing.ts';

closeAfterEach();

let pushing: Pushing;
let mode: RemoteMode;
let session: PushSession;
const closing: (() => void)[] = [];

/** A session on the wire, with the access of the product. */
beforeEach(async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'session-'));
  pushing = await openPushing('stub');
  mode = 'readWrite';
  const client = await openClient({});
  const { edited, impact, clock } = pushing.context.host;
  const host: RemoteHost = {
    clock,
    edited,
    impact,
    saved: edited,
    withFiles: edited,
    previewModelChange: () => { throw new Error('A push changes no model.'); },
    mfaCode: () => Promise.resolve(undefined),
    log: () => undefined,
    settings: () => ({ trusted: true, mode, profile: 'test', endpoint: pushing.stub?.endpoint ?? '', storage }),
  };
  const access = createAccess(host);
  session = new PushSession(host, access);
  closing.push(() => { client.close(); }, () => { access.close(); }, () => { rmSync(storage, { recursive: true, force: true }); });
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const prepare = async (policies: readonly string[] | 'changed' = ['baseline']): ReturnType<PushSession['prepare']> => session.prepare({ organization: modelUri, policies }, patiently());
const execute = async (ref: string): ReturnType<PushSession['execute']> => session.execute({ ref }, patiently());

describe('a push that was shown', () => {
  it('names the endpoint that is not AWS\'s own, and can be made once', async () => {
    pushing.modelled({ baseline: {} });
    pushing.write({ 'baseline.json': document(35) });
    const { ref, endpoint, commands } = await prepare();
    expect([endpoint, commands]).toEqual([pushing.stub?.endpoint, expect.stringContaining(`--profile test --endpoint-url ${pushing.stub?.endpoint ?? ''}`)]);
    expect(await execute(ref)).toMatchObject({ complete: true });
    await expect(execute(ref)).rejects.toMatchObject({ name: 'Refusal', nextStep: 'Push again: AWS and the files are read anew.' });
  });

  it('is kept until four others were shown', async () => {
    pushing.modelled({ baseline: {} });
    pushing.write({ 'baseline.json': document(35) });
    const first = await prepare();
    for (let others = 0; others < 3; others++) await prepare();
    expect(session.version({ ref: first.ref, policy: 'baseline', version: 'file' })).toBe(document(35));
    expect(session.version({ ref: first.ref, policy: 'baseline', version: 'remote' })).toBe('');
    await prepare();
    expect(() => session.version({ ref: first.ref, policy: 'baseline', version: 'file' })).toThrow('What was shown of this push is not kept any more');
  });

  it('is shown but not made where the connection is read-only, and nothing leaves where it is off', async () => {
    pushing.modelled({ baseline: {} });
    pushing.write({ 'baseline.json': document(35) });
    mode = 'readOnly';
    const { ref } = await prepare();
    const asked = pushing.stub?.requests.length;
    await expect(execute(ref)).rejects.toMatchObject({ name: 'Refusal', message: 'The connection to AWS is read-only, so nothing is changed there.' });
    mode = 'off';
    await expect(prepare()).rejects.toMatchObject({ name: 'Refusal' });
    expect(pushing.stub?.requests.length).toBe(asked);
    mode = 'readWrite';
    expect(await execute(ref)).toMatchObject({ complete: true });
  });

  it('is no conflict any more once AWS\'s version is taken', async () => {
    const id = await pushing.given('baseline', document(90));
    pushing.modelled({ baseline: { id } });
    pushing.write({ 'baseline.json': document(35) });
    await execute((await prepare()).ref);
    await pushing.api.updatePolicy({ policyId: id, content: document(60) });
    pushing.write({ 'baseline.json': document(30) });
    const { ref, policies } = await prepare();
    expect(policies).toMatchObject([{ kind: 'conflict' }]);
    expect((['base', 'remote', 'file'] as const).map((version) => session.version({ ref, policy: 'baseline', version }))).toEqual([document(35), document(60), document(30)]);
    expect(await session.takeRemote({ ref, policy: 'baseline' })).toBe(document(60));
    expect((await prepare()).policies).toMatchObject([{ kind: 'update' }]);
    await expect(session.takeRemote({ ref, policy: 'nightly' })).rejects.toMatchObject({ name: 'Refusal' });
  });
});

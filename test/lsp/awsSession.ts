import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AwsSettings, RemoteMethod, RemoteRequests, RemoteResult } from '../../server/protocol.ts';
import { EmbeddedOrganization } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { embeddedFromModel } from '../../server/organizations/connection/embeddedFromModel.ts';
import { systemClock } from '../../server/organizations/clock.ts';
import { memoryStorage } from '../../server/organizations/embedded/storage.ts';
import { startStub, type Stub } from '../organizations/stub.ts';
import { sampleSnapshot } from '../organizations/connection/sampleSnapshot.ts';
import { Editor } from './editor.ts';

/** Recognisable, and in the form of AWS's: what must appear in no log. */
export const secrets = {
  keyId: 'AKIAPLANTEDPLANTED00',
  secret: 'planted+secret/planted+secret/planted+00',
  sessionToken: 'plantedSessionTokenPlantedSessionToken==',
} as const;

/** An editor with the sample organization, and AWS Organizations on a port with the same. */
export interface AwsSession {
  readonly editor: Editor;
  readonly stub: Stub;
  readonly storage: string;
  /** Tells the server how AWS may be reached; without a change: trusted, readOnly, the stub. Undefined leaves something out. */
  settings(change?: { readonly [Name in keyof AwsSettings]?: AwsSettings[Name] | undefined }): void;
  ask<Method extends RemoteMethod>(method: Method, params: RemoteRequests[Method]['params']): Promise<RemoteResult<RemoteRequests[Method]['result']>>;
  close(): Promise<void>;
}

/** Opens both; nothing is asked yet. Credentials come from files that nobody else has. */
export async function openAwsSession(): Promise<AwsSession> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aws-session-'));
  const before = { ...process.env };
  writeFileSync(path.join(folder, 'config'), '[profile plain]\nregion = eu-central-1\n\n[profile role]\nrole_arn = arn:aws:iam::111122223333:role/Backup\nsource_profile = plain\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n\n[profile sso user]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = Backup\n\n[profile ran]\ncredential_process = sh -c "echo planted-process-output >&2; exit 3"\n\n[sso-session corp]\nsso_region = eu-west-1\n');
  writeFileSync(path.join(folder, 'credentials'), `[plain]\naws_access_key_id = ${secrets.keyId}\naws_secret_access_key = ${secrets.secret}\naws_session_token = ${secrets.sessionToken}\n`);
  Object.assign(process.env, { AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'), AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const { state } = embeddedFromModel(...sampleSnapshot());
  const stub = await startStub(new EmbeddedOrganization({ storage: memoryStorage(state), clock: systemClock, propagation: [1, 1] }));
  const editor = await Editor.open('samples', {}, () => Date.now());
  const storage = path.join(folder, 'storage');
  let call = 0;
  return {
    editor,
    stub,
    storage,
    settings: (change = {}) => {
      editor.notify('backupPolicy/awsSettings', { trusted: true, mode: 'readOnly', profile: 'plain', endpoint: stub.endpoint, storage, ...change });
    },
    ask: async (method, params) => (await editor.request(method, { call: ++call, params })) as RemoteResult<never>,
    close: async () => {
      await editor.close();
      await stub.close();
      for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import type { ConnectionRequests, EmbeddedCreation } from '../../protocol.ts';
import type { RemoteHost } from '../host.ts';
import { fileStorage } from '../embedded/storage.ts';
import { lastKnownFiles } from '../lastKnown.ts';
import { Refusal } from '../refusal.ts';
import { storageFolder } from '../storageFolder.ts';
import { embeddedFromModel } from './embeddedFromModel.ts';
import { refusalOf } from './modes.ts';

/** Makes an embedded organization out of the edited model. Rejects with a `Refusal` in a workspace that is not trusted. */
export async function createEmbedded(host: RemoteHost, { organization: uri, file, replace }: ConnectionRequests['backupPolicy/aws/createEmbedded']['params']): Promise<EmbeddedCreation> {
  const refusal = refusalOf({ ...host.settings(), mode: 'readOnly' }, 'read');
  if (refusal !== undefined) throw refusal;
  const snapshot = host.edited();
  const organization = snapshot.organizations.get(uri);
  if (organization === undefined) throw new Refusal('The model file is not there any more.', 'Open the folder with the model of the organization, then create the embedded organization again.');
  const { state, policies, attachments, leftOut } = embeddedFromModel(snapshot, organization, host.clock.now());
  const storage = fileStorage(file);
  const stored = await storage.load().catch((error: unknown) => {
    if (replace) throw new Refusal(`${file} holds something else than an embedded organization, so it is not replaced.`, 'Name another file in the setting awsBackupPolicy.aws.embeddedOrganization, or delete this one.');
    throw error;
  });
  if (stored !== undefined && !replace) return { type: 'exists' };
  if ((await storage.save(state, stored?.mark)) === undefined) throw new Refusal(`Another process has just written ${file}.`, 'Try again.');
  // It has what the files say, so that a colleague's change is seen as one from the first push on.
  const known = lastKnownFiles(storageFolder({ storage: host.settings().storage, embedded: file }));
  for (const { id, name, description, content } of state.policies) await known.put(state.organizationId, { policyId: id, name, description, content });
  return { type: 'created', organizationId: state.organizationId, accounts: state.accounts.length, policies, attachments, leftOut };
}

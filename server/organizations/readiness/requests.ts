import type { ReadinessRequests } from '../../protocol.ts';
import type { Access } from '../connection/access.ts';
import type { Call, RemoteHost } from '../host.ts';
import { Refusal } from '../refusal.ts';
import { checkReadiness } from './checkReadiness.ts';

interface Context {
  readonly host: RemoteHost;
  readonly access: Access;
}

type Handlers = { readonly [Method in keyof ReadinessRequests]: (context: Context, params: ReadinessRequests[Method]['params'], call: Call) => Promise<ReadinessRequests[Method]['result']> };

/** Answers the requests about what exists in AWS. */
export const readinessHandlers: Handlers = {
  'backupPolicy/aws/readiness': async ({ host, access }, params, call) => {
    const snapshot = host.edited();
    const organization = snapshot.organizations.get(params.organization);
    if (organization === undefined) throw new Refusal('The model file is not there any more.', 'Open the folder that holds it, and check again.');
    return checkReadiness(await access.services(), snapshot, organization, host.clock.now(), call);
  },
};

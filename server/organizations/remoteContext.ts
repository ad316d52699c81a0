import type { Access } from './connection/access.ts';
import type { RemoteHost } from './host.ts';
import type { JobsSession } from './jobs/jobsSession.ts';
import type { PushSession } from './push/pushSession.ts';

/** What every flow works with. */
export interface RemoteContext {
  readonly host: RemoteHost;
  readonly access: Access;
  readonly push: PushSession;
  readonly jobs: JobsSession;
}

/** Requests that concern an organization in AWS, and what they have in common. The parts of a flow are in files of their own. */

import type { AttachmentRequests } from './attachment.ts';
import type { ConnectionRequests } from './connection.ts';
import type { DriftRequests } from './drift.ts';
import type { ImportRequests } from './import.ts';
import type { JobsRequests } from './jobs.ts';
import type { PushRequests } from './push.ts';
import type { RemoteFailureView } from './remoteFailure.ts';
import type { SetUpRequests } from './setUp.ts';
import type { ReadinessRequests } from './readiness.ts';
import type { WritesRequests } from './writes.ts';

export type RemoteResult<T> = { readonly type: 'done'; readonly value: T } | { readonly type: 'failed'; readonly failure: RemoteFailureView } | { readonly type: 'cancelled' };

/** What each request takes and gives; every flow has an interface of its own. */
export type RemoteRequests =
  & AttachmentRequests
  & ConnectionRequests
  & DriftRequests
  & ImportRequests
  & JobsRequests
  & PushRequests
  & SetUpRequests
  & ReadinessRequests
  & WritesRequests;

export type RemoteMethod = keyof RemoteRequests;

/** All of {@link RemoteRequests}. */
export const remoteMethods = [
  'backupPolicy/aws/connection',
  'backupPolicy/aws/profiles',
  'backupPolicy/aws/createEmbedded',
  'backupPolicy/aws/drift',
  'backupPolicy/aws/driftCost',
  'backupPolicy/aws/driftAgain',
  'backupPolicy/aws/driftEdits',
  'backupPolicy/aws/driftAttachments',
  'backupPolicy/aws/driftCase',
  'backupPolicy/aws/importStart',
  'backupPolicy/aws/import',
  'backupPolicy/aws/importApplied',
  'backupPolicy/aws/readiness',
  'backupPolicy/aws/jobs',
  'backupPolicy/aws/preparePush',
  'backupPolicy/aws/executePush',
  'backupPolicy/aws/pushVersion',
  'backupPolicy/aws/takeRemote',
  'backupPolicy/aws/planUndo',
  'backupPolicy/aws/undo',
  'backupPolicy/aws/leftOpen',
  'backupPolicy/aws/finishOperation',
  'backupPolicy/aws/keepOperation',
  'backupPolicy/aws/journal',
  'backupPolicy/aws/prepareAttachment',
  'backupPolicy/aws/executeAttachment',
  'backupPolicy/aws/enablePolicyType',
  'backupPolicy/aws/setUp',
  'backupPolicy/aws/prepareSetUpChange',
  'backupPolicy/aws/changeSetUp',
  'backupPolicy/aws/memberAccounts',
  'backupPolicy/aws/delegationPolicy',
] as const satisfies readonly RemoteMethod[];

/** A request on the wire. `call` numbers it, so that its progress can be told. */
export interface RemoteCall<Params> {
  readonly call: number;
  readonly params: Params;
}

/** The same requests on the wire. */
export type RemoteWireRequests = { readonly [Method in RemoteMethod]: { readonly params: RemoteCall<RemoteRequests[Method]['params']>; readonly result: RemoteResult<RemoteRequests[Method]['result']> } };

/** How far a request is; `percent` is 0 to 100. */
export interface RemoteProgress {
  readonly call: number;
  readonly message: string;
  readonly percent?: number;
}

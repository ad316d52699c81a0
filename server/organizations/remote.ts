import type { RemoteFailureView, RemoteMethod, RemoteRequests, RemoteResult } from '../protocol.ts';
import { enablePolicyTypeView, executeAttachmentView, prepareAttachmentView } from './attachment/requests.ts';
import { createAccess } from './connection/access.ts';
import { createEmbedded } from './connection/createEmbedded.ts';
import { profiles } from './connection/profiles.ts';
import { driftHandlers } from './drift/requests.ts';
import { OrganizationsError } from './errors.ts';
import { failureActions } from './failureActions.ts';
import type { Call, RemoteHost } from './host.ts';
import { importOrganization, settleImport, startImport } from './import/importFlow.ts';
import { JobsSession } from './jobs/jobsSession.ts';
import { PushSession } from './push/pushSession.ts';
import { readinessHandlers } from './readiness/requests.ts';
import { Refusal } from './refusal.ts';
import type { RemoteContext } from './remoteContext.ts';
import { setUpHandlers } from './setUp/requests.ts';
import { finish, journalView, keep, leftOpenView, planUndoView, undo } from './writes/requests.ts';

type Handlers = { readonly [Method in RemoteMethod]: (context: RemoteContext, params: RemoteRequests[Method]['params'], call: Call) => Promise<RemoteRequests[Method]['result']> };

const handlers: Handlers = {
  'backupPolicy/aws/connection': ({ access }, _params, call) => access.connection(call),
  'backupPolicy/aws/profiles': ({ host }) => profiles(host),
  'backupPolicy/aws/createEmbedded': ({ host }, params) => createEmbedded(host, params),
  ...driftHandlers,
  ...readinessHandlers,
  'backupPolicy/aws/jobs': ({ jobs }, { scope, more }, call) => jobs.list(scope, more, call),
  'backupPolicy/aws/importStart': startImport,
  'backupPolicy/aws/import': importOrganization,
  'backupPolicy/aws/importApplied': settleImport,
  'backupPolicy/aws/preparePush': ({ push }, params, call) => push.prepare(params, call),
  'backupPolicy/aws/executePush': ({ push }, params, call) => push.execute(params, call),
  'backupPolicy/aws/pushVersion': ({ push }, params) => Promise.resolve(push.version(params)),
  'backupPolicy/aws/takeRemote': ({ push }, params) => push.takeRemote(params),
  'backupPolicy/aws/planUndo': planUndoView,
  'backupPolicy/aws/undo': undo,
  'backupPolicy/aws/leftOpen': (context, _params, call) => leftOpenView(context, call),
  'backupPolicy/aws/finishOperation': finish,
  'backupPolicy/aws/keepOperation': keep,
  'backupPolicy/aws/journal': (context) => journalView(context),
  'backupPolicy/aws/prepareAttachment': prepareAttachmentView,
  'backupPolicy/aws/executeAttachment': executeAttachmentView,
  'backupPolicy/aws/enablePolicyType': enablePolicyTypeView,
  ...setUpHandlers,
};

/** Answers the requests that concern an organization in AWS. */
export interface Remote {
  answer<Method extends RemoteMethod>(method: Method, params: RemoteRequests[Method]['params'], call: Call): Promise<RemoteResult<RemoteRequests[Method]['result']>>;
  close(): void;
}

/** Everything is opened on first use: making it asks nothing of anybody. */
export function createRemote(host: RemoteHost): Remote {
  const access = createAccess(host);
  const context: RemoteContext = { host, access, push: new PushSession(host, access), jobs: new JobsSession(host, access) };
  return {
    answer: async (method, params, call) => {
      try {
        return { type: 'done', value: await handlers[method](context, params, call) };
      } catch (error) {
        if (error instanceof OrganizationsError && error.failure.kind === 'cancelled' && !error.call.mayHaveHappened) return { type: 'cancelled' };
        const failure = failureView(error);
        host.log(failure === undefined ? 'error' : 'warning', logLine(method, error));
        if (failure === undefined) throw error;
        return { type: 'failed', failure };
      }
    },
    close: () => {
      access.close();
    },
  };
}

/** One line about what went wrong, for people who look for the cause. */
function logLine(method: RemoteMethod, error: unknown): string {
  if (!(error instanceof OrganizationsError)) return `${method}: ${error instanceof Error ? error.message : String(error)}`;
  const { failure, call } = error;
  return `${method}: ${call.operation} failed (${failure.kind}, attempts ${String(call.attempts)}, request ${call.requestId ?? 'without id'}): ${error.message}`;
}

/** Undefined for an error that nobody foresaw. */
export function failureView(error: unknown): RemoteFailureView | undefined {
  if (error instanceof Refusal) return { message: error.message, nextStep: error.nextStep, actions: error.actions };
  if (error instanceof OrganizationsError) return { message: error.message, nextStep: error.nextStep, actions: failureActions(error) };
  return undefined;
}

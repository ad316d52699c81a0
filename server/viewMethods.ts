import type { Steps } from './core/steps.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { Requests } from './protocol.ts';
import type { ServerState } from './serverState.ts';

/** The answer to one request of views and commands. */
export type ViewAnswer<Method extends keyof Requests> = (snapshot: Snapshot, params: Requests[Method]['params'], state: ServerState) => Requests[Method]['result'] | Steps<Requests[Method]['result']>;

/** Requests that no editor sends before somebody opens a view or runs a command. Their answers are loaded with the first of them. */
export const laterMethods = [
  'backupPolicy/effectivePolicy',
  'backupPolicy/cascade',
  'backupPolicy/whyNotSet',
  'backupPolicy/settingPaths',
  'backupPolicy/settingAt',
  'backupPolicy/effectiveText',
  'backupPolicy/previewModelChange',
  'backupPolicy/policyNames',
  'backupPolicy/coverage',
  'backupPolicy/coverageText',
  'backupPolicy/readiness',
  'backupPolicy/readinessText',
  'backupPolicy/impact',
  'backupPolicy/timeline',
  'backupPolicy/guardrails',
  'backupPolicy/refactorings',
  'backupPolicy/refactoring',
  'backupPolicy/templates',
] as const satisfies readonly (keyof Requests)[];

/** One of the requests whose answers are loaded on first use. */
export type LaterMethod = typeof laterMethods[number];

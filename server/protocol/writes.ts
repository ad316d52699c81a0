/** Changes of an organization in AWS: how they went, how they are taken back, and what was left in the middle. */

import type { ConnectionView } from './connection.ts';
import type { ImpactView } from './impact.ts';
import type { RemoteFailureView } from './remoteFailure.ts';

/** What of a policy can be changed. */
export interface PolicyTextView {
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

/**
 * One change and what became of it. `what` is a command such as `attach A to B`; `message` says why it was not made.
 * `unknown`: the answer was lost and AWS could not be read since.
 */
export interface RemoteWriteView {
  readonly what: string;
  readonly result: 'done' | 'already' | 'notDone' | 'notReached' | 'unknown';
  readonly message?: string;
}

/** A policy that AWS does not hold as it was read or written: what was expected and what is there, null when it is gone. */
export interface RemoteConflictView {
  readonly policyName: string;
  readonly expected: PolicyTextView;
  readonly wanted: PolicyTextView | null;
  readonly remote: PolicyTextView | null;
}

/** What became of an operation, as AWS's state says. */
export interface RemoteOutcomeView {
  readonly title: string;
  /** Everything wanted holds. */
  readonly complete: boolean;
  readonly writes: readonly RemoteWriteView[];
  /** Why it stopped. */
  readonly failure?: RemoteFailureView;
  readonly conflict?: RemoteConflictView;
  /** Set where something was done but not all: its id in the journal, by which it is finished, taken back or kept. */
  readonly leftOpen?: string;
}

/** What taking back would do, before it is done. */
export interface UndoPlanView {
  /** Number by which it is carried out. */
  readonly plan: number;
  /** What is taken back, and when it was done (epoch milliseconds UTC). */
  readonly title: string;
  readonly at: number;
  readonly connection: ConnectionView;
  /** The changes as commands such as `detach A from B`. */
  readonly steps: readonly string[];
  /** What cannot be restored, in sentences. */
  readonly notes: readonly string[];
  /** Why it cannot be taken back, in sentences; then there is nothing to carry out. */
  readonly obstacles: readonly string[];
  readonly conflict?: RemoteConflictView;
  /** What accounts get, as far as a model knows them. */
  readonly impact?: ImpactView;
  /** The same with the AWS CLI. */
  readonly commands: readonly string[];
}

/** An operation that was left in the middle. `at` is epoch milliseconds UTC. */
export interface LeftOpenView {
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly done: readonly string[];
  readonly notDone: readonly string[];
}

export interface WritesRequests {
  /** Reads AWS and changes nothing. Without an id it is about the last operation that did something; null when there is none. */
  'backupPolicy/aws/planUndo': { readonly params: { readonly id?: string }; readonly result: UndoPlanView | null };
  'backupPolicy/aws/undo': { readonly params: { readonly plan: number }; readonly result: RemoteOutcomeView };
  /** What was left in the middle. AWS is read only where the journal leaves something open. */
  'backupPolicy/aws/leftOpen': { readonly params: null; readonly result: readonly LeftOpenView[] };
  'backupPolicy/aws/finishOperation': { readonly params: { readonly id: string }; readonly result: RemoteOutcomeView };
  /** Leaves AWS as it is. */
  'backupPolicy/aws/keepOperation': { readonly params: { readonly id: string }; readonly result: null };
  /** Everything that was changed from here, as text; reads no organization. */
  'backupPolicy/aws/journal': { readonly params: null; readonly result: string };
}

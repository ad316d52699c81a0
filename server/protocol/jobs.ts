/** Jobs of AWS Backup across an organization, with what may be behind a failure. */

import type { ViewLocation } from './entity.ts';

/** How a job stands, in the order of the view. */
export type JobGroupType = 'failed' | 'incomplete' | 'running' | 'completed';

/** What most likely made a job fail, and what to do. */
export interface LikelyCauseView {
  readonly title: string;
  readonly explanation: string;
  readonly nextStep: string;
}

/** One job. Times are epoch milliseconds UTC. */
export interface JobView {
  readonly id: string;
  readonly type: 'backup' | 'copy' | 'restore';
  /** AWS's word, such as `FAILED`. */
  readonly state: string;
  readonly accountId: string;
  /** Of the model, else the id. */
  readonly accountName: string;
  readonly region: string;
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly created: number;
  readonly completed?: number;
  /** AWS's message, empty without one. */
  readonly message: string;
  readonly planName?: string;
  readonly ruleName?: string;
  readonly cause?: LikelyCauseView;
  /** The line of the policy: of a copy its target, else the rule. */
  readonly location?: ViewLocation;
}

/** Jobs that stand alike, the newest first. */
export interface JobGroupView {
  readonly type: JobGroupType;
  /** As many as were read. */
  readonly total: number;
  readonly jobs: readonly JobView[];
}

/** A rule that should have started a backup in the last 48 hours, and accounts where none is known. */
export interface MissedRunView {
  readonly planName: string;
  readonly ruleName: string;
  readonly region: string;
  /** Epoch milliseconds UTC of the last start that should have been followed by a job. */
  readonly scheduled: number;
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly location?: ViewLocation;
}

/** Whose jobs are listed. */
export interface JobScope {
  /** The model that accounts and policies are of. */
  readonly organization: string;
  /** The id of one account; without it all of the organization. */
  readonly accountId?: string;
  /** Only jobs of this plan, in any letter case. */
  readonly planName?: string;
}

/** The jobs of the last days. */
export interface JobsView {
  readonly scope: JobScope;
  /** Days that are looked back. */
  readonly days: number;
  /** Failed ones first; groups without jobs are left out. */
  readonly groups: readonly JobGroupView[];
  /** True when AWS has more, or groups have more than is shown. */
  readonly hasMore: boolean;
  /** Undefined as long as not all jobs of the last 48 hours were read. */
  readonly missed?: readonly MissedRunView[];
  /** What is to be known about the list, in sentences. */
  readonly notes: readonly string[];
}

export interface JobsRequests {
  /** `more` goes on with the list of the same scope; without it AWS is asked anew. */
  'backupPolicy/aws/jobs': { readonly params: { readonly scope: JobScope; readonly more: boolean }; readonly result: JobsView };
}

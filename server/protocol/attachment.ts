/** Attaching, detaching and reordering in AWS: what would be done, and what came of it. */

import type { ConnectionView } from './connection.ts';
import type { ImpactView } from './impact.ts';
import type { PushReportView, PushResultView } from './push.ts';
import type { RemoteOutcomeView } from './writes.ts';

/** A change of what is attached where, as in a model file; entities by their key. */
export type AttachmentChangeParams =
  | { readonly type: 'attach'; readonly organization: string; readonly policy: string; readonly targets: readonly string[]; readonly index?: number }
  | { readonly type: 'detach'; readonly organization: string; readonly policy: string; readonly targets: readonly string[] }
  | { readonly type: 'reorder'; readonly organization: string; readonly policy: string; readonly target: string; readonly index: number }
  | { readonly type: 'move'; readonly organization: string; readonly policy: string; readonly from: string; readonly to: string; readonly index?: number };

/** What a change would do in AWS. Nothing is written. */
export interface AttachmentPlanView {
  /** Names this plan; it stands for exactly what is shown. */
  readonly ref: number;
  /** `Move NightlyBackups from Root/Prod/shop to Root/Prod` */
  readonly title: string;
  readonly connection: ConnectionView;
  /** The calls as commands such as `attach A to B`; empty where AWS has it so already. */
  readonly steps: readonly string[];
  /** Accounts at or below the targets: as AWS has them where `counted` is true, else as the model has them. */
  readonly accounts: number;
  readonly counted: boolean;
  readonly impact: ImpactView;
  /** What is to be known before it is confirmed, in sentences. */
  readonly notes: readonly string[];
  /** The same with the AWS CLI, for a POSIX shell. */
  readonly commands: string;
  /** Set where AWS attaches nothing before the policy type is enabled in this root; then the plan cannot be carried out. */
  readonly enableFirst?: { readonly rootId: string; readonly pending: boolean };
}

/** What came of a change. */
export interface AttachmentResultView {
  readonly outcome: RemoteOutcomeView;
  readonly effective: PushResultView['effective'];
  readonly reports: readonly PushReportView[];
  /** Keys of the targets where AWS holds what was wanted. */
  readonly targets: readonly string[];
}

/** What came of enabling. `enabled`: AWS says so; else it is still on its way. */
export interface PolicyTypeResultView {
  readonly outcome: RemoteOutcomeView;
  readonly enabled: boolean;
}

export interface AttachmentRequests {
  'backupPolicy/aws/prepareAttachment': { readonly params: { readonly change: AttachmentChangeParams }; readonly result: AttachmentPlanView };
  'backupPolicy/aws/executeAttachment': { readonly params: { readonly ref: number }; readonly result: AttachmentResultView };
  /** Enables backup policies in the whole organization and waits until AWS says so. */
  'backupPolicy/aws/enablePolicyType': { readonly params: { readonly rootId: string }; readonly result: PolicyTypeResultView };
}

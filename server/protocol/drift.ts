/** What differs between the files and the organization in AWS. */

import type { EntityKind, TargetRef } from './entity.ts';

/** One setting that differs. `removed`: AWS lacks what the files have; `added`: AWS has what the files lack. */
export interface DriftChangeView {
  readonly type: 'added' | 'removed' | 'changed';
  /** Keys joined by slashes. */
  readonly path: string;
  /** `90 → 35`, the files' value first; undefined for a plan, rule or other group. */
  readonly values?: string;
}

interface FindingBase {
  /** The same for the same difference as long as it exists. */
  readonly id: string;
  /** What differs, in one sentence. */
  readonly message: string;
  /** What follows from it, and what to do. */
  readonly nextStep: string;
}

/** A policy in AWS as it was read. */
export interface RemotePolicyView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

/**
 * A policy file against AWS.
 * - `differs`: what the file says and what AWS's content says mean different things.
 * - `fileMissing`: the model has the policy, and its file cannot be read.
 */
export interface PolicyFinding extends FindingBase {
  readonly kind: 'policy';
  readonly type: 'differs' | 'fileMissing' | 'onlyInModel' | 'onlyInAws' | 'nameDiffers' | 'descriptionDiffers';
  /** The name in the model, for `onlyInAws` that in AWS. */
  readonly policy: string;
  readonly uri?: string;
  readonly remote?: RemotePolicyView;
  readonly changes: readonly DriftChangeView[];
  /** Paths of the targets that the policy is attached to, in the model or, for `onlyInAws`, in AWS. */
  readonly attachedTo: readonly string[];
}

/** An OU or account of the model against AWS. `added`: AWS alone has it; `removed`: the model alone. */
export interface EntityFinding extends FindingBase {
  readonly kind: 'organization';
  readonly type: 'added' | 'removed' | 'renamed' | 'moved';
  readonly entityKind: EntityKind;
  /** Its key in the model; undefined for `added`. */
  readonly key?: string;
  /** Its path in the model, for `added` in AWS. */
  readonly path: string;
  readonly remote?: { readonly id: string; readonly name: string; readonly path: string };
  /** Where AWS has it: the key of the parent in the model, if the model has that. */
  readonly parentKey?: string;
  /** Accounts at or below it. */
  readonly accounts: number;
}

/** A policy attached in one of the two. `missing`: AWS lacks an attachment of the model; `surplus`: the model lacks one of AWS. */
export interface AttachmentFinding extends FindingBase {
  readonly kind: 'attachment';
  readonly type: 'missing' | 'surplus';
  /** The name in the model, of a policy that it does not have that in AWS. */
  readonly policy: string;
  readonly policyId?: string;
  /** False for a policy that the model does not have. */
  readonly modelled: boolean;
  readonly target: { readonly key: string; readonly id: string; readonly path: string };
}

/**
 * The effective policy that we work out for an account against AWS's own.
 * - `frozen`: AWS withholds the new one for errors that are not ours.
 * - `notFrozen`: we find errors, and AWS does not.
 */
export interface EffectiveFinding extends FindingBase {
  readonly kind: 'effective';
  readonly type: 'differs' | 'frozen' | 'notFrozen';
  readonly account: { readonly key: string; readonly id: string; readonly path: string };
  /** Accounts of the model that get the same effective policy from us, this one included. */
  readonly accounts: number;
  readonly changes: readonly DriftChangeView[];
  /** AWS's errors and ours, as far as they differ. */
  readonly errors: readonly { readonly from: 'AWS' | 'model'; readonly code: string; readonly message: string; readonly path: string }[];
  /**
   * - `drift`: another difference on the way from the root to the account explains it.
   * - `order`: another order of attachment does, and AWS does not tell the order.
   * - `unexplained`: a change is on its way, or our merge is wrong.
   */
  readonly cause: 'drift' | 'order' | 'unexplained';
  /** AWS's effective policy. */
  readonly content: string;
  /** When AWS made it: epoch milliseconds UTC. */
  readonly updated: number;
}

export type DriftFinding = PolicyFinding | EntityFinding | AttachmentFinding | EffectiveFinding;

/** What differs between a model with its files and AWS. */
export interface DriftReport {
  /** URI of the model. */
  readonly organization: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** When AWS was read: epoch milliseconds UTC. */
  readonly readAt: number;
  readonly findings: readonly DriftFinding[];
  /** What was compared and is equal. */
  readonly equal: { readonly policies: number; readonly targets: number; readonly attachments: number; readonly accounts: number };
  /** Paths of the accounts whose new effective policy AWS withholds. */
  readonly frozen: readonly string[];
  /** On what the comparison does not rest: sentences. */
  readonly notes: readonly string[];
}

/** Which effective policies are asked for: of these targets' accounts, or a sample of so many accounts (0: none). */
export type DriftAccounts = { readonly type: 'targets'; readonly keys: readonly string[] } | { readonly type: 'sample'; readonly count: number };

/** What a comparison of effective policies would take. */
export interface DriftCost {
  /** Accounts that are asked for, and how many accounts they stand for. */
  readonly accounts: number;
  readonly standFor: number;
  /** Different effective policies in the model. */
  readonly policies: number;
  /** At least, for the effective policies alone. */
  readonly seconds: number;
}

/** Edits of files that make the model like AWS in one point; `refusal`: why there are none. */
export interface DriftEditsView {
  readonly edits: readonly { readonly uri: string; readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } }; readonly newText: string }[];
  readonly newFiles: readonly { readonly uri: string; readonly text: string }[];
  readonly refusal?: string;
}

/** A difference that the user looks at. */
export interface DriftFindingRef {
  readonly organization: string;
  readonly id: string;
}

/** Requests about drift that the client makes. */
export interface DriftRequests {
  /** Reads AWS and compares. */
  'backupPolicy/aws/drift': { readonly params: { readonly organization: string; readonly accounts: DriftAccounts }; readonly result: DriftReport };
  /** What reading the effective policies would take; asks nothing of AWS. */
  'backupPolicy/aws/driftCost': { readonly params: { readonly organization: string; readonly accounts: DriftAccounts }; readonly result: DriftCost };
  /** What was read last against the files as they are now; null when nothing was read. Asks nothing of AWS. */
  'backupPolicy/aws/driftAgain': { readonly params: { readonly organization: string }; readonly result: DriftReport | null };
  /** The edits that take AWS's side. Asks nothing of AWS. */
  'backupPolicy/aws/driftEdits': { readonly params: DriftFindingRef; readonly result: DriftEditsView };
  /** The attachments of both sides as lists of text. */
  'backupPolicy/aws/driftAttachments': { readonly params: { readonly target: TargetRef }; readonly result: { readonly model: string; readonly aws: string } };
  /** A difference in effective policies with all that led to it, names and ids redacted: JSON. */
  'backupPolicy/aws/driftCase': { readonly params: DriftFindingRef; readonly result: string };
}

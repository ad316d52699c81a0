import type { Policy, Tag } from '../api.ts';
import type { OrganizationsError } from '../errors.ts';
import { setUpWords, type SetUpWrite } from './setUpWrite.ts';

/** What of a policy can be changed, as AWS has it or shall have it. */
export interface PolicyText {
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

/** The id of a policy, or the policy that an earlier write of the same operation creates: its number, from 0. */
export type PolicyReference = string | { readonly createdBy: number };

/** A policy and a target; names are for messages. */
export interface AttachmentWrite {
  readonly policyId: PolicyReference;
  readonly policyName: string;
  readonly targetId: string;
  readonly targetName: string;
}

/** One call that changes a policy or an attachment, and what has to hold before it. */
export type PolicyWrite =
  | (PolicyText & { readonly type: 'createPolicy'; readonly tags?: readonly Tag[] })
  /** Written only while AWS holds `before`, byte for byte. AWS cannot empty a description: an empty one in `after` means that it stays. Source: limits-and-errors §1 [obs]. */
  | { readonly type: 'updatePolicy'; readonly policyId: string; readonly name: string; readonly before: PolicyText; readonly after: PolicyText }
  /** Deleted only while AWS holds `before`, byte for byte, and attached nowhere. */
  | { readonly type: 'deletePolicy'; readonly policyId: PolicyReference; readonly before: PolicyText }
  | (AttachmentWrite & { readonly type: 'attachPolicy' })
  | (AttachmentWrite & { readonly type: 'detachPolicy' });

/** One call that changes an organization. */
export type RemoteWrite =
  | PolicyWrite
  | { readonly type: 'enablePolicyType'; readonly rootId: string }
  | { readonly type: 'disablePolicyType'; readonly rootId: string }
  | SetUpWrite;

/** Whether a write is about a policy or an attachment, and not about what surrounds them. */
export function isPolicyWrite(write: RemoteWrite): write is PolicyWrite {
  return write.type === 'createPolicy' || 'policyId' in write;
}

/** The order of attachment at one target, as ids of policies; AWS does not tell it, so it is what the model said. */
export interface AttachmentOrder {
  readonly targetId: string;
  readonly targetName: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Writes that belong together, in the order in which they are made. */
export interface RemoteOperation {
  /** `Push NightlyBackups` */
  readonly title: string;
  readonly organizationId: string;
  readonly writes: readonly RemoteWrite[];
  /** ARN of who calls, where it is known. */
  readonly caller?: string;
  /** Where the writes put policies in another order. */
  readonly orders?: readonly AttachmentOrder[];
  /** The journalled operation that this one takes back. */
  readonly undoes?: string;
}

/** Why a write was not made. */
export type NotDone =
  | { readonly type: 'failure'; readonly error: OrganizationsError }
  /** AWS does not hold what the write is meant for: `remote` is what it holds, undefined when there is no such policy. */
  | { readonly type: 'conflict'; readonly remote: Policy | undefined }
  /** Cancelled before it was sent. */
  | { readonly type: 'cancelled' }
  /** A write before it was not made. */
  | { readonly type: 'notReached' }
  /** The journal could not be written, so nothing was sent. `detail` is the reason of the file system. */
  | { readonly type: 'notJournalled'; readonly detail: string };

/**
 * What became of a write, as AWS's state says.
 * - `done`: by this write. `policyId` is the policy it was about.
 * - `already`: AWS held the wanted state before.
 * - `unknown`: the answer was lost, and AWS could not be read since or holds neither the old nor the new state, but `remote`.
 */
export type WriteResult =
  | { readonly type: 'done'; readonly policyId?: string }
  | { readonly type: 'already'; readonly policyId?: string }
  | { readonly type: 'notDone'; readonly why: NotDone }
  | { readonly type: 'unknown'; readonly error: OrganizationsError; readonly remote?: Policy };

/** What became of an operation: one result for each write, and its id in the journal (undefined if it could not be begun). */
export interface OperationOutcome {
  readonly id: string | undefined;
  readonly results: readonly WriteResult[];
  /** Whether everything wanted holds. */
  readonly complete: boolean;
}

/** Whether AWS holds what a write wanted. */
export function holds(result: WriteResult | undefined): result is Extract<WriteResult, { type: 'done' | 'already' }> {
  return result?.type === 'done' || result?.type === 'already';
}

/** Whether a policy is byte for byte a text. */
export function isText(policy: PolicyText, text: PolicyText): boolean {
  return policy.name === text.name && policy.description === text.description && policy.content === text.content;
}

/** What AWS holds after an update. Source: limits-and-errors §1 [obs]. */
export function updated(before: PolicyText, after: PolicyText): PolicyText {
  return after.description === '' ? { ...after, description: before.description } : after;
}

/** A write as a command to somebody: `attach NightlyBackups to Production`. */
export function wordsOf(write: RemoteWrite): string {
  switch (write.type) {
    case 'createPolicy':
      return `create policy ${write.name}`;
    case 'updatePolicy':
      return write.before.name === updated(write.before, write.after).name ? `update policy ${write.name}` : `update policy ${write.before.name} and rename it to ${write.after.name}`;
    case 'deletePolicy':
      return `delete policy ${write.before.name}`;
    case 'attachPolicy':
      return `attach ${write.policyName} to ${write.targetName}`;
    case 'detachPolicy':
      return `detach ${write.policyName} from ${write.targetName}`;
    case 'enablePolicyType':
      return 'enable the policy type BACKUP_POLICY';
    case 'disablePolicyType':
      return 'disable the policy type BACKUP_POLICY';
    default:
      return setUpWords(write);
  }
}

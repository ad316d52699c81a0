/** What has to exist in each account before the jobs of its effective policy can succeed. */

import type { TargetRef, ViewLocation } from './entity.ts';

/** A line of a policy because of which something is needed. */
export interface ReadinessReasonView {
  /** `plans/daily/rules/nightly/target_backup_vault_name`. */
  readonly setting: string;
  /** `company at Root`. */
  readonly origin: string;
  readonly location?: ViewLocation;
}

/** Kinds of things that AWS does not create for a policy. */
export type ReadinessType = 'role' | 'vault' | 'airGappedVault' | 'centralVault' | 'optIn';

/** One line of the checklist. */
export interface ReadinessItemView {
  /** What it is, unique within a group. */
  readonly key: string;
  readonly type: ReadinessType;
  /** `service-role/AWSBackupDefaultServiceRole`, `company-vault`. */
  readonly name: string;
  /** Undefined for a role: IAM has no Regions. */
  readonly region?: string;
  /** With `$account` for the account's id; empty for what has no ARN. */
  readonly arn: string;
  /** `Vault company-vault in eu-central-1`. */
  readonly text: string;
  /** What may be in the way, in a sentence. */
  readonly remark?: string;
  readonly reasons: readonly ReadinessReasonView[];
}

/** An account of the checklist. */
export interface ReadinessAccountView {
  readonly name: string;
  readonly path: string;
  readonly id?: string;
  /** Undefined for an account that the model does not have. */
  readonly target?: TargetRef;
}

/** Accounts that need the same. */
export interface ReadinessGroupView {
  readonly key: string;
  /** `central` for one account that others copy to. */
  readonly type: 'accounts' | 'central';
  /** In the order of the model. */
  readonly accounts: readonly ReadinessAccountView[];
  /** The same in as few paths as name them all: an OU stands for all of its accounts. */
  readonly places: readonly string[];
  /** Of a central account: how many accounts copy to it. */
  readonly copiedFrom: number;
  /** True when AWS withholds the effective policy: what is needed rests on what the files say. */
  readonly isInvalid: boolean;
  readonly items: readonly ReadinessItemView[];
  /** Settings that a template fills in, or that cannot be read: what they need is not known. */
  readonly open: readonly ReadinessReasonView[];
}

/** The checklist of one organization, or of a part of it. */
export interface OrganizationReadinessView {
  readonly uri: string;
  readonly name: string;
  readonly accounts: number;
  /** Accounts that no plan reaches: they need nothing. */
  readonly withoutNeeds: number;
  /** Central accounts first. */
  readonly groups: readonly ReadinessGroupView[];
}

/** What became of one thing in one account. */
export interface ReadinessFinding {
  /** The account's id. */
  readonly account: string;
  /** The item's key. */
  readonly item: string;
  readonly state: 'found' | 'missing' | 'notChecked';
  /** What was seen, or why nobody looked, in a sentence. */
  readonly message: string;
}

/** What AWS answered about the accounts that credentials reach. */
export interface ReadinessCheckView {
  /** Epoch milliseconds UTC. */
  readonly at: number;
  readonly findings: readonly ReadinessFinding[];
  /** Why the other accounts were not looked at, in a sentence. */
  readonly others: string;
}

/** The formats in which readiness can be written to a file. */
export type ReadinessFormat = 'csv' | 'markdown' | 'cloudformation';

/** A model; with a key only the accounts at or below that root, OU or account. */
export interface ReadinessPlace {
  readonly organization: string;
  readonly key?: string;
}

/** The text of a file, or why there is none and what to do. */
export type ReadinessTextView =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'none'; readonly reason: string };

export interface ReadinessRequests {
  /** What of it exists in the account of the credentials. */
  'backupPolicy/aws/readiness': { readonly params: { readonly organization: string }; readonly result: ReadinessCheckView };
}

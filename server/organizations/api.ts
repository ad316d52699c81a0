/** Cancels a call, also while it waits for a retry. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * The pages of a list, in AWS's order. A page may be empty and still not be the last. Each iteration asks anew.
 * Source: organizations-api §2 [api].
 */
export type Pages<T> = AsyncIterable<readonly T[]>;

/** Everything of a paged list. */
export async function complete<T>(pages: Pages<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** `ALL` is needed for policies of any type. */
export type FeatureSet = 'ALL' | 'CONSOLIDATED_BILLING';

/** The organization of the calling account. */
export interface OrganizationDescription {
  readonly id: string;
  readonly featureSet: FeatureSet;
  readonly managementAccountId: string;
}

/** Whether backup policies take part in the organization; AWS leaves a disabled type out of its answer. */
export type PolicyTypeStatus = 'DISABLED' | 'ENABLED' | 'PENDING_ENABLE' | 'PENDING_DISABLE';

/** The root with the status of the type `BACKUP_POLICY`. */
export interface RootDescription {
  readonly id: string;
  readonly name: string;
  readonly backupPolicies: PolicyTypeStatus;
}

/** An organizational unit (OU). */
export interface OrganizationalUnitDescription {
  readonly id: string;
  readonly name: string;
}

/** A member or the management account; `status` is AWS's word, such as `ACTIVE` or `SUSPENDED`. */
export interface AccountDescription {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** The root or OU that it is in; only where AWS tells the account's path. Source: organizations-api §1 [obs]. */
  readonly parentId?: string;
}

/** An AWS service with trusted access to the organization. `since`: epoch milliseconds UTC, where AWS tells it. */
export interface TrustedService {
  readonly servicePrincipal: string;
  readonly since?: number;
}

/** A member account that administers an AWS service for the organization. `since`: epoch milliseconds UTC, where AWS tells it. */
export interface DelegatedAdministrator extends AccountDescription {
  readonly since?: number;
}

/** What may be below a root or OU. */
export type ChildType = 'ACCOUNT' | 'ORGANIZATIONAL_UNIT';

/** The place that an OU or account is directly in. */
export interface ParentDescription {
  readonly id: string;
  readonly type: 'ROOT' | 'ORGANIZATIONAL_UNIT';
}

/** A backup policy without its content. */
export interface PolicySummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
}

/** A backup policy; `content` is byte for byte what was sent. Source: organizations-api §2 [obs]. */
export interface Policy extends PolicySummary {
  readonly content: string;
}

/** Something that a policy is attached to. */
export interface TargetDescription {
  readonly id: string;
  readonly name: string;
  readonly type: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT' | 'ROOT';
}

/** A tag of a policy. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A policy to create. The name is unique per type, 1 to 128 characters; the description has 0 to 512. Source: limits-and-errors §1 [api]. */
export interface NewPolicy {
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly tags?: readonly Tag[];
}

/** What to change of a policy; what is absent stays. An empty description keeps the old one. Source: limits-and-errors §1 [obs]. */
export interface PolicyUpdate {
  readonly policyId: string;
  readonly name?: string;
  readonly description?: string;
  readonly content?: string;
}

/** A policy and a root, OU or account. */
export interface Attachment {
  readonly policyId: string;
  readonly targetId: string;
}

/**
 * What a write came to: `done` by this call, or `already` so before it. After a lost answer AWS says the same as for
 * `already`, so both mean that the wanted state holds. Source: organizations-backend §3 [measured].
 */
export type WriteOutcome = 'done' | 'already';

/** The effective backup policy of an account. `updated`: epoch milliseconds UTC. */
export interface EffectivePolicy {
  readonly accountId: string;
  readonly content: string;
  readonly updated: number;
}

/** An error of a merged policy in AWS's words. Source: limits-and-errors §4. */
export interface ValidationError {
  readonly code: string;
  readonly message: string;
  /** `plans/daily/rules/hourly` */
  readonly path: string;
  /** Ids of the policies with a part in it; the order means nothing. */
  readonly contributingPolicies: readonly string[];
}

/** AWS's validation report of one account. `path` and `evaluated` (epoch milliseconds UTC) are absent without errors [obs]. */
export interface ValidationReport {
  readonly accountId: string;
  /** `o-id/r-id/ou-id/123456789012/` */
  readonly path?: string;
  readonly evaluated?: number;
  readonly errors: readonly ValidationError[];
}

/** The resource-based delegation policy of the organization. */
export interface ResourcePolicy {
  readonly id: string;
  readonly content: string;
}

/**
 * AWS Organizations as far as backup policies need it. Every method rejects with `OrganizationsError` and nothing else.
 * Writes run one at a time, in the order of the calls; a write that AWS refuses because of another one that is under
 * way is tried again. Source: organizations-api §2, organizations-backend §3.
 */
export interface OrganizationsApi {
  describeOrganization(options?: CallOptions): Promise<OrganizationDescription>;
  listRoots(options?: CallOptions): Promise<readonly RootDescription[]>;
  listOrganizationalUnitsForParent(parentId: string, options?: CallOptions): Pages<OrganizationalUnitDescription>;
  /** All accounts of the organization, wherever they are. */
  listAccounts(options?: CallOptions): Pages<AccountDescription>;
  /** Accounts directly below a root or OU. */
  listAccountsForParent(parentId: string, options?: CallOptions): Pages<AccountDescription>;
  /** Ids of what is directly below a root or OU. */
  listChildren(parentId: string, type: ChildType, options?: CallOptions): Pages<string>;
  /** The one parent of an OU or account. */
  listParents(childId: string, options?: CallOptions): Promise<readonly ParentDescription[]>;
  /** All backup policies of the organization. */
  listPolicies(options?: CallOptions): Pages<PolicySummary>;
  describePolicy(policyId: string, options?: CallOptions): Promise<Policy>;
  /** Backup policies attached directly; the order is not that of attachment. */
  listPoliciesForTarget(targetId: string, options?: CallOptions): Pages<PolicySummary>;
  listTargetsForPolicy(policyId: string, options?: CallOptions): Pages<TargetDescription>;
  listTagsForResource(resourceId: string, options?: CallOptions): Pages<Tag>;
  /** A repetition after a lost answer finds the policy that it made, and gives that. */
  createPolicy(policy: NewPolicy, options?: CallOptions): Promise<Policy>;
  /** Gives the content as it is now. AWS's answer has name and description only where they were sent. Source: organizations-api §2 [obs]. */
  updatePolicy(update: PolicyUpdate, options?: CallOptions): Promise<Pick<Policy, 'id' | 'content'>>;
  /** `already` only where a lost answer was repeated; an unknown id rejects. */
  deletePolicy(policyId: string, options?: CallOptions): Promise<WriteOutcome>;
  attachPolicy(attachment: Attachment, options?: CallOptions): Promise<WriteOutcome>;
  detachPolicy(attachment: Attachment, options?: CallOptions): Promise<WriteOutcome>;
  /** Takes effect later: `listRoots` says `PENDING_ENABLE` until then. */
  enablePolicyType(rootId: string, options?: CallOptions): Promise<WriteOutcome>;
  /** Detaches every backup policy of the organization; enabling does not attach them again. Source: organizations-api §2 [doc, obs]. */
  disablePolicyType(rootId: string, options?: CallOptions): Promise<WriteOutcome>;
  /** Rejects with `notFound` of an effective policy where the type is not enabled. */
  describeEffectivePolicy(accountId: string, options?: CallOptions): Promise<EffectivePolicy>;
  listEffectivePolicyValidationErrors(accountId: string, options?: CallOptions): Promise<ValidationReport>;
  /** Ids of the accounts whose new effective policy AWS withholds. */
  listAccountsWithInvalidEffectivePolicy(options?: CallOptions): Pages<string>;
  /** Undefined when the organization has none. */
  describeResourcePolicy(options?: CallOptions): Promise<ResourcePolicy | undefined>;
  putResourcePolicy(content: string, options?: CallOptions): Promise<ResourcePolicy>;
  /** `already` when the organization has none. */
  deleteResourcePolicy(options?: CallOptions): Promise<WriteOutcome>;
  /** The services with trusted access, such as `backup.amazonaws.com`. Source: organizations-api §5 [doc]. */
  listAWSServiceAccessForOrganization(options?: CallOptions): Pages<TrustedService>;
  enableAWSServiceAccess(servicePrincipal: string, options?: CallOptions): Promise<WriteOutcome>;
  disableAWSServiceAccess(servicePrincipal: string, options?: CallOptions): Promise<WriteOutcome>;
  /** Of one service. That of AWS Backup may watch jobs; it does not by itself manage policies. Source: organizations-api §4 [doc]. */
  listDelegatedAdministrators(servicePrincipal: string, options?: CallOptions): Pages<DelegatedAdministrator>;
  registerDelegatedAdministrator(accountId: string, servicePrincipal: string, options?: CallOptions): Promise<WriteOutcome>;
  deregisterDelegatedAdministrator(accountId: string, servicePrincipal: string, options?: CallOptions): Promise<WriteOutcome>;
  /** Frees connections; calls under way may fail. */
  close(): void;
}

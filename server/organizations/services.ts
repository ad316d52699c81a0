import type { CallOptions, Pages } from './api.ts';

/** Who calls, as AWS STS says. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** An IAM role. `path` begins and ends with `/`, as in `/service-role/`. */
export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
}

/** Flags of AWS Backup for the organization, such as `isCrossAccountBackupEnabled`; read in any account, changed in the management account. */
export interface GlobalSettings {
  readonly flags: Readonly<Record<string, boolean>>;
  /** Epoch milliseconds UTC; absent when they were never changed. */
  readonly updated?: number;
}

/** A vault of the calling account in one Region. `type` is AWS's word, such as `BACKUP_VAULT`. */
export interface BackupVault {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly locked: boolean;
}

/** What a job does. */
export type JobType = 'backup' | 'copy' | 'restore';

/** A job of AWS Backup. `state` and `category` are AWS's words; times are epoch milliseconds UTC. */
export interface BackupJob {
  readonly type: JobType;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly state: string;
  /** AWS's message, mostly about a failure; empty without one. */
  readonly message: string;
  readonly category?: string;
  readonly created: number;
  readonly completed?: number;
  readonly resourceArn: string;
  readonly resourceType: string;
  /** Where the recovery point is made. */
  readonly vaultArn: string;
  /** Of a copy. */
  readonly sourceVaultArn?: string;
  readonly roleArn?: string;
  /** The plan and the rule that started it; absent for one that a user started. A plan that comes from a policy has the name of the policy's plan. */
  readonly planId?: string;
  readonly planName?: string;
  readonly ruleName?: string;
}

/** Which jobs; what is absent does not restrict. Times are epoch milliseconds UTC. */
export interface JobFilter {
  /** `*` for all accounts of the organization, which takes the management account or a delegated administrator and trusted access; without it the calling account. */
  readonly accountId?: string;
  readonly state?: string;
  readonly createdAfter?: number;
  readonly createdBefore?: number;
  readonly resourceType?: string;
}

/**
 * What else of AWS concerns backup policies: AWS Backup, which is regional, AWS STS and IAM. Every method rejects with
 * `OrganizationsError` and nothing else. A Region is named as in `eu-central-1`.
 */
export interface ServicesApi {
  /** The Region of the profile, where the settings of the organization are read. */
  readonly region: string;
  getCallerIdentity(options?: CallOptions): Promise<CallerIdentity>;
  /** A role of the calling account by its name without path; undefined when there is none. */
  getRole(roleName: string, options?: CallOptions): Promise<Role | undefined>;
  describeGlobalSettings(options?: CallOptions): Promise<GlobalSettings>;
  /** Changes the named flags. */
  updateGlobalSettings(flags: Readonly<Record<string, boolean>>, options?: CallOptions): Promise<void>;
  /** Service opt-in: by resource type, whether AWS Backup backs it up in the Region. */
  describeRegionSettings(region: string, options?: CallOptions): Promise<Readonly<Record<string, boolean>>>;
  listBackupVaults(region: string, options?: CallOptions): Pages<BackupVault>;
  listBackupJobs(region: string, filter: JobFilter, options?: CallOptions): Pages<BackupJob>;
  listCopyJobs(region: string, filter: JobFilter, options?: CallOptions): Pages<BackupJob>;
  listRestoreJobs(region: string, filter: JobFilter, options?: CallOptions): Pages<BackupJob>;
  /** Frees connections; calls under way may fail. */
  close(): void;
}

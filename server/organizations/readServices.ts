import type { WireObject } from './caller.ts';
import { instant, optional, record, text } from './readAnswer.ts';
import type { BackupJob, BackupVault, CallerIdentity, GlobalSettings, JobType, Role } from './services.ts';

/** Reads GetCallerIdentity. */
export function readIdentity(output: WireObject): CallerIdentity {
  return { accountId: text(output, 'Account'), arn: text(output, 'Arn') };
}

/** Reads GetRole. */
export function readRole(output: WireObject): Role {
  const role = record(output['Role'], 'Role');
  return { name: text(role, 'RoleName'), path: optional(role, 'Path') || '/', arn: optional(role, 'Arn') };
}

/** Reads flags, which AWS gives as booleans or as the texts `true` and `false`; none where the member is absent. */
export function readFlags(value: unknown): Readonly<Record<string, boolean>> {
  const flags = value === undefined || value === null ? {} : record(value, 'settings');
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, flag === true || flag === 'true']));
}

/** Reads DescribeGlobalSettings. */
export function readGlobalSettings(output: WireObject): GlobalSettings {
  const updated = instant(output['LastUpdateTime']);
  return { flags: readFlags(output['GlobalSettings']), ...(updated === undefined ? {} : { updated }) };
}

/** Reads an element of ListBackupVaults. */
export function readVault(vault: WireObject): BackupVault {
  return { name: text(vault, 'BackupVaultName'), arn: optional(vault, 'BackupVaultArn'), type: optional(vault, 'VaultType') || 'BACKUP_VAULT', locked: vault['Locked'] === true };
}

/** Reads an element of ListBackupJobs. */
export function readBackupJob(job: WireObject, region: string): BackupJob {
  return { ...common('backup', job, region), id: text(job, 'BackupJobId'), state: optional(job, 'State'), vaultArn: optional(job, 'BackupVaultArn'), resourceArn: optional(job, 'ResourceArn') };
}

/** Reads an element of ListCopyJobs. */
export function readCopyJob(job: WireObject, region: string): BackupJob {
  return { ...common('copy', job, region), id: text(job, 'CopyJobId'), state: optional(job, 'State'), vaultArn: optional(job, 'DestinationBackupVaultArn'), sourceVaultArn: optional(job, 'SourceBackupVaultArn'), resourceArn: optional(job, 'ResourceArn') };
}

/** Reads an element of ListRestoreJobs; its state is called status. */
export function readRestoreJob(job: WireObject, region: string): BackupJob {
  return { ...common('restore', job, region), id: text(job, 'RestoreJobId'), state: optional(job, 'Status'), vaultArn: optional(job, 'BackupVaultArn'), resourceArn: optional(job, 'SourceResourceArn') };
}

function common(type: JobType, job: WireObject, region: string): Omit<BackupJob, 'id' | 'state' | 'vaultArn' | 'resourceArn'> {
  const completed = instant(job['CompletionDate']);
  const creator = type === 'restore' || job['CreatedBy'] === undefined ? {} : record(job['CreatedBy'], 'CreatedBy');
  return {
    type,
    region,
    accountId: optional(job, 'AccountId'),
    message: optional(job, 'StatusMessage'),
    created: instant(job['CreationDate']) ?? 0,
    ...(completed === undefined ? {} : { completed }),
    resourceType: optional(job, 'ResourceType'),
    ...named('category', job, 'MessageCategory'),
    ...named('roleArn', job, 'IamRoleArn'),
    ...named('planId', creator, 'BackupPlanId'),
    ...named('planName', creator, 'BackupPlanName'),
    ...named('ruleName', creator, 'BackupRuleName'),
  };
}

function named<Name extends string>(name: Name, object: WireObject, member: string): { readonly [Key in Name]?: string } {
  const value = optional(object, member);
  return (value === '' ? {} : { [name]: value }) as { readonly [Key in Name]?: string };
}

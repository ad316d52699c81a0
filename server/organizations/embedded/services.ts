import type { WireObject } from '../caller.ts';
import { AwsError } from './awsError.ts';
import { optional, required } from './input.ts';
import { jobsOf } from './jobs.ts';
import type { Context, Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { rolesOf, vaultNames } from './resources.ts';
import type { KeptJob } from './state.ts';

const pageSize = 1000;

function denied(action: string): AwsError {
  return new AwsError('AccessDenied', `Insufficient privileges to perform this action: ${action}.`);
}

const getCallerIdentity: Run = ({ state, callerId }) => ({ Account: callerId, Arn: `arn:${state.partition}:iam::${callerId}:user/embedded`, UserId: 'AIDAEMBEDDED' });

const getRole: Run = ({ state, callerId }, input) => {
  const name = required(input, 'RoleName');
  const role = rolesOf(state, callerId).find((each) => each.name === name);
  if (role === undefined) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  return { Role: { RoleName: role.name, Path: role.path, Arn: `arn:${state.partition}:iam::${callerId}:role${role.path}${role.name}` } };
};

/** Source of the flags: [api]. */
const flagNames: readonly string[] = ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'];

const describeGlobalSettings: Run = ({ state }) => {
  const { flags = {}, updated = 0 } = state.services?.globalSettings ?? {};
  return { GlobalSettings: { ...Object.fromEntries(flagNames.map((name) => [name, 'false'])), ...flags }, LastUpdateTime: updated / 1000 };
};

const updateGlobalSettings: Run = ({ state, now, callerId }, input) => {
  if (callerId !== state.managementAccountId) throw denied('backup:UpdateGlobalSettings');
  const given = input['GlobalSettings'];
  const flags = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  if (flags.length === 0 || flags.some(([name, value]) => !flagNames.includes(name) || (value !== 'true' && value !== 'false'))) throw new AwsError('InvalidParameterValue', 'Invalid global settings.');
  state.services = { ...state.services, globalSettings: { flags: { ...state.services?.globalSettings?.flags, ...Object.fromEntries(flags) as Record<string, string> }, updated: now } };
  return {};
};

/** What is usual: everything but the types that were added last. */
const usualOptIn: Readonly<Record<string, boolean>> = {
  Aurora: true, CloudFormation: true, DocumentDB: true, DynamoDB: true, EBS: true, EC2: true, EFS: true, FSx: true, Neptune: true, RDS: true, Redshift: true,
  'Redshift Serverless': false, S3: true, 'SAP HANA on Amazon EC2': false, 'Storage Gateway': true, Timestream: false, VirtualMachine: true, DSQL: false,
};

const describeRegionSettings: Run = ({ state, region }) => ({ ResourceTypeOptInPreference: { ...usualOptIn, ...state.services?.optIn?.[region] } });

const listBackupVaults: Run = (context, input) => {
  const { state, callerId, region } = context;
  const vaults = vaultNames(state, callerId, region).map((name) => ({ BackupVaultName: name, BackupVaultArn: `arn:${state.partition}:backup:${region}:${callerId}:backup-vault:${name}`, VaultType: 'BACKUP_VAULT', Locked: false }));
  return pageOf('ListBackupVaults', input, 'BackupVaultList', vaults, context, pageSize);
};

/** Other accounts are seen by the management account and by delegated administrators, while AWS Backup has trusted access. Source: organizations-api §5 [doc]. */
function accountsOf({ state, callerId }: Context, input: WireObject, action: string): readonly string[] {
  const wanted = optional(input, 'ByAccountId') ?? callerId;
  if (wanted === callerId) return [callerId];
  const principal = 'backup.amazonaws.com';
  const administrates = callerId === state.managementAccountId || state.delegatedAdministrators?.some((each) => each.accountId === callerId && each.servicePrincipal === principal) === true;
  if (!administrates || state.trustedServices?.[principal] === undefined) throw denied(action);
  return wanted === '*' ? state.accounts.map(({ id }) => id) : [wanted];
}

const listJobs = (type: KeptJob['type'], operation: string, member: string, stateMember: string): Run => (context, input) => {
  const { state, region, now } = context;
  const accounts = accountsOf(context, input, `backup:${operation}`);
  const wantedState = optional(input, stateMember === 'Status' ? 'ByStatus' : 'ByState');
  const wantedType = optional(input, 'ByResourceType');
  const [after, before] = [instantOf(input['ByCreatedAfter']) ?? 0, instantOf(input['ByCreatedBefore']) ?? Number.POSITIVE_INFINITY];
  const jobs = jobsOf(state, accounts, region, now).flatMap((each) => {
    const created = Number(each.job['CreationDate']) * 1000;
    const chosen = each.type === type && created > after && created < before
      && (wantedState === undefined || each.job[stateMember] === wantedState) && (wantedType === undefined || each.job['ResourceType'] === wantedType);
    return chosen ? [each.job] : [];
  });
  return pageOf(operation, input, member, jobs, context, pageSize);
};

function instantOf(value: unknown): number | undefined {
  return value instanceof Date ? value.getTime() : undefined;
}

/** What can be asked of AWS Backup, AWS STS and IAM. */
export const serviceReads: Readonly<Record<string, Run>> = {
  'sts:GetCallerIdentity': getCallerIdentity,
  'iam:GetRole': getRole,
  'backup:DescribeGlobalSettings': describeGlobalSettings,
  'backup:DescribeRegionSettings': describeRegionSettings,
  'backup:ListBackupVaults': listBackupVaults,
  'backup:ListBackupJobs': listJobs('backup', 'ListBackupJobs', 'BackupJobs', 'State'),
  'backup:ListCopyJobs': listJobs('copy', 'ListCopyJobs', 'CopyJobs', 'State'),
  'backup:ListRestoreJobs': listJobs('restore', 'ListRestoreJobs', 'RestoreJobs', 'Status'),
};

/** What can be changed there. */
export const serviceChanges: Readonly<Record<string, Run>> = { 'backup:UpdateGlobalSettings': updateGlobalSettings };

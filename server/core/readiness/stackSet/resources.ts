import type { DeployedRole } from './deployment.ts';
import type { TemplateMap } from './yaml.ts';

/** What stays when a stack goes: recovery points must not be lost with it. */
const kept: TemplateMap = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** A vault. Without a key of its own AWS Backup encrypts it with the AWS managed one. */
export function vaultResource(name: string): TemplateMap {
  return { Type: 'AWS::Backup::BackupVault', ...kept, Properties: { BackupVaultName: name } };
}

/** A vault that only keeps, and whose retention the parameters bound. */
export function airGappedVaultResource(name: string): TemplateMap {
  return {
    Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
    ...kept,
    Properties: { BackupVaultName: name, MinRetentionDays: { Ref: 'AirGappedMinRetentionDays' }, MaxRetentionDays: { Ref: 'AirGappedMaxRetentionDays' } },
  };
}

/** A vault into which every account of the organization may copy. Source: common-mistakes D9 [KC-copy]. */
export function centralVaultResource(name: string): TemplateMap {
  return {
    Type: 'AWS::Backup::BackupVault',
    ...kept,
    Properties: {
      BackupVaultName: name,
      EncryptionKeyArn: { 'Fn::If': ['HasCentralVaultKey', { Ref: 'CentralVaultKeyArn' }, { Ref: 'AWS::NoValue' }] },
      AccessPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'CopyFromOrganization',
            Effect: 'Allow',
            Principal: '*',
            Action: 'backup:CopyIntoBackupVault',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } } },
          },
        ],
      },
    },
  };
}

const uses = {
  backup: { service: 'backup.amazonaws.com', policies: ['service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores'] },
  scan: { service: 'malware-protection.guardduty.amazonaws.com', policies: ['AWSBackupGuardDutyRolePolicyForScans'] },
} as const;

/** A role that AWS Backup, or its malware scan, takes on. Source of the scan's: syntax §8 [doc]; of the copy: common-mistakes D9 [KC-access]. */
export function roleResource(role: Pick<DeployedRole, 'path' | 'name' | 'uses' | 'copiesTo'>): { readonly resource: TemplateMap; readonly comments: readonly string[] } {
  const { path, name, copiesTo } = role;
  const policies = role.uses.flatMap((use) => uses[use].policies);
  return {
    resource: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        Path: path,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: role.uses.map((use) => uses[use].service) }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: policies.map((policy) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${policy}` })),
        ...(copiesTo.length === 0 ? {} : {
          Policies: [{
            PolicyName: 'CopyToCentralVaults',
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'backup:CopyIntoBackupVault', Resource: copiesTo }] },
          }],
        }),
      },
    },
    comments: role.uses.map((use) => (use === 'backup'
      ? 'The managed policies are those that AWS documents for backup and restore; they rest on no recorded answer of AWS. Some resource types need further ones.'
      : 'The name of the managed policy for scans is documented; its path rests on no recorded answer of AWS.')),
  };
}

/** The operations of other services that backup policies need, by the names of the IAM actions that allow them. */
export const serviceOperations = [
  'sts:GetCallerIdentity', 'iam:GetRole',
  'backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings', 'backup:DescribeRegionSettings', 'backup:ListBackupVaults',
  'backup:ListBackupJobs', 'backup:ListCopyJobs', 'backup:ListRestoreJobs',
] as const;

/** An operation of one of these services. */
export type ServiceOperation = (typeof serviceOperations)[number];

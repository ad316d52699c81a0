import type { Requirement } from './requirement.ts';

/** The role that the AWS Backup console makes. Source: common-mistakes D1 [KC]. */
export const defaultRoleName = 'AWSBackupDefaultServiceRole';
/** The vault that the AWS Backup console makes. Source: common-mistakes D2 [KC]. */
export const defaultVaultName = 'Default';

/** Why a requirement may be missing or cannot be met as it is written; undefined where there is nothing to say. */
export function remarkOn(requirement: Requirement): string | undefined {
  switch (requirement.type) {
    case 'role':
      return requirement.name === defaultRoleName ? defaultRoleRemark(requirement.path) : undefined;
    case 'vault':
      if (requirement.name === defaultVaultName) return 'AWS creates this vault when somebody opens the AWS Backup console in the account and Region for the first time; until then it does not exist.';
      return nameRemark(requirement.name) ?? (requirement.isAirGapped ? 'A logically air-gapped vault: it has to be in the account and Region of the backup.' : undefined);
    case 'centralVault':
      return nameRemark(requirement.name) ?? 'Its access policy has to allow backup:CopyIntoBackupVault, both accounts have to be in one organization, and cross-account backup has to be switched on in the management account. An AWS managed key on the original keeps some resource types from being copied; a customer managed key has to be shared.';
    case 'optIn':
      return 'For backup policies the opt-in of the management account counts; AWS keeps a setting for each account and Region.';
  }
}

/** Source: common-mistakes D1 and D2 [KC]. */
function defaultRoleRemark(path: string): string {
  return path === '/service-role/'
    ? 'AWS creates this role when somebody opens the AWS Backup console in the account for the first time; until then it does not exist.'
    : `The default role of AWS Backup has the path service-role/: the policy has to say role/service-role/${defaultRoleName}. AWS creates no role with the path of this ARN.`;
}

/** Source: syntax §3 [api]: Organizations takes a name of one character, AWS Backup does not. */
function nameRemark(name: string): string | undefined {
  return isVaultName(name) ? undefined : 'AWS Backup takes only vault names of 2 to 50 letters, digits, hyphens and underscores: there can be no such vault.';
}

/** True for a name that a vault can have. */
export function isVaultName(name: string): boolean {
  return /^[A-Za-z0-9_-]{2,50}$/.test(name);
}

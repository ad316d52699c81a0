import { placesText } from '../places.ts';
import type { TemplateMap } from './yaml.ts';

function choice(description: string, byDefault: 'true' | 'false'): TemplateMap {
  return { Type: 'String', AllowedValues: ['true', 'false'], Default: byDefault, Description: description };
}

/** Whether a stack makes what only the accounts at these places need. */
export function accountsParameter(places: readonly string[]): TemplateMap {
  return choice(`true in the stacks of ${placesText(places)}; override it with false in other accounts. What is made without need stays empty.`, 'true');
}

/** Roles belong to an account, not to a Region: one stack of each account makes them. */
export function roleRegionParameter(regions: readonly string[]): TemplateMap {
  return { Type: 'String', ...(regions[0] === undefined ? {} : { Default: regions[0] }), Description: 'The one Region whose stack makes the roles of an account. IAM has no Regions. The StackSet has to be deployed to it.' };
}

/** Source: common-mistakes D1 and D2 [KC]. */
export const defaultRoleParameter = choice('true makes AWSBackupDefaultServiceRole. AWS makes it when somebody opens the AWS Backup console in the account for the first time; where it exists, this has to stay false.', 'false');

/** Source: common-mistakes D2 [KC]. */
export const defaultVaultParameter = choice('true makes the vault Default. AWS makes it when somebody opens the AWS Backup console in the account and Region for the first time; where it exists, this has to stay false.', 'false');

/** Source: organizations-api §1 [api]. */
export const organizationParameter: TemplateMap = { Type: 'String', AllowedPattern: '^o-[a-z0-9]{10,32}$', Description: 'Id of the organization whose accounts may copy into the central vaults.' };

/** Source: common-mistakes D9 [KC-copy]: the key of the AWS managed kind cannot be shared. */
export const keyParameter: TemplateMap = { Type: 'String', Default: '', Description: 'ARN of a customer managed KMS key for the central vaults, one for each Region by an override. Empty takes the AWS managed key of AWS Backup.' };

/** A policy does not say for how long an air-gapped vault keeps, so there is no default. */
export const airGappedParameters: TemplateMap & Record<string, TemplateMap> = {
  AirGappedMinRetentionDays: { Type: 'Number', MinValue: 7, Description: 'Shortest retention in days that the logically air-gapped vaults take. The rules that back up into them have to keep at least as long.' },
  AirGappedMaxRetentionDays: { Type: 'Number', MinValue: 7, MaxValue: 36500, Description: 'Longest retention in days that the logically air-gapped vaults take. The rules that back up into them may keep no longer.' },
};

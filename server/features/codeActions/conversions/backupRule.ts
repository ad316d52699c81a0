import { maximumContinuousDays } from '../../../core/validation/crossAttributes.ts';
import { proposalsFor } from '../proposals.ts';
import { meantSchedule } from '../schedules.ts';
import { asObject, asText, objectsOf, textsOf, type PlainObject } from './plainJson.ts';
import { assign, orNothing, tagEntries } from './policyParts.ts';

/** A rule of a policy out of one of AWS Backup, with what its author must look at. */
export interface ConvertedRule {
  readonly name: string;
  readonly settings: PlainObject;
  readonly open: readonly string[];
}

/**
 * @param account the account that the plan runs in, which a policy writes as `$account`; undefined when it is not known.
 * Source: syntax §11 [doc].
 */
export function planRule(rule: PlainObject, account: string | undefined): ConvertedRule {
  const open: string[] = [];
  const settings = {
    ...schedule(rule, open),
    ...vault(rule, open),
    ...airGapped(asText(rule['TargetLogicallyAirGappedBackupVaultArn'])),
    ...minutes('start_backup_window_minutes', rule['StartWindowMinutes']),
    ...minutes('complete_backup_window_minutes', rule['CompletionWindowMinutes']),
    ...(rule['EnableContinuousBackup'] === 'true' ? { enable_continuous_backup: assign('true') } : {}),
    ...lifecycle(asObject(rule['Lifecycle']), rule['EnableContinuousBackup'] === 'true', open),
    ...orNothing('copy_actions', copies(objectsOf(rule['CopyActions']), account)),
    ...orNothing('recovery_point_tags', tagEntries(asObject(rule['RecoveryPointTags']))),
    ...indexes(objectsOf(rule['IndexActions'])),
    ...scans(objectsOf(rule['ScanActions'])),
  };
  return { name: asText(rule['RuleName']) ?? '', settings, open };
}

/** What a policy says without the time zone is in UTC. */
function schedule(rule: PlainObject, open: string[]): PlainObject {
  const text = asText(rule['ScheduleExpression']);
  if (text === undefined) return {};
  const zone = asText(rule['ScheduleExpressionTimezone']) ?? 'Etc/UTC';
  const meant = meantSchedule(text);
  if (!/^(?:Etc\/)?(?:UTC|GMT)$/i.test(zone)) open.push(`the hours in UTC (now ${zone})`);
  else if (meant === undefined || text.startsWith('rate')) open.push('the schedules');
  return { schedule_expression: assign(meant ?? 'cron(0 5 ? * * *)') };
}

function vault(rule: PlainObject, open: string[]): PlainObject {
  const text = asText(rule['TargetBackupVaultName'] ?? rule['TargetBackupVault']);
  if (text === undefined) open.push('the vaults');
  return { target_backup_vault_name: assign(text ?? 'Default') };
}

function airGapped(text: string | undefined): PlainObject {
  const [meant] = text === undefined ? [] : proposalsFor('airGappedVaultArn', text);
  return meant === undefined ? {} : { target_logically_air_gapped_backup_vault_arn: assign(meant.text) };
}

function minutes(key: string, value: PlainObject[string] | undefined): PlainObject {
  const count = Number(asText(value));
  return Number.isInteger(count) && count > 0 ? { [key]: assign(String(Math.max(count, 60))) } : {};
}

/** Days below one mean in AWS Backup what a policy says by leaving the key out. Source: syntax §3.2 [obs]. */
function lifecycle(settings: PlainObject | undefined, continuous: boolean, open: string[]): PlainObject {
  const days = (key: string): number | undefined => {
    const count = Number(asText(settings?.[key]));
    return Number.isInteger(count) && count > 0 ? count : undefined;
  };
  const cold = continuous ? undefined : days('MoveToColdStorageAfterDays');
  const deletion = days('DeleteAfterDays');
  const longest = continuous && (deletion ?? Infinity) > maximumContinuousDays ? maximumContinuousDays : deletion;
  if (longest !== deletion) open.push('the retention of continuous backups');
  return orNothing('lifecycle', {
    ...(cold === undefined ? {} : { move_to_cold_storage_after_days: assign(String(cold)) }),
    ...(longest === undefined ? {} : { delete_after_days: assign(String(longest)) }),
    ...(settings?.['OptInToArchiveForSupportedResources'] === 'true' && cold !== undefined ? { opt_in_to_archive_for_supported_resources: assign('true') } : {}),
  });
}

function copies(actions: readonly PlainObject[], account: string | undefined): PlainObject {
  return Object.fromEntries(actions.flatMap((action) => {
    const text = asText(action['DestinationBackupVaultArn']);
    if (text === undefined) return [];
    const arn = account === undefined ? text : text.replace(`:${account}:`, ':$account:');
    return [[arn, { target_backup_vault_arn: assign(arn), ...lifecycle(asObject(action['Lifecycle']), false, []) }]];
  }));
}

function indexes(actions: readonly PlainObject[]): PlainObject {
  const types = actions.flatMap((action) => textsOf(action['ResourceTypes']));
  return types.length === 0 ? {} : { index_actions: { resource_types: assign(types) } };
}

function scans(actions: readonly PlainObject[]): PlainObject {
  const mode = asText(actions[0]?.['ScanMode']);
  return mode === undefined ? {} : { scan_actions: { GUARDDUTY: { scan_mode: assign(mode) } } };
}

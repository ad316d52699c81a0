import factsFile from '../../../schemas/facts.json' with { type: 'json' };
import { inText } from '../admission/schedules.ts';
import { parseSchedule } from '../cron/parse.ts';
import type { StatedContainer, StatedLeaf, StatedValue } from '../merge/statements.ts';
import type { Tell } from './finding.ts';

const optInRegions: ReadonlyMap<string, string> = new Map(factsFile.regions.regions.filter((region) => region.optIn).map((region) => [region.code, region.name]));
const defaultVault = 'Default';
const defaultRole = 'AWSBackupDefaultServiceRole';

/** What can be said of single values, each by itself. */
export function valueAdvice(node: StatedContainer, path: readonly string[], tell: Tell): void {
  for (const child of node.children.values()) {
    const here = [...path, child.name];
    if (child.kind === 'container') {
      valueAdvice(child, here, tell);
      continue;
    }
    for (const operation of child.operations) {
      if (operation.operator === 'remove') continue;
      for (const value of operation.values) if (!value.unknown) judge(child, value, here, tell);
    }
  }
}

function judge(leaf: StatedLeaf, value: StatedValue, path: readonly string[], tell: Tell): void {
  switch (leaf.key) {
    case 'schedule_expression':
      scheduleAdvice(value, path, tell);
      return;
    case 'iam_role_arn':
      roleAdvice(value, path, tell);
      return;
    case 'target_backup_vault_name':
      if (value.text === defaultVault) {
        tell('default-vault', value.span, path, 'The vault "Default" is created when somebody opens the AWS Backup console in the account and Region: until then the jobs fail. Make sure that it exists in each account and Region that this plan reaches, or name a vault that you create yourself.');
      }
      return;
    case 'regions':
      if (optInRegions.has(value.text)) {
        tell('opt-in-region', value.span, path, `${value.text}${regionName(value.text)} is not enabled in new accounts: where it is not, this plan makes no backups there. Enable it in each account that the policy reaches.`);
      }
      return;
    case 'target_backup_vault_arn':
      targetAdvice(value, path, tell);
      return;
    case 'windows_vss':
      if (value.text.toLowerCase() === 'enabled') {
        tell('resource-support', value.span, path, 'Windows VSS works on EC2 instances that have the VSS agent: check those that this plan selects.');
      }
      return;
    case 'enable_continuous_backup':
      if (value.text.toLowerCase() === 'true') {
        tell('resource-support', value.span, path, 'AWS Backup makes continuous backups of some resource types only: check those that this plan selects.');
      }
      return;
    case 'condition_key':
      if (!/^aws:ResourceTag\/./.test(value.text)) {
        tell('condition-key', value.span, path, `AWS documents condition keys as "aws:ResourceTag/<tag key>"; it accepts "${value.text}" and does not check it. Write "aws:ResourceTag/${value.text.replace(/^.*ResourceTag\/?/i, '') || '<tag key>'}" if that is the tag.`);
      }
  }
}

/** The vault and the Region of a copy. Source: common-mistakes D2 and D8. */
function targetAdvice(value: StatedValue, path: readonly string[], tell: Tell): void {
  const [, region, name] = /^arn:[^:]*:backup:([^:]*):[^:]*:backup-vault:(.*)$/i.exec(value.text) ?? [];
  if (region !== undefined && optInRegions.has(region)) {
    tell('opt-in-region', value.span, path, `${region}${regionName(region)} is not enabled in new accounts: where it is not, the copies fail. Enable it in the account that the copies go to.`);
  }
  if (name === defaultVault) {
    tell('default-vault', value.span, path, 'The vault "Default" is created when somebody opens the AWS Backup console in the account and Region: until then the copies fail. Make sure that it exists there, or name a vault that you create yourself.');
  }
}

/** Source: syntax §3.1 [obs]; common-mistakes D14. */
function scheduleAdvice(value: StatedValue, path: readonly string[], tell: Tell): void {
  const parsed = parseSchedule(value.text);
  if (!parsed.ok) return;
  for (const note of parsed.notes) tell('schedule-reading', inText({ ...value.span, text: value.text }, note.start, note.end), path, note.message);
}

/** AWS Backup does not check role names in a policy. Source: common-mistakes D1 and D2. */
function roleAdvice(value: StatedValue, path: readonly string[], tell: Tell): void {
  const name = /:role\/(.*)$/.exec(value.text)?.[1];
  if (name === defaultRole) {
    tell('default-role-path', value.span, path, `The default role of AWS Backup has the path "service-role/": a role "${defaultRole}" without it does not exist, and every job fails. AWS does not check the name. Write "role/service-role/${defaultRole}".`);
  } else if (name === `service-role/${defaultRole}`) {
    tell('default-vault', value.span, path, 'The default role of AWS Backup is created when somebody uses the AWS Backup console in the account: until then the jobs fail. Make sure that it exists in each account that this plan reaches, or name a role that you create yourself.');
  }
}

function regionName(code: string): string {
  const name = optInRegions.get(code);
  return name === undefined ? '' : ` (${name})`;
}

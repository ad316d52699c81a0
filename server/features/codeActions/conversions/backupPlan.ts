import { planSelections } from './backupSelection.ts';
import { planRule } from './backupRule.ts';
import { asObject, asText, objectsOf, textsOf, type PlainJson, type PlainObject } from './plainJson.ts';
import { assign, nameIn, orNothing, tagEntries } from './policyParts.ts';

/** A policy out of something else, with what its author must look at. */
export interface ConvertedPolicy {
  readonly policy: PlainObject;
  /** What was not known and has a value that stands for it, in the words of an editor's menu. */
  readonly open: readonly string[];
}

/**
 * The policy that makes the same plan as AWS Backup's CreateBackupPlan: its input, the answer of GetBackupPlan, the
 * plan alone, or a plan in CloudFormation. Selections beside it (`BackupSelection`, or a list of them) are taken in.
 * Source: syntax §11 [doc].
 * @returns undefined for what is no plan.
 */
export function backupPlanPolicy(json: PlainJson): ConvertedPolicy | undefined {
  const outer = asObject(json);
  const plan = asObject(outer?.['BackupPlan']) ?? outer;
  const rules = objectsOf(plan?.['Rules'] ?? plan?.['BackupPlanRule']);
  if (outer === undefined || plan === undefined || rules.length === 0) return undefined;
  const arn = /^arn:[^:]*:backup:([a-z0-9-]+):(\d{12}):/.exec(asText(outer['BackupPlanArn']) ?? '');
  const [, region, account] = arn ?? [];
  const names = new Set<string>();
  const converted = rules.map((rule) => planRule(rule, account));
  const selections = planSelections(selectionsOf(outer, plan));
  const open = [
    ...(region === undefined ? ['the Regions'] : []),
    ...selections.open,
    ...new Set(converted.flatMap((rule) => rule.open)),
  ];
  const policy = {
    plans: {
      [nameIn(new Set(), asText(plan['BackupPlanName']) ?? '', 'plan')]: {
        regions: assign([region ?? 'us-east-1']),
        rules: Object.fromEntries(converted.map(({ name, settings }) => [nameIn(names, name, 'rule'), settings])),
        selections: selections.selections,
        ...advancedSettings(objectsOf(plan['AdvancedBackupSettings'])),
        ...orNothing('backup_plan_tags', tagEntries(asObject(outer['BackupPlanTags']))),
        ...scanSettings(objectsOf(plan['ScanSettings'])),
      },
    },
  };
  return { policy, open };
}

function selectionsOf(outer: PlainObject, plan: PlainObject): readonly PlainObject[] {
  const one = asObject(outer['BackupSelection']) ?? asObject(plan['BackupSelection']);
  return one === undefined ? objectsOf(outer['BackupSelections'] ?? outer['BackupSelection']) : [one];
}

function advancedSettings(settings: readonly PlainObject[]): PlainObject {
  const groups: Record<string, PlainObject> = {};
  for (const setting of settings) {
    const options = asObject(setting['BackupOptions']);
    if (setting['ResourceType'] === 'EC2') Object.assign(groups, orNothing('ec2', toggles(options, [['WindowsVSS', 'windows_vss']])));
    if (setting['ResourceType'] === 'S3') Object.assign(groups, orNothing('s3', toggles(options, [['BackupACLs', 'backup_acls'], ['BackupObjectTags', 'backup_object_tags']])));
  }
  return orNothing('advanced_backup_settings', groups);
}

function toggles(options: PlainObject | undefined, keys: readonly (readonly [api: string, policy: string])[]): PlainObject {
  return Object.fromEntries(keys.flatMap(([api, policy]) => {
    const text = asText(options?.[api])?.toLowerCase();
    return text === undefined ? [] : [[policy, assign(text)]];
  }));
}

function scanSettings(settings: readonly PlainObject[]): PlainObject {
  const [first] = settings;
  if (first === undefined) return {};
  const role = asText(first['ScannerRoleArn'])?.replace(/^(arn:[^:]+:iam::)[^:]*:/, '$1$account:');
  const types = textsOf(first['ResourceTypes']);
  return {
    scan_settings: {
      GUARDDUTY: {
        ...(types.length > 0 ? { resource_types: assign(types) } : {}),
        ...(role === undefined ? {} : { scanner_role_arn: assign(role) }),
      },
    },
  };
}

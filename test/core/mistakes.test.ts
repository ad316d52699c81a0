import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { rules } from '../../server/core/rules.ts';

const at = Date.parse('2026-11-21T06:00:00Z');

const plan = (content: string): string => `{"plans":{"daily":{${content}}}}`;
const rule = (content: string): string => plan(`"rules":{"nightly":{${content}}}`);

describe('the message on a key of another tool or of another place names the right one', () => {
  const cases: readonly (readonly [title: string, key: string, around: (member: string) => string, advice: string])[] = [
    ['the plan API', 'TargetBackupVaultName', rule, 'Did you mean "target_backup_vault_name"?'],
    ['the plan API', 'ScheduleExpression', rule, 'Did you mean "schedule_expression"?'],
    ['the plan API', 'StartWindowMinutes', rule, 'Did you mean "start_backup_window_minutes"?'],
    ['the plan API, one level too high', 'DeleteAfterDays', rule, 'Its key is "delete_after_days", in "lifecycle".'],
    ['the plan API', 'DeleteAfterDays', (member) => rule(`"lifecycle":{${member}}`), 'Did you mean "delete_after_days"?'],
    ['the plan API', 'WindowsVSS', (member) => plan(`"advanced_backup_settings":{"ec2":{${member}}}`), 'Did you mean "windows_vss"?'],
    ['Terraform', 'start_window', rule, 'Did you mean "start_backup_window_minutes"?'],
    ['Terraform', 'completion_window', rule, 'Did you mean "complete_backup_window_minutes"?'],
    ['Terraform', 'target_vault_name', rule, 'Did you mean "target_backup_vault_name"?'],
    ['Terraform', 'schedule', rule, 'Did you mean "schedule_expression"?'],
    ['Terraform', 'copy_action', rule, 'Did you mean "copy_actions"?'],
    ['Terraform', 'selection_tag', (member) => plan(`"selections":{${member}}`), 'Did you mean "tags"?'],
    ['old documentation', 'to_delete_after_days', (member) => rule(`"lifecycle":{${member}}`), 'Did you mean "delete_after_days"?'],
    ['the plan API, without a counterpart', 'RuleName', rule, 'The key of the rule is its name. Remove it.'],
    ['the plan API, without a counterpart', 'BackupPlanName', plan, 'The key of the plan is its name. Remove it.'],
    ['the plan API, without a counterpart', 'ScheduleExpressionTimezone', rule, 'Backup policies have no time zone: the schedule is in UTC. Remove the key and convert the hours.'],
    ['the plan API, without a counterpart', 'schedule_expression_timezone', rule, 'Backup policies have no time zone: the schedule is in UTC. Remove the key and convert the hours.'],
    ['a level above', 'delete_after_days', rule, 'Move it to "lifecycle".'],
    ['a level above', 'opt_in_to_archive_for_supported_resources', rule, 'Move it to "lifecycle".'],
    ['a level above', 'schedule_expression', plan, 'Move it to "rules" › a rule.'],
    ['a level above', 'iam_role_arn', (member) => plan(`"selections":{${member}}`), 'Move it to "tags" › a selection.'],
    ['a level below', 'regions', rule, 'Move it to "plans" › a plan.'],
    ['the level of plans', 'rules', (member) => `{${member},"plans":{}}`, 'Move it to "plans" › a plan.'],
    ['a slip of the finger', 'target_backup_valut_name', rule, 'Did you mean "target_backup_vault_name"?'],
    ['nowhere', 'kms_key_arn', rule, 'Remove it.'],
    ['an IAM policy', 'Statement', (member) => `{${member},"plans":{}}`, 'Remove it.'],
  ];

  test.each(cases)('of %s: %s', (_title, key, around, advice) => {
    const text = around(`"${key}":{"@@assign":"x"}`);
    const [problem, ...others] = admissionProblems(parseDocument(text), at);
    expect(others).toEqual([]);
    expect(problem?.rule).toBe('unknown-key');
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(`"${key}"`);
    expect(problem?.message).toMatch(/^".*" is no key of .*: AWS refuses the policy\. /);
    expect(problem?.message.endsWith(`AWS refuses the policy. ${advice}`), problem?.message).toBe(true);
  });
});

const accepted = readFileSync('test/fixtures/mistakes/accepted.json', 'utf8');

/** What AWS would refuse in a text: rule and underlined text, in the order of the text. */
function refusals(text: string): readonly string[] {
  return admissionProblems(parseDocument(text), at)
    .filter(({ rule }) => rules[rule].stage === 'syntax' || rules[rule].stage === 'admission')
    .toSorted((left, right) => left.span.start - right.span.start)
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

/** The policy of the fixture with one of its texts written otherwise. */
function written(instead: readonly [text: string, other: string]): string {
  const [text, other] = instead;
  expect(accepted.split(text), `"${text}" stands once in the fixture`).toHaveLength(2);
  return accepted.replace(text, () => other);
}

interface Mistake {
  readonly title: string;
  /** A text of the accepted policy. */
  readonly text: string;
  readonly wrong: string;
  /** The one problem that it is. */
  readonly problem: string;
  /** Another text for the place, which AWS accepts. */
  readonly right?: string;
}

const hourly = '"cron(0 5/1 ? * * *)"';
const vault = '"target_backup_vault_name": { "@@assign": "ProductionVault" }';
const copy = '"arn:aws:backup:eu-west-3:$account:backup-vault:Secondary": {';
const copyTarget = '"target_backup_vault_arn": { "@@assign": "arn:aws:backup:eu-west-3:$account:backup-vault:Secondary" },';
const gapped = '"arn:aws:backup:$region:$account:backup-vault:Gapped"';
const retention = '"delete_after_days": { "@@assign": "30" }';
const optIn = '"opt_in_to_archive_for_supported_resources": { "@@assign": false }';
const monthly = '"delete_after_days": { "@@assign": "365" }';
const window = '"start_backup_window_minutes": { "@@assign": "60" }';
const control = '["@@append"],';
const role = '"arn:aws:iam::$account:role/Backup"';
const tags = '"stage": { "tag_key": { "@@assign": "Stage" }, "tag_value": { "@@assign": "Prod" } }';
const types = '"resource_types": { "@@assign": ["arn:aws:s3:::*"] }';

const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  'A1: a value without an operator': [
    { title: 'a list', text: '{ "@@assign": ["eu-west-1", "eu-central-1"] }', wrong: '["eu-west-1", "eu-central-1"]', problem: 'missing-operator: ["eu-west-1", "eu-central-1"]', right: '{ "@@append": ["eu-west-1", "eu-central-1"] }' },
    { title: 'a number', text: monthly, wrong: '"delete_after_days": 365', problem: 'missing-operator: 365', right: '"delete_after_days": { "@@assign": 365 }' },
    { title: 'a text', text: vault, wrong: '"target_backup_vault_name": "ProductionVault"', problem: 'missing-operator: "ProductionVault"' },
    { title: 'a retention that continuous backup needs', text: retention, wrong: '"delete_after_days": 30', problem: 'missing-operator: 30' },
  ],
  'A2: another top level': [
    { title: 'a version, as in IAM policies', text: '{\n  "plans"', wrong: '{\n  "Version": "2012-10-17",\n  "plans"', problem: 'unknown-key: "Version"', right: '{\n  "PLANS"' },
    { title: 'statements', text: '{\n  "plans"', wrong: '{\n  "Statement": [],\n  "plans"', problem: 'unknown-key: "Statement"' },
    { title: 'a key of another tool instead of plans', text: '{\n  "plans"', wrong: '{\n  "backup_plans"', problem: 'unknown-key: "backup_plans"' },
    { title: 'plans as a list', text: accepted, wrong: '{ "plans": [ { "daily": {} } ] }', problem: 'wrong-shape: [ { "daily": {} } ]', right: '{ "plans": { "daily": {} } }' },
    { title: 'an empty object', text: accepted, wrong: '{}', problem: 'missing-setting: {', right: '{ "plans": {} }' },
    { title: 'a plan without plans around it', text: accepted, wrong: '{ "daily": { "rules": {} }, "weekly": { "rules": {} } }', problem: 'unknown-key: "daily"', right: '{ "plans": { "daily": { "rules": {} } } }' },
    { title: 'settings without a plan around them', text: accepted, wrong: '{ "regions": { "@@assign": ["eu-west-1"] }, "rules": {} }', problem: 'unknown-key: "regions"' },
    { title: 'settings without the name of their plan', text: accepted, wrong: '{ "plans": { "regions": { "@@assign": ["eu-west-1"] }, "rules": { "nightly": { "lifecycle": {} } }, "selections": { "tags": {} } } }', problem: 'unknown-key: "regions"', right: '{ "plans": { "rules": { "rules": { "nightly": { "lifecycle": {} } } } } }' },
    { title: 'a rule without its name', text: accepted, wrong: '{ "plans": { "daily": { "rules": { "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }, "target_backup_vault_name": { "@@assign": "Vault" } } } } }', problem: 'unknown-key: "schedule_expression"' },
    { title: 'rules as a list', text: accepted, wrong: '{ "plans": { "daily": { "rules": [ { "name": "nightly" } ] } } }', problem: 'wrong-shape: [ { "name": "nightly" } ]' },
  ],
  'A3: a key that no policy has': [
    { title: 'the retention of the documentation of 2022', text: retention, wrong: '"to_delete_after_days": { "@@assign": "30" }', problem: 'unknown-key: "to_delete_after_days"' },
    { title: 'VSS of the plan API', text: '"windows_vss"', wrong: '"WindowsVSS"', problem: 'unknown-key: "WindowsVSS"', right: '"Windows_VSS"' },
    { title: 'a time zone', text: vault, wrong: `${vault},\n"schedule_expression_timezone": { "@@assign": "Europe/Berlin" }`, problem: 'unknown-key: "schedule_expression_timezone"' },
    { title: 'a vault of the plan API', text: vault, wrong: '"TargetBackupVaultName": { "@@assign": "ProductionVault" }', problem: 'unknown-key: "TargetBackupVaultName"' },
    { title: 'a schedule of the plan API', text: `"schedule_expression": { "@@assign": ${hourly} }`, wrong: `"ScheduleExpression": { "@@assign": ${hourly} }`, problem: 'unknown-key: "ScheduleExpression"' },
    { title: 'a window of Terraform', text: window, wrong: '"start_window": { "@@assign": "60" }', problem: 'unknown-key: "start_window"' },
    { title: 'hyphens', text: vault, wrong: '"target-backup-vault-name": { "@@assign": "ProductionVault" }', problem: 'unknown-key: "target-backup-vault-name"' },
    { title: 'a slip', text: '"advanced_backup_settings"', wrong: '"advanced_backup_setting"', problem: 'unknown-key: "advanced_backup_setting"' },
    { title: 'a comparison of the plan API', text: '"string_equals"', wrong: '"StringEquals"', problem: 'unknown-key: "StringEquals"', right: '"STRING_EQUALS"' },
    { title: 'a retention beside the lifecycle', text: `"lifecycle": { ${retention} }`, wrong: retention, problem: 'unknown-key: "delete_after_days"' },
    { title: 'a tag selection with resources', text: '"tag_key": { "@@assign": "dataType" }', wrong: '"tag_key": { "@@assign": "dataType" }, "resources": { "@@assign": ["*"] }', problem: 'unknown-key: "resources"' },
    { title: 'a demanded key misspelt', text: '"tag_value": { "@@assign": ["PII", "RED"] }', wrong: '"tag_values": { "@@assign": ["PII", "RED"] }', problem: 'unknown-key: "tag_values"' },
  ],
  'A4: a list or a value in place of the other': [
    { title: 'a Region without its list', text: '"regions": { "@@append": ["eu-west-1"] }', wrong: '"regions": { "@@append": "eu-west-1" }', problem: 'list-expected: "eu-west-1"', right: '"regions": { "@@append": [] }' },
    { title: 'a vault in a list', text: vault, wrong: '"target_backup_vault_name": { "@@assign": ["ProductionVault"] }', problem: 'single-value-expected: ["ProductionVault"]' },
    { title: 'a retention of continuous backup in a list', text: retention, wrong: '"delete_after_days": { "@@assign": ["30"] }', problem: 'single-value-expected: ["30"]' },
    { title: 'the value of a tag selection without its list', text: '"tag_value": { "@@assign": ["PII", "RED"] }', wrong: '"tag_value": { "@@assign": "PII" }', problem: 'list-expected: "PII"' },
    { title: 'a list in a list', text: '["PII", "RED"]', wrong: '["PII", ["RED"]]', problem: 'single-value-expected: ["RED"]' },
  ],
  'A5: an operator in the wrong place': [
    { title: '@@append on a single value', text: vault, wrong: '"target_backup_vault_name": { "@@append": "ProductionVault" }', problem: 'operator-not-allowed: "@@append"' },
    { title: '@@remove on the retention of continuous backup', text: retention, wrong: '"delete_after_days": { "@@remove": "30" }', problem: 'operator-not-allowed: "@@remove"' },
    { title: '@@assign around the rules', text: '"advanced_backup_settings": { "ec2": { "windows_vss": { "@@assign": "enabled" } } }', wrong: '"advanced_backup_settings": { "@@assign": { "ec2": { "windows_vss": "enabled" } } }', problem: 'operator-not-allowed: "@@assign"' },
    { title: '@@assign on a plan', text: '"@@operators_allowed_for_child_policies": ["@@append"]', wrong: '"@@assign": {}', problem: 'operator-not-allowed: "@@assign"', right: '"@@operators_allowed_for_child_policies": ["@@all"]' },
  ],
  'A6: a misspelt operator': [
    { title: 'one @', text: vault, wrong: '"target_backup_vault_name": { "@assign": "ProductionVault" }', problem: 'unknown-operator: "@assign"', right: '"target_backup_vault_name": { "@@Assign": "ProductionVault" }' },
    { title: 'no @', text: vault, wrong: '"target_backup_vault_name": { "assign": "ProductionVault" }', problem: 'unknown-operator: "assign"' },
    { title: '@@add', text: '"@@append": ["eu-west-1"]', wrong: '"@@add": ["eu-west-1"]', problem: 'unknown-operator: "@@add"' },
    { title: 'one policy', text: '"@@operators_allowed_for_child_policies"', wrong: '"@@operators_allowed_for_child_policy"', problem: 'unknown-operator: "@@operators_allowed_for_child_policy"', right: '"@@Operators_Allowed_For_Child_Policies"' },
    { title: 'an operator of tag policies', text: vault, wrong: '"target_backup_vault_name": { "@@assign": "ProductionVault", "@@enforced_for": [] }', problem: 'unknown-operator: "@@enforced_for"' },
    { title: 'the retention of continuous backup', text: retention, wrong: '"delete_after_days": { "@@asign": "30" }', problem: 'unknown-operator: "@@asign"' },
  ],
  'A7: a wrong list of allowed operators': [
    { title: 'empty', text: control, wrong: '[],', problem: 'invalid-control: []', right: '["@@none"],' },
    { title: 'the same twice', text: control, wrong: '["@@assign", "@@append", "@@append"],', problem: 'invalid-control: "@@append"', right: '["@@assign", "@@append"],' },
    { title: 'unknown', text: control, wrong: '["@@append", "assign"],', problem: 'invalid-control: "assign"' },
    { title: 'a text', text: control, wrong: '"@@none",', problem: 'invalid-control: "@@none"' },
    { title: '@@none beside another', text: control, wrong: '["@@append", "@@none"],', problem: 'invalid-control: "@@none"', right: '["@@append", "@@all"],' },
  ],
  'A8: two equal keys': [
    { title: 'two rules of one name', text: '"Monthly": {', wrong: '"Hourly": {', problem: 'duplicate-key: "Hourly"', right: '"Hourly-2": {' },
    { title: 'two rules whose names differ in letter case', text: '"Monthly": {', wrong: '"HOURLY": {', problem: 'duplicate-key: "HOURLY"' },
    { title: 'two operators', text: '"@@append": ["eu-west-1"]', wrong: '"@@append": ["eu-west-1"], "@@append": ["eu-west-2"]', problem: 'duplicate-key: "@@append"', right: '"@@append": ["eu-west-1"], "@@remove": ["eu-west-2"]' },
  ],
  'A9: a schedule of another dialect': [
    { title: 'rate', text: hourly, wrong: '"rate(1 day)"', problem: 'invalid-schedule: rate(1 day)', right: '"cron(0 5 ? * * *)"' },
    { title: 'Unix', text: hourly, wrong: '"0 5 * * *"', problem: 'invalid-schedule: 0 5 * * *', right: '"cron(0 5 ? * *)"' },
    { title: 'Unix in cron()', text: hourly, wrong: '"cron(0 5 * * 1-5)"', problem: 'invalid-schedule: *', right: '"cron(0 5 ? * 2-6)"' },
    { title: 'a weekday 0', text: '"cron(0 1 ? * MON-FRI *)"', wrong: '"cron(0 1 ? * 0 *)"', problem: 'invalid-schedule: 0', right: '"cron(0 1 ? * 1 *)"' },
  ],
  'A10: the day fields': [
    { title: 'neither is ?', text: hourly, wrong: '"cron(0 5 1 * MON *)"', problem: 'invalid-schedule: MON', right: '"cron(0 5 ? * MON *)"' },
    { title: 'both are ?', text: hourly, wrong: '"cron(0 5 ? * ? *)"', problem: 'invalid-schedule: ?' },
    { title: 'both are *', text: hourly, wrong: '"cron(* * * * * *)"', problem: 'invalid-schedule: *' },
  ],
  'A11: more often than hourly': [
    { title: 'every half hour', text: hourly, wrong: '"cron(0/30 * ? * * *)"', problem: 'schedule-too-frequent: 0/30', right: '"cron(0 * ? * * *)"' },
    { title: 'every minute', text: hourly, wrong: '"cron(* 5 ? * * *)"', problem: 'schedule-too-frequent: *' },
    { title: 'in the past', text: hourly, wrong: '"cron(0 5 1 JAN ? 2020)"', problem: 'schedule-too-frequent: 2020' },
  ],
  'A12: a short window': [
    { title: '30 minutes', text: window, wrong: '"start_backup_window_minutes": { "@@assign": "30" }', problem: 'invalid-value: "30"', right: '"start_backup_window_minutes": { "@@assign": 60 }' },
    { title: '0 minutes', text: window, wrong: '"start_backup_window_minutes": { "@@assign": 0 }', problem: 'invalid-value: 0' },
  ],
  'A13: a number that is more than digits': [
    { title: 'a unit', text: window, wrong: '"start_backup_window_minutes": { "@@assign": "60m" }', problem: 'invalid-value: "60m"' },
    { title: 'a fraction', text: window, wrong: '"start_backup_window_minutes": { "@@assign": 60.0 }', problem: 'invalid-value: 60.0', right: '"start_backup_window_minutes": { "@@assign": "060" }' },
    { title: '-1 for ever', text: monthly, wrong: '"delete_after_days": { "@@assign": "-1" }', problem: 'invalid-value: "-1"' },
    { title: 'a comma', text: monthly, wrong: '"delete_after_days": { "@@assign": "1,000" }', problem: 'invalid-value: "1,000"', right: '"delete_after_days": { "@@assign": 1000 }' },
    { title: 'null', text: monthly, wrong: '"delete_after_days": { "@@assign": null }', problem: 'invalid-value: null' },
  ],
  'A14: continuous backup and its retention': [
    { title: 'none', text: `"lifecycle": { ${retention} }`, wrong: '"lifecycle": {}', problem: 'continuous-backup-retention: "true"' },
    { title: 'more than 35 days', text: retention, wrong: '"delete_after_days": { "@@assign": "36" }', problem: 'continuous-backup-retention: "36"', right: '"delete_after_days": { "@@assign": "35" }' },
    { title: 'cold storage', text: retention, wrong: `${retention}, "move_to_cold_storage_after_days": { "@@assign": "7" }`, problem: 'continuous-backup-retention: "7"' },
  ],
  'A15: the archive opt-in': [
    { title: 'with an hourly schedule', text: optIn, wrong: '"opt_in_to_archive_for_supported_resources": { "@@assign": true }', problem: 'archive-opt-in: *', right: '"opt_in_to_archive_for_supported_resources": { "@@assign": "false" }' },
    { title: 'without cold storage', text: monthly, wrong: `${monthly}, "opt_in_to_archive_for_supported_resources": { "@@assign": true }`, problem: 'archive-opt-in: true', right: `${monthly}, "move_to_cold_storage_after_days": { "@@assign": "275" }, "opt_in_to_archive_for_supported_resources": { "@@assign": true }` },
    { title: 'with 89 days between', text: monthly, wrong: `${monthly}, "move_to_cold_storage_after_days": { "@@assign": "276" }, "opt_in_to_archive_for_supported_resources": { "@@assign": true }`, problem: 'archive-opt-in: "365"' },
  ],
  'A16: a boolean': [
    { title: 'with a capital', text: '"enable_continuous_backup": { "@@assign": false }', wrong: '"enable_continuous_backup": { "@@assign": "False" }', problem: 'invalid-value: "False"', right: '"enable_continuous_backup": { "@@assign": "false" }' },
    { title: 'as yes', text: '"enable_continuous_backup": { "@@assign": false }', wrong: '"enable_continuous_backup": { "@@assign": "yes" }', problem: 'invalid-value: "yes"' },
    { title: 'as 1', text: optIn, wrong: '"opt_in_to_archive_for_supported_resources": { "@@assign": 1 }', problem: 'invalid-value: 1' },
  ],
  'A17: a role': [
    { title: 'of one account', text: role, wrong: '"arn:aws:iam::111122223333:role/Backup"', problem: 'invalid-value: "arn:aws:iam::111122223333:role/Backup"', right: '"arn:aws-us-gov:iam::$account:role/path/Backup"' },
    { title: 'by its name', text: role, wrong: '"Backup"', problem: 'invalid-value: "Backup"' },
    { title: 'with $ twice', text: role, wrong: '"arn:aws:iam::$$account:role/Backup"', problem: 'invalid-value: "arn:aws:iam::$$account:role/Backup"' },
  ],
  'A18: the name of a vault': [
    { title: 'as an ARN', text: '"ProductionVault"', wrong: '"arn:aws:backup:eu-west-1:111122223333:backup-vault:ProductionVault"', problem: 'invalid-value: "arn:aws:backup:eu-west-1:111122223333:backup-vault:ProductionVault"' },
    { title: 'with a dot', text: '"ProductionVault"', wrong: '"production.vault"', problem: 'invalid-value: "production.vault"', right: '"production-vault_1"' },
    { title: 'of 51 characters', text: '"ProductionVault"', wrong: `"${'v'.repeat(51)}"`, problem: `invalid-value: "${'v'.repeat(51)}"`, right: `"${'v'.repeat(50)}"` },
  ],
  'A19: a copy': [
    { title: 'under the name of a Region', text: copy, wrong: '"eu-west-3": {', problem: 'invalid-name: "eu-west-3"', right: '"arn:aws:backup:eu-west-3:111122223333:backup-vault:Secondary": {' },
    { title: 'to :vault:', text: copyTarget, wrong: copyTarget.replace('backup-vault', 'vault'), problem: 'invalid-value: "arn:aws:backup:eu-west-3:$account:vault:Secondary"' },
    { title: 'without a target', text: copyTarget, wrong: '', problem: 'missing-setting: "arn:aws:backup:eu-west-3:$account:backup-vault:Secondary"' },
  ],
  'A20: an air-gapped vault': [
    { title: 'of one Region', text: gapped, wrong: gapped.replace('$region', 'eu-west-1'), problem: 'invalid-value: "arn:aws:backup:eu-west-1:$account:backup-vault:Gapped"' },
    { title: 'of one account', text: gapped, wrong: gapped.replace('$account', '111122223333'), problem: 'invalid-value: "arn:aws:backup:$region:111122223333:backup-vault:Gapped"', right: gapped.replace('Gapped', 'Other') },
  ],
  'A21: a tag': [
    { title: 'under another name', text: tags, wrong: tags.replace('"stage"', '"environment"'), problem: 'tag-key-mismatch: "Stage"', right: tags.replace('"stage"', '"STAGE"') },
    { title: 'without a value', text: tags, wrong: '"stage": { "tag_key": { "@@assign": "Stage" } }', problem: 'missing-setting: "stage"' },
    { title: 'without a key', text: tags, wrong: '"stage": { "tag_value": { "@@assign": "Prod" } }', problem: 'missing-setting: "stage"' },
    { title: 'without its parts', text: tags, wrong: '"stage": { "@@assign": "Prod" }', problem: 'operator-not-allowed: "@@assign"' },
    { title: 'with a list of values', text: '"@@assign": "Prod"', wrong: '"@@assign": ["Prod"]', problem: 'single-value-expected: ["Prod"]', right: '"@@assign": ""' },
  ],
  'A22: a selection': [
    { title: 'of tags without a key', text: '"tag_key": { "@@assign": "dataType" },', wrong: '', problem: 'missing-setting: "DataType"' },
    { title: 'of tags without values', text: ',\n            "tag_value": { "@@assign": ["PII", "RED"] }', wrong: '', problem: 'missing-setting: "DataType"' },
    { title: 'of resources without types and conditions', text: `,\n            ${types}`, wrong: '', problem: 'missing-setting: "Buckets"', right: ',\n            "resource_types": { "@@assign": ["*"] }' },
  ],
  'A23: a resource type': [
    { title: 'as the ARN of one resource', text: types, wrong: '"resource_types": { "@@assign": ["arn:aws:s3:::my-bucket"] }', problem: 'invalid-value: "arn:aws:s3:::my-bucket"', right: '"resource_types": { "@@assign": ["arn:aws-us-gov:s3:::*"] }' },
    { title: 'of a service without backup', text: types, wrong: '"resource_types": { "@@assign": ["arn:aws:s3:::*", "arn:aws:sqs:*:*:*"] }', problem: 'invalid-value: "arn:aws:sqs:*:*:*"' },
    { title: 'by its name', text: types, wrong: '"resource_types": { "@@assign": ["S3"] }', problem: 'invalid-value: "S3"' },
  ],
  'A24: a Region': [
    { title: 'for all', text: '"@@append": ["eu-west-1"]', wrong: '"@@append": ["*"]', problem: 'invalid-value: "*"' },
    { title: 'as a zone', text: '"eu-central-1"', wrong: '"eu-central-1a"', problem: 'invalid-value: "eu-central-1a"', right: '"eu-central-2"' },
    { title: 'with underscores', text: '"eu-central-1"', wrong: '"eu_central_1"', problem: 'invalid-value: "eu_central_1"' },
    { title: 'by its name', text: '"eu-central-1"', wrong: '"Frankfurt"', problem: 'invalid-value: "Frankfurt"' },
  ],
  'A25: a name': [
    { title: 'of a plan with a blank', text: '"Production": {', wrong: '"Production Plan": {', problem: 'invalid-name: "Production Plan"', right: '"Production.Plan_1": {' },
    { title: 'of a rule with an umlaut', text: '"Daily": {', wrong: '"Täglich": {', problem: 'invalid-name: "Täglich"' },
    { title: 'of a selection with a slash', text: '"Tables": {', wrong: '"Tables/Gold": {', problem: 'invalid-name: "Tables/Gold"' },
    { title: 'of a condition of 51 characters', text: '"tier": {', wrong: `"${'t'.repeat(51)}": {`, problem: `invalid-name: "${'t'.repeat(51)}"`, right: `"${'t'.repeat(50)}": {` },
  ],
  'A26: a long document': [
    { title: 'of 10,001 characters', text: accepted, wrong: `{"plans":{}${' '.repeat(9_989)}}`, problem: 'document-size: {', right: `{"plans":{}${' '.repeat(9_988)}}` },
  ],
  'A27: an empty document': [
    { title: 'of no characters', text: accepted, wrong: '', problem: 'empty-document: ', right: '{"plans":{}}' },
    { title: 'of blanks', text: accepted, wrong: ' \n\n', problem: 'empty-document:  \n\n' },
    { title: 'of a byte order mark', text: accepted, wrong: '\uFEFF', problem: 'empty-document: \uFEFF' },
  ],
  'A28: a text that is not JSON': [
    { title: 'with a comment to the end of the line', text: '"Databases": {', wrong: '// databases\n    "Databases": {', problem: 'json-comment: // databases' },
    { title: 'with a comment in between', text: '"Databases": {', wrong: '/* databases */ "Databases": {', problem: 'json-comment: /* databases */' },
    { title: 'with a comment as in YAML', text: '"Databases": {', wrong: '# databases, "all" of them: {\n    "Databases": {', problem: 'json-comment: # databases, "all" of them: {', right: '"Databases": { ' },
    { title: 'with a comma after the last element', text: '["PII", "RED"]', wrong: '["PII", "RED",]', problem: 'json-syntax: ,', right: '["PII", "RED" ]' },
    { title: 'with a comma after the last setting', text: retention, wrong: `${retention},`, problem: 'json-syntax: ,' },
    { title: 'without a comma', text: '["PII", "RED"]', wrong: '["PII" "RED"]', problem: 'json-syntax: "RED"' },
    { title: 'with curly quotes around a key', text: '"Databases": {', wrong: '“Databases”: {', problem: 'json-syntax: “Databases”' },
    { title: 'with curly quotes around a key that AWS knows', text: '"tag_key": { "@@assign": "dataType" }', wrong: '“tag_key”: { "@@assign": "dataType" }', problem: 'json-syntax: “tag_key”' },
    { title: 'with curly quotes around a schedule', text: '"cron(0 1 ? * MON-FRI *)"', wrong: '“cron(0 1 ? * MON-FRI *)”', problem: 'json-syntax: “cron(0 1 ? * MON-FRI *)”' },
    { title: 'with curly quotes around an ARN', text: role, wrong: '“arn:aws:iam::$account:role/Backup”', problem: 'json-syntax: “arn:aws:iam::$account:role/Backup”' },
    { title: 'with single quotes', text: '"Default"', wrong: "'Default'", problem: "json-syntax: 'Default'" },
    { title: 'with single quotes around the retention of continuous backup', text: retention, wrong: "'delete_after_days': { '@@assign': \"30\" }".replace("'@@assign'", '"@@assign"'), problem: "json-syntax: 'delete_after_days'" },
    { title: 'with a word without quotes', text: '"Default"', wrong: 'Default', problem: 'json-syntax: Default' },
    { title: 'with a boolean of Python', text: '"enable_continuous_backup": { "@@assign": false }', wrong: '"enable_continuous_backup": { "@@assign": False }', problem: 'json-syntax: False' },
    { title: 'with a place to fill in', text: '"Default"', wrong: '<name of the vault>', problem: 'json-syntax: <name of the vault>' },
    { title: 'with dots for settings', text: '"tag_key": { "@@assign": "dataType" },', wrong: '...', problem: 'json-syntax: ...' },
    { title: 'with an ellipsis for a list', text: '["PII", "RED"]', wrong: '["PII", …]', problem: 'json-syntax: …' },
    { title: 'with an ellipsis for a whole selection', text: types, wrong: '…', problem: 'json-syntax: …' },
    { title: 'with blanks of a web page', text: '"Databases": {', wrong: '\u00a0\u00a0"Databases":\u00a0{', problem: 'json-syntax: \u00a0\u00a0' },
    { title: 'without the outer braces', text: accepted, wrong: '"plans": { "daily": {} }', problem: 'json-syntax: "plans"' },
    { title: 'in a fence of Markdown', text: accepted, wrong: '```json\n{ "plans": {} }\n```', problem: 'json-syntax: ```json' },
    { title: 'with a brace too few', text: accepted, wrong: '{ "plans": { "daily": {} }', problem: 'json-syntax: }' },
    { title: 'with a brace too many', text: accepted, wrong: '{ "plans": { "daily": {} } } }', problem: 'json-syntax: }' },
    { title: 'with a second document', text: accepted, wrong: '{ "plans": {} }\n{ "plans": {} }', problem: 'json-syntax: { "plans": {} }' },
  ],
};

test('the policy that the mistakes are made in is accepted', () => {
  expect(refusals(accepted)).toEqual([]);
});

test('every kind of mistake for which AWS refuses a document is there', () => {
  const numbers = Object.keys(mistakes).map((title) => title.replace(/:.*/, ''));
  expect(numbers).toEqual(Array.from({ length: 28 }, (_, index) => `A${String(index + 1)}`));
});

describe.each(Object.entries(mistakes).map(([title, cases]) => ({ title, cases })))('$title', ({ cases }) => {
  test.each(cases)('$title is one problem, at the mistake', ({ text, wrong, problem }) => {
    expect(refusals(written([text, wrong]))).toEqual([problem]);
  });

  const neighbours = cases.filter((mistake): mistake is Mistake & { readonly right: string } => mistake.right !== undefined);
  if (neighbours.length > 0) {
    test.each(neighbours)('and its neighbour $right is accepted', ({ text, right }) => {
      expect(refusals(written([text, right]))).toEqual([]);
    });
  }
});

describe('a whole document of another kind', () => {
  test('that is an effective policy lacks an operator at every setting', () => {
    const found = refusals(readFileSync('test/fixtures/mistakes/effective-policy.json', 'utf8'));
    expect(found).toEqual([
      'missing-operator: ["eu-west-1"]', 'missing-operator: "cron(0 5 ? * * *)"', 'missing-operator: "Vault"', 'missing-operator: "35"',
      'missing-operator: "arn:aws:iam::$account:role/Backup"', 'missing-operator: "backup"', 'missing-operator: ["gold"]',
    ]);
  });

  test('that is a plan of AWS Backup has no "plans"', () => {
    expect(refusals(readFileSync('test/fixtures/mistakes/backup-plan.json', 'utf8'))).toEqual(['unknown-key: "BackupPlan"']);
  });

  test.each([
    ['two versions that Git could not merge', '{"plans":{\n<<<<<<< HEAD\n"a":{}\n=======\n"a":{}\n>>>>>>> other\n}}', ['json-syntax: <<<<<<< HEAD', 'json-syntax: =======', 'json-syntax: >>>>>>> other']],
    ['a text with curly quotes all over', '{“plans”: {“daily”: {“regions”: {“@@assign”: [“eu-west-1”]}}}}', ['json-syntax: “plans”', 'json-syntax: “daily”', 'json-syntax: “regions”', 'json-syntax: “@@assign”', 'json-syntax: “eu-west-1”']],
  ])('%s has a problem at each place to mend', (_title, text, expected) => {
    expect(refusals(text)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';
import type { RuleId } from '../../server/core/rules.ts';
import { applyEdits } from '../../server/features/codeActions/fix.ts';
import { fixers, fixesOf, preferredOf } from '../../server/features/codeActions/fixes.ts';
import { placeOf } from '../../server/features/codeActions/place.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { readPolicyFile } from '../../server/model/snapshot.ts';
import { monday } from './organizations.ts';

interface Offered {
  readonly title: string;
  readonly preferred: boolean;
  readonly after: string;
}

/** What is offered for the first problem of a rule. */
function offered(text: string, rule: RuleId): readonly Offered[] {
  const document = parseDocument(text);
  const problem = documentProblems(readPolicyFile('file:///policy.json', text), monday).find((each) => each.rule === rule);
  if (problem === undefined) throw new Error(`no ${rule} in ${text}`);
  const fixes = fixesOf(placeOf(document, problem, monday));
  return fixes.map((fix) => ({ title: fix.title, preferred: fix === preferredOf(fixes), after: applyEdits(text, fix.edits) }));
}

const plan = (content: string): string => `{"plans": {"daily": {${content}}}}`;
const rule = (content: string): string => plan(`"rules": {"nightly": {${content}}}`);
const schedule = (text: string): string => rule(`"schedule_expression": {"@@assign": "${text}"}`);
const regions = (content: string): string => plan(`"regions": ${content}`);
const setting = (key: string, value: string): string => rule(`"${key}": {"@@assign": ${value}}`);
const copies = (key: string, content: string): string => rule(`"copy_actions": {"${key}": {${content}}}`);
const days = (key: string, value: string): string => rule(`"lifecycle": {"${key}": {"@@assign": ${value}}}`);
const tagged = (role: string): string => plan(`"selections": {"tags": {"t": {"iam_role_arn": {"@@assign": "${role}"}, "tag_key": {"@@assign": "a"}, "tag_value": {"@@assign": ["b"]}}}}`);
const typed = (type: string): string => plan(`"selections": {"resources": {"all": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/x"}, "resource_types": {"@@assign": ["${type}"]}}}}`);
const control = (list: string): string => `{"plans": {"@@operators_allowed_for_child_policies": ${list}}}`;
const entry = (name: string, content: string): string => plan(`"backup_plan_tags": {"${name}": {${content}}}`);
const vault = 'arn:aws:backup:eu-west-1:$account:backup-vault:Central';
const target = `"target_backup_vault_arn": {"@@assign": "${vault}"}`;

const role = 'arn:aws:iam::$account:role/service-role/Backup';
const conditioned = (condition: string): string => plan(`"selections": {"resources": {"some": {"conditions": {"string_equals": {"env": {${condition}}}}}}}`);
const lifecycle = (content: string): string => rule(`"lifecycle": {${content}}`);
const rest = '"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}, "target_backup_vault_name": {"@@assign": "v"}';
const archived = (flag: string): string => rule(`"schedule_expression": {"@@assign": "cron(0 5 1 * ? *)"}, "lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": ${flag}}, "move_to_cold_storage_after_days": {"@@assign": 10}, "delete_after_days": {"@@assign": 100}}`);
/** A plan that lacks nothing but what the rule lacks. */
const whole = (content: string): string => plan(`"regions": {"@@assign": ["eu-west-1"]}, "rules": {"nightly": {${content}}}, "selections": {"tags": {"t": {"iam_role_arn": {"@@assign": "${role}"}, "tag_key": {"@@assign": "a"}, "tag_value": {"@@assign": ["b"]}}}}`);

/** A mistake that is the only one: before, its rule, the title, and what AWS accepts after. The fix is certain. */
const certain: readonly (readonly [before: string, rule: RuleId, title: string, after: string])[] = [
  [regions('["eu-west-1"]'), 'missing-operator', 'Wrap in @@assign', regions('{ "@@assign": ["eu-west-1"] }')],
  [regions('"eu-west-1"'), 'missing-operator', 'Wrap in @@assign', regions('{ "@@assign": ["eu-west-1"] }')],
  [rule('"target_backup_vault_name": ["v"]'), 'missing-operator', 'Wrap in @@assign', rule('"target_backup_vault_name": { "@@assign": "v" }')],
  ['{"plans":{"a":{"regions":["eu-west-1"]}}}', 'missing-operator', 'Wrap in @@assign', '{"plans":{"a":{"regions":{"@@assign":["eu-west-1"]}}}}'],
  [regions('{"@@assign": "eu-west-1"}'), 'list-expected', 'Put the value in a list', regions('{"@@assign": ["eu-west-1"]}')],
  [setting('target_backup_vault_name', '[ "v" ]'), 'single-value-expected', 'Take the value out of the list', setting('target_backup_vault_name', '"v"')],
  [regions('{"@@assign": [["eu-west-1", "eu-west-2"]]}'), 'single-value-expected', 'Move the values into the outer list', regions('{"@@assign": ["eu-west-1", "eu-west-2"]}')],
  [setting('TargetBackupVaultName', '"v"'), 'unknown-key', 'Rename to target_backup_vault_name', setting('target_backup_vault_name', '"v"')],
  [days('to_delete_after_days', '"7"'), 'unknown-key', 'Rename to delete_after_days', days('delete_after_days', '"7"')],
  [plan('"reginos": {"@@assign": []}'), 'unknown-key', 'Rename to regions', regions('{"@@assign": []}')],
  [regions('{"@assign": []}'), 'unknown-operator', 'Write @@assign', regions('{"@@assign": []}')],
  ['{"plans": {"@@operators_allowed_for_child_policy": ["@@none"]}}', 'unknown-operator', 'Write @@operators_allowed_for_child_policies', control('["@@none"]')],
  [rule('"target_backup_vault_name": {"@@append": ["v"]}'), 'operator-not-allowed', 'Write @@assign', setting('target_backup_vault_name', '"v"')],
  ['{"plans": {"@@assign": {"daily": {}}}}', 'operator-not-allowed', 'Remove @@assign and keep what is in it', '{"plans": {"daily": {}}}'],
  [tagged('arn:aws:iam::111122223333:role/service-role/x'), 'invalid-value', 'Write $account for the account id', tagged('arn:aws:iam::$account:role/service-role/x')],
  [setting('target_logically_air_gapped_backup_vault_arn', '"arn:aws:backup:eu-west-1:111122223333:backup-vault:Gap"'), 'invalid-value', 'Write $region and $account as they stand', setting('target_logically_air_gapped_backup_vault_arn', '"arn:aws:backup:$region:$account:backup-vault:Gap"')],
  [setting('target_backup_vault_name', `"${vault}"`), 'invalid-value', 'Write Central', setting('target_backup_vault_name', '"Central"')],
  [copies(vault.replace('backup-vault', 'vault'), target), 'invalid-name', 'Write :backup-vault:', copies(vault, target)],
  [copies(vault, target.replace('backup-vault:', 'vault:')), 'invalid-value', 'Write :backup-vault:', copies(vault, target)],
  [copies(vault, ''), 'missing-setting', 'Add target_backup_vault_arn', copies(vault, ` "target_backup_vault_arn": { "@@assign": "${vault}" } `)],
  [setting('start_backup_window_minutes', '30'), 'invalid-value', 'Write 60, the shortest window that AWS takes', setting('start_backup_window_minutes', '60')],
  [setting('start_backup_window_minutes', '"2h"'), 'invalid-value', 'Write 120', setting('start_backup_window_minutes', '"120"')],
  [setting('start_backup_window_minutes', '60.0'), 'invalid-value', 'Write 60', setting('start_backup_window_minutes', '60')],
  [days('delete_after_days', '"5 weeks"'), 'invalid-value', 'Write 35', days('delete_after_days', '"35"')],
  [setting('enable_continuous_backup', '"False"'), 'invalid-value', 'Write false', setting('enable_continuous_backup', '"false"')],
  [setting('enable_continuous_backup', '0'), 'invalid-value', 'Write false', setting('enable_continuous_backup', 'false')],
  [schedule('cron(0 5 * * * *)'), 'invalid-schedule', 'Write cron(0 5 ? * * *)', schedule('cron(0 5 ? * * *)')],
  [schedule('0 5 * * *'), 'invalid-schedule', 'Write cron(0 5 ? * * *)', schedule('cron(0 5 ? * * *)')],
  [schedule(' CRON(0 5 ? * * *)'), 'invalid-schedule', 'Write cron(0 5 ? * * *)', schedule('cron(0 5 ? * * *)')],
  [control('"@@none"'), 'invalid-control', 'Write ["@@none"]', control('["@@none"]')],
  [control('["append"]'), 'invalid-control', 'Write @@append', control('["@@append"]')],
  [control('["@@append", "@@append"]'), 'invalid-control', 'Remove the repeated operator', control('["@@append"]')],
  [entry('cost', '"tag_key": {"@@assign": "Team"}, "tag_value": {"@@assign": "x"}'), 'tag-key-mismatch', 'Rename the entry to "team"', entry('team', '"tag_key": {"@@assign": "Team"}, "tag_value": {"@@assign": "x"}')],
  ['{"plans": {"a": {}, "A": {}}}', 'duplicate-key', 'Remove the second "A"', '{"plans": {"a": {}}}'],
  [regions('{"@@assign": ["eu-west-1a"]}'), 'invalid-value', 'Write eu-west-1', regions('{"@@assign": ["eu-west-1"]}')],
  ['{"plans": {},}', 'json-syntax', 'Remove the comma', '{"plans": {}}'],
  ['{plans: {}}', 'json-syntax', 'Put it in double quotes', '{"plans": {}}'],
  ['{“plans”: {}}', 'json-syntax', 'Write double quotes', '{"plans": {}}'],
  ['{"plans": {"a": {} "b": {}}}', 'json-syntax', 'Insert a comma', '{"plans": {"a": {}, "b": {}}}'],
  ['{"plans": {"a" {}}}', 'json-syntax', 'Insert a colon', '{"plans": {"a": {}}}'],
  ['{"plans" = {}}', 'json-syntax', 'Write a colon', '{"plans" : {}}'],
  ['{,"plans": {}}', 'json-syntax', 'Remove the comma', '{"plans": {}}'],
  [regions('{"@@assign": ["eu-west-1",,"eu-west-2"]}'), 'json-syntax', 'Remove the comma', regions('{"@@assign": ["eu-west-1","eu-west-2"]}')],
  [setting('enable_continuous_backup', 'False'), 'json-syntax', 'Write false', setting('enable_continuous_backup', 'false')],
  [regions('{"@@assign": [eu-west-1]}'), 'json-syntax', 'Put it in double quotes', regions('{"@@assign": ["eu-west-1"]}')],
  ['{\n\u00a0\u00a0"plans":\u00a0{"a": {"backup_plan_tags": {"a\u00a0b": {"tag_key": {"@@assign": "a\u00a0b"}, "tag_value": {"@@assign": "x"}}}}}\n}', 'json-syntax', 'Write plain blanks in the whole policy', '{\n  "plans": {"a": {"backup_plan_tags": {"a\u00a0b": {"tag_key": {"@@assign": "a\u00a0b"}, "tag_value": {"@@assign": "x"}}}}}\n}'],
  ['{\n  // why\n  "plans": {} // what\n}', 'json-comment', 'Remove the comment', '{\n  "plans": {} // what\n}'],
  ['{\n  "plans": {} /* what */\n}', 'json-comment', 'Remove the comment', '{\n  "plans": {}\n}'],
  [plan('"Regions": {"@@assign": []}'), 'key-case', 'Rename to regions', plan('"regions": {"@@assign": []}')],
  ['{\r\n\t"daily": {\r\n\t\t"rules": { "r": { "lifecycle": { "delete_after_days": { "@@assign": 7 } } } }\r\n\t}\r\n}', 'unknown-key', 'Put "daily" into "plans"', '{\r\n\t"plans": {\r\n\t\t"daily": {\r\n\t\t\t"rules": { "r": { "lifecycle": { "delete_after_days": { "@@assign": 7 } } } }\r\n\t\t}\r\n\t}\r\n}'],
  [rule('"delete_after_days": {"@@assign": 7}'), 'unknown-key', 'Move delete_after_days into lifecycle', rule('"lifecycle": { "delete_after_days": {"@@assign": 7} }')],
  [rule('"lifecycle": {"move_to_cold_storage_after_days": {"@@assign": 7}}, "DeleteAfterDays": {"@@assign": 100}'), 'unknown-key', 'Move delete_after_days into lifecycle', rule('"lifecycle": {"move_to_cold_storage_after_days": {"@@assign": 7}, "delete_after_days": {"@@assign": 100}}')],
  [rule('"start_window": {"@@assign": 60}'), 'unknown-key', 'Rename to start_backup_window_minutes', rule('"start_backup_window_minutes": {"@@assign": 60}')],
  [rule('"target_vault_name": {"@@assign": "v"}'), 'unknown-key', 'Rename to target_backup_vault_name', rule('"target_backup_vault_name": {"@@assign": "v"}')],
  [plan('"advanced_backup_settings": {"ec2": {"WindowsVSS": {"@@assign": "enabled"}}}'), 'unknown-key', 'Rename to windows_vss', plan('"advanced_backup_settings": {"ec2": {"windows_vss": {"@@assign": "enabled"}}}')],
  [rule('"schedule_expression_timezone": {"@@assign": "Etc/UTC"}'), 'unknown-key', 'Remove "schedule_expression_timezone"', rule('')],
  [regions('{"@@assign": {"@@assign": ["eu-west-1"]}}'), 'list-expected', 'Remove the inner @@assign', regions('{"@@assign": ["eu-west-1"]}')],
  [schedule('').replace('""', '{"@@assign": "cron(0 5 ? * * *)"}'), 'single-value-expected', 'Remove the inner @@assign', schedule('cron(0 5 ? * * *)')],
  [setting('start_backup_window_minutes', '"60m"'), 'invalid-value', 'Write 60', setting('start_backup_window_minutes', '"60"')],
  [setting('complete_backup_window_minutes', '" 90 "'), 'invalid-value', 'Write 90', setting('complete_backup_window_minutes', '"90"')],
  [setting('enable_continuous_backup', '"no"'), 'invalid-value', 'Write false', setting('enable_continuous_backup', '"false"')],
  [schedule('cron(0 5 ? * ? *)'), 'invalid-schedule', 'Write cron(0 5 ? * * *)', schedule('cron(0 5 ? * * *)')],
  [schedule('cron(0 5 ? * MON)'), 'schedule-reading', 'Write cron(0 5 ? * MON *)', schedule('cron(0 5 ? * MON *)')],
  [control('["@@all", "@@append", "@@append"]'), 'invalid-control', 'Remove the repeated operator', control('["@@all", "@@append"]')],
  [tagged('arn:aws:iam::$account:role/AWSBackupDefaultServiceRole'), 'default-role-path', 'Write arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole', tagged('arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole')],
  [plan('"rules": [ ]'), 'wrong-shape', 'Write {}', plan('"rules": {}')],
  [plan('"rules": {}, "regions": {"@@assign": ["eu-west-1"]}'), 'empty-object', 'Remove what has no effect', regions('{"@@assign": ["eu-west-1"]}')],
  ['{"@@assign": 1, "plans": {}}', 'root-operator', 'Remove what has no effect', '{"plans": {}}'],
];

/** Mistakes where the author has a choice, or where a fix changes which backups are kept. */
const chosen: readonly (readonly [before: string, rule: RuleId, offered: Readonly<Record<string, string>>])[] = [
  [rule('"enable_continuous_backup": {"@@assign": true}'), 'continuous-backup-retention', { 'Delete backups after 35 days': rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": { "delete_after_days": { "@@assign": "35" } }') }],
  [rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {}'), 'continuous-backup-retention', { 'Delete backups after 35 days': rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": { "delete_after_days": { "@@assign": "35" } }') }],
  [rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {"delete_after_days": {"@@assign": 90}}'), 'continuous-backup-retention', { 'Delete backups after 35 days': rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {"delete_after_days": {"@@assign": 35}}') }],
  [rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {"delete_after_days": {"@@assign": 35}, "move_to_cold_storage_after_days": {"@@assign": 7}}'), 'continuous-backup-retention', { 'Remove the move to cold storage': rule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {"delete_after_days": {"@@assign": 35}}') }],
  [schedule('rate(12 hours)'), 'invalid-schedule', { 'Write cron(0 0/12 ? * * *)': schedule('cron(0 0/12 ? * * *)') }],
  [schedule('cron(0 5 1 * MON *)'), 'invalid-schedule', { 'Write cron(0 5 1 * ? *)': schedule('cron(0 5 1 * ? *)'), 'Write cron(0 5 ? * MON *)': schedule('cron(0 5 ? * MON *)') }],
  [schedule('cron(0/15 * ? * * *)'), 'schedule-too-frequent', { 'Write cron(0 * ? * * *)': schedule('cron(0 * ? * * *)') }],
  [days('delete_after_days', '-1'), 'invalid-value', { 'Remove delete_after_days: backups are kept forever': rule('"lifecycle": {}') }],
  [control('["@@none", "@@append"]'), 'invalid-control', { 'Keep only "@@none": lower policies may change nothing': control('["@@none"]'), 'Remove "@@none" and keep the others': control('["@@append"]') }],
  [control('[]'), 'invalid-control', { 'Write ["@@none"]': control('["@@none"]'), 'Write ["@@all"]': control('["@@all"]') }],
  ['{"plans": {"täglich für alle": {}}}', 'invalid-name', { 'Rename to "taglich-fur-alle"': '{"plans": {"taglich-fur-alle": {}}}' }],
  ['{"plans": {"a b": {}, "a-b": {}}}', 'invalid-name', { 'Rename to "a-b-2"': '{"plans": {"a-b-2": {}, "a-b": {}}}' }],
  ['{"plans": {"a": {}, "a": {"rules": {}}}}', 'duplicate-key', { 'Rename the second to "a-2"': '{"plans": {"a": {}, "a-2": {"rules": {}}}}', 'Remove the second "a"': '{"plans": {"a": {}}}' }],
  [regions('{"@@assign": ["eu_central_1"]}'), 'invalid-value', { 'Write eu-central-1': regions('{"@@assign": ["eu-central-1"]}') }],
  [typed('arn:aws:ec2:eu-west-1:111122223333:volume/vol-1'), 'invalid-value', { 'Write arn:aws:ec2:*:*:volume/*': typed('arn:aws:ec2:*:*:volume/*') }],
  [tagged('Backup'), 'invalid-value', { 'Write the ARN of the role': tagged('arn:aws:iam::$account:role/Backup') }],
  ['{"Version": "1", "plans": {}}', 'unknown-key', { 'Remove "Version"': '{"plans": {}}' }],
  [rule('"schedule_expression_timezone": {"@@assign": "CET"}'), 'unknown-key', { 'Remove "schedule_expression_timezone"': rule('') }],
  [entry('cost', '"tag_value": {"@@assign": "x"}'), 'missing-setting', { 'Add tag_key': entry('cost', '"tag_value": {"@@assign": "x"}, "tag_key": { "@@assign": "cost" }') }],
  ['{}', 'missing-setting', { 'Add "plans"': '{ "plans": {} }' }],
  ['{"plans": {"a": {"rules": {…}, …}}}', 'json-syntax', { 'Remove the dots': '{"plans": {"a": {"rules": {}, …}}}' }],
  ['{"plans": {"a": {}, ...}}', 'json-syntax', { 'Remove the dots': '{"plans": {"a": {}}}' }],
  ['{"plans": {..., "a": {}}}', 'json-syntax', { 'Remove the dots': '{"plans": { "a": {}}}' }],
  ['{"plans": {"a": {}\n', 'json-syntax', { 'Add }} at the end': '{"plans": {"a": {}}}\n' }],
  [regions('{"@@assign": ["eu-west-1"}'), 'json-syntax', { 'Insert ]': regions('{"@@assign": ["eu-west-1"]}') }],
  ['{"plans": {}}}', 'json-syntax', { 'Remove what follows the policy': '{"plans": {}}' }],
  ['"plans": {}\n', 'json-syntax', { 'Put the policy in braces': '{"plans": {}}\n' }],
  [' \n', 'empty-document', { 'Write a policy without plans': '{\n  "plans": {}\n}\n' }],
  ['{"regions": {"@@assign": ["eu-west-1"]}, "rules": {}}', 'unknown-key', { 'Put the settings into a plan in "plans"': '{"plans": { "plan": { "regions": {"@@assign": ["eu-west-1"]}, "rules": {} } }}' }],
  ['{"Statement": [], "plans": {}}', 'unknown-key', { 'Remove "Statement"': '{"plans": {}}' }],
  [regions('{"@@add": ["eu-west-1"]}'), 'unknown-operator', { 'Write @@append': regions('{"@@append": ["eu-west-1"]}') }],
  [regions('{"@@enforced_for": ["x"], "@@assign": []}'), 'unknown-operator', { 'Remove "@@enforced_for"': regions('{"@@assign": []}') }],
  [plan('"regions": {"@@assign": []}, "rules": null'), 'wrong-shape', { 'Remove "rules"': regions('{"@@assign": []}') }],
  [plan('"rules": [{"RuleName": "a", "copy_actions": {}}, {"index_actions": {}}]'), 'wrong-shape', { 'Give each rule a name; fill in your own': plan('"rules": {"a": {"copy_actions": {}}, "rule-2": {"index_actions": {}}}') }],
  [setting('target_backup_vault_name', '["a", "b"]'), 'single-value-expected', { 'Keep only "a"': setting('target_backup_vault_name', '"a"'), 'Keep only "b"': setting('target_backup_vault_name', '"b"') }],
  [setting('target_backup_vault_name', '[]'), 'single-value-expected', { 'Remove the empty list': rule('') }],
  [rule('"index_actions": {"resource_types": {"@@append": []}}'), 'empty-list', { 'Remove the empty list': rule('"index_actions": {}') }],
  [days('delete_after_days', 'null'), 'invalid-value', { 'Remove it: null sets nothing and deletes nothing': lifecycle('') }],
  [days('move_to_cold_storage_after_days', '"-1"'), 'invalid-value', { 'Remove move_to_cold_storage_after_days: backups never move to cold storage': lifecycle('') }],
  [days('move_to_cold_storage_after_days', '0'), 'invalid-value', { 'Remove move_to_cold_storage_after_days: backups never move to cold storage': lifecycle('') }],
  [setting('start_backup_window_minutes', '99999999999999999999'), 'invalid-value', { 'Write 52560000, the most that AWS Backup takes': setting('start_backup_window_minutes', '52560000') }],
  [archived('"maybe"'), 'invalid-value', { 'Write true': archived('"true"'), 'Write false': archived('"false"') }],
  [plan('"advanced_backup_settings": {"s3": {"backup_acls": {"@@assign": "never"}}}'), 'invalid-value', {
    'Write enabled': plan('"advanced_backup_settings": {"s3": {"backup_acls": {"@@assign": "enabled"}}}'),
    'Write disabled': plan('"advanced_backup_settings": {"s3": {"backup_acls": {"@@assign": "disabled"}}}'),
  }],
  [setting('target_backup_vault_name', '""'), 'invalid-value', { 'Write Default': setting('target_backup_vault_name', '"Default"') }],
  [entry('cost', '"tag_key": {"@@assign": ""}, "tag_value": {"@@assign": "x"}'), 'invalid-value', { 'Write cost': entry('cost', '"tag_key": {"@@assign": "cost"}, "tag_value": {"@@assign": "x"}') }],
  [schedule('cron(0 5 ? * * 1969)'), 'invalid-schedule', { 'Write cron(0 5 ? * * *)': schedule('cron(0 5 ? * * *)') }],
  [schedule('nightly'), 'invalid-schedule', { 'Write cron(0 5 ? * * *): every day at 05:00 UTC': schedule('cron(0 5 ? * * *)') }],
  [setting('target_backup_vault_name', '"my vault"'), 'invalid-value', { 'Write my-vault': setting('target_backup_vault_name', '"my-vault"') }],
  [copies(vault.replace('$account', '*'), target), 'invalid-name', { 'Write $account: the copies stay in the account of the original': copies(vault, target) }],
  [schedule('0 5 * * 1-5'), 'invalid-schedule', {
    'Write cron(0 5 ? * MON-FRI *): weekday 0 or 7 is Sunday, as in Unix': schedule('cron(0 5 ? * MON-FRI *)'),
    'Write cron(0 5 ? * 1-5 *): weekday 1 is Sunday, as in AWS': schedule('cron(0 5 ? * 1-5 *)'),
  }],
  [schedule('rate(1 day)'), 'invalid-schedule', { 'Write cron(0 5 ? * * *)': schedule('cron(0 5 ? * * *)') }],
  [schedule('rate(2 days)'), 'invalid-schedule', { 'Write cron(0 5 ? * * *): every day at 05:00 UTC': schedule('cron(0 5 ? * * *)') }],
  [schedule('rate(30 days)'), 'invalid-schedule', { 'Write cron(0 5 1 * ? *): on the first day of every month at 05:00 UTC': schedule('cron(0 5 1 * ? *)') }],
  [schedule('cron(0 5 ? * MON * *)'), 'schedule-reading', { 'Write cron(0 5 ? * MON *)': schedule('cron(0 5 ? * MON *)') }],
  [plan('"selections": {"tags": {"backup": {}}}'), 'missing-setting', { 'Add tag_key and tag_value; fill in your own values': plan('"selections": {"tags": {"backup": { "tag_key": { "@@assign": "backup" }, "tag_value": { "@@assign": ["true"] } }}}') }],
  [plan('"selections": {"resources": {"all": {}}}'), 'missing-setting', {
    'Add resource_types; fill in your own values': plan('"selections": {"resources": {"all": { "resource_types": { "@@assign": ["arn:aws:ec2:*:*:instance/*"] } }}}'),
    'Add conditions; fill in your own values': plan('"selections": {"resources": {"all": { "conditions": { "string_equals": { "backup": { "condition_key": { "@@assign": "aws:ResourceTag/backup" }, "condition_value": { "@@assign": "true" } } } } }}}'),
  }],
  [conditioned('"condition_value": {"@@assign": "prod"}'), 'missing-setting', { 'Add condition_key; fill in your own values': conditioned('"condition_value": {"@@assign": "prod"}, "condition_key": { "@@assign": "aws:ResourceTag/env" }') }],
  [conditioned('"condition_key": {"@@assign": "env"}, "condition_value": {"@@assign": "prod"}'), 'condition-key', { 'Write aws:ResourceTag/env': conditioned('"condition_key": {"@@assign": "aws:ResourceTag/env"}, "condition_value": {"@@assign": "prod"}') }],
  [entry('cost', ''), 'missing-setting', { 'Add tag_key and tag_value; fill in your own values': entry('cost', ' "tag_key": { "@@assign": "cost" }, "tag_value": { "@@assign": "" } ') }],
  [rule('"schedule_expression": {"@@assign": "cron(30 5 ? * * *)"}, "lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": true}, "move_to_cold_storage_after_days": {"@@assign": 10}, "delete_after_days": {"@@assign": 100}}'), 'archive-opt-in', { 'Run once a month: cron(30 5 1 * ? *)': rule('"schedule_expression": {"@@assign": "cron(30 5 1 * ? *)"}, "lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": true}, "move_to_cold_storage_after_days": {"@@assign": 10}, "delete_after_days": {"@@assign": 100}}') }],
  [lifecycle('"move_to_cold_storage_after_days": {"@@assign": 30}, "delete_after_days": {"@@assign": 60}'), 'cold-storage-minimum', {
    'Delete backups after 120 days': lifecycle('"move_to_cold_storage_after_days": {"@@assign": 30}, "delete_after_days": {"@@assign": 120}'),
    'Remove the move to cold storage': lifecycle('"delete_after_days": {"@@assign": 60}'),
  }],
  [rule('"start_backup_window_minutes": {"@@assign": "480"}, "complete_backup_window_minutes": {"@@assign": "60"}'), 'completion-window', { 'Write 540, an hour more than the window to start': rule('"start_backup_window_minutes": {"@@assign": "480"}, "complete_backup_window_minutes": {"@@assign": "540"}') }],
  [whole('"target_backup_vault_name": {"@@assign": "v"}'), 'no-schedule', { 'Add schedule_expression: daily at 05:00 UTC, as AWS Backup runs it now': whole('"target_backup_vault_name": {"@@assign": "v"}, "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }') }],
  [whole(rest), 'kept-forever', { 'Delete backups after 35 days': whole(`${rest}, "lifecycle": { "delete_after_days": { "@@assign": "35" } }`) }],
  ['{"plans": {"@@operators_allowed_for_child_policies": ["@@none"], "daily": {"regions": {"@@assign": ["eu-west-1"]}}}}', 'control-locks-nothing-below', { 'Put the control into the setting below': '{"plans": {"@@operators_allowed_for_child_policies": ["@@none"], "daily": {"regions": {"@@assign": ["eu-west-1"], "@@operators_allowed_for_child_policies": ["@@none"]}}}}' }],
];

/** Rules whose problems only exist in an organization, see the fixes of a request. */
const inModels: readonly RuleId[] = ['blocked-by-parent', 'later-peer', 'nothing-to-remove', 'already-present', 'control-cannot-widen', 'control-at-account', 'replaces-inherited-list', 'continuous-cold-storage', 'effective-policy-invalid'];
const long = ['document-size', 'document-nearly-full'] as const;

function verdict(text: string): string {
  return verdictOf(admissionProblems(parseDocument(text), monday));
}

describe('a quick fix', () => {
  it.each(certain)('mends %s (%s)', (before, id, title, after) => {
    expect(offered(before, id)).toEqual([{ title, preferred: true, after }]);
    const comments = after.includes('//');
    if (!comments) {
      expect(verdict(after)).toBe('accepted');
      expect(admissionProblems(parseDocument(after), monday).map((problem) => problem.rule)).not.toContain(id);
    }
  });

  it.each(chosen)('leaves the choice in %s (%s)', (before, id, choices) => {
    const found = offered(before, id);
    expect(Object.fromEntries(found.map(({ title, after }) => [title, after]))).toEqual(choices);
    expect(found.map(({ preferred }) => preferred)).toEqual(found.map(() => false));
    for (const { after } of found) if (!after.includes('…')) expect(verdict(after), after).toBe('accepted');
  });

  it('exists for every rule that has an entry, here or among the fixes that need a model', () => {
    const shown = new Set<string>([...certain.map(([, id]) => id), ...chosen.map(([, id]) => id), ...inModels, ...long]);
    expect(Object.keys(fixers).filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(long)('takes white space out of a document that is too long (%s)', (id) => {
    const values = Array.from({ length: 60 }, (_each, index) => `"eu-west-${String(index % 10)}"`).join(`,${' '.repeat(id === 'document-size' ? 200 : 140)}`);
    const text = `\uFEFF${regions(`{"@@assign": [ ${values}, "a b\\" \${x y}" ]}`)}`.replace('"eu-west-0"', '\${jsonencode("a b")}');
    const [fix] = offered(text, id);
    expect(fix?.preferred).toBe(false);
    expect(verdict(fix?.after ?? '')).toBe('accepted');
    expect(fix?.after).toBe(`\uFEFF${regions(`{"@@assign":[${values.replace(/ /g, '')},"a b\\" \${x y}"]}`).replace(/: /g, ':')}`.replace('"eu-west-0"', '\${jsonencode("a b")}'));
    expect(fix?.title).toBe(`Remove the white space between elements: ${String((fix?.after.length ?? 0) - 1)} characters are left`);
  });

  it('keeps the layout: lines, tabs and line ends', () => {
    const before = '{\r\n\t"plans": {\r\n\t\t"a": {\r\n\t\t\t"rules": {\r\n\t\t\t\t"r": {\r\n\t\t\t\t\t"enable_continuous_backup": { "@@assign": true }\r\n\t\t\t\t}\r\n\t\t\t}\r\n\t\t}\r\n\t}\r\n}';
    const line = '\t\t\t\t\t"enable_continuous_backup": { "@@assign": true }';
    expect(offered(before, 'continuous-backup-retention')[0]?.after).toBe(before.replace(line, `${line},\r\n\t\t\t\t\t"lifecycle": { "delete_after_days": { "@@assign": "35" } }`));
  });

  it('is not offered where a key would stand twice, or nothing is close', () => {
    expect(offered(rule('"delete_after_dayz": {}, "target_backup_vault_name": {}, "TargetBackupVaultName": {}'), 'unknown-key').map(({ title }) => title)).not.toContain('Rename to target_backup_vault_name');
    expect(offered(regions('{"@@assign": ["*"]}'), 'invalid-value')).toEqual([]);
  });
});

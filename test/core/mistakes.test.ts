import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';

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

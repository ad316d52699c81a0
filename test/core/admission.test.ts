import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';

const at = Date.parse('2026-11-21T06:00:00Z');

function found(text: string): readonly string[] {
  return admissionProblems(parseDocument(text), at).map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const plan = (content: string): string => `{"plans":{"daily":{${content}}}}`;
const rule = (content: string): string => plan(`"rules":{"nightly":{${content}}}`);
const tagSelection = (content: string): string => plan(`"selections":{"tags":{"gold":{${content}}}}`);
const resourceSelection = (content: string): string => plan(`"selections":{"resources":{"all":{${content}}}}`);
const tag = '"tag_key":{"@@assign":"team"},"tag_value":{"@@assign":"shop"}';

describe('AWS refuses, and the problem stands at the mistake', () => {
  test.each([
    ['a document that is no object', '[]', ['wrong-shape: []']],
    ['a document without plans', '{}', ['missing-setting: {']],
    ['operators alone', '{"@@assign":"x"}', ['root-operator: "@@assign":"x"', 'missing-setting: {']],
    ['a key beside plans', '{"Version":"1","plans":{}}', ['unknown-key: "Version"']],
    ['plans as a list', '{"plans":[]}', ['wrong-shape: []']],
    ['a name with a blank', '{"plans":{"every day":{}}}', ['invalid-name: "every day"']],
    ['a name of 51 characters', `{"plans":{"${'x'.repeat(51)}":{}}}`, [`invalid-name: "${'x'.repeat(51)}"`]],
    ['a plan that stands twice', '{"plans":{"a":{},"a":{}}}', ['duplicate-key: "a"']],
    ['two names that differ in case only', '{"plans":{"a":{},"A":{}}}', ['duplicate-key: "A"']],
    ['a setting without an operator', plan('"regions":["eu-west-1"]'), ['missing-operator: ["eu-west-1"]']],
    ['a misspelt operator', plan('"regions":{"@assign":["eu-west-1"]}'), ['unknown-operator: "@assign"']],
    ['a misspelt operator between names', '{"plans":{"@@operators_allowed":["@@none"]}}', ['unknown-operator: "@@operators_allowed"']],
    ['a value operator on a container', '{"plans":{"@@assign":{}}}', ['operator-not-allowed: "@@assign"']],
    ['@@append on a single value', rule('"target_backup_vault_name":{"@@append":["v"]}'), ['operator-not-allowed: "@@append"']],
    ['a text where a list belongs', plan('"regions":{"@@assign":"eu-west-1"}'), ['list-expected: "eu-west-1"']],
    ['a list where a text belongs', rule('"target_backup_vault_name":{"@@assign":["v"]}'), ['single-value-expected: ["v"]']],
    ['an object inside a list', plan('"regions":{"@@assign":[{}]}'), ['single-value-expected: {}']],
    ['an unknown Region', plan('"regions":{"@@assign":["eu-west-1","*"]}'), ['invalid-value: "*"']],
    ['a foreign key, once', rule('"TargetBackupVaultName":{"@@assign":"v"}'), ['unknown-key: "TargetBackupVaultName"']],
    ['a fixed account in a role', tagSelection(`"iam_role_arn":{"@@assign":"arn:aws:iam::111122223333:role/x"},"tag_key":{"@@assign":"a"},"tag_value":{"@@assign":["b"]}`), ['invalid-value: "arn:aws:iam::111122223333:role/x"']],
    ['a tag selection without values', tagSelection('"tag_key":{"@@assign":"a"}'), ['missing-setting: "gold"']],
    ['a misspelt key, but not its absence too', tagSelection('"tag_kye":{"@@assign":"a"},"tag_value":{"@@assign":["b"]}'), ['unknown-key: "tag_kye"']],
    ['a resource selection without types and conditions', resourceSelection('"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/x"}'), ['missing-setting: "all"']],
    ['a tag entry under another name', plan(`"backup_plan_tags":{"cost":{${tag}}}`), ['tag-key-mismatch: "team"']],
    ['one wrong field of a schedule', rule('"schedule_expression":{"@@assign":"cron(0 25 ? * * *)"}'), ['invalid-schedule: 25']],
    ['a schedule every quarter of an hour', rule('"schedule_expression":{"@@assign":"cron(0/15 * ? * * *)"}'), ['schedule-too-frequent: 0/15']],
    ['continuous backup without retention', rule('"enable_continuous_backup":{"@@assign":true}'), ['continuous-backup-retention: true']],
    ['@@none beside another', '{"plans":{"@@operators_allowed_for_child_policies":["@@none","@@append"]}}', ['invalid-control: "@@none"']],
    ['an unknown control value', '{"plans":{"@@operators_allowed_for_child_policies":["append"]}}', ['invalid-control: "append"']],
  ])('%s', (_title, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('a document of more than 10,000 characters, white space included', () => {
    const long = `{"plans":{}${' '.repeat(9_990)}}`;
    expect(found(long)).toEqual(['document-size: {']);
    expect(found(`{"plans":{}${' '.repeat(9_988)}}`)).toEqual([]);
  });
});

describe('AWS accepts, so there is no error', () => {
  test.each([
    ['an empty plan', '{"plans":{"daily":{}}}'],
    ['a rule without a vault: a part of a policy', rule('"start_backup_window_minutes":{"@@assign":60}')],
    ['an empty list of Regions', plan('"regions":{"@@assign":[]}')],
    ['keys and operators in any letter case', '{"PLANS":{"daily":{"Regions":{"@@Assign":["eu-west-1"]}}}}'],
    ['a control without a value', plan('"regions":{"@@operators_allowed_for_child_policies":["@@none"]}')],
    ['a value operator with a scalar beside plans', '{"plans":{},"@@assign":1}'],
    ['a tag entry named like its key but for case', plan('"backup_plan_tags":{"team":{"tag_key":{"@@assign":"Team"},"tag_value":{"@@assign":""}}}')],
    ['a tag whose key begins with @', plan('"backup_plan_tags":{"@team":{"tag_key":{"@@assign":"@team"},"tag_value":{"@@assign":"x"}}}')],
    ['conditions instead of resource types', resourceSelection('"conditions":{"string_equals":{"t":{"condition_key":{"@@assign":"aws:ResourceTag/t"},"condition_value":{"@@assign":"x"}}}}')],
    ['cold storage 30 days before deletion, which only AWS Backup minds', rule('"lifecycle":{"move_to_cold_storage_after_days":{"@@assign":30},"delete_after_days":{"@@assign":"60"}}')],
    ['template tokens in values, keys and names', '{"plans":{"${name}":{"regions":{"@@assign":${regions}},"rules":{"r":{"target_backup_vault_name":{"@@assign":"${vault}"}}}}}}'],
  ])('%s', (_title, text) => {
    expect(verdictOf(admissionProblems(parseDocument(text), at)), found(text).join('; ')).toBe('accepted');
  });
});

describe('a text with thousands of mistakes', () => {
  const doubled = `{"plans":{},${Array.from({ length: 3000 }, () => '"a":1').join(',')}}`;

  test('gets the first 500 of each kind, and the problems of other kinds behind them', () => {
    const counts = new Map<string, number>();
    for (const { rule } of admissionProblems(parseDocument(doubled), at)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 'duplicate-key': 500, 'unknown-key': 500, 'document-size': 1 });
  });

  test('gets all of them while they are fewer', () => {
    const text = `{"plans":{},${Array.from({ length: 400 }, (_, index) => `"a${String(index)}":1`).join(',')}}`;
    expect(admissionProblems(parseDocument(text), at).filter(({ rule }) => rule === 'unknown-key')).toHaveLength(400);
  });
});

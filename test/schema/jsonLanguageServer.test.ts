import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JsonEditor } from './jsonEditor.ts';

interface Recording { readonly id: string; readonly group: string; readonly verdict: 'accepted' | 'rejected'; readonly text: string }

const recordings = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[];
const accepted = recordings.filter(({ verdict }) => verdict === 'accepted');
const refused = recordings.filter(({ verdict }) => verdict === 'rejected');

const inPlan = (plan: string) => `{"plans": {"daily": {${plan}}}}`;
const inRule = (rule: string) => inPlan(`"rules": {"nightly": {${rule}}}`);
const inTagSelection = (selection: string) => inPlan(`"selections": {"tags": {"by-tag": {${selection}}}}`);
const inResourceSelection = (selection: string) => inPlan(`"selections": {"resources": {"by-type": {${selection}}}}`);

let editor: JsonEditor;
beforeAll(async () => { editor = await JsonEditor.start('schemas/backup-policy.schema.json'); });
afterAll(async () => { await editor.close(); });

describe('vscode-json-language-server, with the schema alone, on recorded answers of AWS', () => {
  test('finds nothing in any document that AWS accepted', async () => {
    expect(accepted.length).toBeGreaterThan(140);
    const withProblems = [];
    for (const { id, text } of accepted) {
      const problems = await editor.problems(text);
      if (problems.length > 0) withProblems.push({ id, problems });
    }
    expect(withProblems).toEqual([]);
  });

  /** What JSON Schema cannot say, by the reason. */
  const beyondSchema: Readonly<Record<string, RegExp>> = {
    'a tag block must be named like its tag_key': /^(document-plan-tag-under-key-cost-with-tag-key-(x|12)|extended-plan-tag-key-under-cost-(other|12))-\d+$/,
    'how often a schedule runs depends on its next dates': /^(schedule-cron-0-15|schedule-details-minute|rollover)-/,
    'the dates of a schedule depend on the calendar': /^(cron-grammar|calendar-calendar)-/,
    'a schedule for archive must run at most every 28 days': /^((calendar|selectors)-archive|archive-archive-rule-schedule-0-5)-/,
  };

  test('catches every refused document but those that JSON Schema cannot catch', async () => {
    const missed = [];
    for (const { id, text } of refused) {
      if ((await editor.problems(text)).length === 0) missed.push(id);
    }
    const unexplained = missed.filter((id) => !Object.values(beyondSchema).some((ids) => ids.test(id)));
    expect(unexplained).toEqual([]);
    expect(refused.length - missed.length, `of ${String(refused.length)} refused documents`).toBeGreaterThanOrEqual(103);
  });
});

describe('vscode-json-language-server, with the schema alone, marks the mistake and says what to do', () => {
  const days = 'Write a whole number of days, 1 or more, with digits only (no sign, blank, decimal point or unit).';
  const minutes = 'Write a whole number of minutes, 60 or more, with digits only (no sign, blank, decimal point or unit).';
  const single = 'This setting holds one value: write it as an object with @@assign, for example {"@@assign": …}. AWS refuses a bare value, a list and any other operator.';
  const list = 'This setting holds a list: write it as an object with @@assign, @@append or @@remove, for example {"@@assign": ["…"]}. AWS refuses a bare value and any other key.';
  const among = 'Of the operators only @@operators_allowed_for_child_policies may stand here. Write @@assign, @@append and @@remove inside a setting; AWS refuses the policy otherwise.';
  const role = 'Write arn:<partition>:iam::$account:role/<path and name> with $account as it stands. AWS refuses an account ID here.';
  const vault = 'Write a backup vault ARN: arn:<partition>:backup:<Region>:<12-digit account ID or $account>:backup-vault:<vault name>.';
  const tag = '"tag_key": {"@@assign": "k"}, "tag_value": {"@@assign": ["v"]}';

  test.each<readonly [mistake: string, text: string, marked: string, message: string, neighbour: string]>([
    ['a document without plans', '{}', '{', 'Missing property "plans".', '{"plans": {}}'],
    ['an unknown key beside plans', '{"plans": {}, "Version": "1"}', '"Version"', '"plans" is the only key at the top of a backup policy. AWS refuses the policy otherwise.', '{"plans": {}, "@@assign": 1}'],
    ['an operator among the plans', '{"plans": {"@@assign": {}}}', '"@@assign"', among, '{"plans": {"@@operators_allowed_for_child_policies": ["@@none"]}}'],
    ['an operator in a lifecycle', inRule('"lifecycle": {"@@assign": {}}'), '"@@assign"', among, inRule('"lifecycle": {}')],
    ['a bad name', '{"plans": {"täglich": {}}}', '"täglich"', 'A name has 1 to 50 characters out of A-Z, a-z, 0-9, dot, underscore and hyphen. AWS refuses the policy otherwise.', '{"plans": {"taeglich.1": {}}}'],
    ['a key of the API', inRule('"lifecycle": {"DeleteAfterDays": {"@@assign": 7}}'), '"DeleteAfterDays"', 'A lifecycle takes only move_to_cold_storage_after_days, delete_after_days, opt_in_to_archive_for_supported_resources and @@operators_allowed_for_child_policies. AWS refuses any other key.', inRule('"lifecycle": {"Delete_After_Days": {"@@Assign": 7}}')],
    ['a value without an operator', inRule('"lifecycle": {"delete_after_days": 7}'), '7', single, inRule('"lifecycle": {"delete_after_days": {"@@assign": 7}}')],
    ['a list without an operator', inPlan('"regions": ["us-east-1"]'), '["us-east-1"]', list, inPlan('"regions": {"@@assign": ["us-east-1"]}')],
    ['an operator for lists on one value', inRule('"target_backup_vault_name": {"@@append": "V"}'), '"@@append"', single, inRule('"target_backup_vault_name": {"@@ASSIGN": "V"}')],
    ['a misspelt operator', inPlan('"regions": {"@@add": []}'), '"@@add"', list, inPlan('"regions": {"@@append": []}')],
    ['one text in place of a list', inPlan('"regions": {"@@assign": "us-east-1"}'), '"us-east-1"', 'This operator takes a list in square brackets, even for one element.', inPlan('"regions": {"@@assign": []}')],
    ['a Region that is none', inPlan('"regions": {"@@append": ["us-east"]}'), '"us-east"', 'Write a Region code such as us-east-1. AWS refuses other texts, "*" included.', inPlan('"regions": {"@@append": ["us-east-9"]}')],
    ['a window below an hour', inRule('"start_backup_window_minutes": {"@@assign": "59"}'), '"59"', minutes, inRule('"start_backup_window_minutes": {"@@assign": "060"}')],
    ['a window as a boolean', inRule('"start_backup_window_minutes": {"@@assign": true}'), 'true', minutes, inRule('"start_backup_window_minutes": {"@@assign": 60}')],
    ['a negative number of days', inRule('"lifecycle": {"delete_after_days": {"@@assign": "-1"}}'), '"-1"', days, inRule('"lifecycle": {"delete_after_days": {"@@assign": "1"}}')],
    ['days with a unit', inRule('"lifecycle": {"delete_after_days": {"@@assign": "7 days"}}'), '"7 days"', days, inRule('"lifecycle": {"delete_after_days": {"@@assign": "7"}}')],
    ['a boolean in capitals', inRule('"enable_continuous_backup": {"@@assign": "False"}'), '"False"', 'Write true or false in lower case, bare or in quotes. AWS refuses True, TRUE, yes and 1.', inRule('"enable_continuous_backup": {"@@assign": "false"}')],
    ['a bare boolean for a toggle', inPlan('"advanced_backup_settings": {"ec2": {"windows_vss": {"@@assign": true}}}'), 'true', 'Write "enabled" or "disabled" in lower case. AWS refuses true and false here.', inPlan('"advanced_backup_settings": {"ec2": {"windows_vss": {"@@assign": "enabled"}}}')],
    ['a rate', inRule('"schedule_expression": {"@@assign": "rate(1 day)"}'), '"rate(1 day)"', 'Write cron(minutes hours day-of-month month day-of-week year) with ? in exactly one of the two day fields, for example cron(0 5 ? * * *). AWS refuses rate(...).', inRule('"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}')],
    ['the ARN of a vault as its name', inRule('"target_backup_vault_name": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:V"}'), '"arn:aws:backup:us-east-1:$account:backup-vault:V"', 'Write the name of a backup vault (not its ARN): 1 to 50 characters out of A-Z, a-z, 0-9, underscore and hyphen.', inRule('"target_backup_vault_name": {"@@assign": "V"}')],
    ['a concrete air-gapped vault', inRule('"target_logically_air_gapped_backup_vault_arn": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:V"}'), '"arn:aws:backup:us-east-1:$account:backup-vault:V"', 'Write arn:<partition>:backup:$region:$account:backup-vault:<vault name> with $region and $account as they stand. AWS refuses a concrete Region or account here.', inRule('"target_logically_air_gapped_backup_vault_arn": {"@@assign": "arn:aws:backup:$region:$account:backup-vault:V"}')],
    ['a copy action named otherwise than by an ARN', inRule('"copy_actions": {"second": {"target_backup_vault_arn": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:V"}}}'), '"second"', vault, inRule('"copy_actions": {"arn:aws:backup:us-east-1:$account:backup-vault:V": {"target_backup_vault_arn": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:V"}}}')],
    ['a copy action without its target', inRule('"copy_actions": {"arn:aws:backup:us-east-1:$account:backup-vault:V": {}}'), '"arn:aws:backup:us-east-1:$account:backup-vault:V"', 'Missing property "target_backup_vault_arn".', inRule('"copy_actions": {"arn:aws:backup:us-east-1:$account:backup-vault:V": {"TARGET_backup_vault_arn": {"@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:V"}}}')],
    ['a role of a concrete account', inTagSelection(`"iam_role_arn": {"@@assign": "arn:aws:iam::111122223333:role/B"}, ${tag}`), '"arn:aws:iam::111122223333:role/B"', role, inTagSelection(`"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/B"}, ${tag}`)],
    ['a tag selection without tag_key', inTagSelection('"tag_value": {"@@assign": ["v"]}'), '"by-tag"', 'Missing property "tag_key".', inTagSelection(tag)],
    ['a resource selection of nothing', inResourceSelection('"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/B"}'), '"by-type"', 'Missing property "resource_types".', inResourceSelection('"conditions": {}')],
    ['the ARN of one resource', inResourceSelection('"resource_types": {"@@assign": ["arn:aws:ec2:us-east-1:111122223333:volume/vol-1"]}'), '"arn:aws:ec2:us-east-1:111122223333:volume/vol-1"', 'Write "*" or one of the resource type patterns of AWS Backup, such as arn:aws:ec2:*:*:volume/*. AWS refuses concrete resource ARNs and other services.', inResourceSelection('"resource_types": {"@@assign": ["arn:aws:ec2:*:*:volume/*"]}')],
    ['an empty list of indexed types', inRule('"index_actions": {"resource_types": {"@@assign": []}}'), '[]', 'Array has too few items. Expected 1 or more.', inRule('"index_actions": {"resource_types": {"@@assign": ["EBS"]}}')],
    ['a list as the value of a plan tag', inPlan('"backup_plan_tags": {"k": {"tag_key": {"@@assign": "k"}, "tag_value": {"@@assign": ["v"]}}}'), '["v"]', 'Write one value here, not a list or an object.', inPlan('"backup_plan_tags": {"k": {"tag_key": {"@@assign": "k"}, "tag_value": {"@@assign": 1}}}')],
    ['a control as a text', inPlan('"@@operators_allowed_for_child_policies": "@@none"'), '"@@none"', 'Write a list of operators such as ["@@append", "@@remove"], or ["@@none"] alone.', inPlan('"@@operators_allowed_for_child_policies": ["@@None"]')],
    ['@@none beside another operator', inPlan('"@@operators_allowed_for_child_policies": ["@@none", "@@append"]'), '["@@none", "@@append"]', 'Array has too many items. Expected 1 or fewer.', inPlan('"@@operators_allowed_for_child_policies": ["@@assign", "@@append"]')],
    ['continuous backup without a retention', inRule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {}'), '"lifecycle"', 'Missing property "delete_after_days".', inRule('"enable_continuous_backup": {"@@assign": true}, "lifecycle": {"DELETE_after_days": {"@@assign": 7}}')],
    ['archive without a schedule', inRule('"lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": true}, "move_to_cold_storage_after_days": {"@@assign": 1}, "delete_after_days": {"@@assign": 91}}'), '"nightly"', 'Missing property "schedule_expression".', inRule('"Schedule_Expression": {"@@assign": "cron(0 5 1 * ? *)"}, "lifecycle": {"opt_in_to_archive_for_supported_resources": {"@@assign": true}, "move_to_cold_storage_after_days": {"@@assign": 1}, "delete_after_days": {"@@assign": 91}}')],
  ])('of %s, and of nothing else', async (_mistake, text, marked, message, neighbour) => {
    expect(await editor.problems(text)).toEqual([{ marked, message }]);
    expect(await editor.problems(neighbour)).toEqual([]);
  });

  test('knows nothing of comments and trailing commas, like AWS', async () => {
    expect(await editor.problems('{"plans": {}} // all')).toEqual([{ marked: '// all', message: 'Comments are not permitted in JSON.' }]);
    expect(await editor.problems('{"plans": {},}')).toEqual([{ marked: ',', message: 'Trailing comma' }]);
  });
});

describe('vscode-json-language-server, with the schema alone, completes', () => {
  test.each<readonly [place: string, text: string, labels: readonly string[]]>([
    ['the keys of a plan', inPlan('|'), ['@@operators_allowed_for_child_policies', 'advanced_backup_settings', 'backup_plan_tags', 'regions', 'rules', 'scan_settings', 'selections']],
    ['the keys of a tag selection that are not there yet', inTagSelection('"tag_key": {"@@assign": "k"}, |'), ['@@operators_allowed_for_child_policies', 'conditions', 'iam_role_arn', 'tag_value']],
    ['the operators of a list', inPlan('"regions": {|}'), ['@@append', '@@assign', '@@operators_allowed_for_child_policies', '@@remove']],
    ['the operators of one value', inRule('"target_backup_vault_name": {|}'), ['@@assign', '@@operators_allowed_for_child_policies']],
    ['the values of a toggle', inPlan('"advanced_backup_settings": {"s3": {"backup_acls": {"@@assign": |}}}'), ['"disabled"', '"enabled"']],
    ['what a control may list', inPlan('"@@operators_allowed_for_child_policies": [|]'), ['"@@all"', '"@@append"', '"@@assign"', '"@@none"', '"@@remove"']],
  ])('%s, each with its documentation', async (_place, text, labels) => {
    const items = await editor.completions(text);
    expect(items.map(({ label }) => label).sort()).toEqual(labels);
    for (const { label, documentation } of items) {
      expect(documentation, label).toEqual({ kind: 'markdown', value: expect.stringMatching(/^[A-Z].{8,}\.$/s) as unknown });
    }
  });

  test('the Regions with their names', async () => {
    const items = await editor.completions(inPlan('"regions": {"@@assign": ["|"]}'));
    expect(items.length).toBeGreaterThan(30);
    expect(items.find(({ label }) => label === '"eu-central-1"')?.documentation).toEqual({ kind: 'markdown', value: 'Europe (Frankfurt)' });
  });

  test.each<readonly [place: string, text: string, label: string]>([
    ['a document', '|', 'New backup policy'],
    ['all plans', '{"plans": |}', 'New backup plan'],
    ['a plan', '{"plans": {"daily": |}}', 'Backup plan'],
    ['the rules', inPlan('"rules": |'), 'New backup rule'],
    ['a rule', inPlan('"rules": {"nightly": |}'), 'Backup rule'],
    ['a rule with continuous backup', inPlan('"rules": {"nightly": |}'), 'Continuous backup rule'],
    ['a schedule', inRule('"schedule_expression": |'), '{ "@@assign": … }'],
    ['a lifecycle', inRule('"lifecycle": |'), 'Cold storage after 30 days, keep for 365'],
    ['the copy actions', inRule('"copy_actions": |'), 'New copy action'],
    ['a copy action', inRule('"copy_actions": {"arn:aws:backup:us-west-2:111122223333:backup-vault:Central": |}'), 'Copy action'],
    ['the selections', inPlan('"selections": |'), 'Select by tag'],
    ['a tag selection', inPlan('"selections": {"tags": {"by-tag": |}}'), 'Tag selection'],
    ['the resource selections', inPlan('"selections": {"resources": |}'), 'New resource selection'],
    ['a resource selection', inPlan('"selections": {"resources": {"by-type": |}}'), 'Resource selection'],
    ['a condition', inResourceSelection('"conditions": {"string_equals": {"one": |}}'), 'Condition'],
    ['a plan tag', inPlan('"backup_plan_tags": {"key": |}'), 'Tag'],
    ['a recovery point tag', inRule('"recovery_point_tags": {"key": |}'), 'Tag'],
    ['a control', inPlan('"@@operators_allowed_for_child_policies": |'), '["@@none"]'],
  ])('%s from a template that the schema accepts as it stands', async (_place, text, label) => {
    const items = await editor.completions(text);
    const item = items.find((each) => each.label === label);
    expect(item, items.map((each) => each.label).join(', ')).toBeDefined();
    const inserted = plain(item?.textEdit?.newText ?? '');
    expect(await editor.problems(text.replace('|', () => inserted))).toEqual([]);
  });
});

/** What stands in the document when every placeholder of a snippet keeps its first proposal. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\\\$/g, '$$');
}

describe('vscode-json-language-server, with the schema alone, explains', () => {
  test.each<readonly [place: string, text: string, words: string]>([
    ['a key', inPlan('"reg|ions": {}'), 'The Regions in which the plan runs, such as `us-east-1`.'],
    ['a plan', '{"plans": {"dai|ly": {}}}', 'A backup plan that AWS Backup creates in every target account and listed Region.'],
    ['a setting', inRule('"lifecycle": {"delete_after|_days": {}}'), 'Without it recovery points are kept forever.'],
    ['an operator of a list', inPlan('"regions": {"@@app|end": []}'), 'Adds these elements after the inherited list and skips those that it already holds.'],
    ['an operator of one value', inRule('"target_backup_vault_name": {"@@as|sign": "V"}'), 'Sets this value. It replaces what policies higher up (root, then OUs) set;'],
    ['a control', inPlan('"@@operators_|allowed_for_child_policies": ["@@none"]'), 'Decides whether policies attached lower down (OUs and accounts below) may add new entries at this place:'],
    ['an element of a control', inPlan('"@@operators_allowed_for_child_policies": ["@@no|ne"]'), 'Policies lower down may use no operator here.'],
    ['a Region', inPlan('"regions": {"@@assign": ["us-|east-1"]}'), '`us-east-1`: US East (N. Virginia)'],
    ['a resource type', inResourceSelection('"resource_types": {"@@assign": ["arn:aws:ec2:*:*:vol|ume/*"]}'), 'Amazon EBS volumes.'],
  ])('%s in markdown', async (_place, text, words) => {
    expect(await editor.hover(text)).toContain(words);
  });
});

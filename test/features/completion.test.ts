import { CompletionItemTag, InsertTextFormat, type CompletionItem } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { completion } from '../../server/features/completion/completion.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import type { TargetRef } from '../../server/protocol.ts';
import { cursorIn, expanded, withEdits } from './cursor.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

const baseline = {
  plans: {
    '@@operators_allowed_for_child_policies': ['@@append'],
    Daily: {
      '@@operators_allowed_for_child_policies': ['@@none'],
      regions: { '@@assign': ['eu-west-1', 'eu-central-1'], '@@operators_allowed_for_child_policies': ['@@append', '@@remove'] },
      rules: {
        '@@operators_allowed_for_child_policies': ['@@none'],
        nightly: {
          schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' },
          target_backup_vault_name: { '@@assign': 'company-vault', '@@operators_allowed_for_child_policies': ['@@none'] },
          lifecycle: { delete_after_days: { '@@assign': '35' } },
          copy_actions: {
            'arn:aws:backup:eu-west-1:222233334444:backup-vault:Central': {
              target_backup_vault_arn: { '@@assign': 'arn:aws:backup:eu-west-1:222233334444:backup-vault:Central' },
            },
          },
        },
      },
    },
  },
};

const root = { name: 'Root', policies: ['baseline'], organizationalUnits: [{ name: 'Prod', policies: ['prod'], accounts: [{ name: 'shop' }] }, { name: 'Test', accounts: [{ name: 'lab' }] }] };

/** The policy `prod`, attached to Root/Prod below `baseline` at Root. */
function prod(text: string): Snapshot {
  return organization(root, { baseline, prod: text });
}

function offered(marked: string, policy = 'prod', chosen?: TargetRef): { readonly items: readonly CompletionItem[]; readonly text: string } {
  const { text, position } = cursorIn(marked);
  const snapshot = applyChanges(prod('{}'), monday, [{ type: 'policy', uri: policyUri(policy), text }]);
  return { items: sorted(completion(snapshot, { uri: policyUri(policy), position, chosen, snippets: true })), text };
}

function sorted(items: readonly CompletionItem[]): readonly CompletionItem[] {
  return [...items].sort((left, right) => ((left.sortText ?? '') < (right.sortText ?? '') ? -1 : 1));
}

function labels(marked: string, policy?: string): readonly string[] {
  return offered(marked, policy).items.map((item) => item.label);
}

/** The text after the item of this label is accepted; tab stops show as `|`. */
function accepted(marked: string, label: string, policy?: string): string {
  const { items, text } = offered(marked, policy);
  const item = items.find((each) => each.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit)) throw new Error(`${label} is not offered among ${items.map((each) => each.label).join(', ')}`);
  expect(item.textEdit.range.start.line).toBe(item.textEdit.range.end.line);
  const newText = item.insertTextFormat === InsertTextFormat.Snippet ? expanded(item.textEdit.newText) : item.textEdit.newText;
  return withEdits(text, [{ range: item.textEdit.range, newText }, ...(item.additionalTextEdits ?? [])]);
}

const [assign, append, remove, control] = ['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies'] as const;

describe('operators', () => {
  it('are the four of a list in a list', () => {
    expect(labels('{"plans": {"other": {"regions": {"@@|')).toEqual([assign, append, remove, control]);
  });

  it('are assign and the control in a single value', () => {
    expect(labels('{"plans": {"other": {"rules": {"r": {"schedule_expression": {"@@|')).toEqual([assign, control]);
  });

  it('are the control alone in a container', () => {
    const operators = labels('{"plans": {"other": {"rules": {"r": {"lifecycle": {"@@|').filter((label) => label.startsWith('@@'));
    expect(operators).toEqual([control]);
  });

  it('are not offered again', () => {
    expect(labels('{"plans": {"other": {"regions": {"@@assign": [], "@@|"}}}}')).toEqual([append, remove, control]);
    expect(labels('{"plans": {"other": {"regions": {|, "@@APPEND": []}}}}')).toEqual([assign, remove, control]);
  });

  it('come last and struck through when a higher level forbids them, naming policy, level and what is allowed', () => {
    const { items } = offered('{"plans": {"daily": {"regions": {"@@|');
    expect(items.map((item) => item.label)).toEqual([append, remove, control, assign]);
    const blocked = items.at(-1);
    expect(blocked?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(blocked?.detail).toBe('Blocked by baseline at Root: only @@append, @@remove');
    expect(blocked?.documentation).toMatchObject({ kind: 'markdown' });
    const text = JSON.stringify(blocked?.documentation);
    expect(text).toContain('[baseline](file:///project/policies/baseline.json#L');
    expect(text).toContain('**Blocked** for **Root/Prod** (where this policy is attached) by');
    expect(items.filter((item) => item.tags !== undefined)).toHaveLength(1);
  });

  it('are blocked below @@none in any letter case of the keys', () => {
    const { items } = offered('{"plans": {"DAILY": {"rules": {"Nightly": {"target_backup_vault_name": {"@@|');
    expect(items.map((item) => [item.label, item.tags?.length ?? 0])).toEqual([[control, 0], [assign, 1]]);
    expect(items.at(-1)?.detail).toBe('Blocked by baseline at Root: no operator here');
  });

  it('are blocked in a rule that would be new where nothing may be added', () => {
    const { items } = offered('{"plans": {"daily": {"rules": {"hourly": {"schedule_expression": {"@@|');
    expect(items.every((item) => item.tags?.[0] === CompletionItemTag.Deprecated)).toBe(true);
    expect(items[0]?.detail).toBe('Blocked by baseline at Root: nothing new here');
  });

  it('are free in the policy that has the control itself, and without a model', () => {
    expect(offered('{"plans": {"daily": {"regions": {"@@operators_allowed_for_child_policies": ["@@none"], "@@|', 'baseline').items.some((item) => item.tags !== undefined)).toBe(false);
    const { text, position } = cursorIn('{"plans": {"daily": {"regions": {"@@|');
    const alone = applyChanges(organization(root, { baseline }), monday, [{ type: 'policy', uri: 'file:///elsewhere/new.json', text }]);
    const items = completion(alone, { uri: 'file:///elsewhere/new.json', position, chosen: undefined, snippets: true });
    expect(items.map((item) => item.tags)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('of a policy that is attached nowhere are judged for the chosen target', () => {
    const marked = '{"plans": {"daily": {"regions": {"@@|';
    const chosen = { organization: modelUri, key: 'Root/Test/lab' };
    expect(offered(marked, 'draft', chosen).items.find((item) => item.label === assign)?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(offered(marked, 'draft').items.find((item) => item.label === assign)?.tags).toBeUndefined();
  });
});

describe('half-typed text', () => {
  const done = '{"plans": {"other": {"regions": {"@@append": ["us-east-1"]';
  it.each([
    ['{"plans": {"other": {"regions": {"@@a|', done],
    ['{"plans": {"other": {"regions": {@@a|', done],
    ['{"plans": {"other": {"regions": {"|', done],
    ['{"plans": {"other": {"regions": {|', done],
    ['{"plans": {"other": {"regions": {"@@a|"}}}}', `${done}}}}}`],
    ['{"plans": {"other": {"regions": {"@@a|}}}}', `${done}}}}}`],
    ['{"plans": {"other": {"regions": {@@a|}}}}', `${done}}}}}`],
    ['{"plans": {"other": {"regions": {"@@|\n}}}}', `${done}\n}}}}`],
    ['{"plans": {"other": {"regions": {"@@|"\n"@@remove": []}}}}', `${done},\n"@@remove": []}}}}`],
    ['{"plans": {"other": {"regions": {"@@|\n"@@remove": []}}}}', `${done},\n"@@remove": []}}}}`],
    ['{"plans": {"other": {"regions": {"@@|": []}}}}', '{"plans": {"other": {"regions": {"@@append": []}}}}'],
    ['{"plans": {"other": {"regions": {"@@ass|ign": ["x"]}}}}', '{"plans": {"other": {"regions": {"@@append": ["x"]}}}}'],
    ['{"plans": {"other": {"regions": {"@@|" ["x"]}}}}', '{"plans": {"other": {"regions": {"@@append": ["x"]}}}}'],
    ['{"plans": {"other": {"regions": {"@@remove": [] |', '{"plans": {"other": {"regions": {"@@remove": [], "@@append": ["us-east-1"]'],
    ['{"plans": {"other": {"regions": |}}}', '{"plans": {"other": {"regions": { "@@append": ["us-east-1"] }}}}'],
    ['{"plans": {"other": {"regions": "@@|"}}}', '{"plans": {"other": {"regions": { "@@append": ["us-east-1"] }}}}'],
  ])('%s becomes %s', (before, after) => {
    expect(accepted(before, append)).toBe(after);
  });

  it('offers nothing behind a string that is complete', () => {
    expect(labels('{"plans": {"other": {"regions": {"@@append"|')).toEqual([]);
    expect(labels('{"plans": {"other": {"regions": {"@@append": ["us-east-1"|]')).toEqual([]);
  });

  it('filters by the token with its quote', () => {
    expect(offered('{"plans": {"other": {"regions": {"@@|').items[0]?.filterText).toBe('"@@assign"');
  });

  it('inserts plain text where the editor knows no snippets', () => {
    const { text, position } = cursorIn('{"plans": {"other": {"rules": {"daily": {|');
    const items = completion(prod(text), { uri: policyUri('prod'), position, chosen: undefined, snippets: false });
    expect(items.find((item) => item.label === 'schedule_expression')).toMatchObject({
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { newText: '"schedule_expression": { "@@assign": "cron(0 5 * * ? *)" }'.replace('0 5 * * ? *', '0 5 ? * * *') },
    });
  });
});

describe('keys', () => {
  it('are those of the place that are not there yet', () => {
    const keys = labels('{"plans": {"other": {"rules": {"r": {"lifecycle": {}, "|"}}}}}');
    expect(keys).toContain('schedule_expression');
    expect(keys).not.toContain('lifecycle');
    expect(keys).not.toContain('regions');
  });

  it('bring the skeleton of their value', () => {
    expect(accepted('{"plans": {"other": {"rules": {"r": {"del|', 'lifecycle')).toBe('{"plans": {"other": {"rules": {"r": {"lifecycle": {\n\t|\n}');
    expect(accepted('{"plans": {"other": {"rules": {"r": {"enab|', 'enable_continuous_backup')).toContain('"enable_continuous_backup": { "@@assign": true }');
  });

  it('of a list that is inherited begin with an operator that is allowed', () => {
    expect(accepted('{"plans": {"daily": {"reg|', 'regions')).toBe('{"plans": {"daily": {"regions": { "@@append": ["us-east-1"] }');
  });

  it('say what is inherited', () => {
    const rule = '{"plans": {"daily": {"rules": {"nightly": {"lifecycle": {"|';
    const retention = offered(rule).items.find((item) => item.label === 'delete_after_days');
    expect(JSON.stringify(retention?.documentation)).toContain('Inherited at **Root/Prod** (where this policy is attached): `35` days');
  });

  it('whose setting is locked are struck through', () => {
    const vault = offered('{"plans": {"daily": {"rules": {"nightly": {"|').items.find((item) => item.label === 'target_backup_vault_name');
    expect(vault?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(vault?.detail).toContain('baseline at Root');
  });

  it('are the inherited names first, with the policy that made them, so that a name is not mistyped', () => {
    const { items } = offered('{"plans": {"|');
    expect(items[0]).toMatchObject({ label: 'Daily', detail: 'plan from baseline at Root' });
    expect(offered('{"plans": {"daily": {"rules": {"nightly": {"copy_actions": {"|').items[0]).toMatchObject({
      label: 'arn:aws:backup:eu-west-1:222233334444:backup-vault:Central',
      detail: 'copy action from baseline at Root',
    });
    expect(labels('{"plans": {"daily": {}, "|')).not.toContain('Daily');
  });

  it('include whole plans, rules, selections and copy actions', () => {
    expect(labels('{"plans": {|')).toContain('New backup plan');
    expect(labels('{"plans": {"other": {"rules": {|')).toContain('New backup rule');
    expect(labels('{"plans": {"other": {"selections": {"tags": {|')).toContain('New tag selection');
    expect(labels('{"plans": {"other": {"rules": {"r": {"copy_actions": {|')).toContain('New copy action');
    const text = accepted('{"plans": {"other": {"selections": {"tags": {|}}}}}', 'New tag selection');
    const selection: unknown = JSON.parse(text);
    expect(JSON.stringify(selection)).toContain('"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/');
  });

  it('of a new rule are struck through where a higher level lets nobody add one', () => {
    const { items } = offered('{"plans": {"daily": {"rules": {"|');
    expect(items.find((item) => item.label === 'New backup rule')).toMatchObject({ tags: [CompletionItemTag.Deprecated], detail: 'Blocked by baseline at Root: nothing new here' });
    expect(items.find((item) => item.label === 'nightly')?.tags).toBeUndefined();
    expect(offered('{"plans": {"|').items.find((item) => item.label === 'New backup plan')?.tags).toBeUndefined();
  });

  it('begin with plans, and an empty file with a whole policy', () => {
    expect(labels('{|}')).toContain('plans');
    const policy: unknown = JSON.parse(accepted('|', 'New backup policy'));
    expect(policy).toHaveProperty('plans.plan.rules.daily.schedule_expression');
  });
});

describe('values', () => {
  it('are Regions with the ones in use first, without those in the list', () => {
    const regions = labels('{"plans": {"other": {"regions": {"@@assign": ["eu-west-1", "|"]}}}}');
    expect(regions[0]).toBe('eu-central-1');
    expect(regions).toContain('us-east-1');
    expect(regions).not.toContain('eu-west-1');
    expect(accepted('{"plans": {"other": {"regions": {"@@assign": ["eu-west-1", "us-|]}}}}', 'us-east-1')).toBe('{"plans": {"other": {"regions": {"@@assign": ["eu-west-1", "us-east-1"]}}}}');
    expect(accepted('{"plans": {"other": {"regions": {"@@assign": |}}}}', 'us-east-1')).toBe('{"plans": {"other": {"regions": {"@@assign": ["us-east-1"]}}}}');
  });

  it('to remove are the inherited ones, to append the others', () => {
    expect(labels('{"plans": {"daily": {"regions": {"@@remove": ["|"]}}}}').slice(0, 2)).toEqual(['eu-west-1', 'eu-central-1']);
    expect(labels('{"plans": {"daily": {"regions": {"@@append": ["|"]}}}}').slice(-2)).toEqual(['eu-west-1', 'eu-central-1']);
  });

  it('are booleans without quotes', () => {
    const rule = '{"plans": {"other": {"rules": {"r": {"enable_continuous_backup": {"@@assign": ';
    expect(labels(`${rule}|`)).toEqual(['true', 'false']);
    expect(accepted(`${rule}t|`, 'true')).toBe(`${rule}true`);
    expect(accepted(`${rule}"|"}}}}}}`, 'false')).toBe(`${rule}false}}}}}}`);
  });

  it('are vaults and roles that other policies name, vaults of copies included', () => {
    const rule = '{"plans": {"other": {"rules": {"r": {';
    expect(labels(`${rule}"target_backup_vault_name": {"@@assign": "|`)).toEqual(['company-vault', 'Central', 'Default']);
    expect(labels(`${rule}"copy_actions": {"|`)).toContain('arn:aws:backup:eu-west-1:222233334444:backup-vault:Central');
    expect(labels(`${rule}"copy_actions": {"arn:aws:backup:eu-west-1:111122223333:backup-vault:Own": {"target_backup_vault_arn": {"@@assign": "|`)[0]).toBe('arn:aws:backup:eu-west-1:111122223333:backup-vault:Own');
  });

  it('are resource types of the commercial Regions before the others', () => {
    const types = labels('{"plans": {"other": {"selections": {"resources": {"s": {"resource_types": {"@@assign": ["arn:aws:ec2|"]}}}}}}');
    expect(types).toContain('arn:aws:ec2:*:*:volume/*');
    expect(types.findIndex((type) => type.startsWith('arn:aws-'))).toBeGreaterThan(types.lastIndexOf('arn:aws:s3:::*'));
  });

  it('of a control exclude those in the list, and @@none beside others', () => {
    const regions = '{"plans": {"other": {"regions": {"@@operators_allowed_for_child_policies": [';
    expect(labels(`${regions}"|"]}}}}`)).toEqual(['@@none', '@@append', '@@assign', '@@remove', '@@all']);
    expect(labels(`${regions}"@@append", "|"]}}}}`)).toEqual(['@@assign', '@@remove', '@@all']);
    expect(labels(`${regions}"@@none", "|"]}}}}`)).toEqual([]);
  });

  it('of a control that would allow more than a higher level are struck through', () => {
    const { items } = offered('{"plans": {"daily": {"regions": {"@@operators_allowed_for_child_policies": ["|"]}}}}');
    expect(items.filter((item) => item.tags !== undefined).map((item) => item.label)).toEqual(['@@assign', '@@all']);
  });

  it.each([
    '{"plans": {"other": {"rules": {"r": {"lifecycle": {"delete_after_days": {"@@append": [|]',
    '{"plans": {"other": {"rules": {"r": {"target_backup_vault_name": {"@@assign": ["|"]',
    '{"plans": {"other": {"wrong": {"|',
    '{"plans": {"other": {"regions": [{"|',
  ])('are none where nothing belongs: %s', (marked) => {
    expect(labels(marked)).toEqual([]);
  });
});

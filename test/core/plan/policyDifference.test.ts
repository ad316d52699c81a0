import { describe, expect, it } from 'vitest';
import { nothingEffective, type EffectiveContainer } from '../../../server/core/merge/effective.ts';
import { mergeLevel } from '../../../server/core/merge/merge.ts';
import { readStatements } from '../../../server/core/merge/statements.ts';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { policyDifference } from '../../../server/core/plan/policyDifference.ts';

const at = Date.parse('2026-11-21T06:00:00Z');
const assign = (value: unknown): unknown => ({ '@@assign': value });

function effective(content: unknown): EffectiveContainer {
  const level = { kind: 'account', name: 'shop', path: 'shop', depth: 0 } as const;
  return mergeLevel(nothingEffective, level, [{ name: 'policy', uri: 'file:///policy.json', content: readStatements(parseDocument(JSON.stringify(content))) }]).tree;
}

/** The changes as one line each: `weaker changed plans/…: before → after`. */
function difference(before: unknown, after: unknown): readonly string[] {
  return policyDifference(effective(before), effective(after), at).map(({ grade, type, path, ...change }) =>
    `${grade} ${type} ${path.slice(2).join('/')}${'before' in change || 'after' in change ? `: ${String(change.before)} → ${String(change.after)}` : ''}`);
}

const plan = (content: unknown): unknown => ({ plans: { daily: content } });
const rule = (content: unknown): unknown => plan({ rules: { nightly: { target_backup_vault_name: assign('Nightly'), ...(content as object) } } });
const keeps = (days: unknown): unknown => rule({ lifecycle: { delete_after_days: assign(days) } });
const runs = (schedule: string): unknown => rule({ schedule_expression: assign(`cron(${schedule})`) });
const regions = (...codes: readonly string[]): unknown => plan({ regions: assign(codes) });
const types = (...list: readonly string[]): unknown => plan({ selections: { resources: { all: { resource_types: assign(list) } } } });
const tags = (key: string, ...values: readonly string[]): unknown => plan({ selections: { tags: { gold: { tag_key: assign(key), tag_value: assign(values) } } } });
const where = (...names: readonly string[]): unknown => plan({ selections: { resources: { all: { resource_types: assign(['*']), conditions: { string_equals: Object.fromEntries(names.map((name) => [name, { condition_key: assign(`aws:ResourceTag/${name}`), condition_value: assign('1') }])) } } } } });
const copies = (...names: readonly string[]): unknown => rule({ copy_actions: Object.fromEntries(names.map((name) => [`arn:aws:backup:eu-west-1:$account:backup-vault:${name}`, { target_backup_vault_arn: assign(`arn:aws:backup:eu-west-1:$account:backup-vault:${name}`) }])) });

const ec2 = 'arn:aws:ec2:*:*:volume/*';
const s3 = 'arn:aws:s3:::*';

describe('the difference of two effective policies', () => {
  it.each<readonly [what: string, before: unknown, after: unknown, expected: readonly string[]]>([
    ['shorter retention', keeps('90'), keeps('35'), ['weaker changed rules/nightly/lifecycle/delete_after_days: 90 → 35']],
    ['longer retention', keeps('35'), keeps('90'), ['safe changed rules/nightly/lifecycle/delete_after_days: 35 → 90']],
    ['an end to keeping for ever', rule({}), keeps('90'), ['weaker added rules/nightly/lifecycle/delete_after_days: undefined → 90']],
    ['keeping for ever', keeps('90'), rule({}), ['safe removed rules/nightly/lifecycle/delete_after_days: 90 → undefined']],
    ['the same number written otherwise', keeps('035'), keeps(35), []],
    ['a rarer schedule', runs('0 5 ? * * *'), runs('0 5 ? * MON-FRI *'), ['weaker changed rules/nightly/schedule_expression: cron(0 5 ? * * *) → cron(0 5 ? * MON-FRI *)']],
    ['a schedule that runs more often', runs('0 5 ? * * *'), runs('0 5,17 ? * * *'), ['safe changed rules/nightly/schedule_expression: cron(0 5 ? * * *) → cron(0 5,17 ? * * *)']],
    ['another hour', runs('0 5 ? * * *'), runs('0 6 ? * * *'), ['safe changed rules/nightly/schedule_expression: cron(0 5 ? * * *) → cron(0 6 ? * * *)']],
    ['the same runs written otherwise', runs('0 5 ? * MON-FRI *'), runs('0 5 ? * 2-6 *'), []],
    ['the default schedule written out', rule({}), runs('0 5 ? * * *'), []],
    ['a Region less', regions('eu-west-1', 'eu-west-2'), regions('eu-west-2'), ['weaker changed regions: eu-west-1,eu-west-2 → eu-west-2']],
    ['a Region more', regions('eu-west-1'), regions('eu-west-2', 'eu-west-1'), ['safe changed regions: eu-west-1 → eu-west-2,eu-west-1']],
    ['Regions in another order', regions('eu-west-1', 'eu-west-2'), regions('eu-west-2', 'eu-west-1'), []],
    ['a resource type less', types(ec2, s3), types(ec2), [`weaker changed selections/resources/all/resource_types: ${ec2},${s3} → ${ec2}`]],
    ['every resource type instead of some', types(ec2, s3), types('*'), [`safe changed selections/resources/all/resource_types: ${ec2},${s3} → *`]],
    ['another tag', tags('backup', 'gold'), tags('Backup', 'gold'), ['weaker changed selections/tags/gold/tag_key: backup → Backup']],
    ['a tag value more', tags('backup', 'gold'), tags('backup', 'gold', 'silver'), ['safe changed selections/tags/gold/tag_value: gold → gold,silver']],
    ['a condition more', where('tier'), where('tier', 'team'), ['weaker added selections/resources/all/conditions/string_equals/team']],
    ['a condition less', where('tier', 'team'), where('tier'), ['safe removed selections/resources/all/conditions/string_equals/team']],
    ['a copy less', copies('A', 'B'), copies('A'), ['weaker removed rules/nightly/copy_actions/arn:aws:backup:eu-west-1:$account:backup-vault:B']],
    ['no copies any more', copies('A'), rule({}), ['weaker removed rules/nightly/copy_actions/arn:aws:backup:eu-west-1:$account:backup-vault:A']],
    ['no continuous backup any more', rule({ enable_continuous_backup: assign('true') }), rule({}), ['weaker removed rules/nightly/enable_continuous_backup: true → undefined']],
    ['another vault', rule({}), rule({ target_backup_vault_name: assign('Other') }), ['safe changed rules/nightly/target_backup_vault_name: Nightly → Other']],
    ['a rule less', plan({ regions: assign(['eu-west-1']), rules: { a: { target_backup_vault_name: assign('A') } } }), plan({ regions: assign(['eu-west-1']) }), ['lost removed rules/a']],
    ['a selection less', plan({ regions: assign(['eu-west-1']), selections: { tags: { gold: { tag_key: assign('a'), tag_value: assign(['b']) } } } }), plan({ regions: assign(['eu-west-1']) }), ['lost removed selections/tags/gold']],
    ['a plan less', keeps('35'), { plans: {} }, ['lost removed ']],
    ['a plan more', { plans: {} }, keeps('35'), ['safe added ']],
  ])('tells of %s', (_what, before, after, expected) => {
    expect(difference(before, after)).toEqual(expected);
  });

  it('is none between equal policies, and turns around with its sides', () => {
    expect(difference(keeps('35'), keeps('35'))).toEqual([]);
    expect(difference(copies('A'), copies('A', 'B'))).toEqual(['safe added rules/nightly/copy_actions/arn:aws:backup:eu-west-1:$account:backup-vault:B']);
  });
});

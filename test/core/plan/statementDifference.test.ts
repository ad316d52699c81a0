import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { statementDifference } from '../../../server/core/plan/statementDifference.ts';

const at = Date.parse('2026-11-21T06:00:00Z');
const assign = (value: unknown): unknown => ({ '@@assign': value });
const plan = (content: object): unknown => ({ plans: { daily: content } });
const rule = (content: object): unknown => plan({ rules: { nightly: content } });
const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

/** The changes as one line each: `changed nightly/…: before → after`. */
function difference(before: unknown, after: unknown): readonly string[] {
  return statementDifference(parseDocument(textOf(before)), parseDocument(textOf(after)), at).map(({ type, path, ...values }) => `${type} ${path.join('/')}: ${String(values.before)} → ${String(values.after)}`);
}

const nightly = 'plans/daily/rules/nightly';

describe('two policies', () => {
  test.each<readonly [what: string, before: unknown, after: unknown]>([
    ['another order of a list', plan({ regions: assign(['eu-west-1', 'eu-central-1']) }), plan({ regions: assign(['eu-central-1', 'eu-west-1']) })],
    ['another spelling of a number', rule({ lifecycle: { delete_after_days: assign('35') } }), rule({ lifecycle: { delete_after_days: assign(35) } })],
    ['a schedule with the same runs', rule({ schedule_expression: assign('cron(0 5 ? * * *)') }), rule({ schedule_expression: assign('cron(0 5 * * ? *)') })],
    ['other letter case of keys', plan({ regions: assign(['eu-west-1']) }), { PLANS: { Daily: { Regions: { '@@ASSIGN': ['eu-west-1'] } } } }],
    ['other white space and order of keys', rule({ a: 1 }), '{\r\n  "plans" : { "daily": { "rules": { "nightly": { "a": 1 } } } }\r\n}'],
    ['a group that says nothing', plan({ regions: assign(['eu-west-1']) }), plan({ rules: { nightly: {} }, regions: assign(['eu-west-1']) })],
    ['controls in another order', plan({ '@@operators_allowed_for_child_policies': ['@@append', '@@remove'] }), plan({ '@@operators_allowed_for_child_policies': ['@@remove', '@@append'] })],
    ['a value that a template fills in', '{"plans":{"daily":{"regions":{"@@assign":["${region}"]}}}}', plan({ regions: assign(['eu-west-1']) })],
    ['a plan called __proto__ in both', '{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}}}}', '{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}}}}'],
  ])('mean the same with %s', (_what, before, after) => {
    expect(difference(before, after)).toEqual([]);
    expect(difference(after, before)).toEqual([]);
  });

  test.each<readonly [what: string, before: unknown, after: unknown, expected: readonly string[]]>([
    ['another number', rule({ lifecycle: { delete_after_days: assign('35') } }), rule({ lifecycle: { delete_after_days: assign('36') } }), [`changed ${nightly}/lifecycle/delete_after_days/@@assign: 35 → 36`]],
    ['another schedule', rule({ schedule_expression: assign('cron(0 5 ? * * *)') }), rule({ schedule_expression: assign('cron(0 6 ? * * *)') }), [`changed ${nightly}/schedule_expression/@@assign: cron(0 5 ? * * *) → cron(0 6 ? * * *)`]],
    ['another operator', plan({ regions: assign(['eu-west-1']) }), plan({ regions: { '@@append': ['eu-west-1'] } }), ['removed plans/daily/regions/@@assign: eu-west-1 → undefined', 'added plans/daily/regions/@@append: undefined → eu-west-1']],
    ['one Region more', plan({ regions: assign(['eu-west-1']) }), plan({ regions: assign(['eu-west-1', 'us-east-1']) }), ['changed plans/daily/regions/@@assign: eu-west-1 → eu-west-1,us-east-1']],
    ['another rule', rule({ target_backup_vault_name: assign('V') }), plan({ rules: { nightly: { target_backup_vault_name: assign('V') }, weekly: { target_backup_vault_name: assign('V') } } }), ['added plans/daily/rules/weekly: undefined → undefined']],
    ['a missing plan', { plans: {} }, plan({ regions: assign(['eu-west-1']) }), ['added plans/daily: undefined → undefined']],
    ['a control', plan({ regions: assign(['eu-west-1']) }), plan({ '@@operators_allowed_for_child_policies': ['@@none'], regions: assign(['eu-west-1']) }), ['added plans/daily/@@operators_allowed_for_child_policies: undefined → @@none']],
    ['a key that is not known', rule({ target_backup_vault_name: assign('V') }), rule({ target_backup_vault_name: assign('V'), brand_new: assign('x') }), [`added ${nightly}/brand_new: undefined → {"@@assign":"x"}`]],
    ['a text that is no policy', '', plan({ regions: assign(['eu-west-1']) }), ['added plans/daily: undefined → undefined']],
  ])('differ in %s', (_what, before, after, expected) => {
    expect(difference(before, after)).toEqual(expected);
  });
});

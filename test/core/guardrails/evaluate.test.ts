import { describe, expect, test } from 'vitest';
import { failureSentence } from '../../../server/core/guardrails/verdict.ts';
import { evaluateGuardrail } from '../../../server/core/guardrails/evaluate.ts';
import { effective, guardrail, monday, plan, verdict } from './fixture.ts';

const days = (text: string) => ({ lifecycle: { delete_after_days: text } });
const copy = (arn: string, kept = '365') => ({ copy_actions: { [arn]: { target_backup_vault_arn: arn, lifecycle: { delete_after_days: kept } } } });
const arn = (region: string, account: string, vault = 'central') => `arn:aws:backup:${region}:${account}:backup-vault:${vault}`;
const role = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';
const gold = { resources: { tag: { key: 'tier', value: 'gold' } } };

/** What one rule must be, a rule that is so, and a rule that just is not, with the sentence about it. */
const rows: readonly (readonly [title: string, required: object, met: Parameters<typeof plan>, broken: Parameters<typeof plan>, sentence: string])[] = [
  ['enough days', { retentionDays: { atLeast: 35 } }, [days('35')], [days('34')], 'kept for 34 days (baseline at Root), not 35 days or more'],
  ['days enough for ever', { retentionDays: { atLeast: 35 } }, [{}], [days('1')], 'kept for 1 day (baseline at Root), not 35 days or more'],
  ['few enough days', { retentionDays: { atMost: 35 } }, [days('35')], [days('36')], 'kept for 36 days (baseline at Root), not 35 days or fewer'],
  ['an end of the retention', { retentionDays: { atMost: 35 } }, [days('1')], [{}], 'kept for ever (baseline at Root), not 35 days or fewer'],
  ['a daily schedule', { hoursBetweenBackups: { atMost: 24 } }, [{}], [{ schedule_expression: 'cron(0 20 ? * MON-FRI *)' }], 'up to 72 hours between backups by cron(0 20 ? * MON-FRI *) (baseline at Root), not 24 hours at most'],
  ['an hourly schedule', { hoursBetweenBackups: { atMost: 1 } }, [{ schedule_expression: 'cron(0 * ? * * *)' }], [{ schedule_expression: 'cron(0 0/2 ? * * *)' }], 'up to 2 hours between backups by cron(0 0/2 ? * * *) (baseline at Root), not 1 hour at most'],
  ['a monthly schedule', { hoursBetweenBackups: { atMost: 744 } }, [{ schedule_expression: 'cron(0 3 1 * ? *)' }], [{ schedule_expression: 'cron(0 3 31 * ? *)' }], 'up to 1464 hours between backups by cron(0 3 31 * ? *) (baseline at Root), not 744 hours at most'],
  ['a schedule that begins in time', { hoursBetweenBackups: { atMost: 24 } }, [{ schedule_expression: 'cron(0 5 ? * * 2026-2040)' }], [{ schedule_expression: 'cron(0 5 ? * * 2027-2040)' }], 'up to 2621 hours between backups by cron(0 5 ? * * 2027-2040) (baseline at Root), not 24 hours at most'],
  ['a schedule that goes on', { hoursBetweenBackups: { atMost: 24 } }, [{ schedule_expression: 'cron(0 5 ? * * 2026-2030)' }], [{ schedule_expression: 'cron(0 5 ? * * 2026)' }], 'the schedule ends by cron(0 5 ? * * 2026) (baseline at Root), not 24 hours at most'],
  ['a Region', { regions: { include: ['eu-west-1'] } }, [{}], [{}, { regions: ['eu-central-1'] }], 'runs in eu-central-1 (baseline at Root), not also in eu-west-1'],
  ['no other Region', { regions: { only: ['eu-west-1'] } }, [{}], [{}, { regions: ['eu-west-1', 'us-east-1'] }], 'runs in us-east-1 (baseline at Root), not only in eu-west-1'],
  ['a vault', { vaults: { only: ['vault', 'other'] } }, [{}], [{ target_backup_vault_name: 'Vault' }], 'stored in Vault (baseline at Root), not vault or other'],
  ['any copy', { copies: {} }, [copy(arn('eu-west-1', '$account'))], [{}], 'makes no copy (baseline at Root), not a copy'],
  ['a copy in another Region', { copies: { toAnotherRegion: true } }, [copy(arn('eu-central-1', '$account'))], [copy(arn('eu-west-1', '222233334444'))], 'what is backed up in eu-west-1 is copied to eu-west-1 (baseline at Root), not to another Region'],
  ['a copy of each Region in another', { copies: { toAnotherRegion: true } }, [copy(arn('us-east-1', '$account')), { regions: ['eu-west-1', 'eu-central-1'] }], [copy(arn('eu-central-1', '$account')), { regions: ['eu-west-1', 'eu-central-1'] }], 'what is backed up in eu-central-1 is copied to eu-central-1 (baseline at Root), not to another Region'],
  ['a copy in another account', { copies: { toAnotherAccount: true } }, [copy(arn('eu-west-1', '222233334444'))], [copy(arn('eu-central-1', '$account'))], 'copied to a vault of the same account (baseline at Root), not to another account'],
  ['a copy in a vault', { copies: { toVaults: ['central'] } }, [copy(arn('eu-west-1', '222233334444'))], [copy(arn('eu-west-1', '222233334444', 'centre'))], `copied to ${arn('eu-west-1', '222233334444', 'centre')} (baseline at Root), not to central`],
  ['a copy in a vault by ARN', { copies: { toVaults: [arn('*', '222233334444', '*')] } }, [copy(arn('eu-west-1', '222233334444'))], [copy(arn('eu-west-1', '222233334445'))], `copied to ${arn('eu-west-1', '222233334445')} (baseline at Root), not to ${arn('*', '222233334444', '*')}`],
  ['a copy that stays', { copies: { retentionDays: { atLeast: 90 } } }, [copy(arn('eu-west-1', '$account'), '90')], [copy(arn('eu-west-1', '$account'), '89')], 'the copy is kept for 89 days (baseline at Root), not 90 days or more'],
  ['copies at home', { copyRegions: { only: ['eu-west-1'] } }, [{}], [copy(arn('us-east-1', '$account'))], 'copied to us-east-1 (baseline at Root), not only to eu-west-1'],
  ['continuous backup', { continuousBackup: true }, [{ enable_continuous_backup: true, ...days('35') }], [{}], 'no continuous backup (baseline at Root), not with continuous backup'],
  ['no continuous backup', { continuousBackup: false }, [{}], [{ enable_continuous_backup: true, ...days('35') }], 'continuous backup (baseline at Root), not without continuous backup'],
];

describe('a guardrail that asks for', () => {
  test.each(rows)('%s is met and not met', (_title, required, met, broken, sentence) => {
    for (const each of ['someRule', 'everyRule']) {
      expect(verdict(effective({ p: plan(...met) }), { ...gold, [each]: required })).toEqual([]);
      const failures = verdict(effective({ p: plan(...broken) }), { ...gold, [each]: required });
      expect(failures.map(failureSentence)).toEqual([`the rule "daily" of the plan "p"${each === 'someRule' ? ' comes closest' : ''}: ${sentence}`]);
      expect(failures[0]?.breaches[0].place?.uri).toBe('file:///baseline.json');
    }
  });

  test('several things is met only by a rule that has all of them', () => {
    const [short, rare] = [plan(days('7')), plan({ ...days('90'), schedule_expression: 'cron(0 5 ? * SUN *)' })];
    const asked = { someRule: { retentionDays: { atLeast: 35 }, hoursBetweenBackups: { atMost: 24 } } };
    expect(verdict(effective({ short, rare }), asked).map(({ plan: name }) => name)).toEqual(['short']);
    expect(verdict(effective({ short, rare, both: plan(days('35')) }), asked)).toEqual([]);
  });

  test('names a rule that comes closest: one with a wrong copy before one without any', () => {
    const rules = effective({ none: plan(days('90')), wrong: plan({ ...days('90'), ...copy(arn('eu-west-1', '$account')) }) });
    expect(verdict(rules, { someRule: { copies: { toAnotherAccount: true } } })[0]?.plan).toBe('wrong');
  });

  test('every rule names each rule that is not so, and is met where there is none', () => {
    const rules = effective({ one: plan(days('7')), two: plan(days('90')), three: plan(days('8')) });
    expect(verdict(rules, { everyRule: { retentionDays: { atLeast: 35 } } }).map((failure) => failure.plan)).toEqual(['one', 'three']);
    expect(verdict(effective({}), { everyRule: { retentionDays: { atLeast: 35 } } })).toEqual([]);
  });

  test('a plan or rule by name compares without letter case, as AWS does', () => {
    const rules = effective({ Everyday: plan(days('90')) });
    expect(verdict(rules, { someRule: { plan: 'EVERYDAY', rule: 'Daily' } })).toEqual([]);
    expect(verdict(rules, { someRule: { plan: 'weekly' } }).map(failureSentence)).toEqual(['a rule of the plan "weekly" is missing: there is only the plan "Everyday"']);
    expect(verdict(rules, { someRule: { rule: 'hourly' } }).map(failureSentence)).toEqual(['a rule "hourly" of a plan is missing: there is only the plan "Everyday"']);
  });
});

describe('the value that breaks a guardrail', () => {
  test('is that of the policy that set it last', () => {
    const lowered = effective({ p: plan(days('90')) }, { plans: { p: { rules: { daily: { lifecycle: { delete_after_days: { '@@assign': '7' } } } } } } });
    const [failure] = verdict(lowered, { someRule: { retentionDays: { atLeast: 35 } } });
    expect(failure?.breaches[0]).toMatchObject({ origin: 'own at Root/shop', path: ['plans', 'p', 'rules', 'daily', 'lifecycle', 'delete_after_days'], place: { uri: 'file:///own.json' }, expected: '35 days or more', actual: 'kept for 7 days' });
  });

  test('is the statement that removed a Region', () => {
    const removed = effective({ p: plan({}, { regions: ['eu-west-1', 'us-east-1'] }) }, { plans: { p: { regions: { '@@remove': ['us-east-1'] } } } });
    expect(verdict(removed, { someRule: { regions: { include: ['us-east-1'] } } })[0]?.breaches[0].origin).toBe('own at Root/shop');
  });

  test('is what AWS finds invalid, whatever else is asked for', () => {
    const invalid = effective({ p: plan({ enable_continuous_backup: true, ...days('35') }) }, { plans: { p: { rules: { daily: { lifecycle: { delete_after_days: { '@@assign': '90' } } } } } } });
    for (const content of [{ validEffectivePolicy: true }, { someRule: { retentionDays: { atLeast: 1 } } }, { everyRule: { regions: { only: ['eu-west-1'] } } }]) {
      expect(verdict(invalid, content)[0]).toMatchObject({ type: 'invalid', plan: 'p', rule: 'daily' });
    }
    expect(verdict(effective({ p: plan({}) }), { validEffectivePolicy: true })).toEqual([]);
    expect(verdict(effective({}), { validEffectivePolicy: true })).toEqual([]);
  });
});

describe('the resources of a guardrail', () => {
  const tag = (key: string, ...values: readonly string[]) => ({ tags: { t: { iam_role_arn: role, tag_key: key, tag_value: values } } });
  const types = (selection: Parameters<typeof plan>[0]) => ({ resources: { r: { iam_role_arn: role, ...selection } } });
  const condition = (operator: string, key: string, value: string) => ({ conditions: { [operator]: { c: { condition_key: key, condition_value: value } } } });
  const [rds, cluster] = ['arn:aws:rds:*:*:db:*', 'arn:aws:rds:*:*:cluster:*'];
  const tagged = { tag: { key: 'tier', value: 'gold' } };

  test.each([
    ['a tag', tagged, tag('tier', 'silver', 'gold'), true],
    ['a tag of another value', tagged, tag('tier', 'silver'), false],
    ['a tag in another letter case', tagged, tag('Tier', 'gold'), false],
    ['a tag and a condition on another', tagged, { tags: { t: { iam_role_arn: role, tag_key: 'tier', tag_value: ['gold'], ...condition('string_equals', 'aws:ResourceTag/env', 'prod') } } }, false],
    ['everything', tagged, types({ resource_types: ['*'] }), true],
    ['everything but a type', tagged, types({ resource_types: ['*'], not_resource_types: [rds] }), false],
    ['everything with the tag', tagged, types({ resource_types: ['*'], ...condition('string_equals', 'aws:ResourceTag/tier', 'gold') }), true],
    ['conditions alone', tagged, types(condition('string_like', 'aws:ResourceTag/tier', 'g*')), true],
    ['everything without another value', tagged, types({ resource_types: ['*'], ...condition('string_not_equals', 'aws:ResourceTag/tier', 'bronze') }), true],
    ['everything without the value', tagged, types({ resource_types: ['*'], ...condition('string_not_like', 'aws:ResourceTag/tier', 'g*') }), false],
    ['everything under another condition', tagged, types({ resource_types: ['*'], ...condition('string_equals', 'aws:ResourceTag/env', 'prod') }), false],
    ['one type for a tag', tagged, types({ resource_types: [rds] }), false],
    ['a type', { type: rds }, types({ resource_types: [cluster, rds] }), true],
    ['another type', { type: rds }, types({ resource_types: [cluster] }), false],
    ['a tag for a type', { type: rds }, tag('tier', 'gold'), false],
    ['everything but another type', { type: rds }, types({ resource_types: ['*'], not_resource_types: [cluster] }), true],
    ['everything but the type', { type: rds }, types({ resource_types: ['*'], not_resource_types: [rds] }), false],
    ['a tag for a type with it', { type: rds, ...tagged }, tag('tier', 'gold'), true],
    ['a type under the tag', { type: rds, ...tagged }, types({ resource_types: [rds], ...condition('string_equals', 'aws:ResourceTag/tier', 'gold') }), true],
  ] as const)('a plan that selects %s', (_title, resources, selections, isSelected) => {
    const failures = verdict(effective({ p: plan({}, { selections }) }), { resources, someRule: { retentionDays: { atLeast: 1 } } });
    expect(failures.map(({ type }) => type)).toEqual(isSelected ? [] : ['unselected']);
  });

  test('are missing beside the selection that comes near', () => {
    const failures = verdict(effective({ p: plan({}, { selections: tag('tier', 'silver', 'bronze') }) }), { resources: tagged, someRule: { retentionDays: { atLeast: 1 } } });
    expect(failures.map(failureSentence)).toEqual(['a plan that selects every resource tagged tier = gold is missing: there is only the plan "p", and "p" selects tier = silver, bronze']);
    expect(failures[0]?.breaches[0].place?.uri).toBe('file:///baseline.json');
    expect(verdict(effective({}), { resources: tagged, someRule: { retentionDays: { atLeast: 1 } } }).map(failureSentence)).toEqual(['a plan that selects every resource tagged tier = gold is missing: there is no plan']);
  });

  test('are not judged where a template fills in what is selected', () => {
    expect(verdict(effective({ p: plan({}, { selections: tag('tier', '${tier}') }) }), { resources: tagged, someRule: { retentionDays: { atLeast: 1 } } })).toEqual([]);
    expect(verdict(effective({ p: plan(days('${days}')) }), { someRule: { retentionDays: { atLeast: 35 } } })).toEqual([]);
  });

  test('are missing where a template cannot bring the plan that is asked for', () => {
    const templated = effective({ p: plan({}, { selections: tag('tier', '${tier}') }) });
    expect(verdict(templated, { someRule: { plan: 'weekly' } }).map(({ type }) => type)).toEqual(['unselected']);
    expect(verdict(templated, { resources: tagged, someRule: { plan: 'P', rule: 'hourly' } }).map(({ type }) => type)).toEqual(['unselected']);
    expect(verdict(templated, { resources: tagged, someRule: { plan: 'P', rule: 'Daily' } })).toEqual([]);
    expect(verdict(effective({ p: plan({}), '${name}': plan({}) }), { someRule: { plan: 'weekly' } })).toEqual([]);
  });

  test.each([
    ['types that a template lists', types({ resource_types: ['${type}'], ...condition('string_equals', 'aws:ResourceTag/tier', 'gold') })],
    ['types without those that a template lists', types({ resource_types: ['*'], not_resource_types: ['${type}'] })],
    ['types under a condition of a template', types({ resource_types: ['*'], conditions: { string_equals: { '${name}': { condition_key: 'aws:ResourceTag/tier', condition_value: 'gold' } } } })],
    ['a tag under a condition of a template', { tags: { t: { iam_role_arn: role, tag_key: 'tier', tag_value: ['gold'], conditions: { string_equals: { c: { condition_key: 'aws:ResourceTag/tier', condition_value: '${value}' } } } } } }],
  ])('are not certainly those of %s', (_title, selections) => {
    expect(verdict(effective({ p: plan(days('7'), { selections }) }), { resources: tagged, everyRule: { retentionDays: { atLeast: 35 } } })).toEqual([]);
    expect(verdict(effective({ p: plan(days('7'), { selections }) }), { everyRule: { retentionDays: { atLeast: 35 } } })).toHaveLength(1);
  });
});

test('an account that receives the copies has them not in another account', () => {
  const tree = effective({ p: plan(copy(arn('eu-west-1', '222233334444'))) });
  const asked = { someRule: { copies: { toAnotherAccount: true } } };
  expect(verdict(tree, asked, '111122223333')).toEqual([]);
  expect(verdict(tree, asked, '222233334444').map(({ type }) => type)).toEqual(['someRule']);
});

test('a tree that accounts share is judged once', () => {
  const tree = effective({ p: plan({}) });
  const asked = guardrail({ someRule: { retentionDays: { atMost: 1 } } });
  expect(evaluateGuardrail(tree, asked, '111122223333', monday)).toBe(evaluateGuardrail(tree, asked, '444455556666', monday + 1000));
});

test('what was judged a minute ago is not kept', () => {
  const tree = effective({ p: plan({}) });
  const asked = guardrail({ someRule: { retentionDays: { atMost: 1 } } });
  const first = evaluateGuardrail(tree, asked, '111122223333', monday);
  const later = evaluateGuardrail(tree, asked, '111122223333', monday + 60_000);
  expect(evaluateGuardrail(tree, asked, '111122223333', monday + 60_000)).toBe(later);
  expect(evaluateGuardrail(tree, asked, '111122223333', monday)).not.toBe(first);
});

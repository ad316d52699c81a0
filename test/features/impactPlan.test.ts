import { describe, expect, it } from 'vitest';
import { impactPlan } from '../../server/features/impactPlan.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import { monday, organization, policyUri } from './organizations.ts';

type Json = Readonly<Record<string, unknown>>;

const assign = (value: unknown): Json => ({ '@@assign': value });
const selections = { tags: { gold: { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), tag_key: assign('backup'), tag_value: assign(['gold']) } } };
const whole = (days: string, more: Json = {}): Json => ({ plans: { daily: { regions: assign(['eu-west-1']), rules: { nightly: { target_backup_vault_name: assign('Nightly'), lifecycle: { delete_after_days: assign(days) }, ...more } }, selections } } });
const keeps = (days: string): Json => ({ plans: { daily: { rules: { nightly: { lifecycle: { delete_after_days: assign(days) } } } } } });
const continuous: Json = { plans: { daily: { rules: { nightly: { enable_continuous_backup: assign('true'), lifecycle: { delete_after_days: assign('7') } } } } } };

const company = {
  name: 'Root',
  policies: ['base'],
  organizationalUnits: [{ name: 'Prod', policies: ['prod'], accounts: [{ name: 'shop' }, { name: 'pay' }] }, { name: 'Test', accounts: [{ name: 'lab' }] }],
};

const before = organization(company, { base: whole('35'), prod: keeps('90') });

function edited(snapshot: Snapshot, name: string, content: Json): Snapshot {
  return applyChanges(snapshot, monday, [{ type: 'policy', uri: policyUri(name), text: JSON.stringify(content) }]);
}

function groups(was: Snapshot, is: Snapshot): readonly (readonly [string, readonly string[], number])[] {
  return impactPlan(was, is).groups.map(({ grade, accounts, changes }) => [grade, accounts.map((account) => account.path), changes.length]);
}

describe('the impact of a change', () => {
  it('is none where nothing changes, and counts the accounts that were compared', () => {
    expect(impactPlan(before, before)).toEqual({ groups: [], accounts: 3 });
    expect(groups(before, edited(before, 'base', whole('35')))).toEqual([]);
  });

  it('is told for the accounts whose effective policy changes, not for those below an override', () => {
    expect(groups(before, edited(before, 'base', whole('14')))).toEqual([['weaker', ['Root/Test/lab'], 1]]);
    expect(groups(before, edited(before, 'prod', keeps('120')))).toEqual([['safe', ['Root/Prod/shop', 'Root/Prod/pay'], 1]]);
  });

  it('puts the worst first and accounts with the same change together', () => {
    const after = edited(edited(before, 'base', whole('14', { schedule_expression: assign('cron(0 5 ? * SUN *)') })), 'prod', keeps('365'));
    expect(groups(before, after)).toEqual([['weaker', ['Root/Prod/shop', 'Root/Prod/pay'], 2], ['weaker', ['Root/Test/lab'], 2]]);
  });

  it('freezes accounts whose effective policy becomes invalid, and repairs those where it becomes valid', () => {
    const frozen = edited(before, 'base', whole('35', { enable_continuous_backup: assign('true') }));
    expect(groups(before, frozen)).toEqual([['frozen', ['Root/Prod/shop', 'Root/Prod/pay'], 1], ['safe', ['Root/Test/lab'], 1]]);
    expect(impactPlan(before, frozen).groups[0]?.errors.map((error) => error.code)).toEqual(['CROSS_ATTRIBUTE_VALIDATION']);
    expect(groups(frozen, edited(frozen, 'prod', continuous)).map(([grade, accounts]) => [grade, accounts])).toEqual([['weaker', ['Root/Prod/shop', 'Root/Prod/pay']]]);
    expect(groups(frozen, edited(frozen, 'prod', { plans: {} })).map(([grade]) => grade)).toEqual(['weaker']);
  });

  it('tells accounts that stay invalid from those that become so', () => {
    const frozen = edited(before, 'base', whole('35', { enable_continuous_backup: assign('true') }));
    expect(impactPlan(before, frozen).groups[0]).not.toHaveProperty('staysInvalid');
    expect(impactPlan(frozen, edited(frozen, 'prod', keeps('120'))).groups).toMatchObject([{ grade: 'frozen', staysInvalid: true }]);
  });

  it('tells of plans that are lost by a detachment', () => {
    const detached = organization({ ...company, policies: [] }, { base: whole('35'), prod: keeps('90') });
    expect(groups(before, detached).map(([grade, accounts]) => [grade, accounts])).toEqual([['frozen', ['Root/Prod/shop', 'Root/Prod/pay']], ['lost', ['Root/Test/lab']]]);
  });
});

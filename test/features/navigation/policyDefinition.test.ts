import { describe, expect, it } from 'vitest';
import { policyDefinition } from '../../../server/features/navigation/policyDefinition.ts';
import { organization, policyUri, sampleOrganization } from '../organizations.ts';
import { leadingTo, navigationOrganization, positionIn, shown } from './organization.ts';

const four = navigationOrganization();

function definition(name: string, marked: string, snapshot = four): readonly string[] {
  const uri = policyUri(name);
  return leadingTo(snapshot, policyDefinition(snapshot, uri, positionIn(snapshot, uri, marked)));
}

describe('Go to Definition in a policy leads to the first policy on the way from the root', () => {
  it.each([
    ['a plan', 'shop', '"da|ily"', 'company: Daily'],
    ['a rule in other letter case', 'shop', '"night|Ly"', 'company: Nightly'],
    ['a rule that is written with an escape', 'production', '"N\\u|0049GHTLY"', 'company: Nightly'],
    ['a rule that a lower policy introduces', 'shop', '"mon|thly"', 'production: Monthly'],
    ['a selection', 'production', '"|GOLD": {', 'company: Gold'],
    ['a copy action', 'production', '"arn:aws:backup:eu|-central-1:$account:backup-vault:SECOND"', 'company: arn:aws:backup:eu-central-1:$account:backup-vault:Second'],
    ['a condition', 'production', '"TIER|"', 'company: Tier'],
    ['a group of settings', 'production', '"Life|cycle"', 'company: lifecycle'],
    ['a setting', 'production', '"Delete_After|_Days"', 'company: delete_after_days'],
    ['a setting that only a lower policy has', 'testing', '"target_backup|_vault_name"', 'testing: target_backup_vault_name'],
    ['an operator of a setting', 'workloads', '"@@as|sign": "60"', 'company: delete_after_days'],
    ['a single value', 'workloads', '"6|0"', 'company: delete_after_days'],
    ['a removed element', 'shop', '"eu-cent|ral-1"', 'workloads: eu-central-1'],
    ['a setting that a control blocks', 'workloads', '"target_backup|_vault_name"', 'company: target_backup_vault_name'],
  ])('from %s', (_what, name, marked, target) => {
    expect(definition(name, marked)).toEqual([target]);
  });

  it.each([
    ['from what this policy introduces', 'company', '"Da|ily"', 'company: Daily'],
    ['not into a policy beside the way', 'labs', '"TO|YS"', 'labs: TOYS'],
    ['nor to a peer with another name', 'databases', '"Data|bases"', 'databases: Databases'],
  ])('and stays %s', (_what, name, marked, target) => {
    expect(definition(name, marked)).toEqual([target]);
  });

  it('underlines what the cursor touches, and shows the whole statement', () => {
    const uri = policyUri('shop');
    const [link] = policyDefinition(four, uri, positionIn(four, uri, '"mon|thly"'));
    expect(link?.originSelectionRange === undefined ? '' : shown(four, { uri, range: link.originSelectionRange })).toBe('shop: monthly');
    expect(link === undefined ? '' : shown(four, { uri: link.targetUri, range: link.targetRange })).toMatch(/^production: "Monthly": \{[^]*"company" \}\r\n {8}\}$/);
  });

  it('leads to one place for each way on which the policy is attached', () => {
    const plan = (key: string): object => ({ plans: { [key]: { regions: { '@@append': ['eu-west-1'] } } } });
    const snapshot = organization(
      { name: 'Root', organizationalUnits: [{ name: 'A', policies: ['a'], accounts: [{ name: 'x', policies: ['both'] }] }, { name: 'B', policies: ['b'], accounts: [{ name: 'y', policies: ['both'] }, { name: 'z', policies: ['both'] }] }, { name: 'C', policies: ['both'] }] },
      { a: plan('P'), b: plan('p'), both: plan('p') },
    );
    expect(definition('both', '"p|"', snapshot)).toEqual(['a: P', 'b: p', 'both: p']);
  });

  it('stays in a policy that no control lets in, and in one that is attached nowhere', () => {
    const locked = { plans: { '@@operators_allowed_for_child_policies': ['@@none'], a: {} } };
    const snapshot = organization({ name: 'Root', policies: ['locked'], accounts: [{ name: 'x', policies: ['kept-out'] }] }, { locked, 'kept-out': { plans: { b: {} } }, nowhere: { plans: { a: {} } } });
    expect(definition('kept-out', '"b|"', snapshot)).toEqual(['kept-out: b']);
    expect(definition('nowhere', '"a|"', snapshot)).toEqual(['nowhere: a']);
  });

  it.each([
    ['between names', 'company', '|  "plans"'],
    ['a bracket', 'company', '"plans": |{'],
  ])('leads nowhere from %s', (_what, name, marked) => {
    expect(definition(name, marked)).toEqual([]);
  });

  it('leads nowhere from a broken text or a key that AWS does not know', () => {
    const snapshot = organization({ name: 'Root', policies: ['broken'] }, { broken: '{"plans": {"a": {"colour": {"@@assign": 1}}, ' });
    expect(definition('broken', '"col|our"', snapshot)).toEqual([]);
    expect(definition('broken', '"a|"', snapshot)).toEqual(['broken: a']);
  });

  it('finds the origins in the sample', () => {
    const sample = sampleOrganization();
    const uri = 'file:///project/backup-policies/payments-retention.json';
    const text = sample.policies.get(uri)?.document.text ?? '';
    expect(text).toContain('"everyday"');
    expect(leadingTo(sample, policyDefinition(sample, uri, positionIn(sample, uri, '"every|day"')))).toEqual(['baseline: everyday']);
  });
});

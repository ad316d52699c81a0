import { describe, expect, it } from 'vitest';
import { modelReferences, policyReferences } from '../../../server/features/navigation/references.ts';
import { modelUri, organization, policyUri } from '../organizations.ts';
import { allShown, navigationOrganization, positionIn } from './organization.ts';

const four = navigationOrganization();

function references(name: string, marked: string, includeDeclaration = true, snapshot = four): readonly string[] {
  const uri = policyUri(name);
  return allShown(snapshot, policyReferences(snapshot, uri, positionIn(snapshot, uri, marked), includeDeclaration));
}

describe('References in a policy are the statements that the merge takes for the same thing', () => {
  const daily = ['company: Daily', 'production: DAILY', 'shop: daily', 'testing: dAILY', 'workloads: daily'];
  const nightly = ['company: Nightly', 'production: N\\u0049GHTLY', 'shop: nightLy', 'workloads: nightly'];

  it.each([
    ['a plan, from its first policy', 'company', '"Da|ily"', daily],
    ['a plan, from its last policy', 'shop', '"da|ily"', daily],
    ['a plan, from a policy beside the others', 'testing', '"dA|ILY"', daily],
    ['a rule', 'shop', '"night|Ly"', nightly],
    ['a rule that begins lower down', 'shop', '"mon|thly"', ['production: Monthly', 'shop: monthly']],
    ['a selection', 'production', '"GO|LD": {', ['company: Gold', 'production: GOLD']],
    ['a condition', 'company', '"Ti|er"', ['company: Tier', 'production: TIER']],
    ['a setting', 'shop', '"delete_after|_days"', ['company: delete_after_days', 'production: Delete_After_Days', 'shop: delete_after_days', 'workloads: delete_after_days']],
    ['a setting that a control blocks there', 'company', '"target_backup_vault|_name"', ['company: target_backup_vault_name', 'workloads: target_backup_vault_name']],
    ['a name whose policies never meet', 'sandbox', '"To|ys"', ['sandbox: Toys']],
    ['the same name in the other one', 'labs', '"TO|YS"', ['labs: TOYS']],
  ])('%s', (_what, name, marked, found) => {
    expect(references(name, marked)).toEqual(found);
  });

  it('leave out what introduces it when the declaration is not wanted', () => {
    expect(references('shop', '"night|Ly"', false)).toEqual(nightly.filter((each) => !each.startsWith('company')));
    expect(references('sandbox', '"To|ys"', false)).toEqual([]);
  });

  it('join ways that share a policy file, and keep apart those that do not', () => {
    const plan = (key: string): object => ({ plans: { [key]: {} } });
    const snapshot = organization(
      {
        name: 'Root',
        organizationalUnits: [
          { name: 'A', policies: ['shared'], accounts: [{ name: 'x', policies: ['x'] }] },
          { name: 'B', policies: ['shared'], accounts: [{ name: 'y', policies: ['y'] }] },
          { name: 'C', accounts: [{ name: 'z', policies: ['z'] }] },
        ],
      },
      { shared: plan('p'), x: plan('P'), y: plan('p'), z: plan('p'), nowhere: plan('p') },
    );
    expect(references('x', '"P|"', true, snapshot)).toEqual(['shared: p', 'x: P', 'y: p']);
    expect(references('z', '"p|"', true, snapshot)).toEqual(['z: p']);
    expect(references('nowhere', '"p|"', true, snapshot)).toEqual(['nowhere: p']);
    expect(references('nowhere', '"p|"', false, snapshot)).toEqual([]);
  });

  it('are none where the cursor touches nothing', () => {
    expect(references('company', '|  "plans"')).toEqual([]);
  });
});

describe('References in a model file', () => {
  const inModel = (marked: string, includeDeclaration = true): readonly string[] => {
    const model = four.organizations.get(modelUri);
    return model === undefined ? [] : allShown(four, modelReferences(four, model, positionIn(four, modelUri, marked), includeDeclaration));
  };

  it.each([
    ['from the definition', '"compa|ny": {'],
    ['from the attachment', '["compan|y"]'],
  ])('are the definition of a policy and its attachments, %s', (_from, marked) => {
    expect(inModel(marked)).toEqual(['backup-organization: company', 'backup-organization: company']);
    expect(inModel(marked, false)).toEqual(['backup-organization: company']);
  });

  it('are none of other names', () => {
    expect(inModel('"Wor|kloads"')).toEqual([]);
  });
});

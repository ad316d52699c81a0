import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { rename } from '../../../server/features/navigation/rename.ts';
import { changedByRename, type Renaming } from '../../../server/features/navigation/renameProof.ts';
import { entitiesOf } from '../../../server/model/organization.ts';
import { applyChanges, effectiveOf, type Change, type Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri, policyUri } from '../organizations.ts';
import { generatedOrganization, policyNames } from './generatedOrganization.ts';
import { afterEdit, navigationOrganization, positionIn } from './organization.ts';

const four = navigationOrganization();

/** The snapshot with a part of some policies replaced. */
function replaced(snapshot: Snapshot, names: readonly string[], part: string | RegExp, by: string): Snapshot {
  return applyChanges(snapshot, snapshot.at, names.map((name): Change => ({ type: 'policy', uri: policyUri(name), text: (snapshot.policies.get(policyUri(name))?.document.text ?? '').replace(part, by) })));
}

function toDays(path: readonly string[]): Renaming {
  const model = four.organizations.get(modelUri);
  return { path, newName: 'days', tops: model?.root === undefined ? [] : [{ organization: model, entity: model.root }] };
}

describe('The proof of a rename', () => {
  const files = ['company', 'workloads', 'production', 'shop', 'testing'];
  const plan = toDays(['plans', 'daily']);

  it('holds when every policy of the thing has the new name', () => {
    expect(changedByRename(four, replaced(four, files, /"daily"/i, '"days"'), plan)).toBeUndefined();
  });

  it.each([
    ['is left behind above', files.slice(1), 'Root/management'],
    ['is left behind below', files.slice(0, -1), 'Root/Workloads/Test/shop-test'],
    ['is left behind between', files.filter((name) => name !== 'production'), 'Root/Workloads/Prod/ledger'],
  ])('names the first account that a policy changes which %s', (_what, names, account) => {
    expect(changedByRename(four, replaced(four, names, /"daily"/i, '"days"'), plan)).toBe(account);
  });

  it.each([
    ['a value changes too', '"400"', '"401"', 'Root/Workloads/Prod/shop'],
    ['a list changes too', '["eu-central-1"]', '["eu-west-1"]', 'Root/Workloads/Prod/shop'],
    ['a statement goes too', '"monthly": { "lifecycle": { "delete_after_days": { "@@assign": "400" } } }', '"monthly": {}', 'Root/Workloads/Prod/shop'],
  ])('does not hold when %s', (_what, part, by, account) => {
    expect(changedByRename(four, replaced(replaced(four, files, /"daily"/i, '"days"'), ['shop'], part, by), plan)).toBe(account);
  });

  it('does not hold when a control changes too, or when something joins', () => {
    const done = replaced(four, files, /"daily"/i, '"days"');
    expect(changedByRename(four, replaced(done, ['company'], '["@@none"]', '["@@assign"]'), plan)).toBe('Root/management');
    expect(changedByRename(four, replaced(done, ['sandbox'], 'Toys', 'Days'), plan)).toBe('Root/Sandbox/play');
  });

  it('does not hold when a thing beside it is renamed', () => {
    const model = four.organizations.get(modelUri);
    const labs = model?.byPath.get('Root/Labs');
    const toys: Renaming = { path: ['plans', 'Toys'], newName: 'games', tops: model === undefined || labs === undefined ? [] : [{ organization: model, entity: labs }] };
    expect(changedByRename(four, replaced(four, ['labs'], 'TOYS', 'games'), toys)).toBeUndefined();
    expect(changedByRename(replaced(four, ['labs'], 'TOYS', 'games'), four, undefined)).toBe('Root/Labs/lab');
    expect(changedByRename(four, replaced(four, ['labs', 'sandbox'], /toys/i, 'games'), toys)).toBe('Root/Sandbox/play');
  });

  it('does not hold when the letter case of the printed name changes elsewhere', () => {
    expect(changedByRename(four, replaced(four, ['company'], '"Daily"', '"DAILY"'), undefined)).toBe('Root/management');
  });
});

/** What every root, OU and account gets, as AWS prints it. */
function trees(snapshot: Snapshot): readonly unknown[] {
  const model = snapshot.organizations.get(modelUri);
  return model === undefined ? [] : [...entitiesOf(model)].map((entity) => ({ path: entity.path, tree: effectiveJson(effectiveOf(snapshot, model, entity).tree) }));
}

describe('A rename on generated organizations', () => {
  it('is made of all policies of a thing or refused for a taken name, and accounts get the same under the new name', () => {
    let made = 0;
    let refused = 0;
    fc.assert(fc.property(generatedOrganization, fc.nat(4), fc.boolean(), fc.constantFrom('a', 'b', 'c', 'new', 'new', 'new'), ({ snapshot, contents }, chosen, ofRule, newName) => {
      const uri = policyUri(policyNames[chosen] ?? 'p');
      const plans = Object.entries(contents[chosen]?.plans ?? {});
      const [plan = '', { rules = {} } = {}] = plans[0] ?? [];
      const rule = Object.keys(rules)[0] ?? '';
      const marked = ofRule ? `"${rule}|": {\n          "lifecycle"` : `"${plan}|": {\n      "rules"`;
      const edit = rename(snapshot, uri, positionIn(snapshot, uri, marked), newName);
      if (edit === undefined || 'refusal' in edit) {
        refused++;
        expect(edit?.refusal).toMatch(/ already\. AWS compares names/);
        return;
      }
      made++;
      const after = afterEdit(snapshot, edit);
      // Independent of the proof: under a name that is nowhere else, the printed policies differ by the name alone.
      if (newName !== 'new') return;
      expect(folded(trees(after.snapshot), (ofRule ? rule : plan).toLowerCase())).toBe(folded(trees(snapshot), ''));
    }), { seed: 4, numRuns: 200 });
    expect(made).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(10);
  });
});

/** The printed policies in small letters, the key "new" with another name. */
function folded(printed: readonly unknown[], name: string): string {
  return JSON.stringify(printed).toLowerCase().replaceAll('"new":', `"${name}":`);
}

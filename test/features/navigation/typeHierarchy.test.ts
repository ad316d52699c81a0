import type { TypeHierarchyItem } from 'vscode-languageserver-types';
import { SymbolKind } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { implementations, subtypes, supertypes, typeHierarchyAt } from '../../../server/features/navigation/typeHierarchy.ts';
import { overriding } from '../../../server/features/inheritanceIndex.ts';
import { placesOf } from '../../../server/features/navigation/mentions.ts';
import { positionAt } from '../../../server/features/ranges.ts';
import { organization, policyUri, sampleOrganization } from '../organizations.ts';
import { allShown, nameOf, navigationOrganization, positionIn } from './organization.ts';

const four = navigationOrganization();

function itemAt(name: string, marked: string, snapshot = four): TypeHierarchyItem {
  const uri = policyUri(name);
  const [item] = typeHierarchyAt(snapshot, uri, positionIn(snapshot, uri, marked));
  if (item === undefined) throw new Error(`no item at ${marked}`);
  return item;
}

const named = (items: readonly TypeHierarchyItem[]): readonly string[] => items.map(({ name, uri }) => `${nameOf(uri)}: ${name}`).sort();

describe('The type hierarchy of a policy', () => {
  it.each([
    ['plan', 'workloads', '"da|ily"', ['company: Daily'], ['production: DAILY', 'testing: dAILY']],
    ['rule', 'workloads', '"night|ly"', ['company: Nightly'], ['production: NIGHTLY']],
    ['rule that the next higher policy does not mention', 'shop', '"mon|thly"', ['production: Monthly'], []],
    ['selection', 'company', '"Go|ld"', [], ['production: GOLD']],
    ['copy action', 'production', '"arn:aws:backup:eu|-central-1:$account:backup-vault:SECOND"', ['company: arn:aws:backup:eu-central-1:$account:backup-vault:Second'], []],
    ['setting', 'production', '"Delete_After_D|ays"', ['workloads: delete_after_days'], ['shop: delete_after_days']],
    ['list', 'workloads', '"reg|ions"', ['company: regions'], ['shop: regions']],
    ['setting that a control closes', 'company', '"target_backup|_vault_name"', [], []],
    ['statement that a control blocks', 'workloads', '"target_backup|_vault_name"', ['company: target_backup_vault_name'], []],
    ['plan beside the way', 'labs', '"TO|YS"', [], []],
  ])('has above and below a %s what it inherits and what overrides or extends it', (_what, name, marked, above, below) => {
    const item = itemAt(name, marked);
    expect(named(supertypes(four, item))).toEqual(above);
    expect(named(subtypes(four, item))).toEqual(below);
  });

  it('says of an item what it is, in which policy, and where that is attached', () => {
    expect(itemAt('production', '"DAI|LY"')).toMatchObject({ name: 'DAILY', kind: SymbolKind.Package, detail: 'production · Root/Workloads/Prod', uri: policyUri('production') });
    expect(itemAt('production', '"Delete_After_D|ays"')).toMatchObject({ name: 'Delete_After_Days', kind: SymbolKind.Property });
  });

  it('goes on from item to item', () => {
    const [workloads] = supertypes(four, itemAt('production', '"Delete_After_D|ays"'));
    expect(workloads === undefined ? [] : named(supertypes(four, workloads))).toEqual(['company: delete_after_days']);
  });

  it('does not take a peer for a parent', () => {
    const days = (value: string): object => ({ plans: { p: { rules: { r: { lifecycle: { delete_after_days: { '@@assign': value } } } } } } });
    const snapshot = organization({ name: 'Root', policies: ['first', 'second'] }, { first: days('1'), second: days('2') });
    expect(supertypes(snapshot, itemAt('second', '"delete_after|_days"', snapshot))).toEqual([]);
    expect(subtypes(snapshot, itemAt('first', '"delete_after|_days"', snapshot))).toEqual([]);
  });

  it('takes no data but its own', () => {
    const item = itemAt('workloads', '"da|ily"');
    expect(supertypes(four, { ...item, data: { path: 1 } })).toEqual([]);
    expect(subtypes(four, { ...item, data: undefined })).toEqual([]);
  });
});

describe('Go to Implementations in a policy', () => {
  const below = (name: string, marked: string, snapshot = four): readonly string[] => {
    const uri = policyUri(name);
    return allShown(snapshot, implementations(snapshot, uri, positionIn(snapshot, uri, marked)));
  };

  it.each([
    ['a setting', 'company', '"delete_after_d|ays"', ['production: Delete_After_Days', 'shop: delete_after_days', 'workloads: delete_after_days']],
    ['a rule', 'workloads', '"night|ly"', ['production: N\\u0049GHTLY', 'shop: nightLy']],
    ['the lowest statement', 'shop', '"night|Ly"', []],
    ['a setting whose control blocks what lies below', 'company', '"target_backup_vault|_name"', []],
  ])('lists all that lower levels do to %s', (_what, name, marked, found) => {
    expect(below(name, marked)).toEqual(found);
  });

  it('lists in the sample who changes the retention of the baseline', () => {
    const sample = sampleOrganization();
    const uri = 'file:///project/backup-policies/baseline.json';
    const found = allShown(sample, implementations(sample, uri, positionIn(sample, uri, '"delete_after|_days"')));
    expect(found).toEqual(['nonprod: delete_after_days', 'production: delete_after_days']);
  });
});

describe('Implementations and the relations that lenses tell', () => {
  it.each([['the fixture', four], ['the sample', sampleOrganization()]])('agree on what lower levels do in %s', (_name, snapshot) => {
    let compared = 0;
    for (const { uri, document } of snapshot.policies.values()) {
      for (const { span, path, overriddenBy, extendedBy, narrowedBy } of overriding(snapshot, uri).statements.values()) {
        const places = placesOf(snapshot, uri).map(({ entity }) => entity.path);
        const lower = [...overriddenBy, ...extendedBy, ...narrowedBy].filter(({ level }) => places.some((place) => level.path.startsWith(`${place}/`)));
        const files = implementations(snapshot, uri, positionAt(document, span.start + 1)).map((location) => location.uri);
        for (const each of lower) {
          compared++;
          expect(files, path.join('/')).toContain(each.uri);
        }
      }
    }
    expect(compared).toBeGreaterThan(3);
  });
});

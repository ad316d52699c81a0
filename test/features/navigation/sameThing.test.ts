import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedFrom, overriddenAnywhereBelow, overriddenBy } from '../../../server/features/navigation/overriding.ts';
import { sameThing } from '../../../server/features/navigation/sameThing.ts';
import { entitiesOf, pathTo } from '../../../server/model/organization.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri, policyUri } from '../organizations.ts';
import { generatedOrganization, policyNames, type GeneratedPolicy } from './generatedOrganization.ts';

const seed = { seed: 7, numRuns: 150 };

/** The paths of all plans and rules of a policy. */
function pathsOf({ plans }: GeneratedPolicy): readonly (readonly string[])[] {
  return Object.entries(plans).flatMap(([plan, { rules }]) => [['plans', plan], ...Object.keys(rules).filter((rule) => !rule.startsWith('@@')).map((rule) => ['plans', plan, 'rules', rule])]);
}

const key = (path: readonly string[]): string => path.join('/').toLowerCase();

/** The policies that meet somewhere: attached at entities of one way from the root to an account. */
function meetings(snapshot: Snapshot): readonly (readonly string[])[] {
  const model = snapshot.organizations.get(modelUri);
  const entities = model === undefined ? [] : [...entitiesOf(model)].filter(({ children }) => children.length === 0);
  return entities.map((leaf) => pathTo(leaf).flatMap(({ attachments }) => attachments.map(({ policy }) => policy)));
}

describe('The policies of one thing', () => {
  it('are those that can be reached over ways on which two policies have the key', () => {
    let joined = 0;
    fc.assert(fc.property(generatedOrganization, fc.nat(4), ({ snapshot, contents }, chosen) => {
      const speaks = (name: string, path: readonly string[]): boolean => pathsOf(contents[policyNames.indexOf(name)] ?? { plans: {} }).some((each) => key(each) === key(path));
      for (const path of pathsOf(contents[chosen] ?? { plans: {} })) {
        const reached = new Set([policyNames[chosen] ?? '']);
        for (const name of reached) {
          for (const way of meetings(snapshot)) if (way.includes(name)) for (const other of way) if (speaks(other, path)) reached.add(other);
        }
        if (reached.size > 1) joined++;
        expect([...sameThing(snapshot, policyUri(policyNames[chosen] ?? ''), path).files].sort()).toEqual([...reached].map(policyUri).sort());
      }
    }), seed);
    expect(joined).toBeGreaterThan(50);
  });

  it('are all that a statement inherits from, or that override it; both sides say the same', () => {
    let related = 0;
    fc.assert(fc.property(generatedOrganization, fc.nat(4), ({ snapshot, contents }, chosen) => {
      const uri = policyUri(policyNames[chosen] ?? '');
      for (const plain of pathsOf(contents[chosen] ?? { plans: {} })) {
        const path = plain.length === 2 ? plain : [...plain, 'lifecycle', 'delete_after_days'];
        const { files } = sameThing(snapshot, uri, path);
        const lower = overriddenBy(snapshot, uri, path);
        for (const each of lower) {
          related++;
          expect(files).toContain(each);
          expect(inheritedFrom(snapshot, each, path)).toContain(uri);
          expect(overriddenAnywhereBelow(snapshot, uri, path)).toContain(each);
        }
        for (const each of inheritedFrom(snapshot, uri, path)) expect(files).toContain(each);
      }
    }), seed);
    expect(related).toBeGreaterThan(50);
  });
});

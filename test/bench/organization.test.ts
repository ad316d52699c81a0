import { describe, expect, it } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { attachmentIndex, usesOf } from '../../server/model/attachments.ts';
import { below, entitiesOf } from '../../server/model/organization.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';
import { leafPolicy, localPolicy, longRootPolicy, modelUri, organizationOf, rootPolicy, unitPolicy } from './organization.ts';
import { policyOf } from './policyTexts.ts';

const at = Date.UTC(2026, 0, 1);

describe.each([100, 1_000, 10_000])('an organization of %i accounts', (size) => {
  const files = organizationOf(size);
  const snapshot = applyChanges(emptySnapshot(at), at, files);
  const organization = snapshot.organizations.get(modelUri);
  if (organization === undefined) throw new Error('The model was not read.');
  const reached = (uri: string, kind: string): number => new Set(usesOf(snapshot.organizations, uri).flatMap(({ entities }) => entities.flatMap((entity) => [...below(entity)])).filter((entity) => entity.kind === kind)).size;

  it('is the same every time', () => {
    expect(organizationOf(size)).toEqual(files);
  });

  it('has so many accounts, within the limits of AWS', () => {
    const entities = [...entitiesOf(organization)];
    expect(entities.filter(({ kind }) => kind === 'account')).toHaveLength(size);
    expect(Math.max(...entities.map(({ depth }) => depth))).toBeLessThanOrEqual(6);
    expect(organization.policies.size).toBeLessThanOrEqual(1_000);
    expect(attachmentIndex(organization).points.length).toBeGreaterThan(size / 50);
  });

  it('has the policies whose edits are measured where they are said to be', () => {
    expect(reached(rootPolicy, 'account')).toBe(size);
    expect(reached(longRootPolicy, 'account')).toBe(size);
    expect(reached(unitPolicy, 'organizationalUnit')).toBeLessThan(100);
    expect(reached(unitPolicy, 'account')).toBeGreaterThan(size / 50);
    expect(reached(localPolicy, 'account')).toBe(20);
    expect(reached(leafPolicy, 'account')).toBeLessThanOrEqual(5);
  });

  it('has policies that AWS takes', () => {
    for (const { document } of snapshot.policies.values()) expect(document.text.length).toBeLessThanOrEqual(10_000);
    for (const uri of [rootPolicy, longRootPolicy, unitPolicy, localPolicy, leafPolicy]) {
      const file = snapshot.policies.get(uri);
      expect(file).toBeDefined();
      if (file !== undefined) expect(admissionProblems(file.document, at)).toEqual([]);
    }
  });
});

describe('a policy', () => {
  it.each([1_000, 10_000])('has exactly %i characters', (characters) => {
    expect(policyOf(characters, 'daily')).toHaveLength(characters);
  });

  it('has room for one plan at least', () => {
    expect(() => policyOf(100, 'daily')).toThrow('too few');
  });
});

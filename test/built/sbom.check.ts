import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Metafile } from 'esbuild';
import { isAllowed, shippedLicences } from '../../packaging/licences.mjs';
import { billOfMaterials, type BillOfMaterials } from '../../packaging/sbom.mjs';

const bill = JSON.parse(readFileSync('test-results/extension.cdx.json', 'utf8')) as BillOfMaterials;
const metafiles = JSON.parse(readFileSync('out/metafiles.json', 'utf8')) as readonly Metafile[];
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string; readonly version: string };
const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');

/** The packages in the bundles, read from esbuild's report by another way than the product's: name@version and the files with code of it. */
function bundled(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [output, { inputs }] of metafiles.flatMap((metafile) => Object.entries(metafile.outputs))) {
    for (const input of Object.keys(inputs)) {
      const parts = input.split('/');
      const at = parts.lastIndexOf('node_modules');
      if (at < 0) continue;
      const folder = parts.slice(0, at + (parts[at + 1]?.startsWith('@') === true ? 3 : 2)).join('/');
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { readonly name: string; readonly version: string };
      found.set(`${name}@${version}`, (found.get(`${name}@${version}`) ?? new Set()).add(output));
    }
  }
  return found;
}

describe('the bill of materials', () => {
  test('is CycloneDX 1.6 about this version of the extension', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'application', name: manifest.name, version: manifest.version } } });
  });

  test('has nothing that changes from one build to the next', () => {
    expect(Object.keys(bill)).toEqual(['bomFormat', 'specVersion', 'version', 'metadata', 'components', 'dependencies']);
    expect(Object.keys(bill.metadata)).toEqual(['component']);
    expect(billOfMaterials(metafiles)).toEqual(bill);
  });

  test('names every package in the bundles, and no other than the one in generated code', () => {
    const named = bill.components.map(({ name, version }) => `${name}@${version}`);
    expect(named.filter((name) => !name.startsWith('ajv@')).sort()).toEqual([...bundled().keys()].filter((name) => !name.startsWith('ajv@')).sort());
    expect(named.filter((name) => name.startsWith('ajv@'))).toHaveLength(1);
  });

  test('says which files contain a package', () => {
    for (const [name, outputs] of bundled()) {
      const component = bill.components.find((each) => `${each.name}@${each.version}` === name);
      expect(component?.properties?.map(({ value }) => value), name).toEqual([...outputs].sort());
    }
  });

  test.each(bill.components.map((component) => [component['bom-ref'], component] as const))('%s has what a component needs', (reference, component) => {
    expect(component.type).toBe('library');
    expect(component.purl).toBe(reference);
    expect(reference).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+[\w.-]*$/);
    expect(component.hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }]);
    expect(component.licenses).toHaveLength(1);
    const [licence] = component.licenses;
    expect(isAllowed(licence !== undefined && 'license' in licence ? licence.license.id : licence?.expression, shippedLicences)).toBe(true);
    expect(notices).toContain(`\n${component.name} ${component.version} (`);
  });

  test('has a dependency graph that reaches every component from the extension', () => {
    const graph = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const self = bill.metadata.component['bom-ref'];
    expect([...graph.keys()].sort()).toEqual([self, ...bill.components.map((component) => component['bom-ref'])].sort());
    const reached = new Set([self]);
    for (const ref of reached) for (const next of graph.get(ref) ?? []) reached.add(next);
    expect([...graph.keys()].filter((ref) => !reached.has(ref))).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { billOfMaterials } from '../../packaging/sbom.mjs';

const root = mkdtempSync(path.join(tmpdir(), 'sbom-'));
const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
const lock = { packages: { 'node_modules/ajv': { integrity }, 'node_modules/a': { integrity }, 'node_modules/b': { integrity }, 'node_modules/a/node_modules/b': { integrity }, 'node_modules/@s/c': { integrity }, 'node_modules/copyleft': { integrity } } };

function file(name: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), JSON.stringify(content));
}

file('package.json', { name: 'it', version: '1.0.0', license: 'Apache-2.0' });
file('package-lock.json', lock);
for (const name of ['ajv', 'a', 'b', '@s/c', 'unlocked']) file(`node_modules/${name}/package.json`, { name, version: '2.0.0', license: 'MIT' });
file('node_modules/a/node_modules/b/package.json', { name: 'b', version: '2.0.0', license: '(MIT OR GPL-3.0-only)' });
file('node_modules/copyleft/package.json', { name: 'copyleft', version: '3.0.0', license: 'GPL-3.0-only' });
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

type Bundle = Parameters<typeof billOfMaterials>[0][number];

/** A bundle as esbuild reports it: each input with what it imports; what is in `dropped` was read and left out. */
function bundle(output: string, imports: Readonly<Record<string, readonly string[]>>, dropped: readonly string[] = []): Bundle {
  const inputs = Object.fromEntries(Object.entries(imports).map(([name, to]) => [name, { bytes: 1, imports: to.map((each) => ({ path: each, kind: 'import-statement' as const })) }]));
  const kept = Object.fromEntries(Object.keys(imports).filter((name) => !dropped.includes(name)).map((name) => [name, { bytesInOutput: 1 }]));
  return { inputs, outputs: { [output]: { bytes: 1, inputs: kept, imports: [], exports: [] } } };
}

const of = (...bundles: readonly Bundle[]): ReturnType<typeof billOfMaterials> => billOfMaterials(bundles, { root });
const names = (bill: ReturnType<typeof billOfMaterials>): readonly string[] => bill.components.map((component) => component['bom-ref']);

describe('the bill of materials', () => {
  test('names what is in a bundle, and what its generated code contains', () => {
    expect(names(of(bundle('dist/x.js', { 'server/x.ts': ['node_modules/@s/c/c.js'], 'node_modules/@s/c/c.js': [] })))).toEqual(['pkg:npm/%40s/c@2.0.0', 'pkg:npm/ajv@2.0.0']);
  });

  test('leaves out what esbuild read and dropped', () => {
    expect(names(of(bundle('dist/x.js', { 'node_modules/a/a.js': [], 'node_modules/b/b.js': [] }, ['node_modules/b/b.js'])))).toEqual(['pkg:npm/a@2.0.0', 'pkg:npm/ajv@2.0.0']);
  });

  test('names a package once that is installed at two places, with all files that contain it', () => {
    const bill = of(bundle('dist/y.js', { 'node_modules/b/b.js': [] }), bundle('dist/x.js', { 'node_modules/a/node_modules/b/b.js': [] }));
    const found = bill.components.filter(({ name }) => name === 'b');
    expect(found.map(({ properties }) => properties)).toEqual([[{ name: 'bundle', value: 'dist/x.js' }, { name: 'bundle', value: 'dist/y.js' }]]);
  });

  test('says who depends on whom, from the imports', () => {
    const bill = of(bundle('dist/x.js', { 'server/x.ts': ['node_modules/a/a.js', 'server/y.ts'], 'server/y.ts': [], 'node_modules/a/a.js': ['node_modules/a/z.js', 'node_modules/@s/c/c.js'], 'node_modules/a/z.js': [], 'node_modules/@s/c/c.js': [] }));
    expect(bill.dependencies).toEqual([
      { ref: 'it@1.0.0', dependsOn: ['pkg:npm/a@2.0.0', 'pkg:npm/ajv@2.0.0'] },
      { ref: 'pkg:npm/%40s/c@2.0.0', dependsOn: [] },
      { ref: 'pkg:npm/a@2.0.0', dependsOn: ['pkg:npm/%40s/c@2.0.0'] },
      { ref: 'pkg:npm/ajv@2.0.0', dependsOn: [] },
    ]);
  });

  test('gives the hash of the lock file in hexadecimal digits', () => {
    expect(of().components[0]?.hashes).toEqual([{ alg: 'SHA-512', content: '07'.repeat(64) }]);
  });

  test('is the same whatever the order of the bundles', () => {
    const x = bundle('dist/x.js', { 'node_modules/a/a.js': [], 'node_modules/@s/c/c.js': [] });
    const y = bundle('dist/y.js', { 'node_modules/b/b.js': [], 'node_modules/a/a.js': [] });
    expect(JSON.stringify(of(y, x))).toBe(JSON.stringify(of(x, y)));
  });

  test('is refused for a package whose licence must not ship', () => {
    expect(() => of(bundle('dist/x.js', { 'node_modules/copyleft/c.js': [] }))).toThrow('The package copyleft ships under "GPL-3.0-only"');
  });

  test('is refused for a package that the lock file does not know', () => {
    expect(() => of(bundle('dist/x.js', { 'node_modules/unlocked/u.js': [] }))).toThrow('The package unlocked ships, but package-lock.json does not name it.');
  });
});

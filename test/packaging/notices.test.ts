import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { shippedPackages, writeNotices } from '../../packaging/notices.mjs';

const input = { bytes: 1, imports: [] };
const bundle = (...files: readonly string[]): { readonly inputs: Record<string, typeof input> } => ({ inputs: Object.fromEntries(files.map((file) => [file, input])) });

describe('the packages of a bundle', () => {
  test.each([
    ['a package', 'node_modules/lit/index.js', 'node_modules/lit'],
    ['a package of a scope', 'node_modules/@vscode/codicons/dist/codicon.css', 'node_modules/@vscode/codicons'],
    ['a package inside another one', 'node_modules/a/node_modules/b/lib/b.js', 'node_modules/a/node_modules/b'],
    ['a package inside one of a scope', 'node_modules/@s/a/node_modules/@s/b/b.js', 'node_modules/@s/a/node_modules/@s/b'],
  ])('%s', (_name, file, folder) => {
    expect(shippedPackages([bundle(file)])).toContain(folder);
  });

  test('files of the project are none', () => {
    expect(shippedPackages([bundle('server/core/rules.ts')])).toEqual(shippedPackages([]));
  });

  test('each is named once', () => {
    expect(shippedPackages([bundle('node_modules/lit/a.js'), bundle('node_modules/lit/b.js')]).filter((folder) => folder.endsWith('lit'))).toHaveLength(1);
  });
});

describe('the notices', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notices-'));
  const place = path.join(folder, 'node_modules/it');
  const file = path.join(folder, 'notices.txt');
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes the notices of a bundle with one package that has the given files. */
  function write(files: Readonly<Record<string, string>>): string {
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name: 'it', version: '1.2.3', license: 'MIT' }));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(place, name), text);
    writeNotices([bundle(`${place}/index.js`)], file);
    return readFileSync(file, 'utf8');
  }

  test('give the licence and the notice of a package', () => {
    const notices = write({ 'LICENSE.md': 'You may.', 'NOTICE': 'By them.' });
    expect(notices).toContain('it 1.2.3 (MIT)');
    expect(notices).toContain('You may.');
    expect(notices).toContain('By them.');
  });

  test('are refused when a package has no licence text', () => {
    expect(() => write({ 'README.md': 'You may.' })).toThrow('it has no licence text');
  });
});

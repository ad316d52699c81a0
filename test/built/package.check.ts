import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../packaging/secrets.mjs';
import { unzip } from './zip.ts';

const archive = readFileSync('test-results/extension.vsix');
const files = unzip(archive);
const names = [...files.keys()];

/** Relative paths that the manifest names. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^(\.\/|client\/)[\w./-]+\.\w+$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

/** esbuild puts a hash of its content into the name of a part that bundles share. */
const withoutHash = (name: string): string => name.replace(/-[0-9A-Z]{8}\.(js|css)$/, '-HASH.$1');

function text(name: string): string {
  const file = files.get(`extension/${name}`);
  if (file === undefined) throw new Error(`${name} is not in the package.`);
  return file.toString('utf8');
}

describe('the package', () => {
  // After a wanted change: npx vitest run --config test/built/vitest.config.mjs -u package.check
  test('holds the files on the list and no others, whatever .vscodeignore says', async () => {
    await expect(`${names.map(withoutHash).join('\n')}\n`).toMatchFileSnapshot('contents.txt');
  });

  test('has its files in the order of their names, each once', () => {
    expect(names).toEqual([...new Set(names)].sort());
  });

  test('holds nothing that belongs to development', () => {
    const foreign = names.filter((name) => /(^|\/)(\.[a-z]|node_modules|test|out|packaging)|\.(ts|mts|mjs|map|log|vsix)$|metafile|sbom|package-lock|\.env|\.pem$|\.key$/.test(name));
    expect(foreign).toEqual([]);
  });

  test('is smaller than 1.5 MB', () => {
    expect(archive.byteLength).toBeLessThan(1.5 * 1024 * 1024);
  });

  test('holds everything that was built', () => {
    const built = readdirSync('dist', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of built) expect(names).toContain(path.posix.join('extension', parentPath.split(path.sep).join('/'), name));
  });

  test('holds every file that its manifest names', () => {
    const manifest: unknown = JSON.parse(text('package.json'));
    const named = pathsIn(manifest);
    expect(named.length).toBeGreaterThan(3);
    for (const each of named) expect(names).toContain(path.posix.join('extension', each));
  });

  test('names no place of the machine that built it', () => {
    for (const [name, content] of files) {
      if (name.endsWith('NOTICES.txt')) continue;
      expect(content.includes(process.cwd()), name).toBe(false);
      // A glob may name that folder; a place is a file in it.
      expect(content.toString('latin1'), name).not.toMatch(/node_modules\/[\w@.]/);
    }
  });

  test('has no credential in it, and no folder of the machine that built it', () => {
    const found = [...files].flatMap(([name, content]) => secretsIn(content.toString('latin1'), [process.cwd(), homedir()]).map(({ what, line }) => `${name}:${String(line)}: ${what}`));
    expect(found).toEqual([]);
  });

  test('brings the licences of what it contains', () => {
    const notices = text('dist/THIRD-PARTY-NOTICES.txt');
    for (const name of ['ajv', 'jsonc-parser', 'lit', 'vscode-languageclient', 'vscode-languageserver', '@vscode/codicons', '@vscode-elements/elements']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
    expect(notices).toContain('Permission is hereby granted');
  });
});

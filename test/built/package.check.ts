import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { unzip } from './zip.ts';

const archive = readFileSync('test-results/extension.vsix');
const files = unzip(archive);
const names = [...files.keys()];

/** Everything that may ship. What is not here must not be in the package, whatever .vscodeignore says. */
const allowed: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(client|session|commands|panels|client-web|server|server-web|remote|cli|organizations)\.js$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/dist\/webview\/((effectivePolicy|coverage|readiness)\.(js|css)|codicon\.ttf)$/,
  /^extension\/schemas\/(backup-policy|configuration|guardrails|organization)\.schema\.json$/,
  /^extension\/docs\/rules\/[a-z-]+\.md$/,
  /^extension\/client\/language\/[\w.-]+\.json$/,
  /^extension\/client\/media\/[a-z-]+\.(svg|png)$/,
  /^extension\/client\/walkthrough\/[a-z-]+\.(md|svg)$/,
  /^extension\/samples\/(README\.md|backup-organization\.json|backup-guardrails\.json|backup-policies\/[a-z-]+\.json|inventory\.csv)$/,
];

/** Relative paths that the manifest names. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^(\.\/|client\/)[\w./-]+\.\w+$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

function text(name: string): string {
  const file = files.get(`extension/${name}`);
  if (file === undefined) throw new Error(`${name} is not in the package.`);
  return file.toString('utf8');
}

describe('the package', () => {
  test('holds nothing that is not on the list', () => {
    expect(names.filter((name) => !allowed.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  test('has something for each line of the list, but for what comes later', () => {
    const unused = allowed.filter((pattern) => !names.some((name) => pattern.test(name)));
    expect(unused).toEqual([]);
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

  test('brings the licences of what it contains', () => {
    const notices = text('dist/THIRD-PARTY-NOTICES.txt');
    for (const name of ['ajv', 'jsonc-parser', 'lit', 'vscode-languageclient', 'vscode-languageserver', '@vscode/codicons', '@vscode-elements/elements']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
    expect(notices).toContain('Permission is hereby granted');
  });
});

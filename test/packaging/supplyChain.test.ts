import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'supply-chain-'));
  for (const name of ['packaging', '.github', 'package.json', 'package-lock.json', '.npmrc']) cpSync(name, path.join(root, name), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Runs the check in the copy: its exit status and what it prints. */
function check(): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['packaging/supplyChain.mjs'], { cwd: root }, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

describe('the check of the supply chain', () => {
  test('passes as things are, and says what it looked at', async () => {
    const { status, output } = await check();
    expect(output).toMatch(/^\d{3,} packages, 2 workflows, \d+ files\.\n$/);
    expect(status).toBe(0);
  });

  test.each([
    ['a setting of npm', () => { write('.npmrc', 'omit-lockfile-registry-resolved=true\n'); }, '.npmrc: ignore-scripts=true is missing.'],
    ['a lock file', () => { write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { version: '1.0.0', license: 'MIT' } } })); }, 'node_modules/a has no integrity'],
    ['a licence', () => { write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { license: 'Elastic-2.0' } } })); }, 'a has the licence "Elastic-2.0"'],
    ['a workflow', () => { write('.github/workflows/more.yml', 'on: push\njobs: {}\n'); }, '.github/workflows/more.yml: It has no jobs.'],
    ['a secret', () => { write('docs/a.md', `one\ntwo AKIA${'Q'.repeat(16)}\n`); }, 'docs/a.md:2: This looks like an AWS access key ID.'],
    ['the folder of the build', () => { write('docs/a.md', `built in ${root}\n`); }, 'docs/a.md:1: This looks like a folder of this machine.'],
  ])('fails for what is wrong with %s', async (_what, spoil, problem) => {
    spoil();
    const { status, output } = await check();
    expect(output).toContain(problem);
    expect(status).toBe(1);
  });
});

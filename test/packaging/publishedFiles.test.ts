import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishedFiles } from '../../packaging/publishedFiles.mjs';

let root = '';
const git = (...given: readonly string[]): string => execFileSync('git', given, { cwd: root, encoding: 'utf8' });

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'published-'));
  for (const name of ['README.md', 'server/ü.ts', 'node_modules/a/a.js', 'dist/x.js', '.github/x.yml', '.gitignore']) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), name === '.gitignore' ? 'node_modules/\ndist/\n' : name);
  }
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const published = ['.github/x.yml', '.gitignore', 'README.md', 'server/ü.ts'];

describe('the files that are published', () => {
  test('are those that git has, and those that it would add', () => {
    git('init', '-q');
    git('add', 'README.md');
    expect([...publishedFiles(root)].sort()).toEqual(published);
  });

  test('are what git has although it is ignored, and not what was removed', () => {
    git('init', '-q');
    git('add', '-f', 'README.md', 'dist/x.js');
    rmSync(path.join(root, 'README.md'));
    expect([...publishedFiles(root)].sort()).toEqual(['.github/x.yml', '.gitignore', 'dist/x.js', 'server/ü.ts']);
  });

  test('are all but what is built and installed where there is no git', () => {
    expect([...publishedFiles(root)].sort()).toEqual(published);
  });
});

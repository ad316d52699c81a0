import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unzip } from '../built/zip.ts';
import { neovimPath } from './neovim.mjs';

interface Problem {
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

/** What test/editors/session.lua saw. */
interface Session {
  readonly finished?: boolean;
  readonly failed?: string;
  readonly waited_in_vain_for?: string;
  readonly filetype: string;
  readonly problems: readonly Problem[];
  readonly all_problems: readonly string[];
  readonly problems_after_edit: readonly Problem[];
  readonly hover: string;
  readonly definition: string;
  readonly completion: readonly string[];
  readonly completed: string;
  readonly completion_in_new_policy: readonly string[];
  readonly problem_behind_letters: string;
  readonly encoding: string;
  readonly formatted: readonly string[];
}

const page = readFileSync('docs/editors.md', 'utf8');
const configurations = [...page.matchAll(/^```lua\n(.*?)^```/gms)].map(([, code]) => code ?? '');
const home = mkdtempSync(path.join(os.tmpdir(), 'neovim-'));
const neovim = neovimPath();
let session: Session;

/** A home without any configuration but ours. */
const environment = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' };

beforeAll(() => {
  for (const [name, content] of unzip(readFileSync('test-results/extension.vsix'))) {
    const file = path.join(home, '.local/share/backup-policy', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const [present, before] = configurations;
  const isNew = execFileSync(neovim, ['--clean', '--headless', '-c', 'lua io.write(vim.lsp.config and "new" or "old")', '-c', 'qall'], { encoding: 'utf8', env: environment }) === 'new';
  mkdirSync(path.join(home, '.config/nvim'), { recursive: true });
  writeFileSync(path.join(home, '.config/nvim/init.lua'), (isNew ? present : before) ?? '');
  const folder = path.join(home, 'organization (a+b)');
  cpSync('samples', folder, { recursive: true });
  const report = path.join(home, 'report.json');
  const { stderr } = spawnSync(neovim, ['--headless', '-c', `luafile ${path.resolve('test/editors/session.lua')}`], { cwd: folder, env: { ...environment, SESSION_REPORT: report }, encoding: 'utf8', timeout: 100_000 });
  try {
    session = JSON.parse(readFileSync(report, 'utf8')) as Session;
  } catch {
    throw new Error(`Neovim ended without a report. ${stderr}`);
  }
}, 120_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('Neovim, set up as the documentation says, with the server of the package', () => {
  test('goes through the whole session', () => {
    expect([session.failed, session.waited_in_vain_for]).toEqual([undefined, undefined]);
    expect(session.finished).toBe(true);
  });

  test('shows the problems of the folder, in a document that it opens as JSON', () => {
    expect(session.filetype).toBe('json');
    expect(session.all_problems).toEqual(['finance-ledger.json: effective-policy-invalid', 'nonprod.json: blocked-by-parent']);
    expect(session.problems.map(({ code, line }) => [code, line])).toEqual([['blocked-by-parent', 7]]);
  });

  test('shows other problems after an edit', () => {
    expect(session.problems_after_edit.map(({ code, line }) => `${String(line)}: ${code}`).sort()).toEqual(['7: blocked-by-parent', '9: invalid-value']);
  });

  test('shows the effective value of a retention, and where it comes from', () => {
    expect(session.hover).toContain('Effective for **Root/Workloads/NonProd**');
    expect(session.hover).toMatch(/`7` days/);
    expect(session.hover).toMatch(/Root · \[baseline\].*`35`.*overridden/);
  });

  test('completes exactly the four inheritance operators in a list, and inserts the chosen one once', () => {
    expect(session.completion).toEqual(['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies']);
    expect(session.completed).toMatch(/^"täglich-😀": \{ "regions": \{ "@@remove": \["[a-z0-9-]+"\],? \} \},$/);
  });

  test('completes in an empty file that is a policy by its name', () => {
    expect(session.completion_in_new_policy).toContain('plans');
  });

  test('goes to the definition in another policy', () => {
    expect(session.definition).toBe('baseline.json: everyday');
  });

  test('marks the right characters behind letters that are longer in another encoding', () => {
    expect(session.encoding).toBe('utf-16');
    expect(session.problem_behind_letters).toBe('"@@asign"');
  });

  test('formats', () => {
    expect(session.formatted.slice(0, 3)).toEqual(['{', '  "plans": {', '    "täglich-😀": {']);
  });
});

describe('the page about other editors', () => {
  test('has configurations for Neovim that Lua reads', () => {
    expect(configurations).toHaveLength(2);
    for (const code of configurations) {
      const file = path.join(home, 'configuration.lua');
      writeFileSync(file, code);
      const { stdout, stderr } = spawnSync(neovim, ['--clean', '--headless', '-c', `lua local _, fault = loadfile('${file}') io.write(tostring(fault))`, '-c', 'qall'], { encoding: 'utf8', env: environment });
      expect(`${stdout}${stderr}`).toBe('nil');
    }
  });
});

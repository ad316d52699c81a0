import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine, type Run } from './commandLine.ts';

const { folder, run, json } = await commandLine();
const work = path.join(folder, 'work');
const base = path.join(folder, 'base');
const model = path.join(work, 'backup-organization.json');
const baseline = path.join(work, 'backup-policies/baseline.json');
const at = ['--at', '2026-11-21T06:00:00Z'] as const;

const plan = (...args: readonly string[]): Run => run('plan', '--organization', model, ...at, ...args);

function change(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd: work, stdio: 'ignore' });
}

beforeAll(() => {
  for (const copy of [work, base]) cpSync('samples', copy, { recursive: true });
  git('init');
  git('add', '.');
  git('commit', '-m', 'The policies as they are');
  // Retention of the baseline: accounts of Prod and NonProd override it, the others keep their backups shorter.
  change(baseline, '"delete_after_days": { "@@assign": "35" }', '"delete_after_days": { "@@assign": "14" }');
  change(path.join(work, 'backup-policies/finance-ledger.json'), '"90"', '"35"');
});

describe('plan', () => {
  test.each([
    ['a folder', () => base],
    ['a model file', () => path.join(base, 'backup-organization.json')],
    ['a git revision', () => 'git:HEAD'],
  ])('compares with %s', (_what, version) => {
    const { accounts, groups } = json('plan', '--organization', model, '--base', version(), ...at) as { readonly accounts: number; readonly groups: readonly { readonly grade: string; readonly accounts: readonly string[]; readonly changes: readonly unknown[] }[] };
    expect(accounts).toBe(18);
    expect(groups.map((group) => group.grade)).toEqual(['weaker', 'weaker']);
    const weaker = groups.find((group) => group.accounts.includes('Root/management'));
    expect(weaker?.accounts).toEqual(['Root/Infrastructure/Vaults/central-vault', 'Root/Infrastructure/network', 'Root/Infrastructure/shared-services', 'Root/Security/log-archive', 'Root/Security/security-tooling', 'Root/Sandbox/sandbox-platform', 'Root/management']);
    expect(weaker?.changes).toEqual([{ path: 'plans/everyday/rules/daily/lifecycle/delete_after_days', type: 'changed', grade: 'weaker', before: '35', after: '14' }]);
    expect(groups.find((group) => group.accounts.includes('Root/Workloads/Prod/Corporate/finance-prod'))?.changes).toHaveLength(1);
  });

  test('prints it for people', () => {
    const { output, status } = plan('--base', 'git:HEAD');
    expect(status).toBe(0);
    expect(output).toContain('weaker: 7 accounts, protected less\n  Root/Infrastructure/Vaults/central-vault, ');
    expect(output).toContain('  ~ everyday/rules/daily/lifecycle/delete_after_days: 35 → 14  (weaker)\n');
    expect(output).toMatch(/\nThe effective policy of 8 of 18 accounts changes\.\n$/);
  });

  test('prints it for pull requests', () => {
    const markdown = plan('--base', base, '--format', 'markdown').output;
    expect(markdown).toContain('### weaker: 7 accounts\n\nProtected less. `Root/Infrastructure/Vaults/central-vault`, ');
    expect(markdown).toContain('- `~ everyday/rules/daily/lifecycle/delete_after_days: 35 → 14` **weaker**\n');
    const github = plan('--base', base, '--format', 'github').output.split('\n');
    expect(github[0]).toMatch(/^::warning title=weaker%3A 7 accounts::Root\/Infrastructure\/Vaults\/central-vault, .*%0A~ everyday\/rules\/daily\/lifecycle\/delete_after_days: 35 → 14$/);
  });

  test('fails from the grade on that is given', () => {
    expect(['frozen', 'lost', 'weaker', 'never'].map((grade) => plan('--base', base, '--fail-on', grade).status)).toEqual([0, 0, 1, 0]);
  });

  test('says that nothing changes', () => {
    expect(plan('--base', model)).toEqual({ status: 0, output: 'Nothing changes for 18 accounts.\n', errors: '' });
  });

  test.each([
    ['no version', [], 'plan needs --organization FILE and --base FILE|DIR|git:REV.'],
    ['a version that is not there', ['--base', 'gone'], 'gone is no file, no folder and no git:REVISION.'],
    ['a revision that is not there', ['--base', 'git:gone'], 'has no git revision "gone".'],
    ['a revision that looks like an option', ['--base', 'git:--output=x'], 'has no git revision "--output=x".'],
    ['a folder without a model', ['--base', path.join(base, 'backup-policies')], 'has no model file backup-organization.json.'],
    ['a format of another command', ['--base', base, '--format', 'sarif'], '--format sarif is not one of text, json, markdown, github.'],
  ])('refuses %s with one line', (_what, args, message) => {
    const { status, output, errors } = plan(...args);
    expect([status, output]).toEqual([2, '']);
    expect(errors).toMatch(/^backup-policy: .*\n$/);
    expect(errors).toContain(message);
  });
});

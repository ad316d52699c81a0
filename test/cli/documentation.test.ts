import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRuleConfiguration } from '../../server/model/ruleConfiguration.ts';
import { commandLine } from './commandLine.ts';

const { cli, folder } = await commandLine();
const page = readFileSync('docs/continuous-integration.md', 'utf8');
const repository = path.join(folder, 'repository');

cpSync('samples', repository, { recursive: true });
const copied = path.join(repository, 'tools', 'backup-policy');
mkdirSync(copied, { recursive: true });
copyFileSync(cli, path.join(copied, 'cli.js'));
writeFileSync(path.join(copied, 'package.json'), '{ "type": "commonjs", "main": "./cli.js" }');

describe('the page on continuous integration', () => {
  const commands = [...page.matchAll(/(?:^|run: |- |entry: )(node tools\/backup-policy .*)$/gm)].map((match) => match[1] ?? '');

  test('has a command for each report', () => {
    for (const part of ['--format github', '--format sarif', '--format junit', '--format json']) expect(commands.filter((command) => command.includes(part)).length).toBe(1);
  });

  test.each(commands.filter((command) => !command.includes(' plan ')))('shows a command that works: %s', (command) => {
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: repository, encoding: 'utf8' });
    const usesModel = command.includes('--organization');
    expect([status, stderr]).toEqual([usesModel && !command.includes('--fail-on never') && !command.includes(' check ') ? 1 : 0, '']);
  });

  test('shows a plan that works, in a repository with the branch that it compares with', () => {
    const plans = commands.filter((command) => command.includes(' plan '));
    expect(plans).toHaveLength(1);
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: repository, stdio: 'ignore' });
    };
    git('init');
    git('add', '.');
    git('commit', '-m', 'Policies');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const summary = path.join(folder, 'summary.md');
    const command = (plans[0] ?? '').replace('${{ github.base_ref }}', 'main');
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: repository, encoding: 'utf8', env: { ...process.env, GITHUB_STEP_SUMMARY: summary } });
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(summary, 'utf8')).toContain('Nothing changes for 18 accounts.');
  });

  test('shows a configuration that can be followed', () => {
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => readRuleConfiguration(match[1] ?? ''));
    expect(examples).toEqual([{ levels: { 'kept-forever': 'error', 'default-vault': 'off' }, problems: [] }]);
  });

  test('knows every option of the usage that is for lint', () => {
    for (const option of ['--organization', '--fail-on', '--config', '--no-config', '--at', '--format']) expect(page).toContain(option);
  });
});

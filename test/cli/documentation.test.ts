import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRuleConfiguration } from '../../server/model/ruleConfiguration.ts';
import { commandLine } from './commandLine.ts';

const { cli, folder } = await commandLine();
const page = readFileSync('docs/continuous-integration.md', 'utf8');
const repository = path.join(folder, 'repository');

cpSync('samples', repository, { recursive: true });
mkdirSync(path.join(repository, 'tools'));
copyFileSync(cli, path.join(repository, 'tools', 'backup-policy.cjs'));

describe('the page on continuous integration', () => {
  const commands = [...page.matchAll(/(?:^|run: |- |entry: )(node tools\/backup-policy\.cjs .*)$/gm)].map((match) => match[1] ?? '');

  test('has a command for each report', () => {
    for (const part of ['--format github', '--format sarif', '--format junit', '--format json']) expect(commands.filter((command) => command.includes(part)).length).toBe(1);
  });

  test.each(commands)('shows a command that works: %s', (command) => {
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: repository, encoding: 'utf8' });
    const usesModel = command.includes('--organization');
    expect([status, stderr]).toEqual([usesModel && !command.includes('--fail-on never') ? 1 : 0, '']);
  });

  test('shows a configuration that can be followed', () => {
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => readRuleConfiguration(match[1] ?? ''));
    expect(examples).toEqual([{ levels: { 'kept-forever': 'error', 'default-vault': 'off' }, problems: [] }]);
  });

  test('knows every option of the usage that is for lint', () => {
    for (const option of ['--organization', '--fail-on', '--config', '--no-config', '--at', '--format']) expect(page).toContain(option);
  });
});

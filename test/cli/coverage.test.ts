import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { run, file } = await commandLine();
const model = path.resolve('samples/backup-organization.json');
const at = ['--at', '2026-11-21T06:00:00Z'] as const;

describe('coverage', () => {
  test.each(['text', 'json', 'csv', 'markdown'])('of the sample as %s is what was looked at', async (format) => {
    const { status, output, errors } = run('coverage', '--organization', model, '--format', format, ...at);
    expect([status, errors]).toEqual([0, '']);
    await expect(output).toMatchFileSnapshot(`../fixtures/cli/expected/coverage.${format}.txt`);
  });

  test.each([
    ['coverage', []],
    ['effective', ['--target', 'Root/a']],
    ['schedule', ['--target', 'Root/a']],
    ['reach', ['--target', 'Root/a', '--resources', 'samples/inventory.csv']],
  ])('%s tells on standard error which policies it had to do without', (command, args) => {
    const partly = file('partly.json', JSON.stringify({ root: { name: 'Root', policies: ['gone'], accounts: [{ name: 'a', policies: ['half'] }] }, policies: { gone: { file: 'gone.json' }, half: { file: 'half.json' } } }));
    file('half.json', '{ "plans": {');
    expect(run(command, '--organization', partly, ...args)).toMatchObject({
      status: 0,
      errors: 'backup-policy: The file of gone, gone.json, cannot be read. What is printed rests on the other policies.\nbackup-policy: half is not valid JSON (line 1 of half.json), so it is read only as far as it goes. What is printed rests on the other policies.\n',
    });
  });

  test('is text when nothing else is asked for', () => {
    expect(run('coverage', '--organization', model, ...at).output).toBe(run('coverage', '--organization', model, '--format', 'text', ...at).output);
  });

  test.each([
    ['no model', ['coverage'], 'coverage needs --organization FILE.'],
    ['another format', ['coverage', '--organization', model, '--format', 'xlsx'], '--format xlsx is not one of text, json, csv, markdown.'],
    ['an option of another command', ['coverage', '--organization', model, '--target', 'Root'], 'coverage takes no option --target.'],
  ])('refuses %s', (_what, args, message) => {
    const { status, errors } = run(...args);
    expect(status).toBe(2);
    expect(errors).toContain(message);
  });
});

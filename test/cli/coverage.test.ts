import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { run } = await commandLine();
const model = path.resolve('samples/backup-organization.json');
const at = ['--at', '2026-11-21T06:00:00Z'] as const;

describe('coverage', () => {
  test.each(['text', 'json', 'csv', 'markdown'])('of the sample as %s is what was looked at', async (format) => {
    const { status, output, errors } = run('coverage', '--organization', model, '--format', format, ...at);
    expect([status, errors]).toEqual([0, '']);
    await expect(output).toMatchFileSnapshot(`../fixtures/cli/expected/coverage.${format}.txt`);
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

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { run, file } = await commandLine();
const model = path.resolve('samples/backup-organization.json');
const at = ['--at', '2026-11-21T06:00:00Z'] as const;

describe('readiness', () => {
  test.each(['text', 'json', 'csv', 'markdown'])('of the sample as %s is what was looked at', async (format) => {
    const { status, output, errors } = run('readiness', '--organization', model, '--format', format, ...at);
    expect([status, errors]).toEqual([0, '']);
    await expect(output).toMatchFileSnapshot(`../fixtures/cli/expected/readiness.${format}.txt`);
  });

  test('makes a template for a StackSet', async () => {
    const { status, output } = run('readiness', '--organization', model, '--format', 'cloudformation', ...at);
    expect(status).toBe(0);
    await expect(output).toMatchFileSnapshot('../fixtures/readiness/sample.yaml');
  });

  test('is of one place when asked', () => {
    const { output } = run('readiness', '--organization', model, '--target', 'Root/Workloads/Prod/Data', '--format', 'csv', ...at);
    expect(output).toContain('Root/Workloads/Prod/Data/warehouse-prod,');
    expect(output).not.toContain('shop-prod');
  });

  test('says why there is no template', () => {
    const bare = file('bare.json', JSON.stringify({ root: { name: 'Root', accounts: [{ name: 'a' }] }, policies: {} }));
    const { status, errors } = run('readiness', '--organization', bare, '--format', 'cloudformation');
    expect([status, errors]).toEqual([2, expect.stringContaining('need no role and no vault')]);
  });

  test.each([
    ['no model', ['readiness'], 'readiness needs --organization FILE.'],
    ['another format', ['readiness', '--organization', model, '--format', 'yaml'], '--format yaml is not one of text, json, csv, markdown, cloudformation.'],
    ['a target that is not there', ['readiness', '--organization', model, '--target', 'Root/gone'], 'The organization has no root, OU or account "Root/gone".'],
  ])('refuses %s', (_what, args, message) => {
    const { status, errors } = run(...args);
    expect(status).toBe(2);
    expect(errors).toContain(message);
  });
});

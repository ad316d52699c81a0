import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine, type Run } from './commandLine.ts';

const { file, run, runIn, json } = await commandLine();
const where = ['--organization', 'samples/backup-organization.json', '--at', '2026-11-21T06:00:00Z'] as const;
const reach = (...args: readonly string[]): Run => run('reach', ...where, ...args);
const sample = ['--target', 'Root', '--resources', 'samples/inventory.csv'] as const;
const golden = (name: string): string => readFileSync(`test/fixtures/reach/${name}`, 'utf8');

describe('reach', () => {
  test('prints for people what is not backed up and why, and how the rest is', () => {
    expect(reach(...sample)).toEqual({ status: 0, errors: '', output: golden('sample.txt') });
  });

  test('prints a table', () => {
    expect(reach(...sample, '--format', 'csv').output).toBe(golden('sample.csv'));
  });

  test('prints JSON', () => {
    const { counts, resources } = json('reach', ...where, ...sample) as { readonly counts: unknown; readonly resources: readonly unknown[] };
    expect(counts).toEqual({ resources: 14, unreached: 6, once: 5, several: 3 });
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:777788889999:instance/i-0b6e2f8d41c7a935e',
      policyOf: 'Root/Workloads/Prod/Commerce/shop-prod',
      group: 'unreached',
      plans: [{ plan: 'everyday', reached: false, selections: [{ name: 'by-tier', findings: [{ verdict: 'unmet', path: 'plans/everyday/selections/tags/by-tier/tag_value', statement: 'samples/backup-policies/baseline.json:39' }] }] }, {}, {}],
    });
  });

  test('fails for a resource that is reached by nothing when it is asked to', () => {
    expect(reach(...sample, '--fail-on', 'unreached').status).toBe(1);
    const reached = file('reached.txt', 'arn:aws:ec2:eu-west-1:777788889999:volume/vol-1 backup-tier=silver\n');
    expect(reach('--target', 'Root', '--resources', reached, '--fail-on', 'unreached').status).toBe(0);
  });

  test('reads standard input and tells which of its lines are wrong', () => {
    const { output, status } = runIn({ input: 'arn:aws:s3:::photos backup-tier=gold\nnonsense\n' }, 'reach', ...where, '--target', '777788889999', '--resources', '-');
    expect(status).toBe(0);
    expect(output).toContain('  + point-in-time: gold (tag "backup-tier" is "gold")\n      continuous: At 23:00 UTC, every day; continuous backup, kept 35 days (5 weeks)\n');
    expect(output).toContain('! line 2: "nonsense" is not the ARN of a resource');
    expect(output).toMatch(/\n1 of 1 resource is backed up; none is left out\.\n$/);
  });

  test('keeps formulas out of tables', () => {
    const plan = (name: string): string => JSON.stringify({ plans: { [name]: { regions: { '@@assign': ['eu-west-1'] }, selections: { resources: { all: { resource_types: { '@@assign': ['*'] } } } } } } });
    const model = file('formula/backup-organization.json', JSON.stringify({ root: { name: 'Root', policies: ['one'] }, policies: { one: { file: 'one.json' } } }));
    const table = (name: string): string => {
      file('formula/one.json', plan(name));
      return runIn({ input: 'arn:aws:s3:::photos' }, 'reach', '--organization', model, '--target', 'Root', '--resources', '-', '--format', 'csv').output;
    };
    expect(table('-gold')).toContain(`,yes,"'-gold",`);
    expect(table('gold')).toContain(',yes,gold,');
  });

  test.each([
    [['--target', 'Root'], 'reach needs --organization FILE, --target ID|PATH and --resources FILE|-.'],
    [['--target', 'Root', '--resources', 'missing.csv'], 'missing.csv cannot be read: there is no such file.'],
    [['--target', 'Root/none', '--resources', 'samples/inventory.csv'], 'The organization has no root, OU or account "Root/none".'],
    [[...sample, '--fail-on', 'lost'], '--fail-on lost is not one of never, unreached.'],
  ])('refuses %j', (args, message) => {
    const { status, errors } = reach(...args);
    expect([status, errors]).toEqual([2, expect.stringContaining(message)]);
  });
});

test('reach tells on standard error which lines have no place in a table', () => {
  const { status, output, errors } = runIn({ input: 'arn:aws:s3:::orders\nnonsense a=b\n' }, 'reach', '--organization', 'samples/backup-organization.json', '--target', 'Root', '--resources', '-', '--format', 'csv');
  expect([status, output.split('\n').length]).toEqual([0, 3]);
  expect(errors).toBe('backup-policy: line 2 of the inventory: "nonsense" is not the ARN of a resource, such as arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d.\n');
});

import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { run, json, file } = await commandLine();
const model = 'samples/backup-organization.json';
const at = '2026-10-20T09:30:00';
const payments = 'Root/Workloads/Prod/Commerce/payments-prod';

describe('schedule', () => {
  test('prints a summary of each rule, the changes of clocks, and a table of days', () => {
    const { status, output, errors } = run('schedule', '--organization', model, '--target', payments, '--at', at, '--time-zone', 'Europe/Berlin');
    expect([status, errors]).toEqual([0, '']);
    expect(output).toMatchSnapshot();
  });

  test('prints the same data as JSON', () => {
    const result = json('schedule', '--organization', model, '--target', payments, '--at', at) as { readonly plans: readonly { readonly name: string; readonly rules: readonly { readonly starts: readonly string[]; readonly summary: string }[] }[] };
    expect(Object.keys(result)).toEqual(['target', 'from', 'to', 'errors', 'timeZone', 'plans', 'shared', 'overlaps']);
    expect(result.plans.map(({ name, rules }) => [name, ...rules.map(({ starts }) => starts.length)])).toEqual([['everyday', 14, 1], ['databases', 14], ['point-in-time', 14]]);
    expect(result.plans[0]?.rules[1]).toMatchSnapshot();
    const { output } = run('schedule', '--organization', model, '--target', payments, '--at', at);
    for (const { summary } of result.plans.flatMap(({ rules }) => rules)) expect(output).toContain(summary);
  });

  test('takes 14, 35 and 366 days', () => {
    const lines = ['14', '35', '366'].map((days) => run('schedule', '--organization', model, '--target', 'Root', '--at', at, '--days', days).output.split('\n').filter((line) => /^\d{4}-/.test(line)).length);
    expect(lines).toEqual([14, 35, 366]);
  });

  test('ends with 1 when AWS withholds the policy, and says so', () => {
    const { status, output } = run('schedule', '--organization', model, '--target', 'Root/Workloads/Prod/Corporate/finance-prod', '--at', at);
    expect(status).toBe(1);
    expect(output).toContain('AWS withholds this policy: accounts keep their last valid one, and what follows is not in force.\n  plans/point-in-time/rules/continuous: Dependent fields');
  });

  test('counts the starts of a busy day instead of listing them', () => {
    const policy = { plans: { p: { rules: { r: { schedule_expression: { '@@assign': 'cron(0 * ? * * *)' } } } } } };
    file('p.json', JSON.stringify(policy));
    const busy = file('backup-organization.json', JSON.stringify({ policies: { p: { file: 'p.json' } }, root: { name: 'Root', policies: ['p'] } }));
    expect(run('schedule', '--organization', busy, '--target', 'Root', '--at', at).output).toContain('2026-10-20  p/r   24 from 00:00 to 23:00');
  });

  test('says that nothing is backed up where there is no plan', () => {
    const empty = file('empty/backup-organization.json', JSON.stringify({ root: { name: 'Root' } }));
    expect(run('schedule', '--organization', empty, '--target', 'Root', '--at', at).output).toBe('Schedule of Root from 2026-10-20 to 2026-11-02, in UTC\n\nNo policy gives it a plan: nothing is backed up.\n');
  });

  test.each([
    ['other days', ['--days', '7'], '--days 7 is not one of 14, 35, 366.'],
    ['a zone that is none', ['--time-zone', 'Middle-earth'], '--time-zone Middle-earth is no time zone such as Europe/Berlin.'],
    ['a target that is none', ['--target', 'Root/Nowhere'], 'The organization has no root, OU or account "Root/Nowhere".'],
  ])('refuses %s', (_, args, message) => {
    const target = args.includes('--target') ? [] : ['--target', 'Root'];
    const { status, errors } = run('schedule', '--organization', model, ...target, ...args);
    expect([status, errors.startsWith(`backup-policy: ${message}`)]).toEqual([2, true]);
  });
});

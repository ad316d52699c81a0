import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { folder, file, runIn, run } = await commandLine();
const work = path.join(folder, 'work');
const at = ['--at', '2026-11-21T06:00:00Z'] as const;
const check = (...args: readonly string[]) => runIn({ cwd: work }, 'check', ...at, ...args);

const broken = JSON.stringify({
  guardrails: {
    'long': { description: 'Why.', accounts: ['Root/Workloads/NonProd/Staging', 'Root/Security'], someRule: { plan: 'everyday', retentionDays: { atLeast: 30 } } },
    'met & sound': { accounts: ['Root/Security'], validEffectivePolicy: true },
    'advice': { level: 'warning', accounts: ['Root/Security'], someRule: { copies: {} } },
  },
}, undefined, 2);

beforeAll(() => {
  cpSync('samples', work, { recursive: true });
  file('work/strict/broken.backup-guardrails.json', broken);
});
const strict = ['--guardrails', 'strict/broken.backup-guardrails.json'] as const;

describe('check', () => {
  const met = 'ok silver-90-days: met by 6 of 6 accounts\nok gold-point-in-time: met by 4 of 4 accounts\nok monthly-copy: met by 6 of 6 accounts\nok customer-data-in-ireland: met by 2 of 2 accounts\n4 guardrails checked, all met.\n';

  test.each([
    ['the working folder', []],
    ['the folder of the model', ['--organization', 'backup-organization.json']],
    ['a file', ['--guardrails', 'backup-guardrails.json']],
    ['a file and a model', ['--guardrails', 'backup-guardrails.json', '--organization', 'backup-organization.json']],
  ])('finds the guardrails of %s', (_title, args) => {
    expect(check(...args)).toEqual({ status: 0, output: met, errors: '' });
  });

  test('says which accounts do not meet one, why, and at which line', () => {
    expect(check(...strict)).toEqual({
      status: 1,
      output: `strict/broken.backup-guardrails.json:3:5 error long: met by 2 of 4 accounts
  Root/Workloads/NonProd/Staging/shop-staging, Root/Workloads/NonProd/Staging/orders-staging: The rule "daily" of the plan "everyday" comes closest: kept for 7 days (nonprod at Root/Workloads/NonProd), not 30 days or more.
    backup-policies/nonprod.json:9:48
ok met & sound: met by 2 of 2 accounts
strict/broken.backup-guardrails.json:22:5 warning advice: met by 0 of 2 accounts
  Root/Security/log-archive, Root/Security/security-tooling: The rule "daily" of the plan "everyday" comes closest: makes no copy (baseline at Root), not a copy.
    backup-policies/baseline.json:9:9
3 guardrails checked, 2 not met.
`,
      errors: '',
    });
  });

  test('passes over one whose accounts are all excepted', () => {
    file('work/strict/none.json', JSON.stringify({ guardrails: { g: { accounts: ['Root/Security'], except: ['Root/Security'], someRule: { copies: {} } } } }));
    expect(check('--guardrails', 'strict/none.json', '--organization', 'backup-organization.json').output).toContain('\nskipped g: it is about no account\n1 guardrail checked, all met; 1 problem.\n');
  });

  test('fails from the level that is asked for, and by the levels of a configuration', () => {
    expect(check(...strict, '--fail-on', 'never').status).toBe(0);
    file('work/mild.json', '{ "rules": { "guardrail-not-met": "info" } }');
    expect(check(...strict, '--config', 'mild.json').status).toBe(0);
    expect(check(...strict, '--config', 'mild.json', '--fail-on', 'info').status).toBe(1);
    file('work/off.json', '{ "rules": { "guardrail-not-met": "off" } }');
    expect(check(...strict, '--config', 'off.json', '--fail-on', 'hint').status).toBe(0);
  });

  test('prints JSON', () => {
    const { guardrails, problems } = JSON.parse(check(...strict, '--format', 'json').output) as { readonly guardrails: readonly { readonly failures: readonly unknown[] }[]; readonly problems: readonly unknown[] };
    expect(guardrails).toMatchObject([
      { name: 'long', description: 'Why.', severity: 'error', met: false, accounts: 4, failing: 2, failures: [{ expected: '30 days or more', actual: 'kept for 7 days', file: 'backup-policies/nonprod.json', range: { start: { line: 8, character: 47 } } }] },
      { name: 'met & sound', met: true, failures: [] },
      { name: 'advice', severity: 'warning', met: false },
    ]);
    expect(problems).toEqual([]);
  });

  test('prints a test case for each guardrail', () => {
    const xml = check(...strict, '--format', 'junit').output;
    expect(xml).toContain('<testsuites name="backup-policy" tests="3" failures="1" errors="0">');
    expect(xml).toContain('<testcase name="met &amp; sound" classname="backup-policy.check" file="strict/broken.backup-guardrails.json">\n    </testcase>');
    expect([...xml.matchAll(/<failure /g)]).toHaveLength(1);
    expect([...check(...strict, '--format', 'junit', '--fail-on', 'warning').output.matchAll(/<failure /g)]).toHaveLength(2);
  });

  test('annotates the guardrail and the line of the policy', () => {
    const lines = check(...strict, '--format', 'github').output.split('\n');
    expect(lines.filter((line) => line.startsWith('::error file=strict/broken.backup-guardrails.json,line=3,col=5,'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('::error file=backup-policies/nonprod.json,line=9,col=48,'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(2);
    const { runs } = JSON.parse(check(...strict, '--format', 'sarif').output) as { readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[] };
    expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(Array.from({ length: 4 }, () => 'guardrail-not-met'));
  });

  test('tells what is wrong with the file, and fails by it', () => {
    file('work/strict/odd.backup-guardrails.json', '{ "guardrails": { "g": { "accounts": ["Root/Security"] } } }');
    const { status, output } = check('--guardrails', 'strict/odd.backup-guardrails.json');
    expect(status).toBe(1);
    expect(output).toContain('strict/odd.backup-guardrails.json:1:24 error guardrail-schema: This guardrail asks for nothing.');
  });

  test('checks another model than the file names when it is told to', () => {
    file('work/other/backup-organization.json', '{ "root": { "name": "Root", "accounts": [{ "name": "shop" }] }, "policies": {} }');
    file('work/other/all.backup-guardrails.json', '{ "organization": "../backup-organization.json", "guardrails": { "g": { "accounts": ["**"], "validEffectivePolicy": true } } }');
    expect(check('--guardrails', 'other/all.backup-guardrails.json').output).toContain('met by 17 of 18 accounts');
    expect(check('--guardrails', 'other/all.backup-guardrails.json', '--organization', 'other/backup-organization.json').output).toContain('met by 1 of 1 account');
  });

  test.each([
    ['no guardrails', ['--organization', 'other/backup-organization.json', '--guardrails', 'gone.json'], 'gone.json cannot be read'],
    ['a model that is not there', ['--organization', 'gone.json', '--guardrails', 'backup-guardrails.json'], 'gone.json cannot be read'],
    ['a model without a root', ['--organization', 'backup-policies/baseline.json', '--guardrails', 'backup-guardrails.json'], 'has no "root"'],
    ['a file beside an option', ['backup-guardrails.json'], 'check takes no file "backup-guardrails.json"'],
    ['another format', ['--format', 'markdown'], '--format markdown is not one of'],
  ])('ends with 2 for %s', (_title, args, message) => {
    const { status, output, errors } = check(...args);
    expect([status, output]).toEqual([2, '']);
    expect(errors).toContain(message);
  });

  test('is what lint of a guardrails file points to', () => {
    expect(run('lint', 'samples/backup-guardrails.json')).toMatchObject({ status: 2, errors: 'backup-policy: samples/backup-guardrails.json holds guardrails: use backup-policy check --guardrails samples/backup-guardrails.json.\n' });
    expect(readFileSync('docs/guardrails.md', 'utf8')).toContain('`backup-policy check`');
  });
});

import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine, type Run } from './commandLine.ts';

const { folder, run, runIn, json, file } = await commandLine();
const model = 'samples/backup-organization.json';

describe('lint', () => {
  test('accepts a good policy with status 0', () => {
    const { status, output, errors } = run('lint', 'samples/backup-policies/baseline.json');
    expect([status, output, errors]).toEqual([0, '1 file checked, none rejected; no problems.\n', '']);
  });

  test('refuses a bad one with the place, in the JSON of the contract', () => {
    const bad = file('bad.json', '{\n  "plans": { "daily": { "regions": ["eu-west-1"] } }\n}\n');
    expect(json('lint', bad)).toEqual({
      files: [{
        file: bad,
        verdict: 'rejected',
        problems: [{
          rule: 'missing-operator',
          stage: 'admission',
          severity: 'error',
          message: '"regions" has a value without an inheritance operator: AWS refuses it. Write { "@@assign": … }.',
          path: 'plans/daily/regions',
          range: { start: { line: 1, character: 35 }, end: { line: 1, character: 48 } },
        }],
      }],
    });
    expect(run('lint', bad).status).toBe(1);
  });

  test('judges schedules by the given time, UTC without a zone', () => {
    const policy = file('cron.json', '{"plans":{"a":{"rules":{"r":{"schedule_expression":{"@@assign":"cron(44,46 8 ? * * *)"}}}}}}');
    expect(run('lint', policy, '--at', '2026-09-13T08:45:51').status).toBe(0);
    expect(run('lint', policy, '--at', '2026-09-13T08:46:03Z').status).toBe(1);
    expect(run('lint', policy, '--at', '2026-09-13T10:45:51+02:00').status).toBe(0);
  });

  test('finds in the sample what was planted, and nothing else', () => {
    const names = ['analytics', 'baseline', 'customer-data', 'database-schedule', 'databases-prod', 'finance-ledger', 'nonprod', 'payments-retention', 'point-in-time', 'production'];
    const { files } = json('lint', ...names.map((name) => `samples/backup-policies/${name}.json`), '--organization', model) as { readonly files: readonly { readonly verdict: string; readonly problems: readonly { readonly rule: string; readonly severity: string }[] }[] };
    expect(files.flatMap(({ problems }) => problems.filter(({ severity }) => severity !== 'hint').map((problem) => problem.rule))).toEqual(['effective-policy-invalid', 'blocked-by-parent']);
    expect(files.every(({ verdict }) => verdict === 'accepted')).toBe(true);
  });

  test('reads CRLF and a byte order mark without complaint', () => {
    expect(run('lint', file('bom.json', '\uFEFF{\r\n"plans": {}\r\n}')).status).toBe(0);
  });

  test('calls an empty file rejected, in one line', () => {
    const { status, output } = run('lint', file('empty.json', ''));
    expect(status).toBe(1);
    expect(output).toContain('error empty-document');
  });
});

describe('effective', () => {
  test('prints the merged policy and the errors of the contract', () => {
    const result = json('effective', '--organization', model, '--target', 'Root/Workloads/Prod/Corporate/finance-prod') as Readonly<Record<string, unknown>>;
    expect(Object.keys(result)).toEqual(['target', 'path', 'policy', 'errors']);
    expect(result['target']).toBe('Root/Workloads/Prod/Corporate/finance-prod');
    expect(result['path']).toEqual(['Root', 'Workloads', 'Prod', 'Corporate', 'finance-prod']);
    expect(result['errors']).toEqual([{
      code: 'CROSS_ATTRIBUTE_VALIDATION',
      message: 'Dependent fields enable_continuous_backup=true,delete_after_days=90 in policy block continuous are invalid when used together',
      path: 'plans/point-in-time/rules/continuous',
      policies: ['point-in-time', 'finance-ledger'],
    }]);
  });

  test('takes an id as well as a path, and ends with 1 when AWS withholds the policy', () => {
    expect(run('effective', '--organization', model, '--target', 'r-h4rb').status).toBe(0);
    expect(run('effective', '--organization', model, '--target', 'Root/Workloads/Prod/Corporate/finance-prod').status).toBe(1);
  });
});

describe('wrong use and unreadable input end with 2 and one clear line', () => {
  test.each([
    ['an absent file', ['lint', 'nope.json'], 'nope.json cannot be read: there is no such file.'],
    ['a folder for a file', ['effective', '--organization', 'samples', '--target', 'Root'], 'samples is a folder; name a file.'],
    ['a folder without policies', ['lint', 'client'], 'client holds no backup policy.'],
    ['a glob that matches nothing', ['lint', 'samples/**/*.yaml'], 'samples/**/*.yaml matches no backup policy.'],
    ['a glob below no folder', ['lint', 'nowhere/**/*.json'], 'nowhere/**/*.json matches no backup policy.'],
    ['no command', [], 'Name a command: lint, effective, explain, schedule, plan, reach, coverage, readiness, check, import, push or drift. See backup-policy --help.'],
    ['an option of another command', ['effective', '--organization', model, '--target', 'Root', '--fail-on', 'error'], 'effective takes no option --fail-on.'],
    ['a file too many', ['effective', 'x.json', '--organization', model, '--target', 'Root'], 'effective takes no file "x.json"'],
    ['a level that does not exist', ['lint', 'x.json', '--fail-on', 'fatal'], '--fail-on fatal is not one of error, warning, info, hint, never.'],
    ['two choices of a configuration', ['lint', 'x.json', '--config', 'c.json', '--no-config'], '--config and --no-config exclude each other.'],
    ['an option without its value', ['lint', 'x.json', '--at'], "Option '--at <value>' argument missing. See backup-policy --help.\n"],
    ['no file', ['lint'], 'lint needs the files to check, or --organization FILE.'],
    ['an unknown command', ['verify'], 'There is no command "verify".'],
    ['an unknown option', ['lint', '--wrong', 'x.json'], "Unknown option '--wrong'. See backup-policy --help.\n"],
    ['a format that does not exist', ['lint', 'x.json', '--format', 'xml'], '--format xml is not one of text, json, sarif, junit, github.'],
    ['a time that is none', ['lint', 'samples/backup-policies/baseline.json', '--at', 'noon'], '--at noon is no ISO 8601 time'],
    ['an unknown target', ['effective', '--organization', model, '--target', 'Root/Nowhere'], 'The organization has no root, OU or account "Root/Nowhere".'],
    ['a model without a root', ['effective', '--organization', 'package.json', '--target', 'x'], 'package.json does not describe an organization'],
    ['an unknown setting', ['explain', '--organization', model, '--target', 'Root', '--path', 'plans/everyday/region'], 'AWS knows no setting plans/everyday/region. Did you mean plans/everyday/regions?'],
  ])('%s', (_title, args, message) => {
    const { status, output, errors } = run(...args);
    expect(status).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(message);
    expect(errors).toMatch(/^backup-policy: .+\n$/);
  });

  test('a binary file', () => {
    expect(run('lint', file('binary.json', Buffer.from([0, 1, 2]))).errors).toMatch(/^backup-policy: .*binary\.json is no text file\.\n$/);
  });

  test('a file of 100 MB', () => {
    const huge = file('huge.json', Buffer.alloc(100 * 1024 * 1024, 32));
    expect(run('lint', huge).errors).toContain('has 100 MB; a backup policy has 10,000 characters at most.');
  });

  test('a file without permission', () => {
    const secret = file('secret.json', '{}');
    chmodSync(secret, 0);
    const result = asNobody('lint', secret);
    expect(result.status).toBe(2);
    expect(result.errors).toMatch(/^backup-policy: .*secret\.json cannot be read: permission is denied\.\n$/);
  });
});

/** Runs the command as a user to whom something can be forbidden. */
function asNobody(...args: readonly string[]): Run {
  if (process.getuid?.() !== 0) return run(...args);
  chmodSync(folder, 0o755);
  return runIn({ uid: 65_534 }, ...args);
}

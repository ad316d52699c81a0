import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

const { run, runIn, json, file, folder } = await commandLine();
const model = 'samples/backup-organization.json';

function explain(target: string, path: string): string {
  const { status, output, errors } = run('explain', '--organization', model, '--target', target, '--path', path);
  expect(errors).toBe('');
  expect(status).toBe(0);
  return output;
}

describe('explain a setting', () => {
  test('prints what each level says, the winner and the losers, with the file, line and column of each', () => {
    expect(explain('Root/Workloads/Prod', 'plans/everyday/rules/daily/lifecycle/delete_after_days')).toBe(`plans/everyday/rules/daily/lifecycle/delete_after_days of Root/Workloads/Prod: "90"

Root (baseline)
  - baseline @@assign ["35"]: overridden by @@assign of production at Root/Workloads/Prod
    at samples/backup-policies/baseline.json:18:36, because of samples/backup-policies/production.json:8:36
Root/Workloads (database-schedule): says nothing
Root/Workloads/Prod (production, databases-prod)
  * production @@assign ["90"]: applied
    at samples/backup-policies/production.json:8:36
`);
  });

  test('names the control that blocks a statement, its policy, level and line', () => {
    expect(explain('Root/Workloads/NonProd', 'plans/everyday/rules/daily/target_backup_vault_name')).toBe(`plans/everyday/rules/daily/target_backup_vault_name of Root/Workloads/NonProd: "company-vault"

Root (baseline)
  * baseline @@assign ["company-vault"]: applied
    at samples/backup-policies/baseline.json:12:13
  locks here: baseline at Root lets lower policies use no operator here.
    at samples/backup-policies/baseline.json:13:13
Root/Workloads (database-schedule): says nothing
Root/Workloads/NonProd (nonprod)
  - nonprod @@assign ["nonprod-vault"]: blocked by baseline at Root, which allows lower policies no operator here
    at samples/backup-policies/nonprod.json:7:41, because of samples/backup-policies/baseline.json:13:13
`);
  });

  test('says the same in JSON', () => {
    const result = json('explain', '--organization', model, '--target', 'Root/Workloads/NonProd', '--path', 'plans/everyday/rules/daily/target_backup_vault_name');
    const control = { level: 'Root', policy: 'baseline', file: 'samples/backup-policies/baseline.json', line: 13, column: 13, allowed: '@@none' };
    expect(result).toEqual({
      target: 'Root/Workloads/NonProd',
      path: 'plans/everyday/rules/daily/target_backup_vault_name',
      state: 'set',
      value: 'company-vault',
      levels: [{ level: 'Root', policies: ['baseline'] }, { level: 'Root/Workloads', policies: ['database-schedule'] }, { level: 'Root/Workloads/NonProd', policies: ['nonprod'] }],
      trace: [
        { level: 'Root', policy: 'baseline', file: 'samples/backup-policies/baseline.json', line: 12, column: 13, operator: '@@assign', values: ['company-vault'], outcome: 'applied', wins: true, reason: 'applied' },
        { level: 'Root/Workloads/NonProd', policy: 'nonprod', file: 'samples/backup-policies/nonprod.json', line: 7, column: 41, operator: '@@assign', values: ['nonprod-vault'], outcome: 'blocked', wins: false, reason: 'blocked by baseline at Root, which allows lower policies no operator here', by: control },
      ],
      controls: [{ ...control, sentence: 'baseline at Root lets lower policies use no operator here.' }],
      reasons: [],
    });
  });

  test('takes a path in any letter case, and files relative to the folder it runs in', () => {
    expect(explain('Root', 'PLANS/EveryDay/Regions')).toMatch(/^plans\/everyday\/regions of Root: \["eu-west-1"\]\n/);
    const { output } = runIn({ cwd: 'samples' }, 'explain', '--organization', 'backup-organization.json', '--target', 'Root', '--path', 'plans/everyday/regions');
    expect(output).toContain('at backup-policies/baseline.json:5:9');
  });

  test('says that AWS withholds the policy that the value belongs to', () => {
    expect(explain('111133335555', 'plans/everyday/regions')).toContain('  AWS withholds the whole effective policy of Root/Workloads/Prod/Corporate/finance-prod (CROSS_ATTRIBUTE_VALIDATION at plans/point-in-time/rules/continuous): the account keeps its last valid one.\n');
  });
});

describe('explain a group', () => {
  test('prints each setting below in brief', () => {
    expect(explain('Root/Workloads/NonProd', 'plans/everyday/rules/daily/lifecycle')).toBe(`plans/everyday/rules/daily/lifecycle is part of the effective policy of Root/Workloads/NonProd.

Root (baseline)
  * baseline names it
    at samples/backup-policies/baseline.json:17:11
Root/Workloads (database-schedule): says nothing
Root/Workloads/NonProd (nonprod)
  * nonprod names it
    at samples/backup-policies/nonprod.json:8:11

Settings
  plans/everyday/rules/daily/lifecycle/delete_after_days: "7", set by nonprod at Root/Workloads/NonProd (1 without effect, overridden or blocked)
`);
  });
});

describe('explain what is not set', () => {
  file('high.json', JSON.stringify({ plans: { daily: { rules: { '@@operators_allowed_for_child_policies': ['@@none'], nightly: { target_backup_vault_name: { '@@assign': 'v' } } } } } }, undefined, 2));
  file('low.json', JSON.stringify({ plans: { daily: { rules: { weekly: { target_backup_vault_name: { '@@assign': 'w' } } } } } }, undefined, 2));
  const own = file('backup-organization.json', JSON.stringify({
    root: { name: 'Root', policies: ['high'], accounts: [{ name: 'shop', policies: ['low', 'gone'] }] },
    policies: { high: { file: 'high.json' }, low: { file: 'low.json' }, gone: { file: 'gone.json' } },
  }));
  const at = ['--organization', own, '--target', 'Root/shop', '--path', 'plans/daily/rules/weekly/target_backup_vault_name'];

  test('names the control that keeps a new rule out, its policy, level and line, and what cannot be read', () => {
    expect(runIn({ cwd: folder }, 'explain', ...at).output).toBe(`plans/daily/rules/weekly/target_backup_vault_name is not set for Root/shop.
  low at Root/shop states it, but plans/daily/rules/weekly would be new there, and high at Root lets lower policies add nothing to plans/daily/rules; AWS takes the policy and ignores this part without a word.
    stated at low.json:7:13
    because of high.json:5:9
  The file of gone, gone.json, cannot be read; it is attached to Root/shop and may state it.
    attached at backup-organization.json:1:89
  AWS withholds the whole effective policy of Root/shop (KEY_REQUIRED at plans/daily and 1 more): the account keeps its last valid one.
    see low.json:3:5

Root (high): says nothing
Root/shop (low, gone)
  - low @@assign ["w"]: blocked by high at Root, which allows lower policies no operator here
    at low.json:7:13, because of high.json:5:9
`);
  });

  test('gives the same in JSON', () => {
    const { output } = runIn({ cwd: folder }, 'explain', ...at, '--format', 'json');
    expect(JSON.parse(output)).toMatchObject({
      state: 'notSet',
      value: null,
      trace: [{ policy: 'low', outcome: 'blocked', by: { level: 'Root', policy: 'high', file: 'high.json', line: 5, column: 9, allowed: '@@none' } }],
      reasons: [{ type: 'refused', statement: { file: 'low.json', line: 7, column: 13 }, cause: { file: 'high.json', line: 5, column: 9 } }, { type: 'unreadable' }, { type: 'withheld' }],
    });
  });

  test('says what AWS does without it, and which name was perhaps meant', () => {
    expect(explain('Root', 'plans/evryday/regions')).toMatch(/^plans\/evryday\/regions is not set for Root\. Did you mean plans\/everyday\/regions\?\n {2}No policy attached to Root states it\.\n/);
    expect(explain('Root', 'plans/everyday/rules/daily/lifecycle/move_to_cold_storage_after_days')).toContain('  Without it: never (recovery points stay in warm storage)\n');
  });

  test.each(['plans/everyday/budget', 'plans/everyday/regions/eu-west-1', 'regions'])('of a path that AWS does not know is wrong use: %s', (path) => {
    const { status, output, errors } = run('explain', '--organization', model, '--target', 'Root', '--path', path);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(errors).toMatch(new RegExp(`^backup-policy: AWS knows no setting ${path}\\.`));
  });
});

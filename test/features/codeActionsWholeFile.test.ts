import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { CodeActionKind } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { effectiveJson, nothingEffective } from '../../server/core/merge/effective.ts';
import { mergeLevel } from '../../server/core/merge/merge.ts';
import { readStatements } from '../../server/core/merge/statements.ts';
import { verdictOf } from '../../server/core/problem.ts';
import { codeActions } from '../../server/features/codeActions/codeActions.ts';
import { conversionsOf } from '../../server/features/codeActions/conversions/conversions.ts';
import { applyEdits } from '../../server/features/codeActions/fix.ts';
import { diagnosticsOf } from '../../server/features/diagnostics.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { attachmentIndex } from '../../server/model/attachments.ts';
import { applyChanges, effectiveOf, emptySnapshot } from '../../server/model/snapshot.ts';
import { monday, sampleOrganization } from './organizations.ts';

interface Converted {
  readonly title: string;
  readonly text: string;
}

/** The only conversion of a text, which AWS accepts. */
function converted(text: string, at = monday): Converted {
  const document = parseDocument(text);
  const [fix, ...more] = conversionsOf(document, at);
  if (fix === undefined || more.length > 0) throw new Error(`no single conversion of ${text}`);
  const result = applyEdits(text, fix.edits);
  expect(verdictOf(admissionProblems(parseDocument(result), at)), result).toBe('accepted');
  return { title: fix.title, text: result };
}

/** What an account gets that has this policy and no other. */
function effectiveOfAlone(text: string): unknown {
  const { tree } = mergeLevel(nothingEffective, { kind: 'account', name: 'a', path: 'a', depth: 0 }, [{ name: 'p', uri: 'p', content: readStatements(parseDocument(text)) }]);
  return JSON.parse(JSON.stringify(effectiveJson(tree)));
}

const assign = (value: unknown): unknown => ({ '@@assign': value });
const effective = {
  plans: {
    pii: {
      regions: ['us-east-1', 'eu-west-1'],
      rules: { hourly: { schedule_expression: 'cron(0 5/1 ? * * *)', target_backup_vault_name: 'Vault', lifecycle: { delete_after_days: '35' }, enable_continuous_backup: 'true' } },
      selections: { tags: { datatype: { iam_role_arn: 'arn:aws:iam::$account:role/Backup', tag_key: 'dataType', tag_value: ['PII'] } } },
    },
  },
};

describe('an effective policy', () => {
  it('becomes a policy that gives the same, with its layout', () => {
    const text = JSON.stringify(effective, undefined, '\t').replace(/\n/g, '\r\n');
    const { title, text: result } = converted(text);
    expect(title).toBe('Convert this effective policy to a policy: @@assign everywhere');
    expect(effectiveOfAlone(result)).toEqual(effective);
    expect(result).toBe(text
      .replace(/: (\[[^\]]*\])/g, ': { "@@assign": $1 }')
      .replace(/("(?:schedule_expression|target_backup_vault_name|delete_after_days|enable_continuous_backup|iam_role_arn|tag_key)"): ("[^"]*")/g, '$1: { "@@assign": $2 }'));
  });

  it('is taken out of the answer of describe-effective-policy', () => {
    const text = JSON.stringify({ EffectivePolicy: { LastUpdatedTimestamp: '2026-09-14T10:00:00Z', TargetId: '111122223333', PolicyType: 'BACKUP_POLICY', PolicyContent: JSON.stringify(effective) } }, undefined, 4);
    const { text: result } = converted(text);
    expect(effectiveOfAlone(result)).toEqual(effective);
    expect(result.startsWith('{\n    "plans": {\n        "pii": {\n            "regions": { "@@assign": ["us-east-1", "eu-west-1"] },\n')).toBe(true);
    expect(converted(JSON.stringify({ PolicyContent: JSON.stringify(effective) })).text).toContain('{ "@@assign": "Vault" }');
  });

  it('keeps template tokens, and loses account ids of roles', () => {
    const text = '{"plans": {"a": {"regions": ["${region}"], "selections": {"tags": {"t": {"iam_role_arn": "arn:aws:iam::111122223333:role/x", "tag_key": ${key}, "tag_value": ["b"]}}}}}}';
    expect(converted(text).text).toBe('{"plans": {"a": {"regions": { "@@assign": ["${region}"] }, "selections": {"tags": {"t": {"iam_role_arn": { "@@assign": "arn:aws:iam::$account:role/x" }, "tag_key": { "@@assign": ${key} }, "tag_value": { "@@assign": ["b"] }}}}}}}');
  });

  it('of every level of the sample comes back from its conversion', () => {
    const snapshot = sampleOrganization();
    let compared = 0;
    for (const organization of snapshot.organizations.values()) {
      for (const entity of attachmentIndex(organization).points) {
        const { tree, errors } = effectiveOf(snapshot, organization, entity);
        const printed = effectiveJson(tree);
        // What AWS withholds, it does not print.
        if (Object.keys(printed).length === 0 || errors.length > 0) continue;
        expect(effectiveOfAlone(converted(JSON.stringify(printed, undefined, 2)).text)).toEqual(JSON.parse(JSON.stringify(printed)));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(3);
  });

  it('that AWS printed comes back from its conversion', () => {
    const recordings = JSON.parse(readFileSync('test/fixtures/recordings/effective.json', 'utf8')) as readonly { readonly at: string; readonly effective: unknown }[];
    // A policy can take values out of a list until none is left, and set an empty one in "regions" only.
    const printed = recordings.filter(({ effective: policy }) => policy !== null && JSON.stringify(policy).includes('plans') && !JSON.stringify(policy).includes('"tag_value":[]'));
    for (const { at, effective: policy } of printed) {
      const text = JSON.stringify(policy);
      if (conversionsOf(parseDocument(text), Date.parse(at)).length > 0) expect(effectiveOfAlone(converted(text, Date.parse(at)).text)).toEqual(policy);
      else expect(effectiveOfAlone(text)).toEqual({});
    }
    expect(printed.length).toBeGreaterThan(10);
  });
});

describe('the answer of describe-policy', () => {
  it('gives its policy', () => {
    const policy = { plans: { a: { regions: assign(['eu-west-1']) } } };
    const { title, text } = converted(JSON.stringify({ Policy: { PolicySummary: { Name: 'x' }, Content: JSON.stringify(policy) } }, undefined, 2));
    expect(title).toBe('Take the policy out of this answer');
    expect(text).toBe('{\n  "plans": {\n    "a": {\n      "regions": { "@@assign": ["eu-west-1"] }\n    }\n  }\n}\n');
  });
});

const plan = {
  BackupPlanName: 'Daily backups',
  Rules: [{
    RuleName: 'nightly',
    RuleId: '0a1b',
    TargetBackupVaultName: 'Central',
    TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111122223333:backup-vault:Gap',
    ScheduleExpression: 'cron(0 5 ? * * *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    StartWindowMinutes: 60,
    CompletionWindowMinutes: 180,
    Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120, OptInToArchiveForSupportedResources: false },
    EnableContinuousBackup: false,
    RecoveryPointTags: { Team: 'data' },
    CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:Copy', Lifecycle: { DeleteAfterDays: 400, MoveToColdStorageAfterDays: -1 } }],
    IndexActions: [{ ResourceTypes: ['EBS'] }],
    ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }],
  }],
  AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
  ScanSettings: [{ MalwareScanner: 'GUARDDUTY', ResourceTypes: ['ALL'], ScannerRoleArn: 'arn:aws:iam::111122223333:role/scan' }],
};

const selection = {
  SelectionName: 'tagged',
  IamRoleArn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole',
  ListOfTags: [
    { ConditionType: 'STRINGEQUALS', ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' },
    { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'weekly' },
  ],
};

const role = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';
const copy = 'arn:aws:backup:eu-west-1:$account:backup-vault:Copy';

describe('a plan of AWS Backup', () => {
  it('becomes a policy with everything that a policy has a key for', () => {
    const answer = { BackupPlan: plan, BackupPlanId: 'x', BackupPlanArn: 'arn:aws:backup:us-east-1:111122223333:backup-plan:x', BackupPlanTags: { Owner: 'me' }, BackupSelection: selection };
    const { title, text } = converted(JSON.stringify(answer, undefined, 2));
    expect(title).toBe('Convert this AWS Backup plan to a policy');
    expect(JSON.parse(text)).toEqual({
      plans: {
        'Daily-backups': {
          regions: assign(['us-east-1']),
          rules: {
            nightly: {
              schedule_expression: assign('cron(0 5 ? * * *)'),
              target_backup_vault_name: assign('Central'),
              target_logically_air_gapped_backup_vault_arn: assign('arn:aws:backup:$region:$account:backup-vault:Gap'),
              start_backup_window_minutes: assign('60'),
              complete_backup_window_minutes: assign('180'),
              lifecycle: { move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('120') },
              copy_actions: { [copy]: { target_backup_vault_arn: assign(copy), lifecycle: { delete_after_days: assign('400') } } },
              recovery_point_tags: { team: { tag_key: assign('Team'), tag_value: assign('data') } },
              index_actions: { resource_types: assign(['EBS']) },
              scan_actions: { GUARDDUTY: { scan_mode: assign('FULL_SCAN') } },
            },
          },
          selections: { tags: { tagged: { iam_role_arn: assign(role), tag_key: assign('backup'), tag_value: assign(['daily', 'weekly']) } } },
          advanced_backup_settings: { ec2: { windows_vss: assign('enabled') } },
          backup_plan_tags: { owner: { tag_key: assign('Owner'), tag_value: assign('me') } },
          scan_settings: { GUARDDUTY: { resource_types: assign(['ALL']), scanner_role_arn: assign('arn:aws:iam::$account:role/scan') } },
        },
      },
    });
  });

  it('says what must be filled in', () => {
    const { title, text } = converted(JSON.stringify({ BackupPlanName: 'p', Rules: [{ RuleName: 'r', TargetBackupVaultName: 'Default', ScheduleExpression: 'cron(0 5 ? * * *)', ScheduleExpressionTimezone: 'Europe/Berlin' }] }));
    expect(title).toBe('Convert this AWS Backup plan to a policy; fill in the Regions, the selections, the hours in UTC (now Europe/Berlin)');
    expect(JSON.parse(text)).toMatchObject({ plans: { p: { regions: assign(['us-east-1']), selections: { tags: { tagged: { iam_role_arn: assign(role), tag_key: assign('backup') } } } } } });
  });

  it('keeps its copies in another account, and its resources as kinds with their conditions', () => {
    const Conditions = { StringEquals: [{ ConditionKey: 'aws:ResourceTag/env', ConditionValue: 'prod' }], StringLike: [], StringNotLike: [{ ConditionKey: 'aws:ResourceTag/name', ConditionValue: 'tmp*' }] };
    const resources = { SelectionName: 'some', IamRoleArn: 'arn:aws:iam::111122223333:role/x', Resources: ['arn:aws:ec2:us-east-1:111122223333:volume/vol-1', 'arn:aws:ec2:*:*:volume/*'], NotResources: ['arn:aws:rds:*:*:db:*'], Conditions };
    const { title, text } = converted(JSON.stringify({ BackupPlan: plan, BackupSelections: [resources] }));
    expect(title).toBe('Convert this AWS Backup plan to a policy; fill in the Regions, the resource types (single resources are not possible)');
    const foreign = copy.replace('$account', '111122223333');
    expect(JSON.parse(text)).toMatchObject({
      plans: {
        'Daily-backups': {
          rules: { nightly: { copy_actions: { [foreign]: { target_backup_vault_arn: assign(foreign) } } } },
          selections: {
            resources: {
              some: {
                resource_types: assign(['arn:aws:ec2:*:*:volume/*']),
                not_resource_types: assign(['arn:aws:rds:*:*:db:*']),
                conditions: {
                  string_equals: { env: { condition_key: assign('aws:ResourceTag/env'), condition_value: assign('prod') } },
                  string_not_like: { name: { condition_key: assign('aws:ResourceTag/name'), condition_value: assign('tmp*') } },
                },
              },
            },
          },
        },
      },
    });
  });

  it.each([
    ['continuous backups for longer than 35 days', { EnableContinuousBackup: true, Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365 } }, { enable_continuous_backup: assign('true'), lifecycle: { delete_after_days: assign('35') } }, 'the retention of continuous backups'],
    ['a rate', { ScheduleExpression: 'rate(12 hours)' }, { schedule_expression: assign('cron(0 0/12 ? * * *)') }, 'the schedules'],
    ['a schedule that means nothing', { ScheduleExpression: 'often' }, { schedule_expression: assign('cron(0 5 ? * * *)') }, 'the schedules'],
    ['a window of less than an hour', { StartWindowMinutes: 30 }, { start_backup_window_minutes: assign('60') }, undefined],
    ['no vault', { TargetBackupVaultName: null }, { target_backup_vault_name: assign('Default') }, 'the vaults'],
    ['settings that are not set', { Lifecycle: null, CopyActions: [], RecoveryPointTags: {} }, { target_backup_vault_name: assign('v') }, undefined],
  ])('with %s is one that AWS accepts', (_what, settings, expected, open) => {
    const { title, text } = converted(JSON.stringify({ BackupPlanName: 'p', Rules: [{ RuleName: 'r', TargetBackupVaultName: 'v', ...settings }], BackupSelection: selection }));
    const { plans } = JSON.parse(text) as { readonly plans: { readonly p: { readonly rules: unknown } } };
    expect(plans.p.rules).toEqual({ r: { target_backup_vault_name: assign('v'), ...expected } });
    expect(title).toBe(`Convert this AWS Backup plan to a policy; fill in the Regions${open === undefined ? '' : `, ${open}`}`);
  });

  it('gives each rule a name that AWS takes', () => {
    const rule = { TargetBackupVaultName: 'v' };
    const { text } = converted(JSON.stringify({ Rules: [{ ...rule, RuleName: 'a b' }, { ...rule, RuleName: 'A-b' }, rule, { ...rule, RuleName: 'x'.repeat(60) }] }));
    expect(Object.keys((JSON.parse(text) as { readonly plans: { readonly plan: { readonly rules: object } } }).plans.plan.rules)).toEqual(['a-b', 'A-b-2', 'rule', 'x'.repeat(50)]);
  });

  it('is accepted whatever its values are', () => {
    const word = fc.oneof(fc.string({ maxLength: 60 }).filter((text) => !/[$%{]/.test(text)), fc.constantFrom('a b', '', '__proto__', 'cron(0 5 ? * * *)', 'rate(1 day)', 'arn:aws:iam::111122223333:role/x'));
    const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined });
    const tags = fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }).filter((key) => key !== '__proto__'), fc.string({ maxLength: 10 }), { maxKeys: 3 });
    const days = maybe(fc.integer({ min: -1, max: 400 }));
    const rule = fc.record({
      RuleName: maybe(word), TargetBackupVaultName: fc.constantFrom('Default', 'v_1'), ScheduleExpression: maybe(word), StartWindowMinutes: maybe(fc.integer({ min: -1, max: 900 })),
      EnableContinuousBackup: maybe(fc.boolean()), Lifecycle: maybe(fc.record({ DeleteAfterDays: days, MoveToColdStorageAfterDays: days })), RecoveryPointTags: maybe(tags),
    });
    const document = fc.record({ BackupPlanName: maybe(word), Rules: fc.array(rule, { minLength: 1, maxLength: 4 }), BackupSelection: maybe(fc.record({ SelectionName: maybe(word), IamRoleArn: maybe(word), ListOfTags: fc.array(fc.record({ ConditionKey: fc.constantFrom('a', 'b c', 'aws:ResourceTag/a', '__proto__'), ConditionValue: word })) })) });
    fc.assert(fc.property(document, (json) => {
      converted(JSON.stringify(json));
    }), { seed: 20260914, numRuns: 300 });
  });
});

describe('no conversion', () => {
  it.each([
    ['a policy', JSON.stringify({ plans: { a: { regions: assign(['eu-west-1']) } } })],
    ['a policy with one bare value', '{"plans": {"a": {"regions": ["eu-west-1"], "rules": {"r": {"target_backup_vault_name": {"@@assign": "v"}}}}}}'],
    ['an empty policy', '{"plans": {}}'],
    ['text that is no JSON', '{"plans": {"a": {"regions": ["eu-west-1"]}},}'],
    ['a plan without rules', '{"BackupPlanName": "a", "Rules": []}'],
    ['content that is no JSON', '{"PolicyContent": "x"}'],
    ['a policy of another type', '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}'],
    ['nothing', ''],
  ])('is offered for %s', (_what, text) => {
    expect(conversionsOf(parseDocument(text), monday)).toEqual([]);
  });
});

describe('the light bulb', () => {
  const uri = 'file:///policy.json';

  function titles(text: string, marked: string, only?: string): readonly (readonly [title: string, kind: string | undefined])[] {
    const snapshot = applyChanges(emptySnapshot(monday), monday, [{ type: 'policy', uri, text }]);
    const position = TextDocument.create(uri, '', 0, text).positionAt(text.indexOf(marked) + 1);
    const diagnostics = diagnosticsOf(snapshot, parseDocument(text), workspaceProblems(snapshot, new Set()).get(uri) ?? [], {});
    return codeActions(snapshot, { uri, range: { start: position, end: position }, context: { diagnostics, ...(only === undefined ? {} : { only: [only] }) } }).map(({ title, kind }) => [title, kind]);
  }

  const title = 'Convert this effective policy to a policy: @@assign everywhere';
  const text = JSON.stringify(effective);

  it('converts at the first value without an operator', () => {
    expect(titles(text, '"us-east-1"')).toEqual([
      ['Wrap in @@assign', CodeActionKind.QuickFix], [title, CodeActionKind.QuickFix], ['Wrap in @@assign: all 8 in this policy', CodeActionKind.QuickFix],
    ]);
    expect(titles(text, '"Vault"', CodeActionKind.QuickFix)).toEqual([['Wrap in @@assign', CodeActionKind.QuickFix], ['Wrap in @@assign: all 8 in this policy', CodeActionKind.QuickFix]]);
  });

  it('rewrites anywhere', () => {
    expect(titles(text, '"plans"', CodeActionKind.Refactor)).toEqual([[title, CodeActionKind.RefactorRewrite]]);
    expect(titles(text, '"Vault"', CodeActionKind.RefactorRewrite)).toEqual([[title, CodeActionKind.RefactorRewrite]]);
  });

  it('converts a plan before it removes its keys', () => {
    expect(titles(JSON.stringify({ BackupPlan: plan }), 'BackupPlan').map(([each]) => each)).toEqual([
      'Convert this AWS Backup plan to a policy; fill in the Regions, the selections', 'Remove "BackupPlan"',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { rules } from '../../server/core/rules.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { readPolicyFile, type Snapshot } from '../../server/model/snapshot.ts';
import { monday, organization, policyUri } from './organizations.ts';

type Json = Readonly<Record<string, unknown>>;

const assign = (value: unknown): Json => ({ '@@assign': value });
const run = { schedule_expression: assign('cron(0 5 ? * * *)'), target_backup_vault_name: assign('Nightly') };
const kept = { lifecycle: { delete_after_days: assign('35') } };
const gold = { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), tag_key: assign('backup'), tag_value: assign(['gold']) };
const selections = { tags: { gold } };
const regions = assign(['eu-west-1']);
const planOf = (content: Json): Json => ({ plans: { daily: content } });
const ruleOf = (content: Json): Json => planOf({ rules: { nightly: content } });
const whole = planOf({ regions, rules: { nightly: { ...run, ...kept } }, selections });
const wholeWith = (rule: Json): Json => planOf({ regions, rules: { nightly: { ...run, ...kept, ...rule } }, selections });

const tagged = { string_equals: { tier: { condition_key: assign('aws:ResourceTag/tier'), condition_value: assign('1') } } };
const selecting = (types: readonly string[], more: Json = {}, beside: Json = {}): Json =>
  planOf({ regions, rules: { nightly: { ...run, ...kept } }, selections: { ...beside, resources: { all: { iam_role_arn: gold.iam_role_arn, resource_types: assign(types), ...more } } } });

/** The rules that a policy breaks, each with the text that it underlines. */
function found(snapshot: Snapshot, name: string): readonly (readonly [string, string | undefined])[] {
  const text = snapshot.policies.get(policyUri(name))?.document.text;
  return (workspaceProblems(snapshot, new Set()).get(policyUri(name)) ?? []).map(({ rule, span }) => [rule, text?.slice(span.start, span.end).replace(/\s+/g, ' ')]);
}

function messages(snapshot: Snapshot, name: string): readonly string[] {
  return (workspaceProblems(snapshot, new Set()).get(policyUri(name)) ?? []).map(({ message }) => message);
}

/** `whole` at the root, the policy at an OU with one account. */
const below = (own: Json, upper: Json = whole): Snapshot =>
  organization({ name: 'Root', policies: ['upper'], organizationalUnits: [{ name: 'Prod', policies: ['own'], accounts: [{ name: 'shop' }] }] }, { upper, own });

/** Two policies at one OU, in this order. */
const peers = (own: Json, second: Json): Snapshot =>
  organization({ name: 'Root', policies: ['whole'], organizationalUnits: [{ name: 'Prod', policies: ['own', 'second'], accounts: [{ name: 'shop' }] }] }, { whole, own, second });

describe('inheritance that does otherwise than it seems', () => {
  it.each<readonly [rule: string, text: string, wrong: Snapshot, right: Snapshot]>([
    ['replaces-inherited-list', '"@@assign": [ "eu-central-1" ]', below(planOf({ regions: assign(['eu-central-1']) })), below(planOf({ regions: { '@@append': ['eu-central-1'] } }))],
    ['replaces-inherited-list', '"@@assign": [ "eu-west-1", "eu-central-1" ]',
      below(planOf({ regions: assign(['eu-west-1', 'eu-central-1']) }), planOf({ ...(whole['plans'] as { daily: Json }).daily, regions: assign(['eu-west-1', 'eu-west-2']) })),
      below(planOf({ regions: assign(['eu-west-1']) }), planOf({ ...(whole['plans'] as { daily: Json }).daily, regions: assign(['eu-west-1', 'eu-west-2']) }))],
    ['near-inherited-name', '"dayly"', below({ plans: { dayly: { rules: { nightly: kept } } } }), below({ plans: { daily: { rules: { nightly: kept } } } })],
    ['near-inherited-name', '"nightli"', below(planOf({ rules: { nightli: kept } })), below(planOf({ rules: { nightly: kept } }))],
    ['name-case', '"Daily"', below({ plans: { Daily: { rules: { nightly: kept } } } }), below(planOf({ rules: { nightly: kept } }))],
    ['control-at-account', '"@@operators_allowed_for_child_policies": [ "@@none" ]',
      organization({ name: 'Root', policies: ['whole'], accounts: [{ name: 'shop', policies: ['own'] }] }, { whole, own: planOf({ regions: { '@@operators_allowed_for_child_policies': ['@@none'] } }) }),
      below(planOf({ regions: { '@@operators_allowed_for_child_policies': ['@@none'] } }))],
    ['peer-assign-first', '"@@append": [ "eu-west-2" ]', peers(planOf({ regions: { '@@append': ['eu-west-2'] } }), planOf({ regions })), peers(planOf({ regions: { '@@append': ['eu-west-2'] } }), planOf({}))],
  ])('is told by %s at the statement, and its neighbour is clean', (rule, text, wrong, right) => {
    expect(found(wrong, 'own').filter(([id]) => rules[id as keyof typeof rules].stage !== 'effective')).toEqual([[rule, text]]);
    expect(found(right, 'own').map(([id]) => id)).not.toContain(rule);
  });

  it('is told of an appended list that nobody set', () => {
    const own = planOf({ selections: { resources: { all: { iam_role_arn: gold.iam_role_arn, resource_types: { '@@append': ['arn:aws:ec2:*:*:volume/*'] } } } } });
    expect(found(below(own), 'own').map(([rule]) => rule)).toContain('append-sets-list');
    expect(found(below(planOf({ regions: { '@@append': ['eu-west-2'] } })), 'own')).toEqual([]);
  });

  it('is told with what the list was and what it becomes', () => {
    expect(messages(below(planOf({ regions: assign(['eu-central-1']) })), 'own')).toEqual([
      '@@assign replaces the list of upper at Root: before "eu-west-1", after "eu-central-1". To add to it, write @@append.',
    ]);
  });

  it('of controls that together leave nothing is told once, at the last one', () => {
    const control = (operator: string): Json => planOf({ regions: { '@@operators_allowed_for_child_policies': [operator] } });
    const snapshot = peers(control('@@append'), control('@@remove'));
    expect(found(snapshot, 'own')).toEqual([]);
    expect(found(snapshot, 'second').map(([rule]) => rule)).toEqual(['controls-leave-nothing']);
    expect(found(peers(control('@@append'), control('@@append')), 'second')).toEqual([]);
    expect(found(peers(control('@@append'), control('@@none')), 'second')).toEqual([]);
  });
});

describe('an effective policy that fails later', () => {
  it.each<readonly [rule: string, text: string, wrong: Json, right: Json]>([
    ['cold-storage-minimum', '"119"', wholeWith({ lifecycle: { move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('119') } }), wholeWith({ lifecycle: { move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('120') } })],
    ['completion-window', '"60"', wholeWith({ start_backup_window_minutes: assign('60'), complete_backup_window_minutes: assign('60') }), wholeWith({ start_backup_window_minutes: assign('60'), complete_backup_window_minutes: assign('61') })],
    ['no-schedule', '"nightly"', planOf({ regions, rules: { nightly: { target_backup_vault_name: assign('Nightly'), ...kept } }, selections }), whole],
    ['kept-forever', '"nightly"', planOf({ regions, rules: { nightly: run }, selections }), whole],
    ['backup-quota', '"36501"', wholeWith({ lifecycle: { delete_after_days: assign('36501') } }), wholeWith({ lifecycle: { delete_after_days: assign('36500') } })],
    ['default-role-path', '"arn:aws:iam::$account:role/AWSBackupDefaultServiceRole"', planOf({ selections: { tags: { gold: { ...gold, iam_role_arn: assign('arn:aws:iam::$account:role/AWSBackupDefaultServiceRole') } } } }), planOf({ selections })],
    ['default-vault', '"Default"', ruleOf({ target_backup_vault_name: assign('Default') }), ruleOf({ target_backup_vault_name: assign('default') })],
    ['opt-in-region', '"af-south-1"', planOf({ regions: assign(['eu-west-1', 'af-south-1']) }), planOf({ regions })],
    ['schedule-reading', '0 5 ? * *', ruleOf({ schedule_expression: assign('cron(0 5 ? * *)') }), ruleOf({ schedule_expression: assign('cron(0 5 ? * * *)') })],
    ['selects-everything', '"*"', selecting(['*']), selecting(['*'], { conditions: tagged })],
    ['selection-kinds', '"all"', selecting(['arn:aws:s3:::*'], {}, selections), selecting(['arn:aws:s3:::*'])],
    ['empty-object', '"nightly": {}', ruleOf({}), ruleOf(kept)],
  ])('is told by %s at the value, and its neighbour is clean', (rule, text, wrong, right) => {
    const problems = documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(wrong).replaceAll('":', '": ')), monday);
    const source = JSON.stringify(wrong).replaceAll('":', '": ');
    expect(problems.map((problem) => [problem.rule, source.slice(problem.span.start, problem.span.end)])).toContainEqual([rule, text]);
    expect(documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(right)), monday).map((problem) => problem.rule)).not.toContain(rule);
  });

  it('is told where the settings meet, though each policy is right by itself', () => {
    const cold = ruleOf({ lifecycle: { move_to_cold_storage_after_days: assign('5') } });
    expect(found(below(cold), 'own')).toEqual([['cold-storage-minimum', '"5"']]);
    expect(found(below(cold), 'upper')).toEqual([]);
    const continuous = wholeWith({ enable_continuous_backup: assign('true') });
    expect(found(below(cold, continuous), 'own')).toEqual([['continuous-cold-storage', '"5"']]);
  });

  it('names the accounts when the policy reaches others as well', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['unkept'], organizationalUnits: [{ name: 'Prod', accounts: [{ name: 'shop' }] }, { name: 'Test', policies: ['kept'], accounts: [{ name: 'lab' }] }] },
      { unkept: planOf({ regions, rules: { nightly: run }, selections }), kept: ruleOf(kept) },
    );
    expect(messages(snapshot, 'unkept')).toEqual([expect.stringMatching(/ \(In the effective policy of Root\/Prod\/shop\.\)$/)]);
  });

  it('leaves a partial policy alone that other levels complete, and one whose plan is not whole', () => {
    const part = ruleOf({ target_backup_vault_name: assign('Nightly') });
    const rest = planOf({ regions, rules: { nightly: { schedule_expression: run.schedule_expression, ...kept } }, selections });
    expect(found(below(rest, part), 'upper')).toEqual([]);
    expect(documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(part)), monday)).toEqual([]);
  });
});

describe('advice', () => {
  const rulesOf = (text: string): readonly string[] => documentProblems(readPolicyFile(policyUri('own'), text), monday).map(({ rule }) => rule);

  it('misses nothing that a template may bring', () => {
    const text = JSON.stringify(wholeWith({})).replace(JSON.stringify(kept.lifecycle), '${lifecycle}').replace(JSON.stringify(run.schedule_expression), '${schedule}');
    expect(text).toContain('"lifecycle":${lifecycle}');
    expect(rulesOf(text)).toEqual([]);
  });

  it('says one thing where AWS refuses the document anyway', () => {
    expect(rulesOf(JSON.stringify(wholeWith({ enable_continuous_backup: assign('true'), lifecycle: { delete_after_days: assign('35'), move_to_cold_storage_after_days: assign('5') } })))).toEqual(['continuous-backup-retention', 'resource-support']);
    expect(rulesOf(JSON.stringify(wholeWith({ lifecycle: { delete_after_days: assign('92233720368547758070') } })))).not.toContain('backup-quota');
  });

  it('keeps its whole message, whatever it quotes', () => {
    const policy = planOf({ selections: { tags: { gold: { ...gold, iam_role_arn: assign('arn:aws:iam::$account:role/AWSBackupDefaultServiceRole') } } } });
    expect(documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(policy)), monday)[0]?.message).toMatch(/does not exist, and every job fails\. AWS does not check the name\. Write "role\/service-role\//);
  });

  it('says one thing of a control that binds nobody', () => {
    const own = planOf({ '@@operators_allowed_for_child_policies': ['@@none'], rules: { nightly: kept } });
    expect(found(organization({ name: 'Root', policies: ['whole'], accounts: [{ name: 'shop', policies: ['own'] }] }, { whole, own }), 'own').map(([rule]) => rule)).toEqual(['control-at-account']);
  });

  it('leaves numbered names and lists that lose nothing alone', () => {
    expect(found(below({ plans: { 'daily-2': { rules: { nightly: kept } } } }, { plans: { 'daily-1': (whole as { plans: { daily: unknown } }).plans.daily } }), 'own').map(([rule]) => rule)).not.toContain('near-inherited-name');
    expect(found(below(planOf({ regions: { '@@assign': ['eu-central-1'], '@@append': ['eu-west-1'] } })), 'own').map(([rule]) => rule)).not.toContain('replaces-inherited-list');
  });
});

describe('copies', () => {
  const copyTo = (account: string, region = 'eu-central-1'): Json => {
    const arn = `arn:aws:backup:${region}:${account}:backup-vault:Central`;
    return wholeWith({ copy_actions: { [arn]: { target_backup_vault_arn: assign(arn), ...kept } } });
  };
  const modelled = (own: Json): Snapshot => organization({ name: 'Root', policies: ['own'], accounts: [{ name: 'vault', id: '111122223333' }] }, { own });

  it('to an account that the model does not have are told, to one that it has are not', () => {
    expect(found(modelled(copyTo('444455556666')), 'own')).toEqual([['copy-to-other-account', '"arn:aws:backup:eu-central-1:444455556666:backup-vault:Central"']]);
    expect(found(modelled(copyTo('111122223333')), 'own')).toEqual([]);
  });

  it('beside the original are told', () => {
    expect(found(modelled(copyTo('$account', 'eu-west-1')), 'own').map(([rule]) => rule)).toEqual(['copy-beside-original']);
    expect(found(modelled(copyTo('$account')), 'own')).toEqual([]);
  });

  it('need a retention of their own', () => {
    const arn = 'arn:aws:backup:eu-central-1:$account:backup-vault:Central';
    expect(found(modelled(wholeWith({ copy_actions: { [arn]: { target_backup_vault_arn: assign(arn) } } })), 'own').map(([rule]) => rule)).toEqual(['kept-forever']);
  });
});

describe('rules of two plans', () => {
  const two = (schedule: string, second: Json = selections): Json => ({
    plans: {
      daily: { regions, rules: { nightly: { ...run, ...kept } }, selections },
      weekly: { regions, rules: { sunday: { ...run, ...kept, schedule_expression: assign(schedule) } }, selections: second },
    },
  });
  const rulesOf = (policy: Json): readonly string[] => documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(policy)), monday).map(({ rule }) => rule);

  it('overlap when a run of one is a run of the other and they select the same', () => {
    expect(rulesOf(two('cron(0 5 ? * SUN *)'))).toEqual(['overlapping-rules']);
    expect(rulesOf(two('cron(0 5 1 JAN,JUL ? *)'))).toEqual(['overlapping-rules']);
    expect(rulesOf(two('cron(30 5 ? * SUN *)'))).toEqual([]);
  });

  it('do not overlap when they may select different resources', () => {
    expect(rulesOf(two('cron(0 5 ? * SUN *)', { tags: { silver: { ...gold, tag_value: assign(['silver']) } } }))).toEqual([]);
    const conditions = { string_equals: { tier: { condition_key: assign('aws:ResourceTag/tier'), condition_value: assign('1') } } };
    expect(rulesOf(two('cron(0 5 ? * SUN *)', { tags: { gold: { ...gold, conditions } } }))).toEqual([]);
  });

  it('tell of tags that differ in case only', () => {
    expect(rulesOf(two('cron(30 5 ? * SUN *)', { tags: { gold: { ...gold, tag_key: assign('Backup') } } }))).toEqual(['tag-case']);
    expect(rulesOf(two('cron(30 5 ? * SUN *)', { tags: { gold: { ...gold, tag_value: assign(['Gold', 'gold']) } } }))).toEqual([]);
  });
});

describe('a group that is locked', () => {
  const lock = { '@@operators_allowed_for_child_policies': ['@@none'] };
  const rulesOf = (policy: Json): readonly string[] => documentProblems(readPolicyFile(policyUri('own'), JSON.stringify(policy)), monday).map(({ rule }) => rule);

  it('leaves its settings open, which is told once and not where the author knows it', () => {
    expect(rulesOf({ plans: { ...lock, daily: { ...lock, regions } } })).toEqual(['control-locks-nothing-below']);
    expect(rulesOf({ plans: { ...lock, daily: { regions: { ...regions, ...lock } } } })).toEqual([]);
    expect(rulesOf({ plans: { daily: { regions: { ...regions, ...lock } } } })).toEqual([]);
  });
});

it('brackets that are nested too deeply are told once', () => {
  const nested = (depth: number): string => `{"plans":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const rulesOf = (text: string): readonly string[] => documentProblems(readPolicyFile(policyUri('own'), text), monday).map(({ rule }) => rule);
  expect(rulesOf(nested(100_000)).filter((rule) => rule === 'nesting-depth')).toEqual(['nesting-depth']);
  expect(rulesOf(nested(10))).not.toContain('nesting-depth');
});

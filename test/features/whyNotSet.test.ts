import { describe, expect, it } from 'vitest';
import { settingPaths } from '../../server/features/whyNotSet/settingPaths.ts';
import { whyNotSetView } from '../../server/features/whyNotSet/whyNotSet.ts';
import { settingAt } from '../../server/features/settingAt.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { WhyNotSetView } from '../../server/protocol.ts';
import { cursorIn } from './cursor.ts';
import { fourLevels, shopTarget } from './fourLevels.ts';
import { modelUri, organization, policyUri, sampleOrganization } from './organizations.ts';

function why(path: string, snapshot: Snapshot = fourLevels, key = shopTarget.key): WhyNotSetView {
  const view = whyNotSetView(snapshot, { organization: modelUri, key }, path.split('/'));
  if (view === undefined) throw new Error(`There is no target ${key}.`);
  return view;
}

function reasons(view: WhyNotSetView): readonly string[] {
  return view.reasons.map(({ type, sentence }) => `${type}: ${sentence}`);
}

const unreadable = 'unreadable: The model file does not define the policy unknown, so what it says is not known; it is attached to Root/Workloads/Prod/shop and may state it.';

describe('why something is not set', () => {
  it.each([
    ['nobody on the path states it', 'plans/daily/rules/nightly/lifecycle/move_to_cold_storage_after_days', ['neverStated: No policy on the path from Root to shop states it; they speak of plans/Daily/rules/nightly/lifecycle.']],
    ['a control refused the group around it', 'plans/DAILY/rules/WEEKLY/target_backup_vault_name', ['refused: workloads at Root/Workloads states it, but plans/Daily/rules/weekly would be new there, and baseline at Root lets lower policies add nothing to plans/Daily/rules; AWS takes the policy and ignores this part without a word.']],
    ['a control refused the group itself, told once', 'plans/daily/rules/weekly', ['refused: workloads at Root/Workloads states it, but plans/Daily/rules/weekly would be new there, and baseline at Root lets lower policies add nothing to plans/Daily/rules; AWS takes the policy and ignores this part without a word.']],
    ['its statement has no effect', 'plans/empty/regions', ['noEffect: shop at Root/Workloads/Prod/shop states it without effect: no policy up to here sets the list.']],
    ['the group holds nothing', 'plans/daily/backup_plan_tags', ['empty: shop at Root/Workloads/Prod/shop names it, but no policy on the path sets anything in it; AWS leaves empty groups out.']],
    ['a policy elsewhere states it', 'plans/archive/regions', ['neverStated: No policy on the path from Root to shop states it.', 'elsewhere: The policy elsewhere states it, but it is attached elsewhere: Root/Other.']],
    ['a policy that is attached nowhere states it', 'plans/spare', ['neverStated: No policy on the path from Root to shop states it.', 'elsewhere: The policy spare states it, but it is attached nowhere.']],
  ])('%s', (_title, path, expected) => {
    const view = why(path);
    expect(view.state).toBe('notSet');
    expect(reasons(view)).toEqual([...expected, unreadable]);
  });

  it('a control forbids every statement of it', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['lock'], accounts: [{ name: 'shop', policies: ['low'] }] },
      { lock: { plans: { p: { regions: { '@@operators_allowed_for_child_policies': ['@@append'] } } } }, low: { plans: { p: { regions: { '@@assign': ['eu-west-1'] } } } } },
    );
    expect(reasons(why('plans/p/regions', snapshot, 'Root/shop'))).toEqual(['blocked: low at Root/shop states it, but lock at Root lets lower policies use only @@append here; AWS takes the policy and ignores the statement without a word.']);
    expect(why('plans/p/regions', snapshot, 'Root/shop').reasons[0]).toMatchObject({ location: { uri: policyUri('low') }, cause: { uri: policyUri('lock') } });
    expect(reasons(why('plans/p/regions', snapshot, 'Root'))).toEqual(['neverStated: No policy attached to Root sets it; lock at Root only says what lower policies may do here.', 'elsewhere: The policy low states it, but it is attached elsewhere: Root/shop.']);
  });

  it('@@remove takes the last element of the list', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['high'], accounts: [{ name: 'shop', policies: ['low'] }] },
      { high: { plans: { p: { regions: { '@@assign': ['eu-west-1'] } } } }, low: { plans: { p: { regions: { '@@remove': ['eu-west-1'] } } } } },
    );
    const view = why('plans/p/regions', snapshot, 'Root/shop');
    expect(view).toMatchObject({ state: 'notSet', sentence: 'plans/p/regions is an empty list for Root/shop.', reasons: [{ type: 'removed', sentence: 'low at Root/shop takes the last element out of the list with @@remove; an empty list is left.', location: { uri: policyUri('low') } }, { type: 'withheld' }] });
    expect(why('plans/p/regions', snapshot, 'Root').state).toBe('set');
  });

  it.each([
    ['that is no object', '[]', 'unreadable: The file of a, policies/a.json, holds no policy: it is no JSON object; it is attached to Root and may state it.'],
    ['that is not whole', '{"plans": {"p": {"regions": {"@@assign": [', 'unreadable: a is not valid JSON (line 1 of policies/a.json), so it is read only as far as it goes; it is attached to Root and may state it.'],
    ['that can be read', '{"plans": {"p": {"regions": {"@@append": []}}}}', undefined],
  ])('a policy on the path is a file %s', (_title, text, expected) => {
    expect(reasons(why('plans/p/rules', organization({ name: 'Root', policies: ['a'] }, { a: text }), 'Root')).find((reason) => reason.startsWith('unreadable'))).toBe(expected);
  });

  it('a policy writes it without an operator', () => {
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: { plans: { p: { Regions: ['eu-west-1'] } } } });
    expect(reasons(why('plans/p/regions', snapshot, 'Root'))).toEqual([
      'neverStated: No policy attached to Root states it; they speak of plans/p.',
      'malformed: a at Root writes it in a form that AWS does not take, so it says nothing: see the problems of the file.',
    ]);
  });

  it('AWS withholds the whole effective policy, also of what is set', () => {
    const view = why('plans/everyday/regions', sampleOrganization(), '111133335555');
    expect(view.state).toBe('set');
    expect(reasons(view)).toEqual(['withheld: AWS withholds the whole effective policy of Root/Workloads/Prod/Corporate/finance-prod (CROSS_ATTRIBUTE_VALIDATION at plans/point-in-time/rules/continuous): the account keeps its last valid one.']);
  });

  it('nothing is attached on the whole path', () => {
    expect(reasons(why('plans/p', organization({ name: 'Root', accounts: [{ name: 'shop' }] }, {}), 'Root/shop'))).toEqual(['neverStated: No policy is attached on the path from Root to shop.']);
    expect(reasons(why('plans/p', organization({ name: 'Root' }, {}), 'Root'))).toEqual(['neverStated: No policy is attached to Root.']);
  });

  it('something else is: then the statements that lost are told', () => {
    const days = why('plans/daily/rules/nightly/lifecycle/delete_after_days');
    expect(days.sentence).toBe('plans/Daily/rules/nightly/lifecycle/delete_after_days is set for Root/Workloads/Prod/shop: 120, by shop at Root/Workloads/Prod/shop.');
    expect(reasons(days)).toEqual([
      'overridden: baseline at Root states it, but workloads at Root/Workloads overrides it with @@assign.',
      'overridden: workloads at Root/Workloads states it, but shop at Root/Workloads/Prod/shop overrides it with @@assign.',
      'noEffect: second at Root/Workloads states it without effect: workloads is attached there before it and sets the value.',
    ]);
    expect(reasons(why('plans/daily/rules/nightly/target_backup_vault_name'))).toEqual(['blocked: shop at Root/Workloads/Prod/shop states it, but baseline at Root lets lower policies use no operator here; AWS takes the policy and ignores the statement without a word.']);
    expect(why('plans/daily').sentence).toBe('plans/Daily is part of the effective policy of Root/Workloads/Prod/shop.');
  });

  it('says what AWS does without it', () => {
    expect(why('plans/daily/rules/nightly/lifecycle/move_to_cold_storage_after_days').consequence).toMatch(/never/);
  });
});

describe('a path', () => {
  it.each([
    ['in other letter case is found and printed as the policies spell it', 'PLANS/DAILY/REGIONS', 'set', 'plans/Daily/regions is set for Root/Workloads/Prod/shop: eu-west-1, eu-central-1, by baseline at Root, workloads at Root/Workloads.'],
    ['that AWS does not know is answered with the nearest one', 'plans/daily/region', 'unknown', 'AWS knows no setting plans/daily/region. Did you mean plans/Daily/regions?'],
    ['without "plans" is understood', 'daily/regions', 'unknown', 'AWS knows no setting daily/regions. Did you mean plans/Daily/regions?'],
    ['far from everything is not answered with a guess', 'plans/daily/budget', 'unknown', 'AWS knows no setting plans/daily/budget.'],
    ['of a plan that is spelt another way is answered with it', 'plans/dayly/regions', 'notSet', 'plans/dayly/regions is not set for Root/Workloads/Prod/shop. Did you mean plans/Daily/regions?'],
    ['in other letter case that no policy states is no other one', 'plans/daily/RULES/Nightly/start_backup_window_minutes', 'notSet', 'plans/Daily/rules/nightly/start_backup_window_minutes is not set for Root/Workloads/Prod/shop.'],
    ['called __proto__ is a name like any other', 'plans/__proto__/regions', 'notSet', 'plans/__proto__/regions is not set for Root/Workloads/Prod/shop.'],
  ])('%s', (_title, path, state, sentence) => {
    expect(why(path)).toMatchObject({ state, sentence });
  });

  it('of a target that does not exist has no answer', () => {
    expect(whyNotSetView(fourLevels, { organization: modelUri, key: 'Root/none' }, ['plans'])).toBeUndefined();
  });
});

describe('the paths to choose from', () => {
  const paths = settingPaths(fourLevels, shopTarget).map(({ path, present }) => `${present ? '+' : '-'} ${path.join('/')}`);

  it.each(['+ plans/Daily/regions', '- plans/Daily/rules/weekly/target_backup_vault_name', '- plans/Daily/rules/nightly/enable_continuous_backup', '- plans/Daily/advanced_backup_settings', '- plans/archive/regions', '- plans/spare'])('hold %s', (path) => {
    expect(paths.filter((each) => each === path)).toHaveLength(1);
  });

  it('are none for a target that does not exist', () => {
    expect(settingPaths(fourLevels, { organization: modelUri, key: 'Root/none' })).toEqual([]);
  });
});

describe('the setting at a cursor', () => {
  it.each([
    ['in a key', '{"plans": {"daily": {"reg|ions": {"@@assign": []}}}}', 'plans/daily/regions'],
    ['in an operator', '{"plans": {"daily": {"regions": {"@@as|sign": []}}}}', 'plans/daily/regions'],
    ['in a value', '{"plans": {"daily": {"regions": {"@@assign": ["eu-|west-1"]}}}}', 'plans/daily/regions'],
    ['in a control', '{"plans": {"daily": {"@@operators_allowed_for_child_policies": ["|@@none"]}}}', 'plans/daily'],
    ['in a key that AWS does not know', '{"plans": {"daily": {"bud|get": 1}}}', 'plans/daily'],
    ['in front of everything', '|', undefined],
  ])('%s', (_title, marked, expected) => {
    const { text, position } = cursorIn(marked);
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: text });
    expect(settingAt(snapshot, policyUri('a'), position)?.join('/')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { Problem } from '../../server/core/problem.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

const none: ReadonlySet<string> = new Set();

function problemsOf(snapshot: Snapshot, name: string): readonly Problem[] {
  return workspaceProblems(snapshot, none).get(policyUri(name)) ?? [];
}

/** The rules that a policy breaks, each with the text that it underlines. */
function underlined(snapshot: Snapshot, name: string): readonly (readonly [string, string | undefined])[] {
  return problemsOf(snapshot, name).map(({ rule, span }) => [rule, snapshot.policies.get(policyUri(name))?.document.text.slice(span.start, span.end)]);
}

function edited(snapshot: Snapshot, name: string, content: unknown): Snapshot {
  return applyChanges(snapshot, monday, [{ type: 'policy', uri: policyUri(name), text: JSON.stringify(content, undefined, 2) }]);
}

function everyRule(snapshot: Snapshot): readonly string[] {
  return [...workspaceProblems(snapshot, none).values()].flat().map((problem) => problem.rule);
}

const plan = (content: Readonly<Record<string, unknown>>): unknown => ({ plans: { daily: content } });
const rule = (content: Readonly<Record<string, unknown>>): unknown => plan({ rules: { nightly: content } });
const regions = { '@@assign': ['eu-west-1'] };
const run = { schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' }, target_backup_vault_name: { '@@assign': 'Nightly' } };
const vault = { ...run, lifecycle: { delete_after_days: { '@@assign': '35' } } };
const selections = { tags: { backup: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/Backup' }, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['yes'] } } } };
const whole = plan({ regions, rules: { nightly: vault }, selections });
/** Whole but for the retention, which other policies give. */
const unkept = plan({ regions, rules: { nightly: run }, selections });
const continuous = rule({ enable_continuous_backup: { '@@assign': 'true' }, lifecycle: { delete_after_days: { '@@assign': '35' } } });
const keptFor = (days: string): unknown => rule({ lifecycle: { delete_after_days: { '@@assign': days } } });

describe('the problems of a workspace', () => {
  it('are a list for every file, empty for one without problems', () => {
    const problems = workspaceProblems(organization({ name: 'Root', policies: ['whole'], accounts: [{ name: 'shop' }] }, { whole, unused: whole }), none);
    expect([...problems]).toEqual([[policyUri('whole'), []], [policyUri('unused'), []], [modelUri, []]]);
    expect(workspaceProblems(emptySnapshot(monday), none).size).toBe(0);
  });

  it('of a single document disappear when it is mended, and come back with the mistake', () => {
    const broken = plan({ regions: { '@@assign': 'eu-west-1' } });
    const first = organization({ name: 'Root' }, { broken });
    expect(underlined(first, 'broken')).toEqual([['list-expected', '"eu-west-1"']]);
    const mended = edited(first, 'broken', plan({ regions }));
    expect(workspaceProblems(mended, none).get(policyUri('broken'))).toEqual([]);
    expect(underlined(edited(mended, 'broken', broken), 'broken')).toHaveLength(1);
  });

  it('are gone with their file', () => {
    const first = organization({ name: 'Root' }, { broken: '{' });
    expect(problemsOf(first, 'broken')).not.toEqual([]);
    const next = applyChanges(first, monday, [{ type: 'gone', uri: policyUri('broken') }]);
    expect(workspaceProblems(next, none).has(policyUri('broken'))).toBe(false);
  });

  it('leave the merge alone where a policy cannot be read', () => {
    const snapshot = organization({ name: 'Root', policies: ['broken', 'whole'], accounts: [{ name: 'shop' }] }, { broken: '{', whole });
    expect(problemsOf(snapshot, 'whole')).toEqual([]);
    const gone = applyChanges(snapshot, monday, [{ type: 'gone', uri: policyUri('whole') }]);
    expect(workspaceProblems(gone, new Set([policyUri('whole')])).get(modelUri)?.map((problem) => problem.rule)).toEqual(['model-file-missing']);
  });
});

describe('a partial policy', () => {
  const part = plan({ rules: { nightly: vault } });
  const rest = plan({ regions, selections });

  it('is clean where every account below gets the rest', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['part'], organizationalUnits: [{ name: 'Prod', policies: ['rest'], accounts: [{ name: 'shop' }] }, { name: 'Empty' }] },
      { part, rest },
    );
    expect(everyRule(snapshot)).toEqual([]);
  });

  it('is clean where no account gets it', () => {
    expect(everyRule(organization({ name: 'Root', organizationalUnits: [{ name: 'Prod', policies: ['part'] }], accounts: [{ name: 'shop' }] }, { part }))).toEqual(['model-reaches-no-account']);
    expect(everyRule(organization({ name: 'Root', accounts: [{ name: 'shop' }] }, { part }))).toEqual([]);
  });

  it('is told at its plan, once for each missing part, where an account gets nothing else', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['part'], organizationalUnits: [{ name: 'Prod', policies: ['rest'], accounts: [{ name: 'shop' }] }], accounts: [{ name: 'management' }] },
      { part, rest },
    );
    expect(underlined(snapshot, 'part')).toEqual([['effective-policy-invalid', '"daily"'], ['effective-policy-invalid', '"daily"']]);
    expect(problemsOf(snapshot, 'part').map((problem) => problem.message)).toEqual(['regions', 'selections'].map((key) =>
      `KEY_REQUIRED: '${key}' is missing (plans/daily). AWS withholds the whole effective policy of 1 account, Root/management: it keeps its last valid one, in every plan.`));
    expect(problemsOf(snapshot, 'rest')).toEqual([]);
  });
});

describe('an invalid effective policy', () => {
  const accounts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ name }));

  it.each([
    ['one account', accounts.slice(0, 1), '1 account, Root/Prod/a: it keeps its last valid one, in every plan.'],
    ['two accounts', accounts.slice(0, 2), '2 accounts, Root/Prod/a, Root/Prod/b: they keep their last valid one, in every plan.'],
    ['seven accounts', accounts, '7 accounts, Root/Prod/a, Root/Prod/b, Root/Prod/c, Root/Prod/d, Root/Prod/e and 2 more: they keep their last valid one, in every plan.'],
  ])('names %s and stands at the statement that mends it', (_title, below, message) => {
    const snapshot = organization(
      { name: 'Root', policies: ['unkept', 'continuous'], organizationalUnits: [{ name: 'Prod', policies: ['long'], accounts: below }, { name: 'Test', accounts: [{ name: 'lab' }] }] },
      { unkept, continuous, long: keptFor('90') },
    );
    expect(underlined(snapshot, 'long')).toEqual([['effective-policy-invalid', '"@@assign": "90"']]);
    expect(problemsOf(snapshot, 'long')[0]).toMatchObject({
      message: `CROSS_ATTRIBUTE_VALIDATION: Dependent fields enable_continuous_backup=true,delete_after_days=90 in policy block nightly are invalid when used together (plans/daily/rules/nightly). AWS withholds the whole effective policy of ${message}`,
      path: ['plans', 'daily', 'rules', 'nightly'],
    });
    expect([...problemsOf(snapshot, 'unkept'), ...problemsOf(snapshot, 'continuous')].map((problem) => problem.rule)).toEqual(['resource-support']);
  });

  it('points to the statement that it does not fit', () => {
    const snapshot = organization({ name: 'Root', policies: ['unkept', 'continuous'], accounts: [{ name: 'shop', policies: ['long'] }] }, { unkept, continuous, long: keptFor('90') });
    const [related, ...more] = problemsOf(snapshot, 'long')[0]?.related ?? [];
    expect(more).toEqual([]);
    expect(related).toMatchObject({ uri: policyUri('continuous'), message: 'continuous at Root: @@assign true' });
    const text = snapshot.policies.get(policyUri('continuous'))?.document.text ?? '';
    expect(text.slice(related?.span.start, related?.span.end)).toBe('"@@assign": "true"');
  });

  it('of two places is one problem that counts the accounts of both', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['unkept', 'continuous'], organizationalUnits: [{ name: 'Prod', policies: ['long'], accounts: [{ name: 'shop' }] }, { name: 'Test', policies: ['long'], accounts: [{ name: 'lab' }] }] },
      { unkept, continuous, long: keptFor('90') },
    );
    expect(problemsOf(snapshot, 'long').map((problem) => problem.message)).toEqual([expect.stringContaining('2 accounts, Root/Prod/shop, Root/Test/lab:')]);
  });

  it('that a lower level inherits is one problem, and none for what a lower level mends', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['unkept', 'continuous', 'unrelated'], organizationalUnits: [{ name: 'Prod', policies: ['long'], accounts: [{ name: 'shop' }, { name: 'pay', policies: ['unrelated'] }, { name: 'lab', policies: ['short'] }] }] },
      { unkept, continuous, long: keptFor('90'), short: keptFor('7'), unrelated: { plans: {} } },
    );
    expect(problemsOf(snapshot, 'long').map((problem) => problem.message)).toEqual([expect.stringContaining('2 accounts, Root/Prod/shop, Root/Prod/pay:')]);
    expect(problemsOf(snapshot, 'short')).toEqual([]);
  });

  it('disappears from its file when another file is mended', () => {
    const first = organization({ name: 'Root', policies: ['unkept', 'continuous'], accounts: [{ name: 'shop', policies: ['long'] }] }, { unkept, continuous, long: keptFor('90') });
    expect(problemsOf(first, 'long')).toHaveLength(1);
    expect(problemsOf(edited(first, 'continuous', rule({})), 'long')).toEqual([]);
    expect(problemsOf(edited(first, 'long', keptFor('35')), 'long')).toEqual([]);
  });
});

const locked = plan({ regions, rules: { nightly: { target_backup_vault_name: { '@@assign': 'Nightly', '@@operators_allowed_for_child_policies': ['@@none'] }, schedule_expression: run.schedule_expression, lifecycle: vault.lifecycle } }, selections });
const otherVault = rule({ target_backup_vault_name: { '@@assign': 'Other' } });

describe('a statement without effect', () => {
  it('is told with the control that blocks it, and faded', () => {
    const snapshot = organization({ name: 'Root', policies: ['locked'], accounts: [{ name: 'shop', policies: ['other'] }] }, { locked, other: otherVault });
    expect(underlined(snapshot, 'other')).toEqual([['blocked-by-parent', '"@@assign": "Other"']]);
    const [problem] = problemsOf(snapshot, 'other');
    expect(problem).toMatchObject({ unnecessary: true, path: ['plans', 'daily', 'rules', 'nightly', 'target_backup_vault_name'], related: [{ uri: policyUri('locked') }] });
    expect(problem?.message).toBe('@@assign on "target_backup_vault_name" has no effect: locked at Root lets lower policies use no operator here. AWS ignores the statement without a word. Remove it, or ask for the control to be changed.');
  });

  it('says where, when it takes effect elsewhere, and is not faded', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['whole'], organizationalUnits: [{ name: 'Prod', policies: ['locked'], accounts: [{ name: 'shop', policies: ['other'] }] }, { name: 'Test', policies: ['other'], accounts: [{ name: 'lab' }] }] },
      { whole, locked, other: otherVault },
    );
    const [problem, ...more] = problemsOf(snapshot, 'other');
    expect(more).toEqual([]);
    expect(problem?.message).toMatch(/to be changed\. \(At Root\/Prod\/shop; elsewhere it takes effect\.\)$/);
    expect(problem?.unnecessary).toBe(false);
  });

  it('is one problem, faded, when it has none at both of two places', () => {
    const snapshot = organization(
      { name: 'Root', policies: ['locked'], accounts: [{ name: 'shop', policies: ['other'] }, { name: 'lab', policies: ['other'] }] },
      { locked, other: otherVault },
    );
    const [problem, ...more] = problemsOf(snapshot, 'other');
    expect(more).toEqual([]);
    expect(problem?.message).not.toContain('elsewhere');
    expect(problem?.unnecessary).toBe(true);
  });

  it('for a different reason at each place never claims to take effect elsewhere', () => {
    const snapshot = organization(
      { name: 'Root', organizationalUnits: [{ name: 'Prod', policies: ['locked'], accounts: [{ name: 'shop', policies: ['other'] }] }, { name: 'Test', policies: ['whole', 'other'], accounts: [{ name: 'lab' }] }] },
      { whole, locked, other: otherVault },
    );
    const problems = problemsOf(snapshot, 'other');
    expect(problems.map((problem) => problem.rule)).toEqual(['blocked-by-parent', 'later-peer']);
    expect(problems.map((problem) => /\(At .*\)$/.exec(problem.message)?.[0])).toEqual(['(At Root/Prod/shop.)', '(At Root/Test.)']);
  });

  it.each<readonly [rule: string, text: string, statement: unknown, neighbour: unknown]>([
    ['already-present', '"@@append": ["eu-west-1"]', plan({ regions: { '@@append': ['eu-west-1'] } }), plan({ regions: { '@@append': ['eu-west-2'] } })],
    ['nothing-to-remove', '"@@remove": ["eu-west-2"]', plan({ regions: { '@@remove': ['eu-west-2'] } }), plan({ regions: { '@@remove': ['eu-west-1'], '@@append': ['eu-west-2'] } })],
    ['root-operator', '"@@assign": ["x"]', { '@@assign': ['x'], plans: { daily: { regions } } }, { plans: { daily: { regions } } }],
  ])('of rule %s underlines it, and its neighbour is clean', (id, text, statement, neighbour) => {
    const place = { name: 'Root', policies: ['whole'], accounts: [{ name: 'shop', policies: ['own'] }] };
    const own = JSON.stringify(statement).replaceAll('":', '": ');
    expect(underlined(organization(place, { whole, own }), 'own')).toEqual([[id, text]]);
    expect(everyRule(organization(place, { whole, own: neighbour }))).toEqual([]);
  });

  it('of a peer attached later points to the one attached before, and disappears when the two change places', () => {
    const policies = { unkept, short: keptFor('7'), long: keptFor('90') };
    const first = organization({ name: 'Root', policies: ['unkept', 'short', 'long'], accounts: [{ name: 'shop' }] }, policies);
    expect(underlined(first, 'long')).toEqual([['later-peer', '"@@assign": "90"']]);
    expect(problemsOf(first, 'long')[0]).toMatchObject({ unnecessary: false, related: [{ uri: policyUri('short'), message: 'short is attached first and sets the value' }] });
    const swapped = organization({ name: 'Root', policies: ['unkept', 'long', 'short'], accounts: [{ name: 'shop' }] }, policies);
    expect(problemsOf(swapped, 'long')).toEqual([]);
    expect(underlined(swapped, 'short')).toEqual([['later-peer', '"@@assign": "7"']]);
  });

  it('is told for a control that is wider than the one above, not for a narrower one', () => {
    const control = (...allowed: readonly string[]): unknown => plan({ regions: { '@@operators_allowed_for_child_policies': allowed } });
    const place = { name: 'Root', policies: ['whole', 'upper'], organizationalUnits: [{ name: 'Prod', policies: ['lower'], accounts: [{ name: 'shop' }] }] };
    const wider = organization(place, { whole, upper: control('@@append'), lower: control('@@append', '@@remove') });
    expect(underlined(wider, 'lower').map(([id]) => id)).toEqual(['control-cannot-widen']);
    expect(everyRule(organization(place, { whole, upper: control('@@append'), lower: control('@@none') }))).toEqual([]);
  });

  it('is told at a new plan where a control keeps new ones out', () => {
    const closed = { plans: { '@@operators_allowed_for_child_policies': ['@@none'], daily: { regions, rules: { nightly: vault }, selections } } };
    const snapshot = organization({ name: 'Root', policies: ['closed'], accounts: [{ name: 'shop', policies: ['own'] }] }, { closed, own: { plans: { weekly: { regions } } } });
    expect(underlined(snapshot, 'own')).toEqual([['blocked-by-parent', '"weekly"']]);
  });
});

describe('two models that share a policy', () => {
  const other = 'file:///project/other-organization.json';
  const first = organization({ name: 'Root', policies: ['locked'], accounts: [{ name: 'shop', policies: ['other'] }] }, { locked, whole, other: otherVault });
  const withOther = (above: string): Snapshot => applyChanges(first, monday, [{
    type: 'organization',
    uri: other,
    text: JSON.stringify({
      root: { name: 'Second', policies: [above], accounts: [{ name: 'lab', policies: ['mine'] }] },
      policies: { [above]: { file: `policies/${above}.json` }, mine: { file: 'policies/other.json' } },
    }),
  }]);

  it('call a statement idle only where it is', () => {
    const [problem, ...more] = problemsOf(withOther('whole'), 'other');
    expect(more).toEqual([]);
    expect(problem?.message).toMatch(/ \(At Root\/shop; elsewhere it takes effect\.\)$/);
    expect(problem?.unnecessary).toBe(false);
  });

  it('tell of it once where it is idle in both', () => {
    const problems = problemsOf(withOther('locked'), 'other');
    expect(problems.map((problem) => problem.unnecessary)).toEqual([true]);
    expect(problems[0]?.message).toBe(problemsOf(first, 'other')[0]?.message);
  });
});

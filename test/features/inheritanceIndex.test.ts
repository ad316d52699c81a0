import { describe, expect, it } from 'vitest';
import { overriding, type StatementRef } from '../../server/features/inheritanceIndex.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri, sampleOrganization } from './organizations.ts';

const assign = (...values: readonly string[]): unknown => ({ '@@assign': values.length === 1 ? values[0] : values });
const days = (amount: string): unknown => ({ lifecycle: { delete_after_days: assign(amount) } });

/** Root, organizational unit, account: each of the policies `a` to `d` one level below the one before. */
function fourLevels(policies: Readonly<Record<'a' | 'b' | 'c' | 'd', unknown>>): Snapshot {
  const account = { name: 'Shop', policies: ['d'] };
  const inner = { name: 'Inner', policies: ['c'], accounts: [account] };
  const outer = { name: 'Outer', policies: ['b'], organizationalUnits: [inner] };
  return organization({ name: 'Root', policies: ['a'], organizationalUnits: [outer] }, policies);
}

/** The text of a place, as the policy writes it. */
function textAt(snapshot: Snapshot, { uri, span }: Pick<StatementRef, 'uri' | 'span'>): string {
  return (snapshot.policies.get(uri)?.document.text.slice(span.start, span.end) ?? '').replace(/\s+/g, ' ');
}

function told(snapshot: Snapshot, refs: readonly StatementRef[]): readonly string[] {
  return refs.map((ref) => `${ref.level.path} · ${ref.policy} · ${textAt(snapshot, ref)}`);
}

/** Every relation of a policy as a sentence. */
function sentences(snapshot: Snapshot, name: string, uri = policyUri(name)): readonly string[] {
  return [...overriding(snapshot, uri).statements.values()].flatMap((statement) => {
    const here = textAt(snapshot, { uri, span: statement.span });
    const lists = (['overrides', 'extends', 'narrows', 'overriddenBy', 'extendedBy', 'narrowedBy'] as const).flatMap((kind) => told(snapshot, statement[kind]).map((other) => `${here} ${kind} ${other}`));
    const blocked = statement.blocked.map(({ at, by }) => `${here} at ${at.path} is blocked by ${told(snapshot, [by]).join('')}`);
    const idle = statement.noEffect.map(({ at, reason, first }) => `${here} at ${at.path}: ${reason}${first === undefined ? '' : ` ${told(snapshot, [first]).join('')}`}`);
    return [...lists, ...blocked, ...idle];
  });
}

describe('the index of inheritance', () => {
  const overridden = fourLevels({
    a: { plans: { Daily: { rules: { Night: days('90') } } } },
    b: { plans: { daily: { rules: { NIGHT: days('35') } } } },
    c: { plans: { daily: { regions: assign('eu-west-1') } } },
    d: { PLANS: { DAILY: { Rules: { night: { LIFECYCLE: { Delete_After_Days: { '@@ASSIGN': 7 } } } } } } },
  });

  it('tells of each override of four levels only the next one, whatever the letter case', () => {
    expect(sentences(overridden, 'a')).toEqual(['"@@assign": "90" overriddenBy Root/Outer · b · "@@assign": "35"']);
    expect(sentences(overridden, 'b')).toEqual([
      '"@@assign": "35" overrides Root · a · "@@assign": "90"',
      '"@@assign": "35" overriddenBy Root/Outer/Inner/Shop · d · "@@ASSIGN": 7',
    ]);
    expect(sentences(overridden, 'c')).toEqual([]);
    expect(sentences(overridden, 'd')).toEqual(['"@@ASSIGN": 7 overrides Root/Outer · b · "@@assign": "35"']);
  });

  it('tells who writes about a container before and after, with the key there', () => {
    const { containers } = overriding(overridden, policyUri('b'));
    const plan = [...containers.values()].find(({ path }) => path.length === 2);
    expect(plan?.path).toEqual(['plans', 'Daily']);
    expect(textAt(overridden, { uri: policyUri('b'), span: plan?.span ?? { start: 0, end: 0 } })).toBe('"daily"');
    expect(told(overridden, plan?.before ?? [])).toEqual(['Root · a · "Daily"']);
    expect(told(overridden, plan?.after ?? [])).toEqual(['Root/Outer/Inner · c · "daily"', 'Root/Outer/Inner/Shop · d · "DAILY"']);
    expect([...containers.values()].map(({ path }) => path.join('/'))).toEqual(['plans', 'plans/Daily', 'plans/Daily/rules', 'plans/Daily/rules/Night', 'plans/Daily/rules/Night/lifecycle']);
  });

  it('tells lists that are extended, narrowed and emptied', () => {
    const snapshot = fourLevels({
      a: { plans: { daily: { regions: { '@@assign': ['eu-west-1', 'eu-west-2'] } } } },
      b: { plans: { daily: { regions: { '@@append': ['us-east-1'] } } } },
      c: { plans: { daily: { regions: { '@@remove': ['eu-west-2', 'us-east-1'] } } } },
      d: { plans: { daily: { regions: { '@@remove': ['ca-central-1'] } } } },
    });
    expect(sentences(snapshot, 'b')).toEqual([
      '"@@append": [ "us-east-1" ] extends Root · a · "@@assign": [ "eu-west-1", "eu-west-2" ]',
      '"@@append": [ "us-east-1" ] overriddenBy Root/Outer/Inner · c · "@@remove": [ "eu-west-2", "us-east-1" ]',
    ]);
    expect(sentences(snapshot, 'c')).toEqual([
      '"@@remove": [ "eu-west-2", "us-east-1" ] overrides Root/Outer · b · "@@append": [ "us-east-1" ]',
      '"@@remove": [ "eu-west-2", "us-east-1" ] narrows Root · a · "@@assign": [ "eu-west-1", "eu-west-2" ]',
    ]);
    expect(sentences(snapshot, 'd')).toEqual(['"@@remove": [ "ca-central-1" ] at Root/Outer/Inner/Shop: absent']);
  });

  it('tells which control blocks a statement, a new key with all that it holds, and a wider control', () => {
    const control = { '@@operators_allowed_for_child_policies': ['@@none'] };
    const snapshot = fourLevels({
      a: { plans: { daily: { ...control, rules: { night: { target_backup_vault_name: { '@@assign': 'vault', ...control } } } } } },
      b: { plans: { daily: { rules: { night: { target_backup_vault_name: { '@@assign': 'other' } } } } } },
      c: { plans: { daily: { Regions: assign('eu-west-1', 'eu-west-2') } } },
      d: { plans: { daily: { rules: { night: { target_backup_vault_name: { '@@operators_allowed_for_child_policies': ['@@all'] } } } } } },
    });
    const by = 'is blocked by Root · a · "@@operators_allowed_for_child_policies": [ "@@none" ]';
    expect(sentences(snapshot, 'b')).toEqual([`"@@assign": "other" at Root/Outer ${by}`]);
    expect(sentences(snapshot, 'c')).toEqual([`"Regions" at Root/Outer/Inner ${by}`, `"@@assign": [ "eu-west-1", "eu-west-2" ] at Root/Outer/Inner ${by}`]);
    expect(sentences(snapshot, 'd')).toEqual([`"@@operators_allowed_for_child_policies": [ "@@all" ] at Root/Outer/Inner/Shop ${by}`]);
  });

  it('tells which peer wins, and where one statement is overridden several times', () => {
    const accounts = [{ name: 'One', policies: ['low'] }, { name: 'Two', policies: ['low'] }, { name: 'Three' }];
    const snapshot = organization({ name: 'Root', policies: ['first', 'second'], accounts }, {
      first: { plans: { daily: { rules: { night: days('90') } } } },
      second: { plans: { daily: { rules: { night: days('60') } } } },
      low: { plans: { daily: { rules: { night: days('7') } } } },
    });
    expect(sentences(snapshot, 'second')).toEqual(['"@@assign": "60" at Root: laterPeer Root · first · "@@assign": "90"']);
    expect(sentences(snapshot, 'first')).toEqual(['"@@assign": "90" overriddenBy Root/One · low · "@@assign": "7"', '"@@assign": "90" overriddenBy Root/Two · low · "@@assign": "7"']);
    expect(sentences(snapshot, 'low')).toEqual(['"@@assign": "7" overrides Root · first · "@@assign": "90"']);
  });

  it('has nothing to say of a policy to itself, of one attached nowhere, of one without text, and of one alone', () => {
    const twice = organization({ name: 'Root', policies: ['same'], accounts: [{ name: 'One', policies: ['same', 'broken'] }] }, { same: { plans: { daily: { rules: { night: days('90') } } } }, broken: '[', idle: '{"plans": {"daily": {}}}' });
    for (const name of ['same', 'broken', 'idle', 'unknown']) {
      expect(sentences(twice, name)).toEqual([]);
      expect(overriding(twice, policyUri(name)).containers.size).toBe(0);
    }
  });

  it('is kept per snapshot, and follows an edit of another policy', () => {
    expect(overriding(overridden, policyUri('a'))).toBe(overriding(overridden, policyUri('a')));
    const edited = applyChanges(overridden, monday, [{ type: 'policy', uri: policyUri('b'), text: '{"plans": {}}' }]);
    expect(sentences(edited, 'a')).toEqual(['"@@assign": "90" overriddenBy Root/Outer/Inner/Shop · d · "@@ASSIGN": 7']);
    expect(overriding(edited, policyUri('b')).containers.size).toBe(1);
  });

  it('tells of the sample what was worked out by hand', () => {
    const sample = sampleOrganization();
    const file = (name: string): string => `file:///project/backup-policies/${name}.json`;
    expect(sentences(sample, 'nonprod', file('nonprod')).filter((sentence) => sentence.includes('blocked'))).toEqual([
      '"@@assign": "nonprod-vault" at Root/Workloads/NonProd is blocked by Root · baseline · "@@operators_allowed_for_child_policies": ["@@none"]',
    ]);
    expect(sentences(sample, 'production', file('production'))).toContain('"@@assign": "90" overrides Root · baseline · "@@assign": "35"');
    expect(sentences(sample, 'production', file('production'))).toContain('"@@append": ["eu-central-1"] extends Root · baseline · "@@assign": ["eu-west-1"]');
    expect(overriding(sample, file('baseline')).statements.values().next().value?.overriddenBy.every(({ organization: model }) => model === modelUri)).toBe(true);
  });
});

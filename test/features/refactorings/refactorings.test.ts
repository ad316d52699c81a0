import { describe, expect, it } from 'vitest';
import { ids, reason, refactorable, refactored, titles, type Place } from './refactored.ts';
import { policyUri } from '../organizations.ts';

const organization: Place = {
  name: 'Root',
  policies: ['base'],
  organizationalUnits: [
    { name: 'Prod', policies: ['prod'], accounts: [{ name: 'shop', policies: ['team'] }, { name: 'pay' }] },
    { name: 'Test', policies: ['test'], accounts: [{ name: 'lab' }] },
  ],
};

const plan = (inner: string): string => `{\n  "plans": {\n    "daily": {\n      ${inner}\n    }\n  }\n}\n`;
const base = plan('"regions": { "@@assign": ["eu-west-1"] }');
const empty = '{ "plans": {} }';
const days = (value: string): string => `"rules": {\n        "nightly": {\n          "lifecycle": {\n            "delete_after_days": { "@@assign": ${value} }\n          }\n        }\n      }`;

describe('pull up', () => {
  it('moves a setting with its groups to each policy above, the nearest first, in the layout of its new place', () => {
    const at = refactorable(organization, { base: `{\r\n\t"plans": {\r\n\t\t"Daily": { "regions": { "@@assign": ["eu-west-1"] } }\r\n\t}\r\n}\r\n`, prod: empty, test: empty, team: plan(days('"35"').replace('delete_', 'd|elete_')) });
    expect(titles(at).slice(0, 2)).toEqual(['Pull "delete_after_days" up to prod at Root/Prod', 'Pull "delete_after_days" up to base at Root']);
    expect(refactored(at, `pullUp ${policyUri('base')}`)).toEqual({
      changed: 2,
      files: {
        base: '{\r\n\t"plans": {\r\n\t\t"Daily": { "regions": { "@@assign": ["eu-west-1"] }, "rules": {\r\n\t\t\t"nightly": {\r\n\t\t\t\t"lifecycle": {\r\n\t\t\t\t\t"delete_after_days": { "@@assign": "35" }\r\n\t\t\t\t}\r\n\t\t\t}\r\n\t\t} }\r\n\t}\r\n}\r\n',
        team: '{\n  "plans": {}\n}\n',
      },
    });
  });

  it('is safe where every account below gets the same', () => {
    const at = refactorable({ name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }] }, { base, team: plan(`"r|egions": { "@@append": ["$\{region}"] }`) });
    expect(refactored(at, `pullUp ${policyUri('base')}`)).toEqual({ changed: 0, files: { base: plan('"regions": { "@@assign": ["eu-west-1"], "@@append": ["${region}"] }'), team: '{\n  "plans": {}\n}\n' } });
  });

  it('replaces what the higher policy assigns, and adds to its lists', () => {
    const at = refactorable({ name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }] }, { base: plan(days('90')), team: plan(days('35').replace('"rules', '"r|ules')) });
    expect(refactored(at, `pullUp ${policyUri('base')}`)).toEqual({ changed: 0, files: { base: plan(days('35')), team: '{\n  "plans": {}\n}\n' } });
  });

  it('keeps comments, and names like __proto__', () => {
    const at = refactorable({ name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }] }, { base: empty, team: '{\n  "plans": {\n    // kept\n    "_|_proto__": { "regions": { "@@assign": ["eu-west-1"] /* moved */ } },\n    "other": {}\n  }\n}' });
    expect(refactored(at, `pullUp ${policyUri('base')}`)).toEqual({
      changed: 0,
      files: { base: '{ "plans": { "__proto__": { "regions": { "@@assign": ["eu-west-1"] /* moved */ } } } }', team: '{\n  "plans": {\n    // kept\n    "other": {}\n  }\n}' },
    });
  });

  it('is not offered outside of a statement, nor without a policy above every target', () => {
    expect(ids(refactorable(organization, { base, prod: empty, test: empty, team: '{ "pl|ans": {} }' })).filter((id) => id.startsWith('pullUp'))).toEqual([]);
    expect(ids(refactorable(organization, { base: base.replace('regions', 're|gions'), prod: empty, test: empty, team: empty })).filter((id) => id.startsWith('pullUp'))).toEqual([]);
  });

  it('is refused where a control differs, a file is no JSON, or a template writes keys', () => {
    const team = plan('"re|gions": { "@@operators_allowed_for_child_policies": ["@@none"] }');
    const id = `pullUp ${policyUri('base')}`;
    expect(reason(refactorable(organization, { base: plan('"regions": { "@@operators_allowed_for_child_policies": ["@@all"] }'), prod: empty, test: empty, team }), id)).toBe('daily/regions has another control there. Make both controls the same first.');
    expect(reason(refactorable(organization, { base: `${base}}`, prod: empty, test: empty, team }), id)).toBe('base is not valid JSON, so it was not changed. Mend the problems shown in it first.');
    expect(reason(refactorable(organization, { base: '{ "plans": { ${plans} } }', prod: empty, test: empty, team }), id)).toBe('A template writes parts of base, so what it says is not known.');
  });
});

describe('push down', () => {
  it('moves a setting to the policies of the nearest places below, and leaves what they set themselves', () => {
    const at = refactorable(organization, { base: plan(days('35').replace('"lifecycle', '"l|ifecycle')), prod: plan(days('90')), test: plan('"regions": { "@@assign": ["eu-west-1"] }'), team: empty });
    expect(refactored(at, 'pushDown')).toEqual({
      changed: 0,
      files: { base: '{\n  "plans": {}\n}\n', test: plan('"regions": { "@@assign": ["eu-west-1"] },\n      "rules": {\n        "nightly": {\n          "lifecycle": {\n            "delete_after_days": { "@@assign": 35 }\n          }\n        }\n      }') },
    });
  });

  it('is refused with the accounts below that have no policy', () => {
    const bare: Place = { name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }, { name: 'lab' }] };
    expect(reason(refactorable(bare, { base: base.replace('regions', 'r|egions'), team: empty }), 'pushDown')).toBe('Root/lab would lose it: no policy is attached there or on the way. Attach one first.');
  });

  it('puts the elements of a higher list before those of the lower one', () => {
    const place: Place = { name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }] };
    const at = refactorable(place, { base: plan('"re|gions": { "@@append": ["eu-west-1"] }'), team: plan('"regions": { "@@append": ["eu-central-1", "eu-west-1"] }') });
    expect(refactored(at, 'pushDown').changed).toBe(1);
    const other = refactorable(place, { base: plan('"re|gions": { "@@append": ["eu-west-1"] }'), team: plan('"regions": { "@@append": ["eu-central-1"] }') });
    expect(refactored(other, 'pushDown')).toEqual({ changed: 0, files: { base: '{\n  "plans": {}\n}\n', team: plan('"regions": { "@@append": ["eu-west-1", "eu-central-1"] }') } });
  });
});

describe('extract', () => {
  const place: Place = { name: 'Root', policies: ['base'], organizationalUnits: [{ name: 'A', policies: ['prod'], accounts: [{ name: 'a' }] }, { name: 'B', policies: ['test'], accounts: [{ name: 'b' }] }] };
  const rule = '"rules": { "nightly": { "target_backup_vault_name": { "@@assign": "Default" } } }';

  it('moves a rule that several policies repeat, in whatever case and layout, to a policy above all of them', () => {
    const at = refactorable(place, { base, prod: plan(rule.replace('nightly', 'n|ightly')), test: `{"PLANS":{"daily":{${rule.replaceAll(' ', '')}}}}` });
    expect(titles(at)[0]).toBe('Extract rule "nightly", which test repeats, into base at Root');
    expect(refactored(at, `extract ${policyUri('base')}`)).toEqual({
      changed: 0,
      files: { base: plan('"regions": { "@@assign": ["eu-west-1"] },\n      "rules": {\n        "nightly": { "target_backup_vault_name": { "@@assign": "Default" } }\n      }'), prod: '{\n  "plans": {}\n}\n', test: '{"PLANS":{}}' },
    });
  });

  it('is not offered for a rule that differs', () => {
    expect(ids(refactorable(place, { base, prod: plan(rule.replace('nightly', 'n|ightly')), test: plan(rule.replace('Default', 'default')) })).filter((id) => id.startsWith('extract'))).toEqual([]);
  });
});

describe('split', () => {
  const plans = (count: number): string => `{\n  "plans": {\n${Array.from({ length: count }, (_, index) => `    "plan-${String(index)}": {\n      "regions": { "@@assign": ["eu-west-1"] }, // ${'x'.repeat(900)}\n      "rules": {}\n    }`).join(',\n')}\n  }\n}\n`;
  const place: Place = { name: 'Root', policies: ['first', 'base', 'last'], accounts: [{ name: 'a' }] };

  it('makes two files of a long policy, attached one after the other', () => {
    const long = plans(10);
    const at = refactorable(place, { first: empty, base: long.replace('"plans', '"|plans'), last: empty });
    const { changed, files } = refactored(at, 'split');
    expect(changed).toBe(0);
    expect(Object.keys(files)).toEqual(['base-2', 'base', 'model']);
    expect(files['base']).toBe(plans(5).trimEnd().replace(/\n {2}\}\n\}$/, '\n  }\n}\n'));
    expect(files['base-2']).toBe(long.replace(/ {4}"plan-0"[^]*? {4}"plan-5"/, '    "plan-5"'));
    expect(files['model']).toContain('"first",\n      "base",\n      "base-2",\n      "last"');
    expect(files['model']).toContain('"base-2": {\n      "file": "policies/base-2.json"\n    }');
  });

  it('is not offered for a shorter policy or one of a single plan, and refused where a target has ten policies', () => {
    expect(ids(refactorable(place, { first: empty, base: plans(7).replace('"plans', '"|plans'), last: empty }))).not.toContain('split');
    expect(ids(refactorable(place, { first: empty, base: `{ "|plans": { "only": {} } }${' '.repeat(9000)}`, last: empty }))).not.toContain('split');
    const others = ['p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10'];
    const crowded = refactorable({ ...place, policies: ['base', ...others] }, { base: plans(10).replace('"plans', '"|plans'), ...Object.fromEntries(others.map((name) => [name, empty])) });
    expect(reason(crowded, 'split')).toBe('Root has 10 policies attached already, and AWS allows no more. Detach one first.');
  });
});

describe('merge', () => {
  const place: Place = { name: 'Root', policies: ['base', 'extra'], accounts: [{ name: 'a' }] };
  const other = plan('"rules": { "nightly": {} },\n      "regions": { "@@assign": ["eu-west-1"] }');

  it('makes one policy of two of the same targets, and deletes the other one', () => {
    const at = refactorable(place, { base: base.replace('"plans', '"|plans'), extra: other });
    expect(titles(at)).toContain('Merge extra, which is attached to the same targets, into this policy');
    const { changed, files } = refactored(at, `merge ${policyUri('extra')}`);
    expect([changed, files['base'], files['extra']]).toEqual([0, plan('"regions": { "@@assign": ["eu-west-1"] },\n      "rules": { "nightly": {} }'), null]);
    expect(files['model']).not.toContain('extra');
    expect(JSON.parse(files['model'] ?? '')).toMatchObject({ root: { policies: ['base'] }, policies: { base: { file: 'policies/base.json' } } });
  });

  it('says so where both say the same', () => {
    expect(titles(refactorable(place, { base: base.replace('"plans', '"|plans'), extra: base.replace('regions', 'Regions') }))).toContain('Merge extra, which says the same at the same targets, into this policy');
  });

  it('is not offered where they disagree or have other targets, and refused where a comment would be lost', () => {
    const isOffered = (where: Place, extra: string): boolean => ids(refactorable(where, { base: base.replace('"plans', '"|plans'), extra })).some((id) => id.startsWith('merge'));
    expect(isOffered(place, other)).toBe(true);
    expect(isOffered(place, other.replace('eu-west-1', 'eu-west-2'))).toBe(false);
    expect(isOffered({ name: 'Root', policies: ['base'], accounts: [{ name: 'a', policies: ['extra'] }] }, other)).toBe(false);
    expect(reason(refactorable(place, { base: base.replace('"plans', '"|plans'), extra: `// why\n${other}` }), `merge ${policyUri('extra')}`)).toBe('A comment would be lost. Move it out of the way first.');
  });
});

describe('convert', () => {
  const place: Place = { name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team'] }] };

  it('writes @@append with what is new for an @@assign that repeats the inherited list, and the other way round', () => {
    const [assigned, appended] = [plan('"regions": { "@@assign": ["eu-west-1", "us-east-1"] }'), plan('"regions": { "@@append": ["us-east-1"] }')];
    expect(refactored(refactorable(place, { base, team: assigned.replace('regions', 'r|egions') }), 'convert @@append')).toEqual({ changed: 0, files: { team: appended } });
    expect(refactored(refactorable(place, { base, team: appended.replace('regions', 'r|egions') }), 'convert @@assign')).toEqual({ changed: 0, files: { team: assigned } });
  });

  it('keeps the elements where nothing is inherited', () => {
    expect(refactored(refactorable(place, { base: empty, team: plan('"r|egions": { "@@APPEND": ["us-east-1"] }') }), 'convert @@assign')).toEqual({ changed: 0, files: { team: plan('"regions": { "@@assign": ["us-east-1"] }') } });
  });

  it('changes accounts where the list replaces another one, and is not offered for single values', () => {
    expect(refactored(refactorable(place, { base, team: plan('"r|egions": { "@@assign": ["us-east-1"] }') }), 'convert @@append').changed).toBe(1);
    expect(ids(refactorable(place, { base, team: plan(days('35').replace('delete', 'd|elete')) })).filter((id) => id.startsWith('convert'))).toEqual([]);
  });
});

describe('lock', () => {
  it('puts a control into a setting', () => {
    const at = refactorable(organization, { base: base.replace('regions', 'r|egions'), prod: empty, test: empty, team: empty });
    expect(refactored(at, 'lockSetting')).toEqual({ changed: 0, files: { base: plan('"regions": { "@@assign": ["eu-west-1"], "@@operators_allowed_for_child_policies": ["@@none"] }') } });
  });

  it('puts a control into every node of a plan, and tightens those that are there', () => {
    const at = refactorable(organization, { base: '{"plans":{"da|ily":{"regions":{"@@assign":["eu-west-1"],"@@Operators_allowed_for_child_policies":["@@append"]},"rules":{}}}}', prod: empty, test: empty, team: empty });
    const none = '"@@operators_allowed_for_child_policies":["@@none"]';
    expect(refactored(at, 'lockPlan')).toEqual({ changed: 0, files: { base: `{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"],"@@Operators_allowed_for_child_policies":["@@none"]},"rules":{${none}},${none}}}}` } });
  });

  it('tells the accounts whose policies it blocks, and is not offered for what is locked', () => {
    const at = refactorable(organization, { base: base.replace('regions', 'r|egions'), prod: plan('"regions": { "@@append": ["us-east-1"] }'), test: empty, team: empty });
    expect(refactored(at, 'lockSetting').changed).toBe(2);
    const locked = refactorable(organization, { base: plan('"re|gions": { "@@operators_allowed_for_child_policies": ["@@NONE"] }'), prod: empty, test: empty, team: empty });
    expect(ids(locked)).not.toContain('lockSetting');
    expect(ids(locked)).toContain('lockPlan');
  });
});

describe('remove what has no effect', () => {
  it('takes out what is blocked, overridden for every account, or inherited anyway', () => {
    const at = refactorable(
      { name: 'Root', policies: ['base'], accounts: [{ name: 'shop', policies: ['team', 'late'] }] },
      {
        base: plan(`"regions": { "@@assign": ["eu-west-1"], "@@operators_allowed_for_child_policies": ["@@none"] },\n      ${days('35')}`),
        team: plan(`"|regions": { "@@append": ["us-east-1"] },\n      "rules": {\n        "nightly": {\n          "target_backup_vault_name": { "@@assign": "Default" },\n          "lifecycle": { "delete_after_days": { "@@assign": "35" } }\n        }\n      }`),
        late: empty,
      },
    );
    expect(refactored(at, 'removeIneffective')).toEqual({ changed: 0, files: { team: plan('"rules": {\n        "nightly": {\n          "target_backup_vault_name": { "@@assign": "Default" }\n        }\n      }') } });
  });

  it('leaves what has an effect on one account, and a policy that reaches none', () => {
    const of = (place: Place): readonly string[] => ids(refactorable(place, { base: base.replace('"plans', '"|plans'), prod: plan('"regions": { "@@assign": ["us-east-1"] }') }));
    const overridden: Place = { name: 'Root', policies: ['base'], accounts: [{ name: 'a', policies: ['prod'] }] };
    expect(of(overridden)).toContain('removeIneffective');
    expect(of({ ...overridden, accounts: [{ name: 'a', policies: ['prod'] }, { name: 'b' }] })).not.toContain('removeIneffective');
    expect(of({ name: 'Root', policies: ['base'] })).not.toContain('removeIneffective');
  });
});

describe('delete', () => {
  it('takes a plan out that reaches no account', () => {
    const at = refactorable({ name: 'Root', organizationalUnits: [{ name: 'Empty', policies: ['base'] }], accounts: [{ name: 'a' }] }, { base: '{ "plans": { "a": {}, "b|": { "regions": {} } } }' });
    expect(titles(at)).toContain('Delete plan "b": this policy reaches no account');
    expect(refactored(at, 'deletePlan')).toEqual({ changed: 0, files: { base: '{ "plans": { "a": {} } }' } });
  });

  it('changes accounts that get something of the plan', () => {
    expect(refactored(refactorable(organization, { base: base.replace('regions', 'r|egions'), prod: empty, test: empty, team: empty }), 'deletePlan').changed).toBe(3);
  });

  it('deletes a policy that is attached nowhere with its definition, and no other', () => {
    const at = refactorable({ name: 'Root', policies: ['base'] }, { base, spare: base.replace('"plans', '"|plans') });
    const { files } = refactored(at, 'deletePolicy');
    expect(files['spare']).toBe(null);
    expect(JSON.parse(files['model'] ?? '')).toEqual({ root: { name: 'Root', policies: ['base'] }, policies: { base: { file: 'policies/base.json' } } });
    expect(ids(refactorable({ name: 'Root', policies: ['base'] }, { base: base.replace('"plans', '"|plans'), spare: base }))).not.toContain('deletePolicy');
  });
});

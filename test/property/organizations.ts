import fc from 'fast-check';

/** A generated organization as texts. */
export interface GeneratedOrganization {
  readonly model: string;
  /** By name; the file of each is `policies/<name>.json`. */
  readonly policies: ReadonlyMap<string, string>;
}

interface Entity {
  readonly name: string;
  readonly policies: readonly string[];
  readonly organizationalUnits?: readonly Entity[];
  readonly accounts?: readonly Entity[];
}

/** An object as its members: an object of JavaScript would swallow `__proto__`. */
type Tree = readonly (readonly [key: string, value: Tree | string])[];

const policyNames = ['base', 'guard', 'prod', 'team', 'extra', 'spare'];

function maybe(percent: number, members: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  return fc.oneof({ weight: 100 - percent, arbitrary: fc.constant<Tree>([]) }, { weight: percent, arbitrary: members });
}

function members(...parts: readonly fc.Arbitrary<Tree>[]): fc.Arbitrary<Tree> {
  return fc.tuple(...parts).map((found) => found.flat());
}

/** A key in one of several letter cases, first the documented one. */
function key(name: string, value: fc.Arbitrary<Tree | string>): fc.Arbitrary<Tree> {
  const spelling = fc.oneof({ weight: 9, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: fc.constant(name.toUpperCase()) });
  return fc.tuple(spelling, value).map(([spelt, one]): Tree => [[spelt, one]]);
}

const control: fc.Arbitrary<Tree> = maybe(6, key('@@operators_allowed_for_child_policies', fc.constantFrom('["@@none"]', '["@@append"]', '["@@assign", "@@remove"]', '["@@all"]')));

function single(percent: number, name: string, values: readonly string[]): fc.Arbitrary<Tree> {
  return maybe(percent, key(name, members(maybe(95, key('@@assign', fc.constantFrom(...values))), control)));
}

function list(percent: number, name: string, values: readonly string[]): fc.Arbitrary<Tree> {
  const elements = (minLength: number): fc.Arbitrary<string> => fc.subarray([...values], { minLength }).map((chosen) => `[${chosen.join(', ')}]`);
  const operation = fc.oneof(key('@@assign', elements(1)), key('@@append', elements(1)), key('@@remove', elements(1)), members(key('@@append', elements(1)), key('@@remove', elements(1))));
  return maybe(percent, key(name, members(operation, control)));
}

function named(names: readonly string[], most: number, value: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  const one = fc.tuple(fc.constantFrom(...names), value).map(([name, content]) => [name, content] as const);
  return members(fc.uniqueArray(one, { minLength: 1, maxLength: most, selector: ([name]) => name.toLowerCase() }), control);
}

const lifecycle = key('lifecycle', members(single(90, 'delete_after_days', ['35', '"35"', '90']), single(20, 'move_to_cold_storage_after_days', ['"0"', '2']), control));
const rule = members(single(80, 'target_backup_vault_name', ['"Default"', '"${vault}"']), single(60, 'schedule_expression', ['"cron(0 5 ? * * *)"', '"cron(0 6 ? * * *)"']), maybe(70, lifecycle), control);
const selection = members(key('iam_role_arn', fc.constant<Tree>([['@@assign', '"arn:aws:iam::$account:role/Backup"']])), key('tag_key', fc.constant<Tree>([['@@assign', '"backup"']])), list(80, 'tag_value', ['"yes"', '"gold"', '"true"']));
const selections = key('selections', members(key('tags', members(fc.constantFrom('backup', 'Backup').chain((name) => fc.tuple(fc.constant(name), selection).map((one): Tree => [one])), control)), control));
const plan = members(list(85, 'regions', ['"eu-west-1"', '"eu-central-1"', '"us-east-1"']), maybe(80, key('rules', named(['nightly', 'Nightly', 'weekly'], 2, rule))), maybe(60, selections), control);

/** The content of a policy of one or two plans; their names meet those of other policies, in any letter case. */
const content: fc.Arbitrary<Tree> = key('plans', named(['daily', 'daily', 'Daily', 'archive', '__proto__'], 2, plan));

const layouts: readonly ((tree: Tree) => string)[] = [
  (tree) => laidOut(tree, '  ', '\n', ''),
  (tree) => laidOut(tree, '\t', '\r\n', ''),
  (tree) => laidOut(tree, '    ', '\n', ''),
  (tree) => laidOut(tree, '', '', '').replace(/,(?=")|(?<=":) /g, (part) => part.trim()),
];

function laidOut(tree: Tree, unit: string, eol: string, indent: string): string {
  if (tree.length === 0) return '{}';
  const inner = tree.map(([name, value]) => `${indent}${unit}${JSON.stringify(name)}: ${typeof value === 'string' ? value : laidOut(value, unit, eol, indent + unit)}`);
  return `{${eol}${inner.join(`,${eol}`)}${eol}${indent}}`;
}

const text = fc.tuple(content, fc.constantFrom(...layouts)).map(([tree, layout]) => layout(tree));

/** The policies: some of them say what another one says, in the same or another layout. */
const policies = fc.tuple(
  fc.array(text, { minLength: policyNames.length, maxLength: policyNames.length }),
  fc.array(fc.option(fc.nat({ max: policyNames.length - 1 }), { freq: 2 }), { minLength: policyNames.length, maxLength: policyNames.length }),
).map(([texts, copies]) => new Map(policyNames.map((name, index) => [name, texts[copies[index] ?? index] ?? '{}'])));

function attached(most: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(fc.constantFrom(...policyNames), { maxLength: most });
}

const accounts = fc.tuple(fc.constantFrom(0, 1), fc.array(attached(2), { minLength: 1, maxLength: 2 })).map(([least, lists]) => lists.map((own): readonly string[] => (own.length < least ? ['team'] : own))).map((lists) => lists.map((list_, index): Entity => ({ name: `account-${String(index)}`, policies: list_ })));

function unit(depth: number): fc.Arbitrary<Omit<Entity, 'name'>> {
  const below = depth === 0 ? fc.constant([]) : fc.array(unit(depth - 1), { maxLength: 2 });
  return fc.tuple(attached(2), below, accounts).map(([own, units, members_]) => ({
    policies: own, organizationalUnits: units.map((each, index): Entity => ({ name: `unit-${String(index)}`, ...each })), accounts: members_,
  }));
}

/** The last two policies wherever one of them is: policies of the same targets. */
function paired(entity: Omit<Entity, 'name'>): Omit<Entity, 'name'> {
  const below = (list_: readonly Entity[] | undefined): readonly Entity[] => (list_ ?? []).map((each) => ({ ...paired(each), name: each.name }));
  const policies_ = entity.policies.flatMap((name) => (name === 'extra' ? ['extra', 'spare'] : name === 'spare' ? [] : [name]));
  return { policies: policies_, organizationalUnits: below(entity.organizationalUnits), accounts: below(entity.accounts) };
}

/** Organizations of up to four levels with several policies, controls, names in differing case, templates and all layouts. */
export const organizations: fc.Arbitrary<GeneratedOrganization> = fc.tuple(fc.tuple(unit(2), fc.boolean()).map(([root, pairs]) => (pairs ? paired(root) : root)), policies).map(([root, texts]) => ({
  model: JSON.stringify({ root: { name: 'Root', ...root }, policies: Object.fromEntries(policyNames.map((name) => [name, { file: `policies/${name}.json` }])) }, undefined, 2),
  policies: texts,
}));

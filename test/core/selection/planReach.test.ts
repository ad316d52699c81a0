import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { explainReach } from '../../../server/core/selection/planReach.ts';
import { resourceOf, type Resource } from '../../../server/core/selection/resource.ts';
import { isLike } from '../../../server/core/selection/wildcard.ts';
import { assign, byTag, byType, conditions, planOf, reaches, resource, volume, words } from './policies.ts';

const gold = { tag_key: assign('tier'), tag_value: assign(['gold', 'silver']) };
const everything = { resource_types: assign(['*']) };
const when = (operator: string, wanted: Readonly<Record<string, string>>) => byType({ ...everything, conditions: conditions(operator, wanted) });

describe('a selection', () => {
  it.each<readonly [what: string, plan: ReturnType<typeof byTag>, taken: Resource, left: Resource, why: string]>([
    ['by tag takes one of its values', byTag(gold), resource({ tier: 'silver' }), resource({ tier: 'bronze' }), 'tag "tier" is "bronze", not "gold" or "silver"'],
    ['by tag wants the key', byTag(gold), resource({ tier: 'gold' }), resource({ level: 'gold' }), 'it has no tag "tier"'],
    ['by tag compares keys with their letter case', byTag(gold), resource({ tier: 'gold' }), resource({ Tier: 'gold' }), 'it has no tag "tier" but "Tier": AWS Backup compares tags with their letter case'],
    ['by tag compares values with their letter case', byTag(gold), resource({ tier: 'gold' }), resource({ tier: 'Gold' }), 'tag "tier" is "Gold", not "gold" or "silver": AWS Backup compares tags with their letter case'],
    ['by tag reads no wildcard', byTag({ tag_key: assign('tier'), tag_value: assign(['g*']) }), resource({ tier: 'g*' }), resource({ tier: 'gold' }), 'tag "tier" is "gold", not "g*"'],
    ['by tag takes an empty value', byTag({ tag_key: assign('tier'), tag_value: assign(['']) }), resource({ tier: '' }), resource({}), 'it has no tag "tier"'],
    ['by tag has conditions, too', byTag({ ...gold, conditions: conditions('string_equals', { env: 'prod' }) }), resource({ tier: 'gold', env: 'prod' }), resource({ tier: 'gold', env: 'test' }), 'tag "env" is "test", not "prod"'],
    ['of every type', byType(everything), resource({}), resource({}, 'arn:aws:ec2:eu-west-2:111122223333:volume/vol-1'), 'its Region eu-west-2 is not eu-west-1'],
    ['by type', byType({ resource_types: assign(['arn:aws:ec2:*:*:volume/*']) }), resource({}), resource({}, 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'), 'its ARN is not like "arn:aws:ec2:*:*:volume/*"'],
    ['by type of another partition', byType({ resource_types: assign(['arn:aws:ec2:*:*:volume/*']) }), resource({}), resource({}, 'arn:aws-cn:ec2:eu-west-1:111122223333:volume/vol-1'), 'its ARN is not like "arn:aws:ec2:*:*:volume/*"'],
    ['without a type', byType({ ...everything, not_resource_types: assign(['arn:aws:ec2:*:*:instance/*']) }), resource({}), resource({}, 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'), '"not_resource_types" excludes "arn:aws:ec2:*:*:instance/*"'],
    ['by conditions alone', byType({ conditions: conditions('string_equals', { env: 'prod' }) }), resource({ env: 'prod' }), resource({ env: 'test' }), 'tag "env" is "test", not "prod"'],
    ['string_equals', when('string_equals', { env: 'prod' }), resource({ env: 'prod' }), resource({}), 'it has no tag "env"'],
    ['string_equals reads no wildcard', when('string_equals', { env: 'p*' }), resource({ env: 'p*' }), resource({ env: 'prod' }), 'tag "env" is "prod", not "p*"'],
    ['string_equals compares letter case', when('string_equals', { env: 'prod' }), resource({ env: 'prod' }), resource({ env: 'PROD' }), 'tag "env" is "PROD", not "prod": AWS Backup compares tags with their letter case'],
    ['string_not_equals', when('string_not_equals', { env: 'test' }), resource({ env: 'prod' }), resource({ env: 'test' }), 'tag "env" is "test", which the condition excludes'],
    ['string_not_equals takes what has no tag', when('string_not_equals', { env: 'test' }), resource({}), resource({ env: 'test' }), 'tag "env" is "test", which the condition excludes'],
    ['string_like at the start', when('string_like', { env: 'prod-*' }), resource({ env: 'prod-eu' }), resource({ env: 'preprod-eu' }), 'tag "env" is "preprod-eu", not like "prod-*"'],
    ['string_like at the end', when('string_like', { env: '*-eu' }), resource({ env: 'prod-eu' }), resource({ env: 'prod-eu-2' }), 'tag "env" is "prod-eu-2", not like "*-eu"'],
    ['string_like in the middle', when('string_like', { env: 'p*d' }), resource({ env: 'prod' }), resource({ env: 'prods' }), 'tag "env" is "prods", not like "p*d"'],
    ['string_like wants the tag', when('string_like', { env: '*' }), resource({ env: '' }), resource({}), 'it has no tag "env"'],
    ['string_not_like', when('string_not_like', { env: 'test-*' }), resource({ env: 'prod' }), resource({ env: 'test-1' }), 'tag "env" is "test-1", which the condition excludes by "test-*"'],
    ['all conditions', when('string_equals', { env: 'prod', team: 'shop' }), resource({ env: 'prod', team: 'shop' }), resource({ env: 'prod' }), 'it has no tag "team"'],
  ])('%s', (_what, plan, taken, left, why) => {
    expect(reaches(plan, taken)).toBe(true);
    expect(words(plan, taken).filter((line) => !line.startsWith('+'))).toEqual([]);
    expect(reaches(plan, left)).toBe(false);
    expect(words(plan, left).filter((line) => !line.startsWith('+'))).toEqual([`- ${why}`]);
  });

  test('selects no kind of resource that backup policies do not know', () => {
    const queue = resource({ tier: 'gold' }, 'arn:aws:sqs:eu-west-1:111122223333:orders');
    expect([reaches(byTag(gold), queue), reaches(byType(everything), queue)]).toEqual([false, false]);
    expect([reaches(byTag(gold), resource({ tier: 'gold' })), reaches(byType(everything), resource({}))]).toEqual([true, true]);
  });

  test('takes a bucket, whose ARN names no Region', () => {
    const bucket = resource({ tier: 'gold' }, 'arn:aws:s3:::photos');
    expect(reaches(byTag(gold), bucket)).toBe(true);
    expect(words(byTag(gold), bucket)).toContain('+ its ARN names no Region, so it is taken to be in eu-west-1');
    const placed = resourceOf('arn:aws:s3:::photos', new Map([['tier', 'gold']]), 1, { region: 'eu-west-2' });
    expect(placed === undefined ? undefined : reaches(byTag(gold), placed)).toBe(false);
  });

  test('that a template completes is not known', () => {
    const plan = byTag({ tag_key: assign('tier'), tag_value: assign(['gold', '${more}']) });
    expect(reaches(plan, resource({ tier: 'gold' }))).toBe(true);
    expect(words(plan, resource({ tier: 'silver' }))).toContain('? tag "tier" is "silver", not "gold", and a template brings more values');
    expect(reaches(plan, resource({ tier: 'silver' }))).toBe(false);
  });

  test('with a condition key of another form is not known', () => {
    const of = (key: string) => byType({ ...everything, conditions: { string_equals: { c: { condition_key: assign(key), condition_value: assign('prod') } } } });
    expect(reaches(of('aws:ResourceTag/env'), resource({ env: 'prod' }))).toBe(true);
    expect(words(of('env'), resource({ env: 'prod' })).at(-1)).toMatch(/^\? the condition key "env" has not the documented form/);
  });
});

describe('a reason', () => {
  const regions = (...operations: readonly object[]) => planOf(...operations.map((operation) => ({ regions: operation, selections: { resources: { sel: everything } } })));

  it.each<readonly [what: string, levels: readonly object[], why: string, policy: number]>([
    ['names who removes it', [{ '@@assign': ['eu-west-2', 'eu-west-1'] }, { '@@remove': ['eu-west-1'] }], '(policy2 at Root/Prod removes it)', 2],
    ['names who replaces the list', [{ '@@assign': ['eu-west-1'] }, { '@@assign': ['eu-west-2'] }], '(policy1 at Root lists it, and policy2 at Root/Prod replaces the list)', 1],
    ['names the control that keeps it out', [{ '@@assign': ['eu-west-2'], '@@operators_allowed_for_child_policies': ['@@none'] }, { '@@append': ['eu-west-1'] }], '(policy2 at Root/Prod lists it, and a control of policy1 at Root keeps that out)', 2],
    ['names nobody where nobody wanted it', [{ '@@assign': ['eu-west-2'] }], 'its Region eu-west-1 is not eu-west-2', 1],
  ])('%s', (_what, levels, why, policy) => {
    const [finding] = explainReach(regions(...levels), resource({})).findings;
    expect(finding?.message).toContain('its Region eu-west-1 is not eu-west-2');
    expect(finding?.message.endsWith(why)).toBe(true);
    expect(finding?.path).toEqual(['plans', 'daily', 'regions']);
    expect(finding?.place?.uri).toBe(`file:///policies/policy${String(policy)}.json`);
  });

  test('points to the value that decides', () => {
    const { selections } = explainReach(byTag(gold), resource({ tier: 'silver' }));
    const place = selections[0]?.findings[0]?.place;
    const text = JSON.stringify({ plans: { daily: { regions: assign(['eu-west-1']), selections: { tags: { sel: gold } } } } });
    expect(text.slice(place?.span.start, place?.span.end)).toBe('"silver"');
  });
});

describe('a plan that is not whole', () => {
  it.each([
    ['without Regions', { selections: { resources: { sel: everything } } }, '- the plan has no Regions'],
    ['with an emptied list of Regions', { regions: assign([]), selections: { resources: { sel: everything } } }, '- the list of the plan\'s Regions is empty'],
    ['without selections', { regions: assign(['eu-west-1']) }, '- the plan selects nothing'],
    ['with Regions of a template', { regions: assign(['${region}']), selections: { resources: { sel: everything } } }, '? the Regions of the plan come from a template'],
  ])('%s reaches nothing', (_what, content, why) => {
    expect(reaches(planOf(content), resource({}))).toBe(false);
    expect(words(planOf(content), resource({}))).toContain(why);
  });
});

describe('for anything', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', 'A', '.', '$') });
  const tags = fc.dictionary(fc.constantFrom('k', 'K', '__proto__', 'x'), text);
  const operator = fc.constantFrom('string_equals', 'string_not_equals', 'string_like', 'string_not_like');
  const seed = { seed: 20261121, numRuns: 500 };

  /** A `*` is any characters: the definition, character by character. */
  function like(pattern: string, value: string): boolean {
    if (pattern === '') return value === '';
    if (pattern.startsWith('*')) return like(pattern.slice(1), value) || (value !== '' && like(pattern, value.slice(1)));
    return value !== '' && value[0] === pattern[0] && like(pattern.slice(1), value.slice(1));
  }

  test('wildcards are read as they are defined', () => {
    fc.assert(fc.property(text, text, (pattern, value) => isLike(pattern, value) === like(pattern, value)), seed);
  });

  test('a long pattern takes no long time', () => {
    expect(isLike(`${'a*'.repeat(2000)}b`, 'a'.repeat(50_000))).toBe(false);
  });

  test('operators agree with their definition', () => {
    fc.assert(fc.property(operator, text, tags, (name, wanted, carried) => {
      const tag = Object.hasOwn(carried, 'k') ? carried['k'] : undefined;
      const equal = { string_equals: tag === wanted, string_not_equals: tag !== wanted, string_like: tag !== undefined && like(wanted, tag), string_not_like: tag === undefined || !like(wanted, tag) }[name];
      expect(reaches(when(name, { k: wanted }), resource(carried))).toBe(equal);
    }), seed);
  });

  test('one more negated condition, or excluded type, never widens', () => {
    fc.assert(fc.property(operator, text, fc.constantFrom('string_not_equals', 'string_not_like'), text, tags, (name, wanted, negated, excluded, carried) => {
      const base = conditions(name, { k: wanted });
      const narrowed = name === negated ? conditions(name, { k: wanted, x: excluded }) : { ...base, ...conditions(negated, { x: excluded }) };
      const narrower = reaches(byType({ ...everything, conditions: narrowed }), resource(carried));
      const wider = reaches(byType({ ...everything, conditions: base }), resource(carried));
      expect(!narrower || wider).toBe(true);
      expect(!reaches(byType({ ...everything, not_resource_types: assign([excluded]), conditions: base }), resource(carried)) || wider).toBe(true);
    }), seed);
  });

  test('what is reached has no reason against it, and what is not has one', () => {
    fc.assert(fc.property(operator, text, tags, fc.constantFrom(volume, 'arn:aws:rds:eu-west-2:111122223333:db:x'), (name, wanted, carried, arn) => {
      const plan = when(name, { k: wanted });
      const said = words(plan, resource(carried, arn));
      expect(said.every((line) => line.startsWith('+'))).toBe(reaches(plan, resource(carried, arn)));
    }), seed);
  });
});

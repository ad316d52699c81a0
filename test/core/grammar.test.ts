import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import policySchema from '../../schemas/backup-policy.schema.json' with { type: 'json' };
import {
  acceptsValue, childGrammar, controlValues, describeValue, foldKey, grammarAt, operators, policyGrammar, suggestedValues,
  type GrammarNode, type ValueType,
} from '../../server/core/grammar.ts';
import { descriptionOf, operatorDescription, snippetsAt } from '../../server/core/grammarTexts.ts';
import type { SnippetBody } from '../../server/core/schemaDefinitions.ts';

const role = 'arn:aws:iam::$account:role/';
const vault = 'arn:aws:backup:us-east-1:$account:backup-vault:';
const airGapped = 'arn:aws:backup:$region:$account:backup-vault:';

/** For every kind of value: texts that AWS takes, and neighbours that it refuses. */
const values: { readonly [Type in ValueType]: { readonly accepted: readonly string[]; readonly refused: readonly string[] } } = {
  name: { accepted: ['a', 'with.dot', 'A-b_c.9', 'x'.repeat(50), '0'], refused: ['', 'with space', 'é', 'x'.repeat(51), 'a/b', 'a\n', '@@x', '$x'] },
  tagId: { accepted: ['cost', 'Cost Center', 'x'.repeat(128)], refused: ['', 'x'.repeat(129)] },
  minutes: {
    accepted: ['60', '060', '61', '99', '100', '10080', '52560001', '4294967296', '9999999999999999', '0000000000000060'],
    refused: ['59', '0', '1', '059', '60.5', '60.0', '+60', '-60', ' 60', '60 ', '1e2', '60m', 'true', 'bad', '', '10000000000000000', '9223372036854775807', '６０'],
  },
  days: { accepted: ['1', '01', '35', '36500', '36501', '9999999999999999'], refused: ['0', '00', '-1', '1.0', '1e2', '', 'null', '10000000000000000'] },
  boolean: { accepted: ['true', 'false'], refused: ['True', 'TRUE', 'yes', '1', '', 'null', ' true'] },
  scheduleExpression: {
    accepted: [
      'cron(0 5 ? * * *)', 'cron(0 5 1 * ? *)', 'cron(0 5 1 * ?)', 'cron(0 5 1 * ? * garbage)', 'cron(0 5 ? * MONL *)', 'cron(0 5 ? * MON#1 *)', 'cron(0 5 L-3W * ? *)',
      'cron(0 20-2 ? * * *)', 'cron(0 5 ? NOV-FEB * *)', 'cron(0 5 ? * mon *)', 'cron(1/59 5 ? * * *)', 'cron(0 5 ? JAN * 2030/2)', 'cron(0 5 1W,15W * ? *)', 'cron(0 */2 ? * MON-FRI/2 *)',
    ],
    refused: ['rate(1 day)', 'bad', '', 'cron(0 5 ? * * *) ', ' cron(0 5 ? * * *)', 'cron(* * * * * *)', 'cron(0 5 * * * *)', 'cron(0 5 ? * ? *)', 'cron(0 5 * *)', 'cron()', '0 5 ? * * *'],
  },
  vaultName: { accepted: ['Default', 'vault', 'a', 'A-b_9', 'x'.repeat(50), '12'], refused: ['', 'with space', 'with.dot', 'x'.repeat(51), `${vault}Vault`] },
  vaultArn: {
    accepted: [`${vault}Vault`, 'arn:aws-us-gov:backup:us-gov-west-1:111122223333:backup-vault:v', 'arn:aws-cn:backup:cn-north-1:$account:backup-vault:v', vault + 'x'.repeat(50)],
    refused: [`${airGapped}Vault`, 'bad', vault, 'arn:aws:backup:us-east-1:11112222333:backup-vault:v', 'arn:aws:backup:us-east-1:$account:vault:v', 'arn:aws-iso:backup:us-iso-east-1:$account:backup-vault:v', vault + 'x'.repeat(51), `${vault}a.b`],
  },
  airGappedVaultArn: {
    accepted: [`${airGapped}Vault`, 'arn:aws-us-gov:backup:$region:$account:backup-vault:v', 'arn:aws-cn:backup:$region:$account:backup-vault:v'],
    refused: [`${vault}Vault`, 'arn:aws:backup:$region:111122223333:backup-vault:Vault', airGapped, 'bad', 'Vault'],
  },
  roleArn: {
    accepted: [`${role}Test`, `${role}service-role/AWSBackupDefaultServiceRole`, 'arn:aws-us-gov:iam::$account:role/Test', 'arn:aws-cn:iam::$account:role/a/b/c', `${role}a+=,.@-_`],
    refused: ['arn:aws:iam::111111111111:role/Test', 'bad', role, `${role}path/`, `${role}with space`, 'arn:aws:iam::$$account:role/Test', 'arn:aws:iam::$account:user/Test', 'Test'],
  },
  tagKey: { accepted: ['cost', '12', 'x'.repeat(128), '😀'.repeat(128)], refused: ['', 'x'.repeat(129), '😀'.repeat(129)] },
  tagValue: { accepted: ['', 'one', '12', 'x'.repeat(256), '😀'.repeat(256)], refused: ['x'.repeat(257), '😀'.repeat(257)] },
  conditionKey: { accepted: ['aws:ResourceTag/owned', 'x'.repeat(128)], refused: ['', 'x'.repeat(129)] },
  conditionValue: { accepted: ['', 'owned', '*x*', 'x'.repeat(256)], refused: ['x'.repeat(257)] },
  toggle: { accepted: ['enabled', 'disabled'], refused: ['true', 'Enabled', 'wrong', ''] },
  scanMode: { accepted: ['INCREMENTAL_SCAN', 'FULL_SCAN'], refused: ['wrong', 'full_scan', ''] },
  indexResourceType: { accepted: ['EBS', 'S3'], refused: ['EC2', 'ebs', 'ALL', ''] },
  scanResourceType: { accepted: ['EBS', 'EC2', 'S3', 'ALL'], refused: ['RDS', 'all', ''] },
  region: { accepted: ['us-east-1', 'us-gov-west-1', 'cn-northwest-1', 'xx-newplace-9'], refused: ['*', 'wrong', '12', 'us-east-1a', 'us-east', 'US-EAST-1', ''] },
  resourceType: {
    accepted: ['*', 'arn:aws:ec2:*:*:volume/*', 'arn:aws-us-gov:s3:::*', 'arn:aws-cn:rds:*:*:db:*', 'arn:aws:ssm-sap:*:*:HANA/*'],
    refused: ['arn:aws:sqs:*:*:*', 'arn:aws:ec2:us-east-1:111122223333:volume/vol-1', 'ec2', '', 'arn:aws:ec2:*:*:*'],
  },
};
const valueTypes = Object.keys(values) as readonly ValueType[];

/** Every node of the grammar with a path to it; a chosen name is one that AWS takes. */
function* nodes(node: GrammarNode, path: readonly string[] = []): Generator<{ readonly node: GrammarNode; readonly path: readonly string[] }> {
  yield { node, path };
  if (node.kind !== 'container') return;
  for (const [key, child] of node.keys) yield* nodes(child, [...path, key]);
  if (node.names !== undefined) yield* nodes(node.names.child, [...path, node.names.value === 'vaultArn' ? `${vault}v` : 'chosen']);
}
const allNodes = [...nodes(policyGrammar)];

const ajv = new Ajv({ strict: false, allErrors: true });
const validatePolicy = ajv.compile(policySchema);

describe('a value', () => {
  test.each(valueTypes)('of type %s is judged as AWS judges it', (type) => {
    expect(values[type].accepted.filter((text) => !acceptsValue(type, text))).toEqual([]);
    expect(values[type].refused.filter((text) => acceptsValue(type, text))).toEqual([]);
  });

  test('is known in every type that the schema defines', () => {
    const defined = Object.keys(policySchema.definitions).filter((name) => name.startsWith('value.'));
    expect(valueTypes.map((type) => `value.${type}`).sort()).toEqual(defined.sort());
  });

  test.each(valueTypes)('of type %s is judged alike as a text of the schema and by the compiled predicate', (type) => {
    const validate = ajv.compile({ $ref: `#/definitions/value.${type}`, definitions: policySchema.definitions });
    const { accepted, refused } = values[type];
    const near = fc.constantFrom(...accepted, ...refused).chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length), fc.constantFrom('', ' ', '0', '-', '*', 'é'))
      .map(([whole, at, inserted]) => whole.slice(0, at) + inserted + whole.slice(at + 1)));
    fc.assert(fc.property(fc.oneof(near, fc.constantFrom(...accepted, ...refused), fc.string({ unit: 'binary' })), (text) => {
      expect(acceptsValue(type, text)).toBe(validate(text));
    }), { seed: 7, numRuns: 300 });
  });

  test('of minutes is taken from 60 to sixteen digits, with leading zeros', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n }), fc.nat(3), (number, zeros) => {
      const text = '0'.repeat(zeros) + number.toString();
      expect(acceptsValue('minutes', text)).toBe(number >= 60n && text.length <= 16);
    }), { seed: 7, numRuns: 500 });
  });

  test.each(['minutes', 'days'] as const)('of %s is taken as a bare number where its text is', (type) => {
    const validate = ajv.compile({ $ref: `#/definitions/value.${type}`, definitions: policySchema.definitions });
    fc.assert(fc.property(fc.integer({ min: -100, max: 100_000 }), (number) => {
      expect(validate(number)).toBe(acceptsValue(type, String(number)));
    }), { seed: 7, numRuns: 500 });
  });

  test.each(valueTypes)('of type %s has a phrase for messages', (type) => {
    expect(describeValue(type)).toMatch(/^\S.*[^.]$/);
    expect(describeValue(type)).not.toContain('`');
  });

  test.each(valueTypes)('of type %s is suggested only as AWS takes it, once, and explained', (type) => {
    const suggested = suggestedValues(type);
    expect(suggested.filter(({ value }) => !acceptsValue(type, value))).toEqual([]);
    expect(new Set(suggested.map(({ value }) => value)).size).toBe(suggested.length);
    expect(suggested.every(({ description }) => description.length > 2)).toBe(true);
  });

  test('is suggested where there is a choice', () => {
    expect(suggestedValues('boolean').map(({ value }) => value)).toEqual(['true', 'false']);
    expect(suggestedValues('scanMode').map(({ value }) => value)).toEqual(['INCREMENTAL_SCAN', 'FULL_SCAN']);
    expect(suggestedValues('region').map(({ value }) => value)).toContain('eu-central-1');
    expect(suggestedValues('minutes')).toEqual([]);
  });
});

describe('the grammar', () => {
  test.each([
    [['plans'], 'container'],
    [['plans', 'any name'], 'container'],
    [['plans', 'p', 'regions'], 'list'],
    [['PLANS', 'p', 'Regions'], 'list'],
    [['plans', 'p', 'rules', 'r', 'schedule_expression'], 'single'],
    [['plans', 'p', 'rules', 'r', 'copy_actions', `${vault}v`, 'lifecycle', 'delete_after_days'], 'single'],
    [['plans', 'p', 'scan_settings', 'guardduty', 'resource_types'], 'list'],
    [['plans', 'p', 'selections', 'resources', 's', 'conditions', 'string_like', 'c', 'condition_value'], 'single'],
    [['plans', 'p', 'backup_plan_tags', 't', 'tag_value'], 'single'],
    [['plans', 'p', 'selections', 'tags', 's', 'tag_value'], 'list'],
    [[], 'container'],
  ])('knows %j as a %s', (path, kind) => {
    expect(grammarAt(path)?.kind).toBe(kind);
  });

  test.each([
    [['Version']],
    [['plans', '@@assign']],
    [['plans', 'p', 'schedule_expression_timezone']],
    [['plans', 'p', 'rules', 'r', 'lifecycle', 'to_delete_after_days']],
    [['plans', 'p', 'regions', '@@assign']],
    [['plans', 'p', 'advanced_backup_settings', 'rds']],
    [['plans', 'p', 'constructor']],
  ])('knows nothing at %j', (path) => {
    expect(grammarAt(path)).toBeUndefined();
  });

  test('compares keys as AWS does', () => {
    expect(foldKey('@@Operators_Allowed_For_Child_Policies')).toBe('@@operators_allowed_for_child_policies');
    const plans = childGrammar(policyGrammar, 'Plans');
    expect(plans).toBe(policyGrammar.keys.get('plans'));
    expect(plans?.kind === 'container' ? childGrammar(plans, '@@none') : plans).toBeUndefined();
  });

  test('explains every node', () => {
    expect(allNodes.length).toBeGreaterThan(80);
    expect(allNodes.filter(({ node }) => node.title === '' || descriptionOf(node) === '').map(({ path }) => path)).toEqual([]);
  });

  test('has chosen names or fixed keys at a container, never both, and a fixed key for everything required', () => {
    for (const { node, path } of allNodes) {
      if (node.kind !== 'container') continue;
      expect(node.keys.size > 0, path.join('/')).toBe(node.names === undefined);
      expect(node.required.filter((key) => !node.keys.has(key)), path.join('/')).toEqual([]);
    }
  });

  test('demands in one document what AWS demands in one document', () => {
    const demands = allNodes.flatMap(({ node, path }) => (node.kind === 'container' && node.required.length > 0 ? [[path.slice(-2, -1)[0] ?? '', node.required.join(' ')]] : []));
    expect(new Set(demands.map((demand) => demand.join(': ')))).toEqual(new Set([
      ': plans', 'copy_actions: target_backup_vault_arn', 'recovery_point_tags: tag_key tag_value', 'backup_plan_tags: tag_key tag_value', 'tags: tag_key tag_value',
      ...['string_equals', 'string_not_equals', 'string_like', 'string_not_like'].map((operator) => `${operator}: condition_key condition_value`),
    ]));
  });

  test.each([
    [['plans', 'p', 'regions'], { value: 'region', minimumItems: 0 }],
    [['plans', 'p', 'selections', 'tags', 's', 'tag_value'], { value: 'tagValue', minimumItems: 1 }],
    [['plans', 'p', 'selections', 'resources', 's', 'not_resource_types'], { value: 'resourceType', minimumItems: 1 }],
    [['plans', 'p', 'rules', 'r', 'index_actions', 'resource_types'], { value: 'indexResourceType', minimumItems: 1 }],
    [['plans', 'p', 'scan_settings', 'GUARDDUTY', 'resource_types'], { value: 'scanResourceType', minimumItems: 1 }],
    [['plans', 'p', 'rules', 'r', 'start_backup_window_minutes'], { value: 'minutes', unit: 'minutes', default: '480 minutes (8 hours)' }],
    [['plans', 'p', 'rules', 'r', 'lifecycle', 'delete_after_days'], { value: 'days', unit: 'days' }],
    [['plans', 'p', 'rules', 'r', 'target_backup_vault_name'], { value: 'vaultName' }],
  ])('describes the setting %j', (path, expected) => {
    expect(grammarAt(path)).toMatchObject(expected);
  });

  test('names what an author names', () => {
    const nouns = allNodes.flatMap(({ node }) => (node.kind === 'container' && node.names !== undefined ? [`${node.names.noun}: ${node.names.value}`] : []));
    expect([...new Set(nouns)].sort()).toEqual(['condition: name', 'copy action: vaultArn', 'plan: name', 'rule: name', 'selection: name', 'tag: tagId']);
  });
});

describe('an operator', () => {
  test.each([
    ['@@assign', ['single', 'list']],
    ['@@append', ['list']],
    ['@@remove', ['list']],
    ['@@operators_allowed_for_child_policies', ['single', 'list', 'container']],
  ] as const)('%s is taken by %j', (name, kinds) => {
    const operator = operators.find((each) => each.name === name);
    expect([...(operator?.kinds ?? [])]).toEqual(kinds);
    for (const kind of kinds) expect(operator === undefined ? undefined : operatorDescription(operator, kind)?.length).toBeGreaterThan(40);
  });

  test('is listed in the order of application', () => {
    expect(operators.map(({ name }) => name)).toEqual(['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies']);
  });

  test('can be allowed to policies lower down by five control values', () => {
    expect(controlValues.map(({ value }) => value)).toEqual(['@@all', '@@none', '@@assign', '@@append', '@@remove']);
  });
});

describe('a snippet', () => {
  /** What an editor inserts when the author keeps every default. */
  const filled = (text: string): string => text
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\\([$}\\])/g, '$1');
  function inserted(body: SnippetBody): unknown {
    if (typeof body === 'string') return body.startsWith('^') ? JSON.parse(filled(body.slice(1))) as unknown : filled(body);
    if (typeof body !== 'object') return body;
    if (Array.isArray(body)) return (body as readonly SnippetBody[]).map(inserted);
    return Object.fromEntries(Object.entries(body).map(([key, value]) => [filled(key), inserted(value)]));
  }
  const offered = allNodes.flatMap(({ node, path }) => snippetsAt(node).map((snippet) => ({ snippet, path, place: `${snippet.label} at ${path.join('/')}` })));

  test.each(offered)('$place is accepted as it stands', ({ snippet, path }) => {
    const value = inserted(snippet.body);
    expect(JSON.stringify(value)).not.toMatch(/\$\{|\\\\/);
    const document = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const place = `/${path.map((key) => key.replace(/~/g, '~0').replace(/\//g, '~1')).join('/')}`;
    validatePolicy(document);
    // The containers around the snippet hold nothing else, so what they demand besides it is missing.
    const around = ({ instancePath, keyword }: ErrorObject): boolean => ['required', 'if'].includes(keyword) && place.startsWith(`${instancePath}/`);
    expect((validatePolicy.errors ?? []).filter((error) => !around(error))).toEqual([]);
  });

  test.each([[[]], [['plans']], [['plans', 'p', 'rules']], [['plans', 'p', 'selections']], [['plans', 'p', 'selections', 'tags']], [['plans', 'p', 'selections', 'resources']], [['plans', 'p', 'rules', 'r', 'copy_actions']], [['plans', 'p', 'rules', 'r', 'lifecycle']]])('is offered at %j', (path) => {
    const node = grammarAt(path);
    expect(node === undefined ? [] : snippetsAt(node)).not.toEqual([]);
  });

  test('of a setting is offered everywhere, since a bare value is refused', () => {
    expect(allNodes.filter(({ node }) => node.kind !== 'container' && snippetsAt(node).length === 0).map(({ path }) => path)).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import facts from '../../schemas/facts.json' with { type: 'json' };
import { validateOrganization } from '../../server/core/generated/validators.js';
import { policyGrammar, suggestedValues, type GrammarNode } from '../../server/core/grammar.ts';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject { readonly [key: string]: Json | undefined }

const readJson = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
const policySchema = readJson('schemas/backup-policy.schema.json');
const organizationSchema = readJson('schemas/organization.schema.json');

const ajv = new Ajv({ strict: false, allErrors: true });
const validatePolicy = ajv.compile(policySchema);
const verdict = (policy: unknown): 'accepted' | 'rejected' => (validatePolicy(policy) ? 'accepted' : 'rejected');

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of a schema with its place, conditions across settings left out: they document nothing. */
function* schemaNodes(schema: Json | undefined, place = '#'): Generator<{ readonly place: string; readonly schema: JsonObject }> {
  if (Array.isArray(schema)) {
    for (const [index, item] of schema.entries()) yield* schemaNodes(item as Json, `${place}/${String(index)}`);
  } else if (isObject(schema)) {
    yield { place, schema };
    for (const [key, value] of Object.entries(schema)) {
      if (!['if', 'then', 'defaultSnippets'].includes(key)) yield* schemaNodes(value, `${place}/${key}`);
    }
  }
}

const definitionOf = (root: JsonObject, schema: JsonObject): JsonObject => {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  const definition = name === undefined || !isObject(root.definitions) ? undefined : root.definitions[name];
  return isObject(definition) ? { ...definitionOf(root, definition), ...schema } : schema;
};

describe('the schemas as JSON Schema', () => {
  test.each([['backup policy', policySchema], ['organization', organizationSchema]])('the %s schema is valid draft-07', (_name, schema) => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  test.each([['backup policy', policySchema], ['organization', organizationSchema]])('the %s schema explains every key in a title and a description', (_name, root) => {
    const keys = [...schemaNodes(root)].flatMap(({ place, schema }) =>
      place.endsWith('/properties') && !place.endsWith('/properties/properties')
        ? Object.entries(schema).map(([key, value]) => ({ place: `${place}/${key}`, schema: definitionOf(root, isObject(value) ? value : {}) }))
        : []);
    expect(keys.length).toBeGreaterThan(15);
    const unexplained = keys.filter(({ schema }) => [schema.title, schema.markdownDescription].some((text) => typeof text !== 'string' || text.length < 2));
    expect(unexplained.map(({ place }) => place)).toEqual([]);
  });

  test('the policy schema explains every value that it lists', () => {
    const enumerations = [...schemaNodes(policySchema)].filter(({ schema }) => Array.isArray(schema.enum));
    expect(enumerations.length).toBeGreaterThan(5);
    for (const { place, schema } of enumerations) {
      const descriptions = schema.markdownEnumDescriptions as readonly string[] | undefined;
      expect(descriptions?.length, place).toBe((schema.enum as readonly Json[]).length);
      expect(descriptions?.every((text) => text.length > 2), place).toBe(true);
    }
  });

  test('an operator is explained in the same words in every setting of its kind', () => {
    const texts = new Map<string, Set<Json | undefined>>();
    for (const { place, schema } of schemaNodes(policySchema)) {
      const [, kind, operator] = /definitions\/(single|list)\..*\/properties\/(@@\w+)$/.exec(place) ?? [];
      if (kind === undefined || operator === undefined) continue;
      const key = `${kind} ${operator}`;
      texts.set(key, (texts.get(key) ?? new Set()).add(definitionOf(policySchema, schema).markdownDescription));
    }
    expect([...texts.keys()]).toHaveLength(6);
    for (const [key, descriptions] of texts) expect(descriptions.size, key).toBe(1);
  });

  test('the fewest elements that a list is annotated with are those that it demands', () => {
    for (const { place, schema } of schemaNodes(policySchema)) {
      if (schema['x-kind'] !== 'list') continue;
      const list = definitionOf(policySchema, { $ref: `#/definitions/list.${typeof schema['x-value'] === 'string' ? schema['x-value'] : ''}` });
      for (const operator of ['@@assign', '@@append', '@@remove']) {
        const values = isObject(list.properties) ? list.properties[operator] : undefined;
        expect(isObject(values) ? values.minItems ?? 0 : undefined, `${place} ${operator}`).toBe(schema['x-minimum-items']);
      }
    }
  });
});

describe('the policy schema beside recorded answers of AWS', () => {
  interface Recording { readonly id: string; readonly group: string; readonly verdict: string; readonly text: string }
  const recordings = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[];
  /** What a JSON schema cannot say, by the reason. */
  const beyondSchema: Readonly<Record<string, readonly string[]>> = {
    'a tag block must be named like its tag_key': [
      'document-plan-tag-under-key-cost-with-tag-key-x-142', 'document-plan-tag-under-key-cost-with-tag-key-12-145',
      'extended-plan-tag-key-under-cost-other-167', 'extended-plan-tag-key-under-cost-12-169',
    ],
    '60.0 is the number 60 to a JSON parser': ['document-complete-backup-window-minutes-60-0-54'],
    'a key that stands twice is gone after parsing': ['controls-duplicate-root-key-280'],
  };

  test.each(['document', 'extended', 'structure', 'controls', 'numeric', 'attached'])('agrees with all answers of the group %s but the listed exceptions', (group) => {
    const inGroup = recordings.filter((recording) => recording.group === group);
    expect(inGroup.length).toBeGreaterThan(0);
    const disagreements = inGroup.filter(({ text, verdict: aws }) => verdict(JSON.parse(text)) !== aws).map(({ id }) => id);
    const exceptions = Object.values(beyondSchema).flat().filter((id) => id.startsWith(`${group}-`));
    expect(disagreements.sort()).toEqual([...exceptions].sort());
  });

  test('refuses nothing that AWS accepted, whatever the group', () => {
    const refused = recordings.filter(({ text, verdict: aws }) => aws === 'accepted' && verdict(JSON.parse(text)) === 'rejected');
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  const inRule = (rule: unknown): unknown => ({ plans: { p: { rules: { r: rule } } } });
  const lifecycle = { move_to_cold_storage_after_days: { '@@assign': 30 }, delete_after_days: { '@@assign': 120 } };
  test.each([
    ['continuous backup kept for 35 days', inRule({ enable_continuous_backup: { '@@assign': true }, lifecycle: { delete_after_days: { '@@assign': '035' } } }), 'accepted'],
    ['continuous backup kept for 36 days', inRule({ enable_continuous_backup: { '@@assign': 'true' }, lifecycle: { delete_after_days: { '@@assign': 36 } } }), 'rejected'],
    ['continuous backup with cold storage', inRule({ enable_continuous_backup: { '@@assign': true }, lifecycle: { ...lifecycle, delete_after_days: { '@@assign': 35 } } }), 'rejected'],
    ['no continuous backup with cold storage', inRule({ enable_continuous_backup: { '@@assign': false }, lifecycle }), 'accepted'],
    ['archive with both days and a schedule', inRule({ schedule_expression: { '@@assign': 'cron(0 5 1 * ? *)' }, lifecycle: { ...lifecycle, opt_in_to_archive_for_supported_resources: { '@@assign': true } } }), 'accepted'],
    ['archive without a schedule', inRule({ lifecycle: { ...lifecycle, opt_in_to_archive_for_supported_resources: { '@@assign': true } } }), 'rejected'],
    ['an element of a list as an object', { plans: { p: { regions: { '@@assign': [{}] } } } }, 'rejected'],
    ['a control with two operators', { plans: { p: { '@@operators_allowed_for_child_policies': ['@@all', '@@append'] } } }, 'accepted'],
    ['a control with @@none and another', { plans: { p: { '@@operators_allowed_for_child_policies': ['@@None', '@@append'] } } }, 'rejected'],
    ['an empty control', { plans: { p: { '@@operators_allowed_for_child_policies': [] } } }, 'rejected'],
    ['a control as a text', { plans: { p: { '@@operators_allowed_for_child_policies': '@@none' } } }, 'rejected'],
    ['a copy action without its target', inRule({ copy_actions: { 'arn:aws:backup:us-east-1:$account:backup-vault:V': {} } }), 'rejected'],
    ['a time zone', inRule({ schedule_expression_timezone: { '@@assign': 'Europe/Berlin' } }), 'rejected'],
    ['both kinds of selection', { plans: { p: { selections: { tags: {}, resources: {} } } } }, 'accepted'],
  ])('judges %s', (_case, policy, expected) => {
    expect(verdict(policy)).toBe(expected);
  });
});

describe('the policy schema in an editor that knows nothing else', () => {
  const service = getLanguageService({
    clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } }, hover: { contentFormat: ['markdown'] } } },
  });
  service.configure({ validate: true, schemas: [{ uri: 'backup-policy', fileMatch: ['*'], schema: policySchema }] });

  /** Opens a text, in which `|` marks the cursor. */
  function open(marked: string) {
    const cursor = marked.indexOf('|');
    const document = TextDocument.create('file:///policy.json', 'json', 1, marked.replace('|', ''));
    const json = service.parseJSONDocument(document);
    const position = document.positionAt(Math.max(cursor, 0));
    return {
      problems: async () => (await service.doValidation(document, json)).map(({ range, message }) => `${document.getText(range)}: ${typeof message === 'string' ? message : message.value}`),
      completions: async () => (await service.doComplete(document, position, json))?.items ?? [],
      hover: async () => JSON.stringify((await service.doHover(document, position, json))?.contents),
    };
  }

  const accepted = `{"plans": {"daily": {
    "regions": {"@@assign": ["eu-central-1"]},
    "rules": {"r": {"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}, "target_backup_vault_name": {"@@assign": "Default"}, "lifecycle": {"delete_after_days": {"@@assign": 35}}}},
    "selections": {"tags": {"s": {"iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/Backup"}, "tag_key": {"@@assign": "backup"}, "tag_value": {"@@assign": ["yes"]}}}}}}}`;

  test('finds nothing in an accepted policy', async () => {
    expect(await open(accepted).problems()).toEqual([]);
  });

  test.each([
    ['"eu-central-1"', '"eu-central"', '"eu-central": Write a Region code such as us-east-1. AWS refuses other texts, "*" included.'],
    ['{"@@assign": 35}', '35', '35: This setting holds one value: write it as an object with @@assign, for example {"@@assign": …}. AWS refuses a bare value, a list and any other operator.'],
    ['$account', '111122223333', '"arn:aws:iam::111122223333:role/Backup": Write arn:<partition>:iam::$account:role/<path and name> with $account as it stands. AWS refuses an account ID here.'],
    ['"Default"', '"my vault"', '"my vault": Write the name of a backup vault (not its ARN): 1 to 50 characters out of A-Z, a-z, 0-9, underscore and hyphen.'],
    ['{"daily"', '{"täglich"', '"täglich": A name has 1 to 50 characters out of A-Z, a-z, 0-9, dot, underscore and hyphen. AWS refuses the policy otherwise.'],
  ])('with %s replaced by %s says one thing, at the place', async (from, to, problem) => {
    expect(await open(accepted.replace(from, to)).problems()).toEqual([problem]);
  });

  test.each([
    ['a list', '{"plans": {"p": {"regions": {|}}}}', ['@@append', '@@assign', '@@operators_allowed_for_child_policies', '@@remove']],
    ['a single value', '{"plans": {"p": {"rules": {"r": {"schedule_expression": {|}}}}}}', ['@@assign', '@@operators_allowed_for_child_policies']],
    ['a lifecycle', '{"plans": {"p": {"rules": {"r": {"lifecycle": {|}}}}}}', ['@@operators_allowed_for_child_policies', 'delete_after_days', 'move_to_cold_storage_after_days', 'opt_in_to_archive_for_supported_resources']],
    ['a document', '{|}', ['plans']],
  ])('offers what belongs into %s', async (_place, text, labels) => {
    expect((await open(text).completions()).map(({ label }) => label).sort()).toEqual(labels);
  });

  test('offers the Regions with their names', async () => {
    const items = await open('{"plans": {"p": {"regions": {"@@assign": ["|"]}}}}').completions();
    expect(items.find(({ label }) => label === '"eu-central-1"')?.documentation).toEqual({ kind: 'markdown', value: 'Europe (Frankfurt)' });
  });

  test('inserts the account placeholder of a role as a text, not as a variable of the snippet', async () => {
    const [role] = (await open('{"plans": {"p": {"selections": {"tags": {"s": {"iam_role_arn": |}}}}}}').completions()).map((item) => item.textEdit?.newText ?? item.insertText);
    expect(role).toContain('"@@assign": "arn:aws:iam::\\$account:role/${1:service-role/AWSBackupDefaultServiceRole}"');
  });

  test.each([
    ['{"plans": {"p": {"reg|ions": {"@@assign": []}}}}', 'The Regions in which the plan runs'],
    ['{"plans": {"p": {"regions": {"@@app|end": []}}}}', 'Adds these elements after the inherited list'],
    ['{"plans": {"p|": {}}}', 'A backup plan that AWS Backup creates'],
    ['{"plans": {"p": {"regions": {"@@assign": ["us-|east-1"]}}}}', 'US East (N. Virginia)'],
  ])('explains what the cursor stands on in %s', async (text, words) => {
    expect(await open(text).hover()).toContain(words);
  });
});

describe('the organization schema', () => {
  const model = { root: { id: 'r-ab12', name: 'Root', policies: ['baseline'], organizationalUnits: [{ id: 'ou-ab12-11111111', name: 'Workloads', policies: [], organizationalUnits: [], accounts: [{ id: '111122223333', name: 'shop-prod', policies: [] }] }], accounts: [] }, policies: { baseline: { file: 'policies/baseline.json', id: 'p-examplebase', description: '' } } };
  const refusals = (candidate: unknown): readonly string[] =>
    validateOrganization(candidate) ? [] : (validateOrganization.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

  test('takes a model with and without ids', () => {
    expect(refusals(model)).toEqual([]);
    expect(refusals({ $schema: 'x', root: { name: 'Root' }, policies: {} })).toEqual([]);
    expect(refusals(readJson('samples/backup-organization.json'))).toEqual([]);
  });

  test.each([
    ['a root ID', { ...model, root: { ...model.root, id: 'r-AB12' } }, '/root/id pattern'],
    ['an account ID', { ...model, root: { name: 'R', accounts: [{ name: 'a', id: '11112222333' }] } }, '/root/accounts/0/id pattern'],
    ['an OU ID at any depth', { ...model, root: { name: 'R', organizationalUnits: [{ name: 'a', organizationalUnits: [{ name: 'b', id: 'ou-ab12-1111111' }] }] } }, '/root/organizationalUnits/0/organizationalUnits/0/id pattern'],
    ['a policy ID', { ...model, policies: { baseline: { file: 'a.json', id: 'p-1234567' } } }, '/policies/baseline/id pattern'],
    ['a policy without a file', { ...model, policies: { baseline: {} } }, '/policies/baseline required'],
    ['an unknown key', { ...model, accounts: [] }, ' additionalProperties'],
    ['a policy attached twice', { ...model, root: { name: 'R', policies: ['baseline', 'baseline'] } }, '/root/policies uniqueItems'],
    ['an account with OUs', { ...model, root: { name: 'R', accounts: [{ name: 'a', organizationalUnits: [] }] } }, '/root/accounts/0 additionalProperties'],
    ['no root', { policies: {} }, ' required'],
    ['a description of 513 characters', { ...model, policies: { baseline: { file: 'a.json', description: 'd'.repeat(513) } } }, '/policies/baseline/description maxLength'],
  ])('refuses %s', (_case, candidate, refusal) => {
    expect(refusals(candidate)).toEqual([refusal]);
  });

  test('finds the same as ajv does at run time', () => {
    const runtime = new Ajv({ strict: false, allErrors: true, inlineRefs: false }).compile(organizationSchema);
    for (const candidate of [model, {}, [], null, 'x', { root: { name: '', accounts: [{}, 1] }, policies: { '': { file: 3 } } }]) {
      expect(validateOrganization(candidate)).toBe(runtime(candidate));
      const shown = (errors: readonly Pick<ErrorObject, 'instancePath' | 'keyword' | 'params'>[] | null | undefined) => (errors ?? []).map(({ instancePath, keyword, params }) => ({ instancePath, keyword, params }));
      expect(shown(validateOrganization.errors)).toEqual(shown(runtime.errors));
    }
  });
});

describe('the facts', () => {
  test('name the Regions that the schema suggests', () => {
    expect(suggestedValues('region')).toEqual(facts.regions.regions.map(({ code, name }) => ({ value: code, description: name })));
  });

  test('list the resource type patterns that the schema accepts, for every partition', () => {
    const patterns = facts.resourceTypes.partitions.flatMap((partition) =>
      facts.resourceTypes.patterns.map(({ pattern }) => pattern.replace(/^arn:aws:/, `arn:${partition}:`)));
    expect(suggestedValues('resourceType').map(({ value }) => value)).toEqual(['*', ...patterns]);
  });

  test('say where each section comes from and of which day it is', () => {
    for (const section of Object.values(facts)) {
      expect(section.source).toMatch(/^AWS /);
      expect(section.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  function* keysOf(node: GrammarNode): Generator<string> {
    if (node.kind !== 'container') return;
    for (const [key, child] of node.keys) {
      yield key;
      yield* keysOf(child);
    }
    if (node.names !== undefined) yield* keysOf(node.names.child);
  }

  test('rename keys to keys that exist, and each spelling once', () => {
    const keys = new Set(keysOf(policyGrammar));
    expect(Object.entries(facts.renamedKeys.keys).filter(([, current]) => !keys.has(current))).toEqual([]);
    expect(Object.keys(facts.foreignKeys.keys).filter((key) => keys.has(key))).toEqual([]);
    const spellings = [...Object.keys(facts.renamedKeys.keys), ...Object.keys(facts.foreignKeys.keys)].map((key) => key.toLowerCase());
    expect(new Set(spellings).size).toBe(spellings.length);
  });
});

describe('the generated validators', () => {
  mkdirSync('node_modules/.cache', { recursive: true });
  const copy = mkdtempSync('node_modules/.cache/schemas-');
  afterAll(() => { rmSync(copy, { recursive: true }); });
  const check = (directory: string) => spawnSync(process.execPath, [join(directory, 'schemas/generate.mjs'), '--check'], { encoding: 'utf8' });

  test('are what the schemas say', () => {
    expect(check('.')).toMatchObject({ status: 0, stderr: '' });
  });

  test('are reported when a schema has moved on', () => {
    cpSync('schemas', join(copy, 'schemas'), { recursive: true });
    cpSync('server/core/generated', join(copy, 'server/core/generated'), { recursive: true });
    expect(check(copy)).toMatchObject({ status: 0, stderr: '' });
    const path = join(copy, 'schemas/backup-policy.schema.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"^0*[1-9][0-9]*$"', '"^[1-9][0-9]*$"'));
    const outcome = check(copy);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('validators.js is not what the schemas say');
  });

  test('stand on their own', () => {
    const code = readFileSync('server/core/generated/validators.js', 'utf8');
    expect(code).not.toMatch(/\brequire\(|^import /m);
    expect(code.length).toBeLessThan(64_000);
  });
});

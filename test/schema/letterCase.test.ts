import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject { readonly [key: string]: Json | undefined }
interface Recording { readonly id: string; readonly verdict: string; readonly text: string }

const schema = JSON.parse(readFileSync('schemas/backup-policy.schema.json', 'utf8')) as JsonObject;
const recordings = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[];
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The words of the schema for editors and for the tools of this package; a validator has nothing to check in them. */
const annotations = [
  'markdownDescription', 'markdownEnumDescriptions', 'defaultSnippets', 'errorMessage', 'patternErrorMessage', 'doNotSuggest', 'allowTrailingCommas',
  'x-kind', 'x-value', 'x-unit', 'x-default', 'x-minimum-items', 'x-names', 'x-phrase',
];
/** Types and keys are defined once, not again in the conditions on them; AWS takes texts and numbers side by side. */
const strict = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
annotations.forEach((keyword) => strict.addKeyword({ keyword }));

test('a strict validator knows every word of the schema and compiles it', () => {
  const validate = strict.compile(schema);
  expect(validate({ plans: {} })).toBe(true);
  expect(validate({})).toBe(false);
  expect(() => new Ajv({ strict: true }).compile(schema)).toThrow('unknown keyword');
});

/** The objects with fixed keys: their keys, and the name of the definition that says which keys may stand there. */
function* closedObjects(node: Json | undefined): Generator<{ readonly keys: readonly string[]; readonly definition: string }> {
  if (Array.isArray(node)) {
    for (const item of node) yield* closedObjects(item as Json);
  } else if (isObject(node)) {
    const { properties, propertyNames, type } = node;
    if (type === 'object' && isObject(properties)) {
      const reference = isObject(propertyNames) && typeof propertyNames.$ref === 'string' ? propertyNames.$ref : '';
      yield { keys: Object.keys(properties), definition: reference.replace('#/definitions/', '') };
    }
    for (const [key, child] of Object.entries(node)) {
      if (!['if', 'then', 'defaultSnippets'].includes(key)) yield* closedObjects(child);
    }
  }
}

const containers = [...closedObjects(schema)];
const named = new Set(['keys.names', 'keys.vaultArns', 'keys.tagIds']);

/** A spelling in which every second letter is a capital. */
const respelt = (key: string) => key.replace(/../g, (pair) => pair.charAt(0).toLowerCase() + pair.charAt(1).toUpperCase());

describe('the keys of the schema', () => {
  const keyValidator = new Ajv({ strict: false });
  keyValidator.addSchema(schema, 'policy');
  const accepts = (definition: string, key: string) => keyValidator.validate({ $ref: `policy#/definitions/${definition}` }, key);
  const every = [...new Set(containers.flatMap(({ keys }) => keys))];

  test('are limited wherever they are fixed', () => {
    expect(containers.length).toBeGreaterThan(45);
    expect(containers.filter(({ definition }) => !definition.startsWith('keys.'))).toEqual([]);
  });

  test.each(containers.filter(({ definition }) => !named.has(definition)))('of $definition are its own in every letter case, and no others', ({ keys, definition }) => {
    for (const key of keys) {
      for (const spelling of [key, key.toUpperCase(), key.toLowerCase(), respelt(key)]) expect(accepts(definition, spelling), spelling).toBe(true);
      for (const near of [`${key}s`, `x${key}`, key.slice(0, -1), `${key}\n`]) expect(accepts(definition, near), near).toBe(false);
    }
    for (const other of every.filter((key) => !keys.includes(key))) expect(accepts(definition, other), other).toBe(false);
  });

  test.each([...named])('of %s take no operator but the control', (definition) => {
    expect(accepts(definition, '@@Operators_Allowed_For_Child_Policies')).toBe(true);
    for (const operator of ['@@assign', '@@append', '@@remove', '@@ASSIGN', '@@', '@@operators_allowed_for_child_policies_']) expect(accepts(definition, operator), operator).toBe(false);
  });
});

describe('an accepted policy', () => {
  /** The document with some keys in another letter case. Names that the author chooses change too, but stay names. */
  function withKeys(value: Json, spell: (key: string) => string): Json {
    if (Array.isArray(value)) return value.map((item: Json) => withKeys(item, spell));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.startsWith('arn:') ? key : spell(key), withKeys(child ?? null, spell)]));
  }

  const validate = new Ajv({ strict: false }).compile(schema);

  test('is accepted by the schema in any spelling of its keys', () => {
    const documents = recordings.filter(({ verdict }) => verdict === 'accepted').map(({ text }) => JSON.parse(text) as Json);
    const capitals = fc.infiniteStream(fc.boolean());
    fc.assert(fc.property(fc.constantFrom(...documents), fc.integer({ min: 0, max: 2 }), capitals, (document, share, stream) => {
      const draw = (): boolean => stream.next().value === true;
      const spelt = withKeys(document, (key) => (share === 0 || !draw() ? key : key.replace(/[a-z]/g, (letter) => (share === 1 || draw() ? letter.toUpperCase() : letter))));
      expect(validate(spelt), JSON.stringify(spelt)).toBe(true);
    }), { numRuns: 4000, seed: 20_261_121 });
  });
});

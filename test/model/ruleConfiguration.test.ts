import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rules, type RuleId } from '../../server/core/rules.ts';
import { readRuleConfiguration } from '../../server/model/ruleConfiguration.ts';

const schema = JSON.parse(readFileSync('schemas/configuration.schema.json', 'utf8')) as {
  readonly properties: { readonly rules: { readonly properties: Readonly<Record<string, { readonly description: string; readonly default: string; readonly enum: readonly string[] }>> } };
};
const validate = new Ajv({ strict: false }).compile(schema);
const ids = Object.keys(rules) as RuleId[];

/** Each problem with the text that it stands at. */
function problemsIn(text: string): readonly (readonly [string, string])[] {
  return readRuleConfiguration(text).problems.map(({ span, message }) => [text.slice(span.start, span.end), message]);
}

describe('a configuration file', () => {
  test('gives levels to rules', () => {
    const text = '{ "$schema": "./x.json", "rules": { "kept-forever": "off", "no-schedule": "error", "tag-case": "hint" } }';
    expect(readRuleConfiguration(text)).toEqual({ levels: { 'kept-forever': 'off', 'no-schedule': 'error', 'tag-case': 'hint' }, problems: [] });
  });

  test('may hold comments, and may say nothing', () => {
    expect(readRuleConfiguration('{ // why\n "rules": { /* asked for */ "kept-forever": "off" } }')).toEqual({ levels: { 'kept-forever': 'off' }, problems: [] });
    expect(readRuleConfiguration('{}')).toEqual({ levels: {}, problems: [] });
  });

  test.each([
    ['a rule that does not exist', '{"rules":{"kept-for-ever":"off"}}', [['"kept-for-ever"', 'There is no rule "kept-for-ever". Did you mean "kept-forever"?']]],
    ['a rule that is like no other', '{"rules":{"zzzzzzzzzz":"off"}}', [['"zzzzzzzzzz"', 'There is no rule "zzzzzzzzzz".']]],
    ['a property of every object', '{"rules":{"constructor":"off"}}', [['"constructor"', 'There is no rule "constructor".']]],
    ['a level that does not exist', '{"rules":{"kept-forever":"warn"}}', [['"warn"', 'The level of "kept-forever" is not one of error, warning, info, hint, off.']]],
    ['a level that is no text', '{"rules":{"kept-forever":0}}', [['0', 'The level of "kept-forever" is not one of error, warning, info, hint, off.']]],
    ['rules in a list', '{"rules":["kept-forever"]}', [['["kept-forever"]', '"rules" must be an object in braces.']]],
    ['another key', '{"rule":{}}', [['"rule"', '"rule" is no key of the configuration. Did you mean "rules"?']]],
    ['a rule that stands twice', '{"rules":{"tag-case":"off","tag-case":"hint"}}', [['"tag-case"', '"tag-case" stands twice. Keep one of the two.']]],
    ['no text', '', [['', 'The configuration is empty. Write { "rules": {} }.']]],
    ['a list', '[]', [['[]', 'The configuration must be an object in braces.']]],
  ])('is told of %s', (_title, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  test('that is no JSON says where, and what can be read counts', () => {
    const { levels, problems } = readRuleConfiguration('{\n  "rules": { "kept-forever": "off"\n');
    expect(levels).toEqual({ 'kept-forever': 'off' });
    expect(problems.length).toBeGreaterThan(0);
  });

  test('never makes the reader throw', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"rules"', '"kept-forever"', '"off"', ':', ',', '//', '/*', ' ', '${x}', '"', '1', 'null');
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      for (const { span } of readRuleConfiguration(text).problems) expect(span.start <= span.end && span.end <= text.length).toBe(true);
    }), { seed: 3, numRuns: 2000 });
  });
});

describe('the schema of configuration files', () => {
  test('knows every rule with its title and level, and no other', () => {
    const known = Object.entries(schema.properties.rules.properties).map(([id, rule]) => [id, rule.description, rule.default]);
    expect(known).toEqual(ids.map((id) => [id, `${rules[id].title}.`, rules[id].level]));
  });

  test.each([
    ['{ "rules": { "kept-forever": "off" } }', true],
    ['{ "$schema": "x", "rules": {} }', true],
    ['{}', true],
    ['{ "rules": { "kept-for-ever": "off" } }', false],
    ['{ "rules": { "kept-forever": "warn" } }', false],
    ['{ "rules": [] }', false],
    ['{ "rule": {} }', false],
    ['[]', false],
  ])('judges %s as the reader does', (text, isRight) => {
    expect(validate(JSON.parse(text))).toBe(isRight);
    expect(readRuleConfiguration(text).problems.length === 0).toBe(isRight);
  });
});

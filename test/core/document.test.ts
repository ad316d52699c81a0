import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';

const messages = (text: string): readonly string[] => parseDocument(text).problems.map((problem) => `${text.slice(problem.start, problem.end)} → ${problem.message}`);

describe('a text that is JSON', () => {
  test.each(['{}', '[]', '"a"', '1', 'null', '{"a":[1,true,null,"x",{"b":{}}]}', '\uFEFF{"a":1}', '{\r\n\t"a": 1\r\n}'])('%j has no problem', (text) => {
    expect(messages(text)).toEqual([]);
  });

  test('keeps the spelling of numbers, which AWS judges as text', () => {
    const { root } = parseDocument('[60.0, 1e2, -1]');
    expect(root?.type === 'array' && root.items.map((item) => 'text' in item && item.text)).toEqual(['60.0', '1e2', '-1']);
  });

  test('keeps both of two equal keys', () => {
    const { root } = parseDocument('{"a":1,"a":2}');
    expect(root?.type === 'object' && root.members.length).toBe(2);
  });

  test('takes __proto__ as a key like any other', () => {
    const { root } = parseDocument('{"__proto__":{"x":1}}');
    expect(root?.type === 'object' && root.members[0]?.key.text).toBe('__proto__');
  });
});

describe('a text that is not JSON has one problem for one mistake', () => {
  test.each([
    ['{"a":1,}', [', → JSON allows no comma before }. Remove it.']],
    ['{"a":}', ['} → A value is expected here.']],
    ['{"a" 1}', ['1 → A colon and a value are expected after "a".']],
    ['{"a":1 "b":2}', ['"b" → A comma is expected before this.']],
    ['[', ['[ → The list is not closed: ] is missing.']],
    ['{"a":[1,2', ['2 → The list is not closed: ] is missing.']],
    ['{"a":"x', ['"x → The string has no closing quote.']],
    ['{a: 1}', ['a → Keys stand in double quotes.']],
    ['{"a": wrong}', ['wrong → wrong is not a JSON value. Put text in double quotes.']],
    ['{"a":1}}', ['} → The document ends before this text. Remove it, or check the braces above.']],
    ['{}\f', ['\f → The document ends before this text. Remove it, or check the braces above.']],
    ['', [' → The document is empty. A backup policy is a JSON object with the key "plans".']],
  ])('%j', (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });

  test('and a comment is one that AWS refuses', () => {
    expect(messages('// note\n{}')).toEqual(['// note → JSON has no comments: AWS refuses a policy that contains one. Remove it before the policy is pushed.']);
  });
});

describe('a template token is an unknown value, never broken JSON', () => {
  test.each([
    '{"regions": {"@@append": ${ACCEL_LOOKUP::CUSTOM:EnabledRegions}}}',
    '{"regions": {"@@append":${allowed_regions}}}',
    '{"a": [${regions}]}',
    '{"a": {{ Name }}, "b": %[1]s, "c": ${jsonencode(["x"])}}',
    '{${key}: 1}',
    '{"${var.name}-plan": "${var.vault}"}',
  ])('%s', (text) => {
    expect(messages(text)).toEqual([]);
  });

  test('while $account is AWS\'s own', () => {
    const { root } = parseDocument('"arn:aws:iam::$account:role/x"');
    expect(root).toMatchObject({ template: false });
  });
});

describe('no text brings the reader down', () => {
  test('100,000 brackets are read to their end', () => {
    for (const bracket of ['[', '{"a":', '{']) {
      const document = parseDocument(bracket.repeat(100_000));
      expect(document.problems.length).toBeGreaterThan(0);
      expect(document.problems.length).toBeLessThanOrEqual(50);
    }
  });

  test('every span lies inside the text, whatever the text', () => {
    const json = fc.json().chain((text) => fc.nat(text.length).map((length) => text.slice(0, length)));
    fc.assert(fc.property(fc.oneof(fc.string(), json, fc.stringMatching(/^[{}[\],:"@$%\w\s]*$/)), (text) => {
      const { problems } = parseDocument(text);
      for (const { start, end } of problems) expect(0 <= start && start <= end && end <= text.length).toBe(true);
    }), { seed: 20261121, numRuns: 3000 });
  });

  test('what JSON.parse takes has no problem, and what it refuses has one', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.json().chain((text) => fc.nat(text.length).map((length) => text.slice(0, length)))), (text) => {
      if (/\$\{|\{\{|%/.test(text)) return;
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect(parseDocument(text).problems.length === 0, text).toBe(valid);
    }), { seed: 20261121, numRuns: 3000 });
  });
});

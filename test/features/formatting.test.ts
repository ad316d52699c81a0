import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { formatDocument, formatRange } from '../../server/features/formatting.ts';
import { withEdits } from './cursor.ts';

const twoBlanks = { insertSpaces: true, tabSize: 2 };

function formatted(text: string, request = twoBlanks): string {
  return withEdits(text, formatDocument(parseDocument(text), request));
}

describe('formatting', () => {
  it.each([
    ['two blanks', '  ', '{\n  "plans": {\n"daily": {\n"regions": {}}}}\n', '{\n  "plans": {\n    "daily": {\n      "regions": {}\n    }\n  }\n}\n'],
    ['three blanks', '   ', '{\n   "plans": {\n"daily": {\n"regions": {}}}}\n', '{\n   "plans": {\n      "daily": {\n         "regions": {}\n      }\n   }\n}\n'],
    ['four blanks', '    ', '{\n    "plans": {\n"daily": {}}}\n', '{\n    "plans": {\n        "daily": {}\n    }\n}\n'],
    ['tabs', '\t', '{\n\t"plans": {\n"daily": {}}}\n', '{\n\t"plans": {\n\t\t"daily": {}\n\t}\n}\n'],
  ])('keeps an indentation of %s, whatever the editor asks for', (_name, _step, text, expected) => {
    expect(formatted(text)).toBe(expected);
    expect(formatted(text, { insertSpaces: false, tabSize: 8 })).toBe(expected);
  });

  it('takes the indentation of the editor for a text without any', () => {
    expect(formatted('{"plans":{"daily":{}}}', { insertSpaces: true, tabSize: 4 })).toBe('{\n    "plans": {\n        "daily": {}\n    }\n}');
    expect(formatted('{"plans":{"daily":{}}}', { insertSpaces: false, tabSize: 4 })).toBe('{\n\t"plans": {\n\t\t"daily": {}\n\t}\n}');
  });

  it('is not led astray by a crooked line', () => {
    expect(formatted('{\n    "plans": {\n        "daily": {\n         "rules": {}\n        }\n    }\n}')).toBe('{\n    "plans": {\n        "daily": {\n            "rules": {}\n        }\n    }\n}');
  });

  it('leaves operators on the one line that they are on, and on several lines where they are on several', () => {
    const text = [
      '{',
      '  "plans": { "daily": {',
      '    "regions": {"@@assign":["eu-west-1","eu-central-1"]},',
      '    "rules": { "nightly": {',
      '      "target_backup_vault_name": {',
      '      "@@assign": "Default" }',
      '    } }',
      '  } }',
      '}',
      '',
    ].join('\n');
    expect(formatted(text)).toBe([
      '{',
      '  "plans": {',
      '    "daily": {',
      '      "regions": { "@@assign": ["eu-west-1", "eu-central-1"] },',
      '      "rules": {',
      '        "nightly": {',
      '          "target_backup_vault_name": {',
      '            "@@assign": "Default"',
      '          }',
      '        }',
      '      }',
      '    }',
      '  }',
      '}',
      '',
    ].join('\n'));
  });

  it('lays out a text of one line, operators on one line each', () => {
    expect(formatted('{"plans":{"daily":{"rules":{"nightly":{"lifecycle":{"delete_after_days":{"@@assign":"35"}}}}}}}')).toBe(
      '{\n  "plans": {\n    "daily": {\n      "rules": {\n        "nightly": {\n          "lifecycle": {\n            "delete_after_days": { "@@assign": "35" }\n          }\n        }\n      }\n    }\n  }\n}');
  });

  it('breaks a list of one long line only where the text has no other line', () => {
    const regions = Array.from({ length: 12 }, (_, index) => `"eu-west-${String(index)}"`);
    expect(formatted(`{"plans":{"daily":{"regions":{"@@assign":[${regions.join(',')}]}}}}`)).toContain('\n          "eu-west-11"\n');
    const lines = `{\n  "plans": {\n    "daily": {\n      "regions": { "@@assign": [${regions.join(', ')}] }\n    }\n  }\n}`;
    expect(formatted(lines)).toBe(lines);
  });

  it('keeps line ends and the end of the file as they are', () => {
    expect(formatted('{\r\n"plans": {}\r\n}\r\n')).toBe('{\r\n  "plans": {}\r\n}\r\n');
    expect(formatted('{\n"plans": {}\n}')).toBe('{\n  "plans": {}\n}');
    expect(withEdits('{}', formatDocument(parseDocument('{}'), { ...twoBlanks, insertFinalNewline: true }))).toBe('{}\n');
  });

  it('keeps a byte order mark', () => {
    expect(formatted('\uFEFF{\n"plans": {}\n}\n')).toBe('\uFEFF{\n  "plans": {}\n}\n');
  });

  it.each([
    ['an unclosed object', '{\n"plans": {\n}'],
    ['a comment', '{\n// why\n"plans": {}\n}'],
    ['a trailing comma', '{\n"plans": {},\n}'],
    ['a template in place of a value', '{\n"plans": ${jsonencode(plans)}\n}'],
    ['a template in place of a key', '{\n${name}: {}\n}'],
    ['nothing', ''],
  ])('leaves a text with %s alone', (_name, text) => {
    expect(formatDocument(parseDocument(text), twoBlanks)).toEqual([]);
  });

  it('formats around templates inside of strings', () => {
    expect(formatted('{\n"plans": {"${name}":   {}}\n}')).toBe('{\n  "plans": { "${name}": {} }\n}');
  });

  it.each([
    ['a part of a line', { start: { line: 2, character: 3 }, end: { line: 2, character: 5 } }],
    ['a whole line', { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } }],
  ])('changes only the lines of a range: %s', (_name, range) => {
    const text = '{\n"plans": {\n"daily":{},\n"weekly": {}\n}\n}\n';
    expect(withEdits(text, formatRange(parseDocument(text), range, twoBlanks))).toBe('{\n"plans": {\n    "daily": {},\n"weekly": {}\n}\n}\n');
  });

  it.each(['samples/backup-organization.json', 'samples/backup-guardrails.json', ...readdirSync('samples/backup-policies').map((name) => `samples/backup-policies/${name}`)])('has nothing to change in %s', (path) => {
    expect(formatDocument(parseDocument(readFileSync(path, 'utf8')), twoBlanks)).toEqual([]);
  });
});

describe('any JSON', () => {
  const blank = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '  \n   ', '\n\n');
  /** JSON with any white space between its tokens. */
  const scattered = fc.tuple(fc.jsonValue({ maxDepth: 4 }), fc.infiniteStream(blank)).map(([value, blanks]) => {
    const tokens = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
    return tokens.map((token) => `${blanks.next().value ?? ''}${token}`).join('');
  });

  it('means the same when formatted, and is formatted once for all', () => {
    fc.assert(fc.property(scattered, (text) => {
      const once = formatted(text);
      expect(JSON.parse(once)).toEqual(JSON.parse(text));
      expect(formatted(once)).toBe(once);
    }), { seed: 20_260_914, numRuns: 2000 });
  });
});

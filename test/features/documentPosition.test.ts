import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentPosition, keysOf } from '../../server/features/documentPosition.ts';
import { cursorIn } from './cursor.ts';

function at(marked: string) {
  const { text, offset } = cursorIn(marked);
  const position = documentPosition(text, offset);
  return position === undefined ? undefined : { ...position, replaced: text.slice(position.token.start, position.token.end) };
}

describe('where a cursor is', () => {
  const places: readonly [marked: string, slot: string, path: string, replaced: string][] = [
    ['{|}', 'key', '', ''],
    ['{"|"}', 'key', '', '""'],
    ['{"pl|', 'key', '', '"pl'],
    ['{pl|', 'key', '', 'pl'],
    ['{"plans": {"daily": {"regions": {"@@a|', 'key', 'plans/daily/regions', '"@@a'],
    ['{"plans": {"daily": {"regions": {"@@a|}}}}', 'key', 'plans/daily/regions', '"@@a'],
    ['{"plans": {"daily": {"regions": {@@a|}}}}', 'key', 'plans/daily/regions', '@@a'],
    ['{"plans": {"daily": {"regions": {"@@a|ssign": []}}}}', 'key', 'plans/daily/regions', '"@@assign"'],
    ['{"a": {"@@|, "b": 1}}', 'key', 'a', '"@@'],
    ['{"a": {"@@|\n"b": 1}}', 'key', 'a', '"@@'],
    ['{"a": {"x": 1, |"b": 1}}', 'key', 'a', '"b"'],
    ['{"a": |', 'value', 'a', ''],
    ['{"a":|}', 'value', 'a', ''],
    ['{"a": tr|', 'value', 'a', 'tr'],
    ['{"a": "x|"}', 'value', 'a', '"x"'],
    ['{"a": "cron(0 5| ? * * *)"}', 'value', 'a', '"cron(0 5 ? * * *)"'],
    ['{"a": "us-|\n}', 'value', 'a', '"us-'],
    ['{"a": [|', 'item', 'a', ''],
    ['{"a": ["|"]}', 'item', 'a', '""'],
    ['{"a": ["us|, "eu"]}', 'item', 'a', '"us'],
    ['{"a": ["eu", "us|"]}', 'item', 'a', '"us"'],
    ['{"a": ["eu" |]}', 'item', 'a', ''],
    ['{"a": [{"b": "c|"}]}', 'value', 'a/0/b', '"c"'],
    ['{"a": [{}, {"b|": 1}]}', 'key', 'a/1', '"b"'],
    ['{"a": {"b": [}, "c|"', 'key', '', '"c"'],
    ['{"${var.name}": {"x|": 1}}', 'key', '${var.name}', '"x"'],
    ['{"a": ${var.x}, "b|": 1}', 'key', '', '"b"'],
    ['|', 'value', '', ''],
    ['pl|', 'value', '', 'pl'],
    ['// note\n{"a|"', 'key', '', '"a"'],
  ];
  it.each(places)('%s is a %s at "%s" and "%s" is the token', (marked, slot, path, replaced) => {
    const found = at(marked);
    expect([found?.slot, found?.path.join('/'), found?.replaced]).toEqual([slot, path, replaced]);
  });

  it.each(['{"a" |', '{"a": |{}}', '{"a": |[]}', '{} |', '|{}', '{ // a|\n}', '{ /* a| */ }', '{ /* a|'])('%s has nothing to complete', (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

describe('what stands around a cursor', () => {
  it('knows the other keys on both sides, half-typed text between them or not', () => {
    expect(at('{"a": {"b": {"c": 1}}, "|, "d": [{"e": 1}], "f": 2}')?.neighbours.map((each) => each.text)).toEqual(['a', 'd', 'f']);
    expect(at('{"a": 1, "b|": 2, "d": 3}')?.neighbours.map((each) => each.text)).toEqual(['a', 'd']);
  });

  it('knows the other elements of a list', () => {
    expect(at('{"a": ["x", "|", 12]}')?.neighbours.map((each) => each.text)).toEqual(['x', '12']);
  });

  it.each([
    ['{"a|": 1}', 'colon'],
    ['{"a|"}', 'nothing'],
    ['{"a|" {}}', 'value'],
    ['{"a|\n"b": 1}', 'member'],
    ['{|\n"b": 1}', 'member'],
    ['{"b": ["x|" "y"]}', 'member'],
  ])('%s is followed by %s', (marked, follows) => {
    expect(at(marked)?.follows).toBe(follows);
  });

  it('says where a comma is missing', () => {
    expect(at('{"a": {} |')?.commaMissingAt).toBe(8);
    expect(at('{"a": {}, |')?.commaMissingAt).toBeUndefined();
    expect(at('{"a": ["x" "y|"]}')?.commaMissingAt).toBe(10);
  });

  it('has no keys of a policy inside an array', () => {
    expect(keysOf(['a', 0, 'b'])).toBeUndefined();
    expect(keysOf(['a', 'b'])).toEqual(['a', 'b']);
  });
});

describe('any text', () => {
  const samples = readdirSync('samples/backup-policies').map((name) => readFileSync(`samples/backup-policies/${name}`, 'utf8'));

  it('gives a token on one line at every offset of every prefix of a policy', () => {
    for (const sample of samples) {
      for (let end = 0; end <= sample.length; end++) {
        const text = sample.slice(0, end);
        const position = documentPosition(text, end);
        if (position !== undefined) expect(text.slice(position.token.start, position.token.end)).not.toMatch(/[\r\n]/);
      }
    }
  });

  it('is read without an exception, and the token touches the cursor', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '@@a', 'plans', ' ', '\n', '\\', '//', '/*', '*/', '${', '{{', '12', '\uFEFF');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, seed) => {
        const text = pieces.join('');
        const offset = seed % (text.length + 1);
        const position = documentPosition(text, offset);
        if (position === undefined) return;
        expect(position.token.start).toBeLessThanOrEqual(offset);
        expect(position.token.end).toBeGreaterThanOrEqual(offset);
        expect(text.slice(position.token.start, position.token.end)).not.toMatch(/[\r\n]/);
      }),
      { seed: 20260914, numRuns: 3000 },
    );
  });

  it('is found behind thousands of template tokens that never end', () => {
    const text = `{"plans": {"a": ${'${ "}" '.repeat(100_000)}`;
    expect(documentPosition(text, text.length)).toBeUndefined();
    const before = `{"a": [${'"${x}", '.repeat(100)}"b`;
    expect(documentPosition(before, before.length)?.text).toBe('b');
  });
});

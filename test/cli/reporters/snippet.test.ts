import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snippetOf } from '../../../server/cli/reporters/snippet.ts';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { rangeOf } from '../../../server/features/ranges.ts';

/** The snippet of the text between the marks ‹ and ›. */
function snippet(marked: string): readonly string[] | undefined {
  const document = parseDocument(marked.replace(/[‹›]/g, ''));
  const shown = snippetOf(document, rangeOf(document, { start: marked.indexOf('‹'), end: marked.indexOf('›') - 1 }));
  return shown === undefined ? undefined : [shown.source, shown.marks];
}

describe('a snippet marks', () => {
  test.each([
    ['a part of a line', '{ ‹"plans"›: {} }', ['{ "plans": {} }', '  ^~~~~~~']],
    ['one character', '{ "plans": ‹1› }', ['{ "plans": 1 }', '           ^']],
    ['the place of something missing', '{ "plans":‹› }', ['{ "plans": }', '          ^']],
    ['the end of the text', '{ "plans":‹›', ['{ "plans":', '          ^']],
    ['the line of several', '{\n  ‹"a"›: 1\r\n}', ['  "a": 1', '  ^~~']],
    ['the first line of a range over lines, to its end', '{ "a": ‹{\n  "b": 1\n}› }', ['{ "a": {', '       ^']],
    ['a place behind tabs', '\t\t‹"a"›:\t1', ['    "a":  1', '    ^~~']],
    ['a range with a tab in it', '{ ‹"a":\t1› }', ['{ "a":  1 }', '  ^~~~~~~']],
    ['wide characters by their width', '{ "日次": ‹"保管庫"› }', ['{ "日次": "保管庫" }', '          ^~~~~~~~']],
    ['characters of several code units as one', '{ "🏦👨‍👩‍👧é": ‹"x"› }', ['{ "🏦👨‍👩‍👧é": "x" }', '           ^~~']],
    ['a place behind a control character, which is written out', '{ "\u001b[31m": ‹1› }', ['{ "\\u001b[31m": 1 }', '                ^']],
  ])('%s', (_title, text, expected) => {
    expect(snippet(text)).toEqual(expected);
  });

  test('nothing in an empty line', () => {
    expect(snippet('‹›')).toBeUndefined();
  });
});

describe('of a long line a snippet shows', () => {
  const filler = 'x'.repeat(300);

  test('the start, when the range is there', () => {
    expect(snippet(`{ ‹"a"›: "${filler}" }`)).toEqual([`{ "a": "${'x'.repeat(92)}…`, '  ^~~']);
  });

  test('the middle, with what stands shortly before the range', () => {
    const [source = '', marks = ''] = snippet(`{ "a": "${filler}", ‹"b"›: "${filler}" }`) ?? [];
    expect(source).toBe(`…${'x'.repeat(17)}", "b": "${'x'.repeat(74)}…`);
    expect(marks).toBe(`${' '.repeat(21)}^~~`);
  });

  test('the end, when the range is there', () => {
    expect(snippet(`{ "a": "${filler}", ‹"b"› }`)).toEqual([`…${'x'.repeat(17)}", "b" }`, `${' '.repeat(21)}^~~`]);
  });

  test('no more than its part of a range that is longer', () => {
    const [source = '', marks = ''] = snippet(`{ "a": ‹"${filler}"› }`) ?? [];
    expect(source.length).toBe(marks.length + 1);
  });
});

test('every snippet is short, and its marks stand below it', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '"', '\t', ' ', '日', '🏦', '\u0301', '\u0000'), maxLength: 1500 });
  fc.assert(fc.property(line, fc.nat(), fc.nat(), (text, one, other) => {
    const document = parseDocument(text);
    const [start = 0, end = 0] = [one, other].map((each) => each % (text.length + 1)).sort((left, right) => left - right);
    const shown = snippetOf(document, rangeOf(document, { start, end }));
    if (text === '') return;
    expect(shown?.marks).toMatch(/^ *\^~*$/);
    expect(shown?.marks.length ?? 0).toBeLessThanOrEqual(104);
    expect(shown?.source.length ?? 0).toBeLessThanOrEqual(1200);
  }), { seed: 5, numRuns: 500 });
});

import type { SelectionRange } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { selectionRanges } from '../../server/features/selectionRanges.ts';
import { cursorIn } from './cursor.ts';

/** The texts that growing the selection takes in, the smallest first. */
function grown(marked: string): readonly string[] {
  const { text, position } = cursorIn(marked);
  const document = parseDocument(text);
  const texts: string[] = [];
  let selection: SelectionRange | undefined = selectionRanges(document, [position])[0];
  for (; selection !== undefined; selection = selection.parent) texts.push(text.slice(offsetAt(document, selection.range.start), offsetAt(document, selection.range.end)));
  return texts;
}

describe('growing the selection', () => {
  it('goes from the text in quotes over the value, the member and the object to the document', () => {
    expect(grown('{"plans": {"daily": {"regions": ["eu-|west-1", "b"]}}} ')).toEqual([
      'eu-west-1',
      '"eu-west-1"',
      '"eu-west-1", "b"',
      '["eu-west-1", "b"]',
      '"regions": ["eu-west-1", "b"]',
      '{"regions": ["eu-west-1", "b"]}',
      '"daily": {"regions": ["eu-west-1", "b"]}',
      '{"daily": {"regions": ["eu-west-1", "b"]}}',
      '"plans": {"daily": {"regions": ["eu-west-1", "b"]}}',
      '{"plans": {"daily": {"regions": ["eu-west-1", "b"]}}}',
      '{"plans": {"daily": {"regions": ["eu-west-1", "b"]}}} ',
    ]);
  });

  it('starts at a key, at a number, and between members', () => {
    expect(grown('{"a|b": 12}')).toEqual(['ab', '"ab"', '"ab": 12', '{"ab": 12}']);
    expect(grown('{"ab": 1|2}')).toEqual(['12', '"ab": 12', '{"ab": 12}']);
    expect(grown('{"a": 1,  |  "b": 2}')).toEqual(['"a": 1,    "b": 2', '{"a": 1,    "b": 2}']);
  });

  it.each(['|', '{"plans": |', '{"pla|', '{"plans": {"a": ["|', '[1, | 2'])('works in a half-typed text: %s', (marked) => {
    const texts = grown(marked);
    expect(texts.at(-1)).toBe(marked.replace('|', ''));
    for (const [index, text] of texts.entries()) expect(texts[index + 1] ?? text).toContain(text);
  });
});

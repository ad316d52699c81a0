import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseDocument } from '../../server/core/document/parse.ts';
import { lineEnd, offsetAt, positionAt, rangeOf } from '../../server/features/ranges.ts';

describe('the range of a span', () => {
  it('counts lines and UTF-16 characters from zero', () => {
    const document = parseDocument('{\n  "plans": "🗄"\r\n}');
    expect(rangeOf(document, { start: 4, end: 11 })).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 9 } });
    expect(positionAt(document, document.text.indexOf('}'))).toEqual({ line: 2, character: 0 });
  });

  it('moves what lies outside the text to its ends', () => {
    const document = parseDocument('{\n}');
    expect(rangeOf(document, { start: -1, end: 99 })).toEqual({ start: { line: 0, character: 0 }, end: { line: 1, character: 1 } });
    expect(offsetAt(document, { line: 0, character: 50 })).toBe(1);
    expect(offsetAt(document, { line: 7, character: 0 })).toBe(3);
  });

  it('ends a line before its line break', () => {
    const document = parseDocument('ab\r\ncd\n\r\n');
    expect([0, 1, 2, 3].map((line) => lineEnd(document, line))).toEqual([2, 6, 7, 9]);
  });

  it('agrees with the text document of the protocol on every offset of any text', () => {
    const text = fc.array(fc.constantFrom('a', '"', '\n', '\r', '\r\n', '🗄', '\t', 'é'), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (content) => {
        const document = parseDocument(content);
        const reference = TextDocument.create('file:///a.json', 'json', 1, content);
        for (let offset = 0; offset <= content.length; offset++) {
          const position = positionAt(document, offset);
          const insideLineBreak = content[offset - 1] === '\r' && content[offset] === '\n';
          if (insideLineBreak) continue;
          expect(position).toEqual(reference.positionAt(offset));
          expect(offsetAt(document, position)).toBe(offset);
        }
      }),
      { seed: 20260914, numRuns: 500 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { foldingRanges } from '../../server/features/foldingRanges.ts';

function folded(...lines: readonly string[]): readonly (readonly [number, number])[] {
  return foldingRanges(parseDocument(lines.join('\n'))).map(({ startLine, endLine }) => [startLine, endLine] as const);
}

describe('folding', () => {
  it('hides the inside of objects and lists, and leaves the line of the closing bracket', () => {
    expect(folded('{', '  "plans": {', '    "daily": {', '      "regions": { "@@assign": [', '        "eu-west-1"', '      ] }', '    }', '  }', '}')).toEqual([[0, 7], [1, 6], [2, 5], [3, 4]]);
  });

  it('folds nothing that is on one line or empty', () => {
    expect(folded('{ "plans": { "daily": {} } }')).toEqual([]);
    expect(folded('{', '}')).toEqual([]);
    expect(folded('')).toEqual([]);
  });

  it('goes to the end of what is not closed', () => {
    expect(folded('{', '  "plans": {', '    "daily": {', '      "rules": 1')).toEqual([[0, 3], [1, 3], [2, 3]]);
  });
});

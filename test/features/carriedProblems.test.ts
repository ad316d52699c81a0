import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import type { Problem } from '../../server/core/problem.ts';
import { carriedProblems } from '../../server/features/carriedProblems.ts';

const uri = 'file:///policy.json';
const text = '{ "first": 1, "second": 2, "third": 3 }';

function problemAt(part: string, within = text): Problem {
  const start = within.indexOf(part);
  return { rule: 'name-case', message: part, path: [], span: { start, end: start + part.length } };
}

function carried(problems: readonly Problem[], after: string, before = text): readonly string[] {
  return carriedProblems(problems, uri, parseDocument(before), parseDocument(after)).map(({ span }) => after.slice(span.start, span.end));
}

const three = ['"first"', '"second"', '"third"'].map((part) => problemAt(part));

describe('problems of a text before an edit', () => {
  it.each([
    ['stay where nothing changed', text, ['"first"', '"second"', '"third"']],
    ['move with the text behind the edit', text.replace(' 2', ' 22222'), ['"first"', '"second"', '"third"']],
    ['move back with it', text.replace(': 2', ''), ['"first"', '"second"', '"third"']],
    ['go when the edit touches them', text.replace('second', 'sec-ond'), ['"first"', '"third"']],
    ['go with the whole text', '', []],
  ])('%s', (_title, after, expected) => {
    expect(carried(three, after)).toEqual(expected);
  });

  it('move their related places in the same text, and leave those in others alone', () => {
    const problem: Problem = { ...problemAt('"first"'), related: [{ ...problemAt('"third"'), uri }, { uri: 'file:///other.json', span: { start: 30, end: 32 }, message: 'there' }] };
    const [moved] = carriedProblems([problem], uri, parseDocument(text), parseDocument(text.replace(' 2', ' 222')));
    expect(moved?.related?.map(({ span }) => span.start)).toEqual([text.indexOf('"third"') + 2, 30]);
  });

  it('stand on the same characters as before, whatever is edited', () => {
    fc.assert(fc.property(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 12 }), (start, cut, typed) => {
      const after = text.slice(0, start) + typed + text.slice(start + cut);
      for (const part of carried(three, after)) expect(['"first"', '"second"', '"third"']).toContain(part);
    }), { seed: 6, numRuns: 300 });
  });
});

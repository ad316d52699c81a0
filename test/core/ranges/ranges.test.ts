import { readFileSync } from 'node:fs';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { rules } from '../../../server/core/rules.ts';
import type { Problem } from '../../../server/core/problem.ts';

/** One mistake of a refused document, as its author would underline it. */
interface ExpectedProblem {
  readonly rule: string;
  /** The text under the line, with its quotes where they belong to it. */
  readonly text: string;
  /** The keys to the member that holds the text, its own key included; the whole document without. */
  readonly in?: readonly string[];
  /** Which occurrence in that member, from 1; needed where there are several. */
  readonly nth?: number;
}

/** All mistakes of one recorded document in the order of its text. */
interface ExpectedRecording {
  readonly id: string;
  readonly problems: readonly ExpectedProblem[];
}

interface Recording {
  readonly id: string;
  readonly at: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly text: string;
}

const refused = (JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[]).filter(({ verdict }) => verdict === 'rejected');
const table = JSON.parse(readFileSync('test/core/ranges/ranges.json', 'utf8')) as readonly ExpectedRecording[];
const recordings = new Map(refused.map((recording) => [recording.id, recording]));

describe('every refused recording is underlined where its author would underline it', () => {
  test('and none is left out', () => {
    expect(table.map(({ id }) => id).sort()).toEqual(refused.map(({ id }) => id).sort());
    expect(table.length).toBeGreaterThanOrEqual(130);
  });

  test.each(table)('$id', ({ id, problems }) => {
    const recording = recordings.get(id);
    expect(recording).toBeDefined();
    if (recording === undefined) return;
    expect(found(recording)).toEqual(problems.map((problem) => `${problem.rule} at ${String(placeOf(recording.text, problem))}: ${problem.text}`));
  });

  test('with one problem for one mistake', () => {
    const several = table.filter(({ problems }) => problems.length > 1).map(({ id }) => id.replace(/^.*-(\d+)$/, '$1'));
    // A wrong role in a selection without a tag; a copy whose key and target are both no vault; the archive opt-in
    // with days that are too close and a schedule that is missing or too frequent.
    expect(several).toEqual(['102', '103', '189', '191', '269', '407', '409', '413']);
  });
});

/** What a document is refused for, in the order of its text. */
function found({ text, at }: Recording): readonly string[] {
  return admissionProblems(parseDocument(text), Date.parse(at))
    .filter(({ rule }) => rules[rule].stage === 'syntax' || rules[rule].stage === 'admission')
    .toSorted((left: Problem, right: Problem) => left.span.start - right.span.start)
    .map(({ rule, span }) => `${rule} at ${String(span.start)}: ${text.slice(span.start, span.end)}`);
}

/** The start of the expected text. Fails when the table does not say plainly which occurrence it means. */
function placeOf(document: string, { text, in: path, nth }: ExpectedProblem): number {
  const [start, end] = path === undefined ? [0, document.length] : memberSpan(document, path);
  const places: number[] = [];
  for (let place = document.indexOf(text, start); place >= 0 && place + text.length <= end; place = document.indexOf(text, place + 1)) places.push(place);
  expect(places.length === 1 || nth !== undefined, `${text} stands ${String(places.length)} times in ${document.slice(start, end)}`).toBe(true);
  return places[(nth ?? 1) - 1] ?? -1;
}

function memberSpan(document: string, path: readonly string[]): readonly [start: number, end: number] {
  const root = parseTree(document);
  const member = root === undefined ? undefined : findNodeAtLocation(root, [...path])?.parent;
  return member === undefined ? [-1, -1] : [member.offset, member.offset + member.length];
}

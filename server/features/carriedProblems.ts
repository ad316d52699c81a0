import type { Document, Span } from '../core/document/tree.ts';
import type { Problem } from '../core/problem.ts';

/**
 * Problems of a text taken over to the text after an edit, for as long as it is not known whether they are still true:
 * those before the edit stay where they are, those behind it move with their text, those that it touches are left out.
 * @param uri of the document, which related places may be in.
 */
export function carriedProblems(problems: readonly Problem[], uri: string, before: Document, after: Document): readonly Problem[] {
  if (problems.length === 0 || before.text === after.text) return problems;
  const [start, end] = editedSpan(before.text, after.text);
  const delta = after.text.length - before.text.length;
  const moved = (span: Span): Span | undefined => {
    if (span.end <= start) return span;
    return span.start >= end ? { start: span.start + delta, end: span.end + delta } : undefined;
  };
  return problems.flatMap((problem): readonly Problem[] => {
    const span = moved(problem.span);
    if (span === undefined) return [];
    if (problem.related === undefined) return [{ ...problem, span }];
    const related = problem.related.flatMap((place) => {
      const there = place.uri === uri ? moved(place.span) : place.span;
      return there === undefined ? [] : [{ ...place, span: there }];
    });
    return [{ ...problem, span, related }];
  });
}

/** The part of the text before that another one took the place of. */
function editedSpan(before: string, after: string): readonly [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return [start, before.length - same];
}

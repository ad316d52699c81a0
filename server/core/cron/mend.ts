import { parseSchedule } from './parse.ts';

/** So many mistakes of one schedule are mended together. */
const mostMends = 12;

/**
 * The schedule that was probably meant by text that AWS refuses; undefined when the intent of any of its mistakes
 * is not clear, and for text that is a schedule already. It has all six fields.
 */
export function mendedSchedule(text: string): string | undefined {
  let mended = text;
  for (let count = 0; count <= mostMends; count++) {
    const parsed = parseSchedule(mended);
    if (parsed.ok && count === 0) return undefined;
    const problem = parsed.ok ? parsed.notes.find(({ kind }) => kind === 'missing-year') : parsed.problems.find(({ replacement }) => replacement !== undefined);
    if (parsed.ok && problem === undefined) return mended;
    if (problem?.replacement === undefined) return undefined;
    mended = mended.slice(0, problem.start) + problem.replacement + mended.slice(problem.end);
  }
  return undefined;
}

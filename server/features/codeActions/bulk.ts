import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import type { Document } from '../../core/document/tree.ts';
import type { Problem } from '../../core/problem.ts';
import type { RuleId } from '../../core/rules.ts';
import type { Fix } from './fix.ts';
import { fixesOf, preferredOf } from './fixes.ts';
import { placeOf } from './place.ts';

/**
 * The certain fixes of every problem of a rule in a document as one; undefined where there are fewer than two.
 * @param at epoch milliseconds UTC, the time by which schedules are judged.
 */
export function fixEach(document: Document, { rule }: Problem, at: number): Fix | undefined {
  const known = remembered.get(document) ?? new Map<RuleId, Fix | undefined>();
  remembered.set(document, known);
  if (!known.has(rule)) known.set(rule, allFixes(document, rule, at));
  return known.get(rule);
}

/** A cursor that moves asks again and again. */
const remembered = new WeakMap<Document, Map<RuleId, Fix | undefined>>();

function allFixes(document: Document, rule: RuleId, at: number): Fix | undefined {
  const fixes: Fix[] = [];
  for (const problem of admissionProblems(document, at)) {
    const fix = problem.rule === rule ? preferredOf(fixesOf(placeOf(document, problem, at))) : undefined;
    if (fix !== undefined && !fixes.some((other) => overlap(fix, other))) fixes.push(fix);
  }
  const [first] = fixes;
  if (first === undefined || fixes.length < 2) return undefined;
  const count = String(fixes.length);
  const title = fixes.every((fix) => fix.title === first.title) ? `${first.title}: all ${count} in this policy` : `Fix all ${count} problems of this kind in this policy`;
  return { title, edits: fixes.flatMap((fix) => fix.edits), certain: false };
}

function overlap(left: Fix, right: Fix): boolean {
  return left.edits.some((edit) => right.edits.some((other) => edit.start <= other.end && other.start <= edit.end));
}

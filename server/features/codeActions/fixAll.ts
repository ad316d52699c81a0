import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import { levelOf, rules, type RuleLevels } from '../../core/rules.ts';
import { certainFixes } from './bulk.ts';
import { applyEdits, replacement, type FixEdit } from './fix.ts';

/** One mistake may hide another, but not so many behind each other. */
const mostRounds = 10;

/**
 * The edits that mend everything certain that AWS refuses, and letter case, over and over until nothing is left.
 * @param at epoch milliseconds UTC, the time by which schedules are judged.
 * @param levels levels that the user has set; what is off stays as it is.
 * @returns an empty list when there is nothing to mend.
 */
export function fixAllEdits(document: Document, at: number, levels: RuleLevels = {}): readonly FixEdit[] {
  const first = roundOf(document, at, levels);
  let next = parseDocument(applyEdits(document.text, first));
  let rounds = 1;
  for (let edits = roundOf(next, at, levels); edits.length > 0 && rounds < mostRounds; edits = roundOf(next, at, levels)) {
    next = parseDocument(applyEdits(next.text, edits));
    rounds++;
  }
  if (rounds === 1) return first;
  return next.text === document.text ? [] : [replacement(document, { start: 0, end: document.text.length }, next.text)];
}

/** The edits of the certain fixes that do not touch each other; a fix counts as a whole. */
function roundOf(document: Document, at: number, levels: RuleLevels): readonly FixEdit[] {
  const mended = admissionProblems(document, at).filter(({ rule }) => {
    const { stage } = rules[rule];
    return (stage === 'admission' || stage === 'style') && levelOf(rule, levels) !== 'off';
  });
  return certainFixes(document, mended, at).flatMap(({ edits }) => edits);
}

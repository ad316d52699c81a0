import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import type { Problem } from '../../core/problem.ts';
import type { RuleId } from '../../core/rules.ts';
import { applyEdits, type Fix } from './fix.ts';
import { fixesOf, preferredOf, untriedFixesOf } from './fixes.ts';
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
  const fixes = certainFixes(document, admissionProblems(document, at).filter((problem) => problem.rule === rule), at);
  const [first] = fixes;
  if (first === undefined || fixes.length < 2) return undefined;
  const count = String(fixes.length);
  const title = fixes.every((fix) => fix.title === first.title) ? `${first.title}: all ${count} in this policy` : `Fix all ${count} problems of this kind in this policy`;
  return { title, edits: fixes.flatMap((fix) => fix.edits), certain: false };
}

/** More problems than this are not mended at once. */
const mostFixes = 500;
/** Some fixes judge the whole text: of a text far longer than AWS takes, fewer are looked for. In characters of all of them. */
const judgedCharacters = 5_000_000;

/** For how many problems of a document fixes are looked for at once, `most` where it is as long as AWS takes it. */
export function fixesWithin({ text }: Document, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(judgedCharacters / Math.max(1, text.length))));
}

/** Where each fix takes a look at what the text would be, so many characters are looked at in all, of so many problems. */
const triedCharacters = 60_000;
const fewestTried = 5;
const mostTried = 20;

function triedWithin({ text }: Document): number {
  return Math.max(fewestTried, Math.min(mostTried, Math.floor(triedCharacters / Math.max(1, text.length))));
}

/**
 * The certain fixes of problems that do not touch each other; together they make the text no less of a JSON text. A text with
 * hundreds of problems is read once for all of its fixes, not once for each.
 * @param at epoch milliseconds UTC, the time by which schedules are judged.
 */
export function certainFixes(document: Document, problems: readonly Problem[], at: number): readonly Fix[] {
  const slips = problems.filter(({ rule }) => rule === 'json-syntax').slice(triedWithin(document));
  const places = problems.filter((problem) => !slips.includes(problem)).slice(0, fixesWithin(document, mostFixes)).map((problem) => placeOf(document, problem, at));
  const fixes = apart(places.map((place) => preferredOf(untriedFixesOf(place))));
  const isGood = parseDocument(applyEdits(document.text, fixes.flatMap(({ edits }) => edits))).problems.length <= document.problems.length;
  return isGood ? fixes : apart(places.slice(0, triedWithin(document)).map((place) => preferredOf(fixesOf(place))));
}

function apart(fixes: readonly (Fix | undefined)[]): readonly Fix[] {
  const taken: Fix[] = [];
  for (const fix of fixes) if (fix !== undefined && !taken.some((other) => overlap(fix, other))) taken.push(fix);
  return taken;
}

function overlap(left: Fix, right: Fix): boolean {
  return left.edits.some((edit) => right.edits.some((other) => edit.start <= other.end && other.start <= edit.end));
}

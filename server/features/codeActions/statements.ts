import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { applyEdits, type Fix, type FixEdit, type Fixer } from './fix.ts';
import { removeMember } from '../jsonLayout.ts';
import { grammarOf, type Place } from './place.ts';

/** Removes a statement without effect; not offered while it takes effect at some place of attachment. */
export const removeIneffective: Fixer = (place) => {
  const everywhere = place.problem.unnecessary === true;
  if (!everywhere && place.problem.rule !== 'later-peer') return [];
  const own = place.owners.at(-1);
  // A policy without "plans" is no policy.
  if (own !== undefined && place.owners.length === 1 && foldKey(own.member.key.text) === 'plans') return [];
  const edit = removeStatement(place, true);
  return edit === undefined || problemCount(place, [edit]) > ownCount(place) ? [] : [{ title: 'Remove what has no effect', edits: [edit], certain: everywhere }];
};

/** Removes an operator or a key with its value. */
export function removal(place: Place, title: string, certain: boolean): readonly Fix[] {
  const edit = removeStatement(place);
  return edit === undefined ? [] : [{ title, edits: [edit], certain }];
}

/**
 * The edit that takes the innermost member out, and with the only operator of a setting the setting itself,
 * unless AWS demands the setting in the document.
 * @param upwards true to take out the groups that would become empty too; "plans" stays.
 */
function removeStatement(place: Place, upwards = false): FixEdit | undefined {
  const { owners } = place;
  const own = owners.at(-1);
  if (own === undefined) return undefined;
  let edit = removeMember(own.object, own.member);
  // The whole document is judged only where there is a choice: many problems may be mended at once.
  let problems: number | undefined;
  for (let up = 1; up < owners.length; up++) {
    const [inner, outer] = [owners.at(-up), owners.at(-up - 1)];
    const isSetting = up === 1 && grammarOf(place, 1)?.kind !== 'container';
    if (inner === undefined || outer === undefined || inner.object.members.length > 1) break;
    if (!isSetting && (!upwards || owners.length - up === 1)) break;
    const wider = removeMember(outer.object, outer.member);
    problems ??= problemCount(place, [edit]);
    if (problemCount(place, [wider]) > problems) break;
    edit = wider;
  }
  return edit;
}

/** The problems of the document as it is, counted once. */
function ownCount({ document, at }: Place): number {
  const known = counts.get(document);
  if (known?.at === at) return known.count;
  const count = admissionProblems(document, at).length;
  counts.set(document, { at, count });
  return count;
}

const counts = new WeakMap<Document, { readonly at: number; readonly count: number }>();

function problemCount({ document, at }: Place, edits: readonly FixEdit[]): number {
  return admissionProblems(parseDocument(applyEdits(document.text, edits)), at).length;
}

import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import { applyEdits, type Fix, type FixEdit, type Fixer } from './fix.ts';
import { removeMember } from '../jsonLayout.ts';
import { grammarOf, type Place } from './place.ts';

/** Removes a statement without effect; not offered while it takes effect at some place of attachment. */
export const removeIneffective: Fixer = (place) => {
  const everywhere = place.problem.unnecessary === true;
  if (!everywhere && place.problem.rule !== 'later-peer') return [];
  return removal(place, 'Remove what has no effect', everywhere);
};

/** Removes an operator or a key with its value. */
export function removal(place: Place, title: string, certain: boolean): readonly Fix[] {
  const edit = removeStatement(place);
  return edit === undefined ? [] : [{ title, edits: [edit], certain }];
}

/**
 * The edit that takes the innermost member out, and with the only operator of a setting the setting itself,
 * unless AWS demands the setting in the document.
 */
export function removeStatement(place: Place): FixEdit | undefined {
  const own = place.owners.at(-1);
  const setting = place.owners.at(-2);
  if (own === undefined) return undefined;
  const alone = removeMember(own.object, own.member);
  const grammar = grammarOf(place, 1);
  if (setting === undefined || own.object.members.length > 1 || grammar === undefined || grammar.kind === 'container') return alone;
  const whole = removeMember(setting.object, setting.member);
  return problemCount(place, [whole]) > problemCount(place, [alone]) ? alone : whole;
}

function problemCount({ document, at }: Place, edits: readonly FixEdit[]): number {
  return admissionProblems(parseDocument(applyEdits(document.text, edits)), at).length;
}

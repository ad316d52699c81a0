import { countCharacters, maximumCharacters } from '../../core/admission/size.ts';
import type { Document } from '../../core/document/tree.ts';
import type { FixEdit, Fixer } from './fix.ts';
import { wordsIn } from './place.ts';

/** Takes out the white space between the elements, where the document then fits. What a template writes stays. */
export const minify: Fixer = ({ document }) => {
  const edits = blankEdits(document);
  const left = countCharacters(document.text.replace(/^\uFEFF/, '')) - edits.reduce((sum, { start, end }) => sum + end - start, 0);
  if (edits.length === 0 || left > maximumCharacters) return [];
  return [{ title: `Remove the white space between elements: ${String(left)} characters are left`, edits, certain: false }];
};

/** Empty where something else than JSON stands between the elements. */
function blankEdits({ text, root, problems }: Document): readonly FixEdit[] {
  if (root === undefined || problems.length > 0) return [];
  const edits: FixEdit[] = [];
  let done = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { start, end } of [...wordsIn(root), { start: text.length, end: text.length }]) {
    const between = text.slice(done, start);
    if (!/^[\s{}[\],:]*$/.test(between)) return [];
    for (const { index, 0: blank } of between.matchAll(/\s+/g)) edits.push({ start: done + index, end: done + index + blank.length, newText: '' });
    done = end;
  }
  return edits;
}

import type { EffectiveElement, EffectiveLeaf } from '../../core/merge/effective.ts';
import type { Statement } from '../../core/merge/trace.ts';
import { plainMeaning } from '../plainMeaning.ts';
import { shortened } from './hintPlace.ts';

/** So many elements of a list are named. */
const named = 2;

/** The effective value of a setting in a few words: a schedule as it is said, of a long list the first elements. */
export function shortValue(leaf: EffectiveLeaf): string {
  if (leaf.value === undefined) return 'nothing';
  if (leaf.value.kind === 'single') return elementText(leaf, leaf.value.element);
  const { elements } = leaf.value;
  if (elements.length === 0) return 'an empty list';
  const left = elements.length - named;
  const texts = elements.slice(0, left === 1 ? named + 1 : named).map((element) => elementText(leaf, element)).join(', ');
  return left > 1 ? `${texts} and ${String(left)} more` : texts;
}

function elementText({ grammar }: EffectiveLeaf, { text, unknown }: EffectiveElement): string {
  if (unknown) return 'a value of a template';
  const words = grammar.value === 'scheduleExpression' ? plainMeaning(grammar.value, text) : undefined;
  return words === undefined ? shortened(text) : `“${shortened(words)}”`;
}

/** The statements that made an effective value, one of each policy at its level, in order; of an emptied list the last one. */
export function originsOf(leaf: EffectiveLeaf): readonly Statement[] {
  const elements = leaf.value === undefined ? [] : leaf.value.kind === 'single' ? [leaf.value.element] : leaf.value.elements;
  const statements = elements.map(({ origin }) => origin);
  const last = leaf.trace.findLast(({ outcome }) => outcome.type === 'applied')?.statement;
  const found = statements.length > 0 || last === undefined ? statements : [last];
  return found.filter(({ source }, index) => found.findIndex((other) => other.source === source) === index);
}

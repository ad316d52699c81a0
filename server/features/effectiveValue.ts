import type { EffectiveLeaf } from '../core/merge/effective.ts';
import { code } from './markdown.ts';

/** The effective value of a setting as code, a number with its unit. */
export function valueMarkdown(leaf: EffectiveLeaf): string {
  if (leaf.value === undefined) return 'not set';
  const elements = leaf.value.kind === 'single' ? [leaf.value.element] : leaf.value.elements;
  const texts = elements.map((element) => (element.unknown ? '(filled in by a template)' : code(element.text)));
  return texts.length === 0 ? 'an empty list' : `${texts.join(', ')}${leaf.grammar.unit === undefined ? '' : ` ${leaf.grammar.unit}`}`;
}

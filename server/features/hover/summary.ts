import { isPresent, type EffectiveContainer, type EffectiveNode } from '../../core/merge/effective.ts';
import { valueMarkdown } from '../effectiveValue.ts';
import { code, escaped } from '../markdown.ts';
import { meaningOf } from '../meaning.ts';

/** More lines than this make a hover unreadable. */
const maximumLines = 12;

/** A plan, rule, selection or entry in a few lines: its settings, and the names of what it holds. */
export function summaryMarkdown(node: EffectiveContainer): string {
  const lines = linesOf(node);
  const shown = lines.slice(0, maximumLines).map((line) => `- ${line}`);
  return [...shown, ...(lines.length > maximumLines ? [`- and ${String(lines.length - maximumLines)} more`] : [])].join('\n');
}

function linesOf(node: EffectiveContainer): readonly string[] {
  return [...node.children.values()].filter(isPresent).flatMap((child): readonly string[] => {
    if (child.kind !== 'container') return [`${child.grammar.title}: ${valueMarkdown(child)}${meaning(child)}`];
    if (child.grammar.names === undefined) return linesOf(child).map((line) => `${child.grammar.title} · ${line}`);
    const names = [...child.children.values()].filter(isPresent).map((each) => code(each.name));
    return [`${child.grammar.title}: ${names.join(', ')}`];
  });
}

function meaning(leaf: EffectiveNode): string {
  if (leaf.kind !== 'single' || leaf.value?.kind !== 'single' || leaf.value.element.unknown || leaf.grammar.value === 'boolean') return '';
  const words = meaningOf(leaf.grammar.value, leaf.value.element.text);
  return words === undefined ? '' : ` (${escaped(words)})`;
}

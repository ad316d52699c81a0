import type { EffectiveContainer, EffectiveElement, EffectiveLeaf } from '../core/merge/effective.ts';
import { plainMeaning } from './plainMeaning.ts';

/** The elements of an effective value: none without a value, one of a single value. */
export function elementsOf(leaf: EffectiveLeaf): readonly EffectiveElement[] {
  if (leaf.value === undefined) return [];
  return leaf.value.kind === 'single' ? [leaf.value.element] : leaf.value.elements;
}

/** What a row says beside the name of a plan, rule, selection or entry: the setting that tells it from its like. */
export function settingSummary(node: EffectiveContainer): string | undefined {
  const schedule = textOf(node, 'schedule_expression');
  if (schedule !== undefined) return plainMeaning('scheduleExpression', schedule) ?? schedule;
  const tag = textOf(node, 'tag_key');
  if (tag !== undefined) return [tag, textOf(node, 'tag_value')].filter((text) => text !== undefined).join(' = ');
  const condition = textOf(node, 'condition_key');
  if (condition !== undefined) return [condition, textOf(node, 'condition_value')].filter((text) => text !== undefined).join(': ');
  return textOf(node, 'resource_types') ?? textOf(node, 'regions') ?? textOf(node, 'target_backup_vault_arn');
}

function textOf(node: EffectiveContainer, key: string): string | undefined {
  const leaf = node.children.get(key);
  if (leaf === undefined || leaf.kind === 'container') return undefined;
  const texts = elementsOf(leaf).map(elementText);
  return texts.length === 0 ? undefined : texts.join(', ');
}

/** The text of a value; one that a template fills in later is not known. */
export function elementText({ text, unknown }: EffectiveElement): string {
  return unknown ? '(filled in by a template)' : text;
}

import { mayHoldMore } from '../advice/effectivePlaces.ts';
import type { EffectiveNode } from '../merge/effective.ts';

/** True when a template fills in a value in a setting or group, or brings a part of it. */
export function hasUnknown(node: EffectiveNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === 'container') return mayHoldMore(node) || [...node.children.values()].some(hasUnknown);
  if (node.value === undefined) return false;
  return node.value.kind === 'single' ? node.value.element.unknown : node.value.elements.some(({ unknown }) => unknown);
}

import { noOperators } from '../merge/operators.ts';
import type { Stated, StatedContainer } from '../merge/statements.ts';
import type { Tell } from './finding.ts';

/**
 * A control that allows nothing at a group, above settings of the same policy none of which has a control of
 * its own: it keeps lower policies from adding to the group, and leaves the settings inside open.
 * Source: common-mistakes C4 [obs], inheritance rule 21.
 */
export function controlAdvice(node: StatedContainer, path: readonly string[], tell: Tell): void {
  // What a control at the root of a document does is not documented.
  const settings = node.name !== '' && node.control?.allowed === noOperators ? settingsBelow(node) : [];
  if (node.control !== undefined && settings.length > 0 && settings.every((setting) => setting.control === undefined)) {
    const names = [...new Set(settings.map((setting) => `"${setting.name}"`))];
    const shown = names.slice(0, 3).join(', ');
    tell('control-locks-nothing-below', node.control.span, path, `This keeps lower policies from adding to "${node.name}" and does not lock what is in it: they can still change ${shown}${names.length > 3 ? ' and more' : ''}. Put the control into each setting that must stay.`);
    return;
  }
  for (const child of node.children.values()) if (child.kind === 'container') controlAdvice(child, [...path, child.name], tell);
}

/** The settings at any depth in a group. */
export function settingsBelow(node: StatedContainer): readonly Stated[] {
  return [...node.children.values()].flatMap((child) => (child.kind === 'container' ? settingsBelow(child) : [child]));
}

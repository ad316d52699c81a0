import { isScalar, type Member, type ScalarNode } from '../document/tree.ts';
import { operatorsOfControlValue } from '../merge/operators.ts';
import type { Path, Report } from './report.ts';

/** The operator that says what lower policies may do, as AWS compares it. */
export const controlKey = '@@operators_allowed_for_child_policies';

const expected = 'a list of "@@all", "@@none", "@@assign", "@@append" or "@@remove"';

/**
 * Checks a list of allowed operators: not empty, known values, no value twice (to the letter, `@@assign` beside
 * `@@Assign` passes), `@@none` alone. Source: syntax §1.1 [obs].
 */
export function checkControl(member: Member, path: Path, report: Report): void {
  const { value } = member;
  if (value.type === 'missing' || value.type === 'template') return;
  if (value.type !== 'array') {
    report.add('invalid-control', value, path, `${member.key.text} takes ${expected}: AWS refuses anything else.`);
    return;
  }
  if (value.items.length === 0 && value.closed) {
    report.add('invalid-control', value, path, `${member.key.text} must name at least one operator: AWS refuses an empty list. Write ["@@none"] to forbid all.`);
  }
  const seen = new Set<string>();
  let none: ScalarNode | undefined;
  let wrong = false;
  for (const item of value.items) {
    if (item.type === 'template' || item.type === 'missing') continue;
    if (!isScalar(item) || (!item.template && operatorsOfControlValue(item.text) === undefined)) {
      const shown = isScalar(item) ? `"${item.text}"` : 'This';
      report.add('invalid-control', item, path, `${shown} is no operator that can be allowed: AWS takes ${expected}.`);
      wrong = true;
      continue;
    }
    if (seen.has(item.text)) {
      report.add('invalid-control', item, path, `"${item.text}" stands twice: AWS refuses the policy. Remove one of the two.`);
      wrong = true;
    }
    seen.add(item.text);
    if (item.text.toLowerCase() === '@@none') none = item;
  }
  if (none !== undefined && seen.size > 1 && !wrong) {
    report.add('invalid-control', none, path, '"@@none" forbids every operator, so it must stand alone: AWS refuses it beside others.');
  }
}

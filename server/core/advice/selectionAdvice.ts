import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { introductionOf, listAt, placeOf } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';
import { quota } from './ruleAdvice.ts';

/** Quotas of AWS Backup that AWS Organizations does not check. Source: limits-and-errors §2 [doc], syntax §9 C8. */
const maximumTagSelections = 10;
const maximumSelections = 100;
const maximumConditions = 30;
const maximumCopies = 5;
const maximumRecoveryPointTags = 10;

/** What AWS accepts in the selections of a merged plan although it selects more than was meant, or nothing. */
export function selectionAdvice(plan: EffectiveContainer): readonly Finding[] {
  const tags = presentContainers(effectiveAt(plan, ['selections', 'tags']));
  const resources = presentContainers(effectiveAt(plan, ['selections', 'resources']));
  return [
    ...kindsAdvice(plan, tags.length, resources),
    ...resources.flatMap(everythingAdvice),
  ];
}

/** Source: syntax §5 [doc, inf]. */
function kindsAdvice(plan: EffectiveContainer, tags: number, resources: readonly EffectiveContainer[]): readonly Finding[] {
  const [resource] = resources;
  const place = tags === 0 || resource === undefined ? undefined : introductionOf(resource);
  if (place === undefined || resource === undefined) return [];
  return [{
    rule: 'selection-kinds',
    ...place,
    path: resource.path,
    message: `The plan "${plan.name}" selects by "tags" and by "resources": AWS documents one of the two in a plan. Each selection adds its resources to the plan; to select resources that have a tag, use "conditions" in "resources".`,
  }];
}

/** Source: common-mistakes D17 [api]. */
function everythingAdvice(selection: EffectiveContainer): readonly Finding[] {
  const all = listAt(selection, 'resource_types').find((type) => type.text === '*');
  if (all === undefined || isPresent(selection.children.get('conditions')) || isPresent(selection.children.get('not_resource_types'))) return [];
  return [{
    rule: 'selects-everything',
    ...placeOf(all),
    path: [...selection.path, 'resource_types'],
    message: `"*" without conditions selects every resource of every service that is switched on for AWS Backup in the account, and all of them cost. List resource types, or add "conditions" on a tag.`,
  }];
}

/** Source: syntax §9 C8 [doc]. */
export function quotaAdvice(plan: EffectiveContainer): readonly Finding[] {
  const tags = presentContainers(effectiveAt(plan, ['selections', 'tags']));
  const resources = presentContainers(effectiveAt(plan, ['selections', 'resources']));
  const findings = [
    ...beyond(tags, maximumTagSelections, `tag selections in the plan "${plan.name}"`),
    ...beyond([...tags, ...resources], maximumSelections, `selections in the plan "${plan.name}"`),
  ];
  for (const selection of [...tags, ...resources]) {
    const conditions = presentContainers(selection.children.get('conditions')).flatMap((operator) => presentContainers(operator));
    findings.push(...beyond(conditions, maximumConditions, `conditions in the selection "${selection.name}"`));
  }
  for (const rule of presentContainers(plan.children.get('rules'))) {
    findings.push(
      ...beyond(presentContainers(rule.children.get('copy_actions')), maximumCopies, `copy actions in the rule "${rule.name}"`),
      ...beyond(presentContainers(rule.children.get('recovery_point_tags')), maximumRecoveryPointTags, `recovery point tags in the rule "${rule.name}"`),
    );
  }
  return findings;
}

function beyond(nodes: readonly EffectiveContainer[], maximum: number, what: string): readonly Finding[] {
  const first = nodes[maximum];
  const place = first === undefined ? undefined : introductionOf(first);
  if (first === undefined || place === undefined) return [];
  return [quota(place, first.path, `There are ${String(nodes.length)} ${what}, and AWS Backup takes ${String(maximum)}.`)];
}

import { isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { crossAttributeErrors } from './crossAttributes.ts';
import { effectiveError, presentContainers, slashPath, type EffectiveError } from './effectiveError.ts';

const minimumRules = 1;
const maximumRules = 10;

/**
 * What AWS finds wrong with a merged policy. One error is enough for the whole new document to be withheld:
 * the account keeps its last valid effective policy. Plans without content vanish before the check.
 * Source: inheritance rules 37 and 38 [obs], limits-and-errors §4 [obs].
 * @param at epoch milliseconds UTC; archive schedules are judged by the occurrences that follow.
 */
export function effectiveErrors(root: EffectiveContainer, at: number): readonly EffectiveError[] {
  const minute = Math.floor(at / 60_000);
  const known = rememberedTrees.get(root);
  if (known?.minute === minute) return known.errors;
  const errors = presentContainers(root.children.get('plans')).flatMap((plan) => planErrors(plan, at));
  rememberedTrees.set(root, { minute, errors });
  return errors;
}

/** The errors of one plan, kept for as long as the plan's subtree and the minute stay the same. */
export function planErrors(plan: EffectiveContainer, at: number): readonly EffectiveError[] {
  const minute = Math.floor(at / 60_000);
  const known = remembered.get(plan);
  if (known?.minute === minute) return known.errors;
  const errors = findPlanErrors(plan, at);
  remembered.set(plan, { minute, errors });
  return errors;
}

/** Derived from immutable subtrees that accounts share: 10,000 accounts without policies of their own cost one check. */
const remembered = new WeakMap<EffectiveContainer, { readonly minute: number; readonly errors: readonly EffectiveError[] }>();
const rememberedTrees = new WeakMap<EffectiveContainer, { readonly minute: number; readonly errors: readonly EffectiveError[] }>();

function findPlanErrors(plan: EffectiveContainer, at: number): readonly EffectiveError[] {
  const errors: EffectiveError[] = [];
  requireKeys(plan, ['rules', 'regions', 'selections'], errors);
  requireElements(plan, 'regions', errors);
  const rules = presentContainers(plan.children.get('rules'));
  if (rules.length > maximumRules) {
    errors.push(effectiveError('ELEMENTS_TOO_MANY', `'rules' exceeds the allowed maximum limit ${String(maximumRules)}`, child(plan, 'rules') ?? plan, []));
  }
  for (const rule of rules) {
    requireKeys(rule, ['target_backup_vault_name'], errors);
    errors.push(...crossAttributeErrors(plan, rule, at));
  }
  const selections = child(plan, 'selections');
  for (const selection of presentContainers(selections?.children.get('tags'))) {
    requireKeys(selection, ['iam_role_arn', 'tag_key', 'tag_value'], errors);
    requireElements(selection, 'tag_value', errors);
  }
  for (const selection of presentContainers(selections?.children.get('resources'))) {
    requireKeys(selection, ['iam_role_arn'], errors);
    if (!isPresent(selection.children.get('conditions'))) requireKeys(selection, ['resource_types'], errors);
    requireElements(selection, 'resource_types', errors);
  }
  return errors;
}

function requireKeys(node: EffectiveContainer, keys: readonly string[], errors: EffectiveError[]): void {
  for (const key of keys) {
    if (!isPresent(node.children.get(key))) errors.push(effectiveError('KEY_REQUIRED', `'${key}' is missing`, node, [[key]]));
  }
}

/** An emptied list is present and too short. Source: inheritance rule 10 [obs]. */
function requireElements(node: EffectiveContainer, key: string, errors: EffectiveError[]): void {
  const leaf = node.children.get(key);
  if (leaf === undefined || leaf.kind === 'container' || leaf.value?.kind !== 'list' || leaf.value.elements.length > 0) return;
  errors.push({
    ...effectiveError('ELEMENTS_TOO_FEW', `'${key}' is less than the allowed minimum limit ${String(minimumRules)}`, node, [[key]]),
    path: slashPath(leaf),
  });
}

function child(node: EffectiveContainer, key: string): EffectiveContainer | undefined {
  const found = node.children.get(key);
  return found?.kind === 'container' ? found : undefined;
}

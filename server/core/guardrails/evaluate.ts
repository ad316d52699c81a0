import { mayHoldMore } from '../advice/effectivePlaces.ts';
import type { EffectiveContainer, EffectiveNode } from '../merge/effective.ts';
import { presentContainers, type EffectiveError } from '../validation/effectiveError.ts';
import { effectiveErrors } from '../validation/effectiveErrors.ts';
import { copyAccounts, type JudgedRule } from './copyBreaches.ts';
import type { GuardedResources, Guardrail, RuleRequirements } from './guardrail.ts';
import { ruleBreaches } from './ruleBreaches.ts';
import { nearSelection, selectsAll } from './selected.ts';
import { hasUnknown } from './unknownValues.ts';
import type { Breach, Failure, Verdict } from './verdict.ts';

/**
 * Whether the effective policy of an account meets a guardrail, kept for as long as both and the minute stay the same:
 * 10,000 accounts that share a tree cost one evaluation.
 * @param accountId the account's id, which matters only when copies of the policy go to it.
 * @param at epoch milliseconds UTC.
 */
export function evaluateGuardrail(tree: EffectiveContainer, guardrail: Guardrail, accountId: string | undefined, at: number): Verdict {
  const account = accountId !== undefined && copyAccounts(tree).has(accountId) ? accountId : undefined;
  const minute = `${String(Math.floor(at / 60_000))} `;
  const key = `${minute}${account ?? ''}`;
  const perTree = remembered.get(guardrail) ?? new WeakMap<EffectiveContainer, ReadonlyMap<string, Verdict>>();
  remembered.set(guardrail, perTree);
  const known = perTree.get(tree);
  const verdict = known?.get(key) ?? evaluate(tree, guardrail, account, at);
  if (known?.has(key) !== true) perTree.set(tree, new Map([...[...known ?? []].filter(([each]) => each.startsWith(minute)).slice(-rememberedVerdicts), [key, verdict]]));
  return verdict;
}

/** Derived from immutable trees and guardrails, so an entry can never be stale. There are few guardrails and many trees. */
const remembered = new WeakMap<Guardrail, WeakMap<EffectiveContainer, ReadonlyMap<string, Verdict>>>();
/** A few accounts that receive copies, each of the present minute. */
const rememberedVerdicts = 20;

function evaluate(tree: EffectiveContainer, guardrail: Guardrail, account: string | undefined, at: number): Verdict {
  const [error] = effectiveErrors(tree, at);
  if (error !== undefined) return [invalid(error)];
  const { resources, someRule, everyRule } = guardrail;
  const plans = presentContainers(tree.children.get('plans'));
  return [
    ...(someRule === undefined ? [] : someRuleFailures(tree, resources, someRule, account, at)),
    ...(everyRule === undefined ? [] : [...judgedRules(selecting(plans, resources), everyRule, account)].flatMap((judged) => {
      const [first, ...others] = ruleBreaches(judged, everyRule, at);
      return first === undefined ? [] : [ruleFailure('everyRule', judged, [first, ...others])];
    })),
  ];
}

function invalid({ code, message, path, node, settings }: EffectiveError): Failure {
  const [setting] = settings;
  const breach: Breach = { requirement: 'validEffectivePolicy', expected: 'a valid effective policy', actual: `${code}, ${message} at ${path}`, path: [...node.path, ...(setting ?? [])], place: undefined, origin: undefined };
  return { type: 'invalid', plan: node.path[1], rule: node.path[2] === 'rules' ? node.path[3] : undefined, breaches: [breach] };
}

function someRuleFailures(tree: EffectiveContainer, resources: GuardedResources | undefined, requirements: RuleRequirements, account: string | undefined, at: number): Verdict {
  const plans = presentContainers(tree.children.get('plans'));
  let closest: Failure | undefined;
  for (const judged of judgedRules(selecting(plans, resources), requirements, account)) {
    const [first, ...others] = ruleBreaches(judged, requirements, at);
    if (first === undefined) return [];
    const failure = ruleFailure('someRule', judged, [first, ...others]);
    if (closest === undefined || distance(failure) < distance(closest)) closest = failure;
  }
  if (closest !== undefined) return [closest];
  return mayBringRule(tree, resources, requirements) ? [] : [unselected(plans, resources, requirements)];
}

/** True when a template may bring a plan or rule that is asked for, or make one select the resources. */
function mayBringRule(tree: EffectiveContainer, resources: GuardedResources | undefined, requirements: RuleRequirements): boolean {
  if (isOpen(tree) || isOpen(tree.children.get('plans'))) return true;
  return presentContainers(tree.children.get('plans')).filter((plan) => isNamed(plan, requirements.plan)).some((plan) => {
    const rules = plan.children.get('rules');
    const mayHaveRule = isOpen(plan) || isOpen(rules) || presentContainers(rules).some((rule) => isNamed(rule, requirements.rule));
    const maySelect = resources === undefined || isOpen(plan) || selectsAll(plan, resources) || hasUnknown(plan.children.get('selections'));
    return mayHaveRule && maySelect;
  });
}

function isOpen(node: EffectiveNode | undefined): boolean {
  return node?.kind === 'container' && mayHoldMore(node);
}

/** How far a rule is from meeting all. */
function distance({ breaches }: Failure): number {
  return breaches.reduce((sum, { isMissing }) => sum + (isMissing === true ? 2 : 1), 0);
}

function ruleFailure(type: 'someRule' | 'everyRule', { plan, rule }: JudgedRule, breaches: Failure['breaches']): Failure {
  return { type, plan: plan.name, rule: rule.name, breaches };
}

function selecting(plans: readonly EffectiveContainer[], resources: GuardedResources | undefined): readonly EffectiveContainer[] {
  return resources === undefined ? plans : plans.filter((plan) => selectsAll(plan, resources));
}

function* judgedRules(plans: readonly EffectiveContainer[], requirements: RuleRequirements, account: string | undefined): Generator<JudgedRule> {
  for (const plan of plans) {
    if (!isNamed(plan, requirements.plan)) continue;
    for (const rule of presentContainers(plan.children.get('rules'))) if (isNamed(rule, requirements.rule)) yield { plan, rule, account };
  }
}

/** AWS compares names without letter case. Source: inheritance rule 28 [obs]. */
function isNamed({ name }: EffectiveContainer, wanted: string | undefined): boolean {
  return wanted === undefined || name.toLowerCase() === wanted.toLowerCase();
}

function unselected(plans: readonly EffectiveContainer[], resources: GuardedResources | undefined, { plan, rule }: RuleRequirements): Failure {
  const what = resources === undefined ? '' : ` that selects ${resourceText(resources)}`;
  const expected = plan === undefined && rule === undefined ? `a plan${what}` : `${rule === undefined ? 'a rule' : `a rule "${rule}"`} of ${plan === undefined ? 'a plan' : `the plan "${plan}"`}${what}`;
  const near = resources === undefined ? undefined : nearSelection(plans, resources);
  const there = plans.length === 0 ? 'no plan' : `only the plan${plans.length === 1 ? '' : 's'} ${plans.map(({ name }) => `"${name}"`).join(', ')}`;
  const actual = near === undefined ? there : `${there}, and "${near.plan}" selects ${near.key} = ${near.values.join(', ')}`;
  return {
    type: 'unselected',
    plan: near?.plan,
    rule: undefined,
    breaches: [{ requirement: 'resources', expected, actual, path: near?.place === undefined ? ['plans'] : ['plans', near.plan, 'selections', 'tags'], place: near?.place, origin: undefined }],
  };
}

/** The resources of a guardrail in words: "every resource tagged tier = gold". */
export function resourceText({ tag, type }: GuardedResources): string {
  const what = type === undefined ? 'every resource' : `every ${type}`;
  return tag === undefined ? what : `${what} tagged ${tag.key} = ${tag.value}`;
}

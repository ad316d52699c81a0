import type { EffectiveContainer } from '../merge/effective.ts';
import type { RuleId } from '../rules.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { planErrors } from '../validation/effectiveErrors.ts';
import type { Finding } from './finding.ts';
import { overlapAdvice } from './overlapAdvice.ts';
import { ruleAdvice } from './ruleAdvice.ts';
import { quotaAdvice, selectionAdvice } from './selectionAdvice.ts';
import { tagCaseAdvice } from './tagCaseAdvice.ts';

/**
 * What an effective policy has in it that fails later or does otherwise than it seems.
 * Source: common-mistakes D6, D7, D10, D11, D13, D15 to D17; syntax §9 C1, C4, C6 and C8.
 * @param at epoch milliseconds UTC; coming runs are compared by the day.
 */
export function effectiveAdvice(root: EffectiveContainer, at: number): readonly Finding[] {
  const day = Math.floor(at / 86_400_000);
  const known = remembered.get(root);
  if (known?.day === day) return known.findings;
  const findings = [
    ...presentContainers(root.children.get('plans')).flatMap((plan) => (planErrors(plan, at).length === 0 ? planAdvice(plan) : planAdvice(plan).filter(({ rule }) => !absences.has(rule)))),
    ...overlapAdvice(root, day * 86_400_000),
    ...tagCaseAdvice(root),
  ];
  remembered.set(root, { day, findings });
  return findings;
}

/** What is missing in a plan that is not whole may be on its way; AWS's own errors come first. */
const absences: ReadonlySet<RuleId> = new Set(['no-schedule', 'kept-forever']);

/** Derived from immutable trees that accounts share. */
const remembered = new WeakMap<EffectiveContainer, { readonly day: number; readonly findings: readonly Finding[] }>();
const rememberedPlans = new WeakMap<EffectiveContainer, readonly Finding[]>();

function planAdvice(plan: EffectiveContainer): readonly Finding[] {
  const known = rememberedPlans.get(plan);
  if (known !== undefined) return known;
  const findings = [
    ...presentContainers(plan.children.get('rules')).flatMap((rule) => ruleAdvice(plan, rule)),
    ...selectionAdvice(plan),
    ...quotaAdvice(plan),
  ];
  rememberedPlans.set(plan, findings);
  return findings;
}

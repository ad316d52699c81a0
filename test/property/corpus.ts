import fc from 'fast-check';
import { acceptedPolicies } from './policies.ts';
import type { PolicyTree } from './policyTree.ts';

/** The clock of the generated policies, epoch milliseconds UTC: the day on which AWS judged the recorded schedules. */
export const clock = Date.UTC(2026, 8, 13, 10);
export const corpusSeed = 20260913;

/** Accepted policies: most are as long as people write them, some are nearly as long as AWS takes them. */
export function policyCorpus(count: number): readonly PolicyTree[] {
  const usual = fc.sample(acceptedPolicies({ optional: 40, names: 2 }), { seed: corpusSeed, numRuns: Math.ceil(count * 0.97) });
  return [...usual, ...longPolicies(count - usual.length)];
}

/** Accepted policies with most settings in many rules, each rather long. */
export function longPolicies(count: number): readonly PolicyTree[] {
  return fc.sample(acceptedPolicies({ optional: 75, names: 3 }).filter((tree) => isLong(tree)), { seed: corpusSeed, numRuns: count });
}

function isLong(tree: PolicyTree): boolean {
  const { length } = JSON.stringify(tree);
  return length > 12_000 && length < 30_000;
}

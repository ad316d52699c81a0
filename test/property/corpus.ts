import fc from 'fast-check';
import { acceptedPolicies } from './policies.ts';
import { weightedMutations } from './mutations.ts';
import { layouts, reordered, recased, textOf, type PolicyTree } from './policyTree.ts';
import { Random } from './random.ts';

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

/** One text of the corpus; its number is all that it takes to make it again. */
export interface CorpusDocument {
  readonly number: number;
  readonly text: string;
  /** What was done to the policy; `none` for an accepted one. */
  readonly mutation: string;
}

/** So many neighbours are made of one text. */
const neighbours = 20;

let lastBase: { readonly group: number; readonly trees: readonly PolicyTree[]; readonly text: string } | undefined;

/** An accepted policy, as documented or rearranged, in one of the layouts. */
function baseOf(group: number, trees: readonly PolicyTree[]): string {
  if (lastBase?.group === group && lastBase.trees === trees) return lastBase.text;
  const random = new Random(corpusSeed * 2 + group);
  const tree = random.pick(trees);
  const [minified] = layouts;
  const text = textOf(random.oneIn(4) ? recased(reordered(tree, random), random) : tree, random.oneIn(2) ? random.pick(layouts) : minified, random);
  lastBase = { group, trees, text };
  return text;
}

/** The text of a number: the first of every twenty is an accepted policy, the others are spoilt in one way or several. */
export function documentOf(number: number, trees: readonly PolicyTree[]): CorpusDocument {
  const text = baseOf(Math.floor(number / neighbours), trees);
  if (number % neighbours === 0) return { number, text, mutation: 'none' };
  const random = new Random(corpusSeed + number);
  const { name, apply } = random.pick(weightedMutations);
  return { number, text: apply(text, random), mutation: name };
}

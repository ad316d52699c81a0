import type { EffectiveContainer } from '../merge/effective.ts';
import { comparedPlan, type Coverage } from './comparedPlan.ts';

/** True when the plans run in a common Region and certainly select a common resource. */
export function meet(left: EffectiveContainer, right: EffectiveContainer): boolean {
  const one = comparedPlan(left).coverage;
  const other = comparedPlan(right).coverage;
  return share(one.regions, other.regions)
    && (share(one.tags, other.tags) || share(one.types, other.types) || one.everything && selectsAny(other) || other.everything && selectsAny(one));
}

function selectsAny({ tags, types, everything }: Coverage): boolean {
  return everything || tags.size > 0 || types.size > 0;
}

function share(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const element of left) if (right.has(element)) return true;
  return false;
}

/** Resources that several plans select for certain: those with a tag, of a type, or all that a plan selects. */
export interface SharedResources {
  /** A tag's key and value, an ARN pattern, or every resource. */
  readonly what: { readonly kind: 'tag'; readonly key: string; readonly value: string } | { readonly kind: 'type'; readonly pattern: string } | { readonly kind: 'everything' };
  readonly regions: readonly string[];
  /** Two plans or more, in the order of the policy. */
  readonly plans: readonly EffectiveContainer[];
}

/**
 * The resources that two or more of the plans select for certain. What the same plans share in several ways is
 * named once, by the first tag or type; of a Region the plans must have it in common.
 */
export function sharedResources(plans: readonly EffectiveContainer[]): readonly SharedResources[] {
  const found = new Map<string, { readonly what: SharedResources['what']; readonly regions: string[]; readonly plans: readonly EffectiveContainer[] }>();
  const coverages = plans.map((plan) => ({ plan, coverage: comparedPlan(plan).coverage }));
  for (const region of new Set(coverages.flatMap(({ coverage }) => [...coverage.regions]))) {
    const here = coverages.filter(({ coverage }) => coverage.regions.has(region));
    for (const { what, isIn } of sharable(here.map(({ coverage }) => coverage))) {
      const members = here.filter(({ coverage }) => isIn(coverage)).map(({ plan }) => plan);
      if (members.length < 2) continue;
      const key = JSON.stringify(members.map((plan) => plan.path));
      const known = found.get(key);
      if (known === undefined) found.set(key, { what, regions: [region], plans: members });
      else if (!known.regions.includes(region)) known.regions.push(region);
    }
  }
  return [...found.values()];
}

function sharable(coverages: readonly Coverage[]): readonly { readonly what: SharedResources['what']; readonly isIn: (coverage: Coverage) => boolean }[] {
  return [
    ...[...new Set(coverages.flatMap(({ tags }) => [...tags]))].map((tag) => {
      const [key = '', value = ''] = JSON.parse(tag) as readonly string[];
      return { what: { kind: 'tag' as const, key, value }, isIn: ({ tags, everything }: Coverage) => everything || tags.has(tag) };
    }),
    ...[...new Set(coverages.flatMap(({ types }) => [...types]))].map((pattern) => (
      { what: { kind: 'type' as const, pattern }, isIn: ({ types, everything }: Coverage) => everything || types.has(pattern) }
    )),
    { what: { kind: 'everything' as const }, isIn: ({ everything }: Coverage) => everything },
  ];
}

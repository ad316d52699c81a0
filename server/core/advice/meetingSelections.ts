import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { listAt, singleAt } from './effectivePlaces.ts';

/** What a plan certainly selects: only selections that no condition and no `not_resource_types` narrows. */
export interface Coverage {
  readonly regions: ReadonlySet<string>;
  /** Tag key and value as JSON of the pair; AWS compares both with letter case. Source: syntax §5.1. */
  readonly tags: ReadonlySet<string>;
  /** ARN patterns of resource types, without `*`. */
  readonly types: ReadonlySet<string>;
  /** True for resource type `*`. */
  readonly everything: boolean;
}

/** Derived from immutable trees that accounts share. */
const remembered = new WeakMap<EffectiveContainer, Coverage>();

/** What a plan certainly selects. Template values are not known and are left out. */
export function coverageOf(plan: EffectiveContainer): Coverage {
  const known = remembered.get(plan);
  if (known !== undefined) return known;
  const types = unnarrowed(plan, 'resources').flatMap((selection) => listAt(selection, 'resource_types').map((type) => type.text));
  const coverage: Coverage = {
    regions: new Set(listAt(plan, 'regions').map((region) => region.text)),
    tags: new Set(unnarrowed(plan, 'tags').flatMap((selection) => {
      const key = singleAt(selection, 'tag_key')?.text;
      return key === undefined ? [] : listAt(selection, 'tag_value').map((value) => JSON.stringify([key, value.text]));
    })),
    types: new Set(types.filter((type) => type !== '*')),
    everything: types.includes('*'),
  };
  remembered.set(plan, coverage);
  return coverage;
}

/** True when the plans run in a common Region and certainly select a common resource. */
export function meet(left: EffectiveContainer, right: EffectiveContainer): boolean {
  const [one, other] = [coverageOf(left), coverageOf(right)];
  return share(one.regions, other.regions)
    && (share(one.tags, other.tags) || share(one.types, other.types) || one.everything && selectsAny(other) || other.everything && selectsAny(one));
}

function selectsAny({ tags, types, everything }: Coverage): boolean {
  return everything || tags.size > 0 || types.size > 0;
}

function share(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [...left].some((element) => right.has(element));
}

function unnarrowed(plan: EffectiveContainer, kind: 'tags' | 'resources'): readonly EffectiveContainer[] {
  return presentContainers(effectiveAt(plan, ['selections', kind]))
    .filter((selection) => !isPresent(selection.children.get('conditions')) && !isPresent(selection.children.get('not_resource_types')));
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
  const coverages = plans.map((plan) => ({ plan, coverage: coverageOf(plan) }));
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

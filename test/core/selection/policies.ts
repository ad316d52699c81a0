import type { EffectiveContainer } from '../../../server/core/merge/effective.ts';
import { explainReach, reaches } from '../../../server/core/selection/planReach.ts';
import { resourceOf, type Resource } from '../../../server/core/selection/resource.ts';
import { mergeLevels, type FixtureLevel } from '../organizationFixture.ts';

export const assign = (value: unknown): unknown => ({ '@@assign': value });

/** The plan `daily` of levels, each with one policy of its own that says something of that plan. */
export function planOf(...contents: readonly unknown[]): EffectiveContainer {
  const levels = contents.map((content, index): FixtureLevel => ({ target: ['Root', 'Prod', 'shop'][index] ?? 'deeper', policies: [{ name: `policy${String(index + 1)}`, policy: { plans: { daily: content } } }] }));
  const plans = mergeLevels(levels).children.get('plans');
  const plan = plans?.kind === 'container' ? plans.children.get('daily') : undefined;
  if (plan?.kind !== 'container') throw new Error('The levels make no plan "daily".');
  return plan;
}

/** A plan in eu-west-1 with one selection by tag. */
export const byTag = (selection: object, regions: readonly string[] = ['eu-west-1']): EffectiveContainer => planOf({ regions: assign(regions), selections: { tags: { sel: selection } } });

/** A plan in eu-west-1 with one selection by resource type. */
export const byType = (selection: object): EffectiveContainer => planOf({ regions: assign(['eu-west-1']), selections: { resources: { sel: selection } } });

/** Conditions of one operator, each `key: value`. */
export function conditions(operator: string, wanted: Readonly<Record<string, string>>): object {
  return { [operator]: Object.fromEntries(Object.entries(wanted).map(([key, value], index) => [`c${String(index)}`, { condition_key: assign(`aws:ResourceTag/${key}`), condition_value: assign(value) }])) };
}

export const volume = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';

/** A resource by its ARN and tags. */
export function resource(tags: Readonly<Record<string, string>> = {}, arn = volume): Resource {
  const result = resourceOf(arn, new Map(Object.entries(tags)), 1);
  if (result === undefined) throw new Error(`${arn} is no ARN.`);
  return result;
}

/** What a plan says in words: `+` for what is met, `-` for what is not, `?` for what is not known. */
export function words(plan: EffectiveContainer, of: Resource): readonly string[] {
  const { findings, selections } = explainReach(plan, of);
  const signs = { met: '+', unmet: '-', unknown: '?' } as const;
  return [...findings, ...selections.flatMap((each) => each.findings)].map(({ verdict, message }) => `${signs[verdict]} ${message}`);
}

export { reaches };

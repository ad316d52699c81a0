import { listAt, singleAt } from '../advice/effectivePlaces.ts';
import { effectiveAt, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';

const mostPlans = 3;
/** Stands for an account whose id is not known. */
const anyAccount = '111122223333';
const ids = ['0a1b2c3d4e5f60718', '0b2c3d4e5f6071829', '0c3d4e5f607182930', '0d4e5f60718293041'] as const;

/**
 * Lines of an inventory that fit some plans: a resource for each of the first ones that its first selection takes,
 * and one that carries no tag.
 * @param account twelve digits, undefined when it is not known.
 */
export function exampleInventory(plans: readonly EffectiveContainer[], account = anyAccount): string {
  const lines = plans.slice(0, mostPlans).map((plan, index) => {
    const region = listAt(plan, 'regions')[0]?.text ?? 'eu-west-1';
    const volume = `arn:aws:ec2:${region}:${account}:volume/vol-${ids[index] ?? ids[0]}`;
    const [tags] = presentContainers(effectiveAt(plan, ['selections', 'tags']));
    if (tags !== undefined) return [volume, ...tagOf(singleAt(tags, 'tag_key')?.text, listAt(tags, 'tag_value')[0]?.text)].join(' ');
    const [types] = presentContainers(effectiveAt(plan, ['selections', 'resources']));
    const pattern = types === undefined ? undefined : listAt(types, 'resource_types')[0]?.text;
    return [pattern === undefined || pattern === '*' ? volume : arnLike(pattern, region, account), ...(types === undefined ? [] : conditionTags(types))].join(' ');
  });
  const region = plans.flatMap((plan) => listAt(plan, 'regions'))[0]?.text ?? 'eu-west-1';
  return `${[...lines, `arn:aws:ec2:${region}:${account}:volume/vol-${ids[3]} Name=untagged`].join('\n')}\n`;
}

/** Tags that meet the first conditions that want one. */
function conditionTags(selection: EffectiveContainer): readonly string[] {
  return ['string_equals', 'string_like'].flatMap((operator) =>
    presentContainers(effectiveAt(selection, ['conditions', operator])).flatMap((condition) =>
      tagOf(singleAt(condition, 'condition_key')?.text.replace('aws:ResourceTag/', ''), singleAt(condition, 'condition_value')?.text.replaceAll('*', 'a'))));
}

function tagOf(key: string | undefined, value: string | undefined): readonly string[] {
  if (key === undefined || value === undefined || /["=]/.test(key) || value.includes('"')) return [];
  const tag = `${key}=${value}`;
  return [/\s/.test(tag) ? `"${tag}"` : tag];
}

/** An ARN that a pattern of a resource type takes. */
function arnLike(pattern: string, region: string, account: string): string {
  const [arn = 'arn', partition = 'aws', service = '', anyRegion = '', anyOwner = '', ...rest] = pattern.split(':');
  return [arn, partition, service, anyRegion === '*' ? region : anyRegion, anyOwner === '*' ? account : anyOwner, ...rest.map((part) => part.replaceAll('*', 'example'))].join(':');
}

import { acceptsValue } from '../../../core/grammar.ts';
import { defaultRole } from '../missingSettings.ts';
import { proposalsFor } from '../proposals.ts';
import { asObject, asText, objectsOf, textsOf, type PlainObject } from './plainJson.ts';
import { assign, nameIn, orNothing } from './policyParts.ts';

/** The selections of a plan in a policy, with what their author must look at. */
export interface ConvertedSelections {
  readonly selections: PlainObject;
  readonly open: readonly string[];
}

const tagPrefix = 'aws:ResourceTag/';

/** The operators of conditions in AWS Backup and in policies. Source: syntax §5.3 [doc]. */
const comparisons = [['StringEquals', 'string_equals'], ['StringNotEquals', 'string_not_equals'], ['StringLike', 'string_like'], ['StringNotLike', 'string_not_like']] as const;

/** Takes selections of AWS Backup over; without any, resources tagged `backup` = `true` stand for them. Source: syntax §§5 and 11 [doc]. */
export function planSelections(selections: readonly PlainObject[]): ConvertedSelections {
  const open = new Set<string>();
  const tags: [string, PlainObject][] = [];
  const resources: [string, PlainObject][] = [];
  const names = new Set<string>();
  for (const selection of selections) {
    const name = asText(selection['SelectionName']) ?? '';
    const role = roleOf(asText(selection['IamRoleArn']), open);
    const conditions = orNothing('conditions', conditionsOf(asObject(selection['Conditions'])));
    const types = patterns(textsOf(selection['Resources']), open);
    for (const [key, values] of tagValues(objectsOf(selection['ListOfTags']))) {
      tags.push([nameIn(names, name === '' ? key : name, 'tagged'), { iam_role_arn: assign(role), tag_key: assign(key), tag_value: assign(values), ...conditions }]);
    }
    if (types.length === 0) continue;
    const without = patterns(textsOf(selection['NotResources']), open);
    resources.push([nameIn(names, name, 'resources'), { iam_role_arn: assign(role), resource_types: assign(types), ...(without.length > 0 ? { not_resource_types: assign(without) } : {}), ...conditions }]);
  }
  const found = { ...orNothing('tags', Object.fromEntries(tags)), ...orNothing('resources', Object.fromEntries(resources)) };
  if (Object.keys(found).length > 0) return { selections: found, open: [...open] };
  const tagged = { iam_role_arn: assign(defaultRole), tag_key: assign('backup'), tag_value: assign(['true']) };
  return { selections: { tags: { tagged } }, open: [...open, 'the selections'] };
}

function roleOf(text: string | undefined, open: Set<string>): string {
  const role = text?.replace(/^(arn:[^:]+:iam::)[^:]*:/, '$1$account:');
  if (role !== undefined && acceptsValue('roleArn', role)) return role;
  open.add('the role');
  return defaultRole;
}

/** AWS Backup takes what has any of the tags; an entry of a policy has one key with any of its values. */
function tagValues(conditions: readonly PlainObject[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const condition of conditions) {
    const [key, value] = [asText(condition['ConditionKey']), asText(condition['ConditionValue'])];
    if (key === undefined || value === undefined) continue;
    const tag = key.startsWith(tagPrefix) ? key.slice(tagPrefix.length) : key;
    values.set(tag, [...(values.get(tag) ?? []), value]);
  }
  return values;
}

/** A policy selects kinds of resources only: a single one becomes its kind. Source: syntax §5.4 [doc, obs]. */
function patterns(texts: readonly string[], open: Set<string>): readonly string[] {
  const found = texts.flatMap((text) => {
    if (acceptsValue('resourceType', text)) return [text];
    open.add('the resource types (single resources are not possible)');
    return proposalsFor('resourceType', text).slice(0, 1).map((proposal) => proposal.text);
  });
  return [...new Set(found)];
}

function conditionsOf(groups: PlainObject | undefined): PlainObject {
  return comparisons.reduce<PlainObject>((conditions, [api, policy]) => {
    const names = new Set<string>();
    const entries = objectsOf(groups?.[api]).flatMap((condition): readonly (readonly [string, PlainObject])[] => {
      const [key, value] = [asText(condition['ConditionKey']), asText(condition['ConditionValue'])];
      if (key === undefined || value === undefined) return [];
      return [[nameIn(names, key.replace(tagPrefix, ''), 'condition'), { condition_key: assign(key), condition_value: assign(value) }]];
    });
    return { ...conditions, ...orNothing(policy, Object.fromEntries(entries)) };
  }, {});
}

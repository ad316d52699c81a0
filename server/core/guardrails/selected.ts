import { listAt, mayHoldMore, placeOf, singleAt, type Place } from '../advice/effectivePlaces.ts';
import { hasUnknown } from './unknownValues.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import type { GuardedResources } from './guardrail.ts';
import { matchesWildcards } from './wildcards.ts';

/**
 * True when a plan certainly selects all of the resources: by a selection that takes them whatever else they are.
 * Source: syntax §5.1 (a tag matches when its value is any of the list), §5.2 and §5.3 (conditions are all demanded) [doc].
 */
export function selectsAll(plan: EffectiveContainer, resources: GuardedResources): boolean {
  const [tags, types] = (['tags', 'resources'] as const).map((kind) => presentContainers(effectiveAt(plan, ['selections', kind])));
  return (tags ?? []).some((selection) => selectsTag(selection, resources)) || (types ?? []).some((selection) => selectsType(selection, resources));
}

function selectsTag(selection: EffectiveContainer, { tag }: GuardedResources): boolean {
  if (tag === undefined || singleAt(selection, 'tag_key')?.text !== tag.key) return false;
  return !mayNarrow(selection) && listAt(selection, 'tag_value').some(({ text }) => text === tag.value) && conditionsHold(selection, tag);
}

function selectsType(selection: EffectiveContainer, { tag, type }: GuardedResources): boolean {
  if (mayNarrow(selection) || hasUnknown(selection.children.get('not_resource_types'))) return false;
  const types = listAt(selection, 'resource_types').map(({ text }) => text);
  // Without types the conditions alone select. Source: syntax §5.2 [obs].
  const everything = types.includes('*') || (!isPresent(selection.children.get('resource_types')) && isPresent(selection.children.get('conditions')));
  const wanted = everything || (type !== undefined && types.some((each) => matchesWildcards(each, type)));
  if (!wanted || !conditionsHold(selection, tag)) return false;
  const excluded = listAt(selection, 'not_resource_types').map(({ text }) => text);
  return excluded.length === 0 || (type !== undefined && !excluded.some((each) => matchesWildcards(each, type) || matchesWildcards(type, each)));
}

/** True when a template may bring a condition. */
function mayNarrow(selection: EffectiveContainer): boolean {
  return mayHoldMore(selection) || hasUnknown(selection.children.get('conditions'));
}

const tagPrefix = 'aws:resourcetag/';

/** True when every condition holds for whatever has the tag: one on another tag may not. Source: syntax §5.3 [doc]. */
function conditionsHold(selection: EffectiveContainer, tag: GuardedResources['tag']): boolean {
  return presentContainers(selection.children.get('conditions')).every((operator) => presentContainers(operator).every((condition) => {
    const [key, value] = [singleAt(condition, 'condition_key')?.text, singleAt(condition, 'condition_value')?.text];
    if (tag === undefined || value === undefined || key?.toLowerCase().startsWith(tagPrefix) !== true || key.slice(tagPrefix.length) !== tag.key) return false;
    switch (operator.name.toLowerCase()) {
      case 'string_equals': return value === tag.value;
      case 'string_not_equals': return value !== tag.value;
      case 'string_like': return matchesWildcards(value, tag.value);
      case 'string_not_like': return !matchesWildcards(value, tag.value);
      default: return false;
    }
  }));
}

/** A selection that comes near: by the same tag key, with other values. */
export interface NearSelection {
  readonly plan: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly place: Place | undefined;
}

/** The first selection by the tag's key in any letter case, which a missing value could be added to. */
export function nearSelection(plans: readonly EffectiveContainer[], { tag }: GuardedResources): NearSelection | undefined {
  if (tag === undefined) return undefined;
  for (const plan of plans) {
    for (const selection of presentContainers(effectiveAt(plan, ['selections', 'tags']))) {
      const key = singleAt(selection, 'tag_key');
      if (key?.text.toLowerCase() !== tag.key.toLowerCase()) continue;
      const values = listAt(selection, 'tag_value');
      const [first] = key.text === tag.key ? values : [key];
      return { plan: plan.name, key: key.text, values: values.map(({ text }) => text), place: first === undefined ? undefined : placeOf(first) };
    }
  }
  return undefined;
}

import { introductionOf, placeOf } from '../advice/effectivePlaces.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { conditionRequirements } from './conditions.ts';
import { listOf, missingElement } from './listReasons.ts';
import { either, explanation, type Requirement, type Verdict } from './requirement.ts';
import { isLike } from './wildcard.ts';

/**
 * What a selection by resource type asks: one of the types, none of the excluded ones, and all conditions.
 * With conditions the types may be absent: then every type is meant. Source: syntax §5.2 [doc, obs].
 */
export function resourceRequirements(selection: EffectiveContainer): readonly Requirement[] {
  return [...typeRequirement(selection), ...exclusion(selection), ...conditionRequirements(selection)];
}

function typeRequirement(selection: EffectiveContainer): readonly Requirement[] {
  const types = listOf(selection, 'resource_types');
  const path = [...selection.path, 'resource_types'];
  if (types.leaf === undefined) {
    if (isPresent(effectiveAt(selection, ['conditions']))) return [];
    return [{ path, verdict: () => 'unmet', explain: () => explanation('the selection names neither resource types nor conditions', introductionOf(selection)) }];
  }
  return [{
    path,
    verdict: ({ arn }): Verdict => (types.elements.some(({ text }) => isLike(text, arn)) ? 'met' : types.open ? 'unknown' : 'unmet'),
    explain: ({ arn }) => {
      const element = types.elements.find(({ text }) => isLike(text, arn));
      if (element !== undefined) return explanation(element.text === '*' ? 'its type is one of all, "*"' : `its ARN is like "${element.text}"`, placeOf(element));
      if (types.elements.length === 0) return missingElement(types.open ? 'the resource types come from a template' : 'the list of resource types is empty', types, (text) => isLike(text, arn));
      return missingElement(`its ARN is not like ${either(types.elements.map(({ text }) => `"${text}"`))}${types.open ? ', and a template brings more resource types' : ''}`, types, (text) => isLike(text, arn));
    },
  }];
}

function exclusion(selection: EffectiveContainer): readonly Requirement[] {
  const types = listOf(selection, 'not_resource_types');
  if (types.leaf === undefined) return [];
  return [{
    path: [...selection.path, 'not_resource_types'],
    verdict: ({ arn }): Verdict => (types.elements.some(({ text }) => isLike(text, arn)) ? 'unmet' : types.open ? 'unknown' : 'met'),
    explain: ({ arn }) => {
      const element = types.elements.find(({ text }) => isLike(text, arn));
      if (element !== undefined) return explanation(`"not_resource_types" excludes "${element.text}"`, placeOf(element));
      return { message: types.open ? 'a template brings resource types that "not_resource_types" excludes' : '"not_resource_types" does not exclude it' };
    },
  }];
}

import { introductionOf, placeOf, singleAt } from '../advice/effectivePlaces.ts';
import type { EffectiveContainer } from '../merge/effective.ts';
import { conditionRequirements } from './conditions.ts';
import { listOf, missingElement } from './listReasons.ts';
import { either, explanation, type Requirement, type Verdict } from './requirement.ts';
import { absentTag, letterCase } from './tagWords.ts';

/** What a selection by tag asks: the key, and any one of the values; then its conditions. Source: syntax §5.1 [doc]. */
export function tagRequirements(selection: EffectiveContainer): readonly Requirement[] {
  return [tagRequirement(selection), ...conditionRequirements(selection)];
}

function tagRequirement(selection: EffectiveContainer): Requirement {
  const key = singleAt(selection, 'tag_key');
  const values = listOf(selection, 'tag_value');
  const path = [...selection.path, 'tag_value'];
  if (key === undefined) {
    return { path: [...selection.path, 'tag_key'], verdict: () => 'unknown', explain: () => explanation('the selection has no "tag_key" that is known: a template or another policy would have to bring it', introductionOf(selection)) };
  }
  const known = new Map(values.elements.map((element) => [element.text, element]));
  return {
    path,
    verdict: ({ tags }): Verdict => {
      const tag = tags.get(key.text);
      if (tag === undefined) return 'unmet';
      return known.has(tag) ? 'met' : values.open ? 'unknown' : 'unmet';
    },
    explain: ({ tags }) => {
      const tag = tags.get(key.text);
      if (tag === undefined) return explanation(absentTag(key.text, tags), placeOf(key));
      const element = known.get(tag);
      const is = `tag "${key.text}" is "${tag}"`;
      if (element !== undefined) return explanation(is, placeOf(element));
      if (values.elements.length === 0) return missingElement(`${is}, and the selection ${values.open ? 'gets its values from a template' : 'has no values'}`, values, (text) => text === tag);
      const wanted = either(values.elements.map(({ text }) => `"${text}"`));
      const hint = values.elements.some(({ text }) => text.toLowerCase() === tag.toLowerCase()) ? `: ${letterCase}` : '';
      return missingElement(`${is}, not ${wanted}${hint}${values.open ? ', and a template brings more values' : ''}`, values, (text) => text === tag);
    },
  };
}

import { defaultSchedule } from '../cron/schedule.ts';
import { effectiveAt, isPresent, type EffectiveContainer, type EffectiveElement } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { introductionOf, listAt, mayHoldMore, placeOf, singleAt, type Place } from './effectivePlaces.ts';

/** What a plan is compared with the other plans of an effective policy by. */
export interface ComparedPlan {
  readonly runs: readonly Run[];
  readonly coverage: Coverage;
  readonly tagTexts: readonly TagText[];
}

/** A rule and when it runs. */
export interface Run {
  readonly plan: EffectiveContainer;
  readonly rule: EffectiveContainer;
  /** The schedule's text. */
  readonly schedule: string;
  readonly place: Place;
}

/** What a plan certainly selects: only selections that no condition and no `not_resource_types` narrows. Template values are not known and are left out. */
export interface Coverage {
  readonly regions: ReadonlySet<string>;
  /** Tag key and value as JSON of the pair; AWS compares both with letter case. Source: syntax §5.1. */
  readonly tags: ReadonlySet<string>;
  /** ARN patterns of resource types, without `*`. */
  readonly types: ReadonlySet<string>;
  /** True for resource type `*`. */
  readonly everything: boolean;
}

/** A tag key or a tag value that a plan selects. */
export interface TagText {
  readonly element: EffectiveElement;
  readonly path: readonly string[];
  readonly what: 'tag_key' | 'tag_value';
  /** The same for texts that differ at most by letter case and are compared: keys, and the values of one key. */
  readonly group: string;
}

/** Derived from immutable trees that accounts share. One entry for a plan, for maps of many plans take long to grow. */
const remembered = new WeakMap<EffectiveContainer, ComparedPlan>();

/** What a plan is compared by. */
export function comparedPlan(plan: EffectiveContainer): ComparedPlan {
  const known = remembered.get(plan);
  if (known !== undefined) return known;
  const compared: ComparedPlan = { runs: runsOf(plan), coverage: coverageOf(plan), tagTexts: tagSelections(plan).flatMap(tagTextsOf) };
  remembered.set(plan, compared);
  return compared;
}

/** The selections of a plan by tags. */
export function tagSelections(plan: EffectiveContainer): readonly EffectiveContainer[] {
  return presentContainers(effectiveAt(plan, ['selections', 'tags']));
}

function runsOf(plan: EffectiveContainer): readonly Run[] {
  return presentContainers(plan.children.get('rules')).flatMap((rule): readonly Run[] => {
    const leaf = rule.children.get('schedule_expression');
    const element = singleAt(rule, 'schedule_expression');
    if (element === undefined && (isPresent(leaf) || mayHoldMore(rule))) return [];
    const place = element === undefined ? introductionOf(rule) : placeOf(element);
    return place === undefined ? [] : [{ plan, rule, schedule: element?.text ?? defaultSchedule, place }];
  });
}

function coverageOf(plan: EffectiveContainer): Coverage {
  const types = unnarrowed(plan, 'resources').flatMap((selection) => listAt(selection, 'resource_types').map((type) => type.text));
  return {
    regions: new Set(listAt(plan, 'regions').map((region) => region.text)),
    tags: new Set(unnarrowed(plan, 'tags').flatMap((selection) => {
      const key = singleAt(selection, 'tag_key')?.text;
      return key === undefined ? [] : listAt(selection, 'tag_value').map((value) => JSON.stringify([key, value.text]));
    })),
    types: new Set(types.filter((type) => type !== '*')),
    everything: types.includes('*'),
  };
}

function unnarrowed(plan: EffectiveContainer, kind: 'tags' | 'resources'): readonly EffectiveContainer[] {
  return presentContainers(effectiveAt(plan, ['selections', kind]))
    .filter((selection) => !isPresent(selection.children.get('conditions')) && !isPresent(selection.children.get('not_resource_types')));
}

function tagTextsOf(selection: EffectiveContainer): readonly TagText[] {
  const key = singleAt(selection, 'tag_key');
  const values = listAt(selection, 'tag_value').map((element) => tagText(selection, element, 'tag_value', key));
  return key === undefined ? values : [tagText(selection, key, 'tag_key', undefined), ...values];
}

/** @param key that of a value. */
function tagText(selection: EffectiveContainer, element: EffectiveElement, what: TagText['what'], key: EffectiveElement | undefined): TagText {
  return { element, path: [...selection.path, what], what, group: `${what}\n${key?.text.toLowerCase() ?? ''}\n${element.text.toLowerCase()}` };
}

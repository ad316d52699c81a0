import { introductionOf, placeOf } from '../advice/effectivePlaces.ts';
import { effectiveAt, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { listOf, missingElement } from './listReasons.ts';
import { either, explanation, findingOf, type Finding, type Requirement, type Verdict } from './requirement.ts';
import type { Resource } from './resource.ts';
import { kindOf } from './resourceKinds.ts';
import { resourceRequirements } from './resourceSelection.ts';
import { tagRequirements } from './tagSelection.ts';

/** What a selection says to one resource; it takes the resource when every finding is met. */
export interface SelectionReach {
  readonly selection: EffectiveContainer;
  readonly kind: 'tags' | 'resources';
  readonly reached: boolean;
  readonly findings: readonly Finding[];
}

/** What a plan says to one resource. */
export interface PlanReach {
  readonly plan: EffectiveContainer;
  /** True when backup policies select its kind of resource, the findings are met and one of its selections takes the resource. */
  readonly reached: boolean;
  /** About the plan as a whole: the Regions, the lack of selections. */
  readonly findings: readonly Finding[];
  readonly selections: readonly SelectionReach[];
}

interface Selector {
  readonly selection: EffectiveContainer;
  readonly kind: 'tags' | 'resources';
  readonly requirements: readonly Requirement[];
}

interface Selectors {
  readonly own: readonly Requirement[];
  readonly selections: readonly Selector[];
}

/**
 * True when AWS Backup makes backups of the resource by this plan: backup policies select its kind, its Region is
 * one of the plan's, and one of the plan's selections takes it. What a template leaves open counts as not reached.
 * Source: syntax §4 and §5 [doc].
 */
export function reaches(plan: EffectiveContainer, resource: Resource): boolean {
  const { own, selections } = selectorsOf(plan);
  return kindOf(resource) !== undefined && allMet(own, resource) && selections.some(({ requirements }) => allMet(requirements, resource));
}

/** The same in words: what was met, and every reason why not. */
export function explainReach(plan: EffectiveContainer, resource: Resource): PlanReach {
  const { own, selections } = selectorsOf(plan);
  return {
    plan,
    reached: reaches(plan, resource),
    findings: own.map((requirement) => findingOf(requirement, resource)),
    selections: selections.map(({ selection, kind, requirements }) => ({
      selection,
      kind,
      reached: allMet(requirements, resource),
      findings: requirements.map((requirement) => findingOf(requirement, resource)),
    })),
  };
}

function allMet(requirements: readonly Requirement[], resource: Resource): boolean {
  return requirements.every(({ verdict }) => verdict(resource) === 'met');
}

/** Derived from immutable subtrees that accounts share. */
const remembered = new WeakMap<EffectiveContainer, Selectors>();

function selectorsOf(plan: EffectiveContainer): Selectors {
  const known = remembered.get(plan);
  if (known !== undefined) return known;
  const selections: readonly Selector[] = [
    ...presentContainers(effectiveAt(plan, ['selections', 'tags'])).map((selection): Selector => ({ selection, kind: 'tags', requirements: tagRequirements(selection) })),
    ...presentContainers(effectiveAt(plan, ['selections', 'resources'])).map((selection): Selector => ({ selection, kind: 'resources', requirements: resourceRequirements(selection) })),
  ];
  const selectors = { own: [regionRequirement(plan), ...(selections.length === 0 ? [withoutSelections(plan)] : [])], selections };
  remembered.set(plan, selectors);
  return selectors;
}

/** Source: syntax §4: a plan backs up resources of its Regions [doc]. */
function regionRequirement(plan: EffectiveContainer): Requirement {
  const regions = listOf(plan, 'regions');
  const known = new Map(regions.elements.map((element) => [element.text, element]));
  const names = either(regions.elements.map(({ text }) => text));
  return {
    path: [...plan.path, 'regions'],
    verdict: ({ region }): Verdict => {
      if (region === undefined ? known.size > 0 : known.has(region)) return 'met';
      return regions.open ? 'unknown' : 'unmet';
    },
    explain: ({ region }) => {
      if (regions.elements.length === 0) {
        if (regions.leaf === undefined) return explanation('the plan has no Regions', introductionOf(plan));
        return missingElement(regions.open ? 'the Regions of the plan come from a template' : 'the list of the plan\'s Regions is empty', regions, (text) => text === region);
      }
      if (region === undefined) return { message: `its ARN names no Region, so it is taken to be in ${names}` };
      const element = known.get(region);
      if (element !== undefined) return explanation(`its Region ${region} is one of the plan's`, placeOf(element));
      return missingElement(`its Region ${region} is not ${names}${regions.open ? ', and a template brings more Regions' : ''}`, regions, (text) => text === region);
    },
  };
}

function withoutSelections(plan: EffectiveContainer): Requirement {
  return { path: [...plan.path, 'selections'], verdict: () => 'unmet', explain: () => explanation('the plan selects nothing', introductionOf(plan)) };
}

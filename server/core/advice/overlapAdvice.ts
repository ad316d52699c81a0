import { nextOccurrences } from '../cron/occurrences.ts';
import { parseSchedule } from '../cron/parse.ts';
import type { Schedule } from '../cron/schedule.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { introductionOf, listAt, placeOf, singleAt, type Place } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';

/** The schedule of a rule that has none. Source: syntax §3.1 [api]. */
const defaultSchedule = 'cron(0 5 ? * * *)';
/** How many coming runs of a rule are looked for in the other's schedule. */
const comparedRuns = 24;
/** So many rules that policies of 10,000 characters with ten rules a plan never reach it. */
const maximumRules = 200;
const minute = 60_000;

interface Run {
  readonly plan: EffectiveContainer;
  readonly rule: EffectiveContainer;
  readonly schedule: Schedule;
  readonly place: Place;
}

/**
 * Rules of two plans that start at the same time in the same Region and select the same resources: AWS Backup
 * keeps one of the two backups. Rules of one plan are left alone: a monthly rule beside a daily one is meant so.
 * Only selections that certainly meet are compared. Source: common-mistakes D6.
 * @param at epoch milliseconds UTC.
 */
export function overlapAdvice(root: EffectiveContainer, at: number): readonly Finding[] {
  const runs = presentContainers(root.children.get('plans')).flatMap(runsOf).slice(0, maximumRules);
  const findings: Finding[] = [];
  for (const [index, later] of runs.entries()) {
    const earlier = runs.slice(0, index).find((each) => each.plan !== later.plan && meet(each.plan, later.plan) && coincide(each.schedule, later.schedule, at));
    if (earlier === undefined) continue;
    findings.push({
      rule: 'overlapping-rules',
      ...later.place,
      path: later.rule.path,
      message: `The rule "${later.rule.name}" of the plan "${later.plan.name}" runs at the same times and on the same resources as "${earlier.rule.name}" of "${earlier.plan.name}": AWS Backup keeps only one of two backups that overlap. Select the resources in one plan, or set another time.`,
      related: [{ ...earlier.place, message: `the rule "${earlier.rule.name}" of the plan "${earlier.plan.name}"` }],
    });
  }
  return findings;
}

function runsOf(plan: EffectiveContainer): readonly Run[] {
  return presentContainers(plan.children.get('rules')).flatMap((rule) => {
    const leaf = rule.children.get('schedule_expression');
    const element = singleAt(rule, 'schedule_expression');
    if (element === undefined && isPresent(leaf)) return [];
    const parsed = parseSchedule(element?.text ?? defaultSchedule);
    const place = element === undefined ? introductionOf(rule) : placeOf(element);
    return parsed.ok && place !== undefined ? [{ plan, rule, schedule: parsed.schedule, place }] : [];
  });
}

function coincide(left: Schedule, right: Schedule, at: number): boolean {
  return someRunIn(left, right, at) || someRunIn(right, left, at);
}

function someRunIn(runs: Schedule, other: Schedule, at: number): boolean {
  return nextOccurrences(runs, at, comparedRuns).some((run) => nextOccurrences(other, run - minute, 1)[0] === run);
}

/** True when the plans run in a common Region and certainly select a common resource. */
function meet(left: EffectiveContainer, right: EffectiveContainer): boolean {
  const regions = new Set(listAt(left, 'regions').map((region) => region.text));
  if (!listAt(right, 'regions').some((region) => regions.has(region.text))) return false;
  const [leftTags, rightTags] = [selected(left, 'tags'), selected(right, 'tags')];
  const [leftTypes, rightTypes] = [selected(left, 'resources'), selected(right, 'resources')];
  return leftTags.some((one) => rightTags.some((other) => sameTag(one, other)))
    || leftTypes.some((one) => rightTypes.some((other) => sameType(one, other)))
    || (leftTypes.some(isEverything) && rightTags.length > 0)
    || (rightTypes.some(isEverything) && leftTags.length > 0);
}

/** The selections of a kind that nothing narrows further. */
function selected(plan: EffectiveContainer, kind: 'tags' | 'resources'): readonly EffectiveContainer[] {
  return presentContainers(effectiveAt(plan, ['selections', kind]))
    .filter((selection) => !isPresent(selection.children.get('conditions')) && !isPresent(selection.children.get('not_resource_types')));
}

function sameTag(left: EffectiveContainer, right: EffectiveContainer): boolean {
  const key = singleAt(left, 'tag_key')?.text;
  if (key === undefined || key !== singleAt(right, 'tag_key')?.text) return false;
  return shareElement(left, right, 'tag_value');
}

function sameType(left: EffectiveContainer, right: EffectiveContainer): boolean {
  return isEverything(left) || isEverything(right) || shareElement(left, right, 'resource_types');
}

function isEverything(selection: EffectiveContainer): boolean {
  return listAt(selection, 'resource_types').some((type) => type.text === '*');
}

function shareElement(left: EffectiveContainer, right: EffectiveContainer, key: string): boolean {
  const values = new Set(listAt(left, key).map((value) => value.text));
  return listAt(right, key).some((value) => values.has(value.text));
}

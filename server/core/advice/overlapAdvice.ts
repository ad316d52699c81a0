import { nextOccurrences } from '../cron/occurrences.ts';
import { parseSchedule } from '../cron/parse.ts';
import { defaultSchedule, type Schedule } from '../cron/schedule.ts';
import { isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { introductionOf, mayHoldMore, placeOf, singleAt, type Place } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';
import { meet } from './meetingSelections.ts';

/** How many coming runs of a rule are looked for in the other's schedule. */
const comparedRuns = 24;
/** An effective policy with more pairs of rules than this is not looked at to the end. */
const maximumComparisons = 20_000;
/** Pairs of schedules that are remembered. */
const rememberedPairs = 5000;
const minute = 60_000;

interface Run {
  readonly plan: EffectiveContainer;
  readonly rule: EffectiveContainer;
  /** The schedule's text. */
  readonly schedule: string;
  readonly place: Place;
}

/**
 * Rules of two plans that start at the same time in the same Region and select the same resources: AWS Backup
 * keeps one of the two backups. Rules of one plan are left alone: a monthly rule beside a daily one is meant so.
 * Only selections that certainly meet are compared. Source: common-mistakes D6.
 * @param at epoch milliseconds UTC.
 */
export function overlapAdvice(root: EffectiveContainer, at: number): readonly Finding[] {
  const plans = presentContainers(root.children.get('plans')).map((plan) => ({ plan, runs: runsOf(plan) }));
  const findings: Finding[] = [];
  let compared = 0;
  for (const [index, later] of plans.entries()) {
    const others = later.runs.length === 0 ? [] : plans.slice(0, index).filter((earlier) => earlier.runs.length > 0 && meet(earlier.plan, later.plan)).flatMap(({ runs }) => runs);
    for (const run of later.runs) {
      if ((compared += others.length) > maximumComparisons) return findings;
      const earlier = others.find((other) => firstCommonRun(other.schedule, run.schedule, at) !== undefined);
      if (earlier !== undefined) findings.push(overlap(earlier, run, firstCommonRun(earlier.schedule, run.schedule, at) ?? at));
    }
  }
  return findings;
}

/** Rules of two plans that start at the same time. */
export interface CommonStart {
  readonly earlier: EffectiveContainer;
  readonly later: EffectiveContainer;
  /** Epoch milliseconds UTC. */
  readonly time: number;
}

/**
 * The first rules of two plans that start at the same time; undefined when none of them do in the coming runs.
 * @param at epoch milliseconds UTC.
 */
export function commonStart(earlier: EffectiveContainer, later: EffectiveContainer, at: number): CommonStart | undefined {
  for (const one of runsOf(earlier)) {
    for (const other of runsOf(later)) {
      const time = firstCommonRun(one.schedule, other.schedule, at);
      if (time !== undefined) return { earlier: one.rule, later: other.rule, time };
    }
  }
  return undefined;
}

function overlap(earlier: Run, later: Run, time: number): Finding {
  return {
    rule: 'overlapping-rules',
    ...later.place,
    path: later.rule.path,
    message: `The rule "${later.rule.name}" of the plan "${later.plan.name}" starts at a time of "${earlier.rule.name}" of "${earlier.plan.name}", for example on ${new Date(time).toISOString().slice(0, 16).replace('T', ' at ')} UTC, and selects the same resources: AWS Backup keeps only one of two backups that overlap. Select the resources in one plan, or set another time.`,
    related: [{ ...earlier.place, message: `the rule "${earlier.rule.name}" of the plan "${earlier.plan.name}"` }],
  };
}

const rememberedRuns = new WeakMap<EffectiveContainer, readonly Run[]>();

function runsOf(plan: EffectiveContainer): readonly Run[] {
  const known = rememberedRuns.get(plan);
  if (known !== undefined) return known;
  const runs = presentContainers(plan.children.get('rules')).flatMap((rule): readonly Run[] => {
    const leaf = rule.children.get('schedule_expression');
    const element = singleAt(rule, 'schedule_expression');
    if (element === undefined && (isPresent(leaf) || mayHoldMore(rule))) return [];
    const place = element === undefined ? introductionOf(rule) : placeOf(element);
    return place === undefined ? [] : [{ plan, rule, schedule: element?.text ?? defaultSchedule, place }];
  });
  rememberedRuns.set(plan, runs);
  return runs;
}

/** By the two schedules and the time: organizations have few schedules and many accounts. */
const commonRuns = new Map<string, number | undefined>();

/** The first time at which both schedules start, of the coming runs of each; undefined when none of them is common. */
function firstCommonRun(left: string, right: string, at: number): number | undefined {
  const key = `${String(at)}\n${left}\n${right}`;
  if (commonRuns.has(key)) return commonRuns.get(key);
  if (commonRuns.size >= rememberedPairs) commonRuns.clear();
  const [one, other] = [parseSchedule(left), parseSchedule(right)];
  const common = one.ok && other.ok ? earliest(firstRunIn(one.schedule, other.schedule, at), firstRunIn(other.schedule, one.schedule, at)) : undefined;
  commonRuns.set(key, common);
  return common;
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? left ?? right : Math.min(left, right);
}

function firstRunIn(runs: Schedule, other: Schedule, at: number): number | undefined {
  return nextOccurrences(runs, at, comparedRuns).find((run) => nextOccurrences(other, run - minute, 1)[0] === run);
}

import { nextOccurrences } from '../cron/occurrences.ts';
import { parseSchedule } from '../cron/parse.ts';
import type { Schedule } from '../cron/schedule.ts';
import type { EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { comparedPlan, type Run } from './comparedPlan.ts';
import type { Finding } from './finding.ts';
import { meet } from './meetingSelections.ts';

/** How many coming runs of a rule are looked for in the other's schedule. */
const comparedRuns = 24;
/** An effective policy with more pairs of rules than this is not looked at to the end. */
const maximumComparisons = 20_000;
/** Pairs of schedules that are remembered. */
const rememberedPairs = 5000;
const minute = 60_000;

/**
 * Rules of two plans that start at the same time in the same Region and select the same resources: AWS Backup
 * keeps one of the two backups. Rules of one plan are left alone: a monthly rule beside a daily one is meant so.
 * Only selections that certainly meet are compared. Source: common-mistakes D6.
 * @param at epoch milliseconds UTC.
 */
export function overlapAdvice(root: EffectiveContainer, at: number): readonly Finding[] {
  const plans = presentContainers(root.children.get('plans'));
  const findings: Finding[] = [];
  let compared = 0;
  for (const [index, later] of plans.entries()) {
    const others = meetingRuns(plans, index);
    if (others.length === 0) continue;
    for (const run of comparedPlan(later).runs) {
      if ((compared += others.length) > maximumComparisons) return findings;
      const found = firstOverlap(others, run, at);
      if (found !== undefined) findings.push(found);
    }
  }
  return findings;
}

/** The runs of the plans before one that meet it; none for a plan without runs. */
function meetingRuns(plans: readonly EffectiveContainer[], index: number): readonly Run[] {
  const later = plans[index];
  const met: Run[] = [];
  if (later === undefined || comparedPlan(later).runs.length === 0) return met;
  for (let place = 0; place < index; place++) {
    const earlier = plans[place];
    const runs = earlier === undefined ? [] : comparedPlan(earlier).runs;
    if (earlier !== undefined && runs.length > 0 && meet(earlier, later)) met.push(...runs);
  }
  return met;
}

function firstOverlap(others: readonly Run[], later: Run, at: number): Finding | undefined {
  for (const earlier of others) {
    const time = firstCommonRun(earlier.schedule, later.schedule, at);
    if (time !== undefined) return overlap(earlier, later, time);
  }
  return undefined;
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
  for (const one of comparedPlan(earlier).runs) {
    for (const other of comparedPlan(later).runs) {
      const time = firstCommonRun(one.schedule, other.schedule, at);
      if (time !== undefined) return { earlier: one.rule, later: other.rule, time };
    }
  }
  return undefined;
}

/** The last finding about a rule: accounts share most of their plans, and with them what is found. */
const rememberedOverlaps = new WeakMap<Run, { readonly earlier: Run; readonly time: number; readonly finding: Finding }>();

function overlap(earlier: Run, later: Run, time: number): Finding {
  const known = rememberedOverlaps.get(later);
  if (known?.earlier === earlier && known.time === time) return known.finding;
  const finding: Finding = {
    rule: 'overlapping-rules',
    ...later.place,
    path: later.rule.path,
    message: `The rule "${later.rule.name}" of the plan "${later.plan.name}" starts at a time of "${earlier.rule.name}" of "${earlier.plan.name}", for example on ${new Date(time).toISOString().slice(0, 16).replace('T', ' at ')} UTC, and selects the same resources: AWS Backup keeps only one of two backups that overlap. Select the resources in one plan, or set another time.`,
    related: [{ ...earlier.place, message: `the rule "${earlier.rule.name}" of the plan "${earlier.plan.name}"` }],
  };
  rememberedOverlaps.set(later, { earlier, time, finding });
  return finding;
}

/** Of one time, by the two schedules: organizations have few schedules and many accounts. */
const commonRuns = { at: 0, pairs: 0, times: new Map<string, Map<string, number | undefined>>() };

/** The first time at which both schedules start, of the coming runs of each; undefined when none of them is common. */
function firstCommonRun(left: string, right: string, at: number): number | undefined {
  if (commonRuns.at !== at || commonRuns.pairs >= rememberedPairs) {
    commonRuns.times.clear();
    [commonRuns.at, commonRuns.pairs] = [at, 0];
  }
  const known = commonRuns.times.get(left);
  const time = known?.get(right);
  if (time !== undefined || known?.has(right) === true) return time;
  const common = findCommonRun(left, right, at);
  if (known === undefined) commonRuns.times.set(left, new Map([[right, common]]));
  else known.set(right, common);
  commonRuns.pairs += 1;
  return common;
}

function findCommonRun(left: string, right: string, at: number): number | undefined {
  const [one, other] = [parseSchedule(left), parseSchedule(right)];
  return one.ok && other.ok ? earliest(firstRunIn(one.schedule, other.schedule, at), firstRunIn(other.schedule, one.schedule, at)) : undefined;
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? left ?? right : Math.min(left, right);
}

function firstRunIn(runs: Schedule, other: Schedule, at: number): number | undefined {
  return nextOccurrences(runs, at, comparedRuns).find((run) => nextOccurrences(other, run - minute, 1)[0] === run);
}

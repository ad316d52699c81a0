import { meet, sharedResources, type SharedResources } from '../advice/meetingSelections.ts';
import { nextOccurrences, occurrencesUntil } from '../cron/occurrences.ts';
import type { Schedule } from '../cron/schedule.ts';
import type { EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { gapsOf, mergedStarts, type Gaps, type Start } from './gaps.ts';
import { overlapsOf, type Overlap } from './overlaps.ts';
import { keptPoints, type KeptPoints, type Lifecycle } from './recoveryPoints.ts';
import { timedRule, type CopySchedule, type TimedRule } from './ruleSchedule.ts';

const day = 86_400_000;
/** Gaps are looked for in a year, whatever period is shown. */
const comparedDays = 366;
/** An hourly rule starts so often in 366 days, and a little more. */
const mostEvents = 8800;
/** All rows of a timeline together hold no more moments than this. */
const mostEventsInAll = 200_000;
const mostOverlapsInAll = 50_000;

/** A period, both ends included. Epoch milliseconds UTC. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What becomes of the recovery points that a rule or a copy action makes. Moments are epoch milliseconds UTC. */
export interface PointsTimeline {
  readonly lifecycle: Lifecycle;
  /** Moves to cold storage in the period, also of points made before it by the same schedule. */
  readonly moves: readonly number[];
  readonly deletions: readonly number[];
  /** Undefined when the schedule or the lifecycle is not known. */
  readonly kept: KeptPoints | undefined;
}

/** A copy action of a rule: it makes a copy of each of the rule's backups. */
export interface CopyTimeline extends PointsTimeline {
  readonly copy: CopySchedule;
}

/** A rule in the period. */
export interface RuleTimeline extends PointsTimeline {
  readonly rule: TimedRule;
  /** Epoch milliseconds UTC. */
  readonly starts: readonly number[];
  /** True when there are more moments in the period than are listed. */
  readonly cut: boolean;
  /** Of the coming year or, for rarer schedules, of the next two starts; undefined with fewer than two. */
  readonly gaps: Gaps | undefined;
  readonly copies: readonly CopyTimeline[];
}

/** A plan in the period. */
export interface PlanTimeline {
  readonly plan: EffectiveContainer;
  readonly rules: readonly RuleTimeline[];
  /** Between backups of all of its rules. */
  readonly gaps: Gaps | undefined;
}

/** The backups of resources that several plans select. */
export interface SharedTimeline {
  readonly resources: SharedResources;
  readonly gaps: Gaps | undefined;
}

/** Two rules that select the same resources, one of which starts in the other's window. */
export interface RuleOverlap {
  readonly rules: readonly [RuleTimeline, RuleTimeline];
  /** All in the period, more than are listed in `places`. */
  readonly count: number;
  readonly places: readonly Overlap[];
}

/** What the rules of an effective policy do in a period. */
export interface Timeline {
  readonly plans: readonly PlanTimeline[];
  readonly shared: readonly SharedTimeline[];
  readonly overlaps: readonly RuleOverlap[];
}

/** Derived from immutable trees that accounts share; the last period alone is asked again and again. */
const remembered = new WeakMap<EffectiveContainer, { readonly period: Period; readonly timeline: Timeline }>();

/**
 * Starts, lifecycles, gaps and overlaps of all rules of an effective policy. Moves and deletions are those of a
 * schedule that has always run: which recovery points there are at the start of the period is not known.
 */
export function timelineOf(root: EffectiveContainer, period: Period): Timeline {
  const known = remembered.get(root);
  if (known?.period.from === period.from && known.period.to === period.to) return known.timeline;
  const plans = presentContainers(root.children.get('plans')).map((plan) => ({ plan, rules: presentContainers(plan.children.get('rules')).map(timedRule) }));
  const rows = plans.flatMap(({ rules }) => rules).reduce((count, { copies }) => count + 3 + 2 * copies.length, 0);
  const most = Math.max(100, Math.min(mostEvents, Math.floor(mostEventsInAll / Math.max(rows, 1))));
  const timelines = plans.map(({ plan, rules }) => planTimeline(plan, rules, period, most));
  const timeline: Timeline = { plans: timelines, shared: sharedTimelines(timelines, period), overlaps: overlapsIn(timelines) };
  remembered.set(root, { period, timeline });
  return timeline;
}

function planTimeline(plan: EffectiveContainer, rules: readonly TimedRule[], period: Period, most: number): PlanTimeline {
  return { plan, rules: rules.map((rule) => ruleTimeline(rule, period, most)), gaps: gapsOfRules(rules, period) };
}

function ruleTimeline(rule: TimedRule, period: Period, most: number): RuleTimeline {
  const schedule = rule.schedule.kind === 'runs' ? rule.schedule.schedule : undefined;
  const events = (afterDays: number | undefined): readonly number[] => (schedule === undefined || afterDays === undefined ? [] : eventsIn(schedule, period, afterDays, most));
  const points = (lifecycle: Lifecycle): PointsTimeline => {
    const { coldAfterDays, deleteAfterDays } = lifecycle;
    const moved = coldAfterDays !== undefined && (deleteAfterDays === undefined || coldAfterDays < deleteAfterDays);
    return {
      lifecycle,
      moves: moved ? events(coldAfterDays) : [],
      deletions: events(deleteAfterDays),
      kept: schedule === undefined || lifecycle.isColdUnknown === true || lifecycle.isDeletionUnknown === true ? undefined : keptPoints(schedule, lifecycle, period.from),
    };
  };
  const starts = events(0);
  return { ...points(rule.lifecycle), rule, starts, cut: starts.length === most, gaps: gapsOfRules([rule], period), copies: rule.copies.map((copy) => ({ ...points(copy.lifecycle), copy })) };
}

/** What happens to each backup so many days after its start. */
function eventsIn(schedule: Schedule, { from, to }: Period, afterDays: number, most: number): readonly number[] {
  const shift = afterDays * day;
  const starts = occurrencesUntil(schedule, from - shift - 1, to - shift, most);
  return shift === 0 ? starts : starts.map((start) => start + shift);
}

function gapsOfRules(rules: readonly TimedRule[], { from }: Period): Gaps | undefined {
  const end = from + comparedDays * day;
  const compared = rules.map((rule) => comparedStarts(rule, from, end));
  // Behind the last start of a rule that has too many of them there may be more of it.
  const known = Math.min(...compared.map((starts) => (starts.length < mostEvents ? Infinity : starts.at(-1)?.time ?? Infinity)));
  const starts = mergedStarts(compared).filter(({ time }) => time <= known);
  // A gap that begins in the year counts as a whole.
  const beyond = starts.findIndex(({ time }, index) => time > end && index > 0);
  return gapsOf(beyond === -1 ? starts : starts.slice(0, beyond + 1));
}

/** The starts of a year and the next one after it; two at least, if there are so many. */
function comparedStarts({ schedule, startWindow }: TimedRule, from: number, end: number): readonly Start[] {
  if (schedule.kind !== 'runs') return [];
  const times = occurrencesUntil(schedule.schedule, from - 1, end, mostEvents);
  const more = nextOccurrences(schedule.schedule, times.at(-1) ?? from - 1, times.length === 0 ? 2 : 1);
  return [...times, ...more].map((time) => ({ time, windowMinutes: startWindow.minutes }));
}

function sharedTimelines(plans: readonly PlanTimeline[], period: Period): readonly SharedTimeline[] {
  return sharedResources(plans.map(({ plan }) => plan)).map((resources) => {
    const rules = plans.filter(({ plan }) => resources.plans.includes(plan)).flatMap((plan) => plan.rules.map(({ rule }) => rule));
    return { resources, gaps: gapsOfRules(rules, period) };
  });
}

function overlapsIn(plans: readonly PlanTimeline[]): readonly RuleOverlap[] {
  const found = plans.flatMap((plan, index) => [
    ...pairs(plan.rules),
    ...plans.slice(0, index).filter((earlier) => meet(earlier.plan, plan.plan)).flatMap((earlier) => earlier.rules.flatMap((one) => plan.rules.map((other) => [one, other] as const))),
  ]).map(([one, other]) => ({ rules: [one, other] as const, places: overlapsOf(startsOf(one), startsOf(other)) })).filter(({ places }) => places.length > 0);
  const most = Math.max(100, Math.floor(mostOverlapsInAll / Math.max(found.length, 1)));
  return found.map(({ rules, places }) => ({ rules, count: places.length, places: places.slice(0, most) }));
}

function pairs(rules: readonly RuleTimeline[]): readonly (readonly [RuleTimeline, RuleTimeline])[] {
  return rules.flatMap((other, index) => rules.slice(0, index).map((one) => [one, other] as const));
}

function startsOf({ starts, rule }: RuleTimeline): readonly Start[] {
  return starts.map((time) => ({ time, windowMinutes: rule.startWindow.minutes }));
}

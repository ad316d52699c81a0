import { introductionOf, listAt } from '../core/advice/effectivePlaces.ts';
import { describeSchedule } from '../core/cron/words.ts';
import type { EffectiveContainer } from '../core/merge/effective.ts';
import { zoneClock } from '../core/timeline/clockChanges.ts';
import type { Gaps } from '../core/timeline/gaps.ts';
import type { Window } from '../core/timeline/ruleSchedule.ts';
import { timelineOf, type CopyTimeline, type PlanTimeline, type PointsTimeline, type RuleTimeline, type SharedTimeline } from '../core/timeline/timeline.ts';
import { findEntity } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { CopyTimelineView, GapsView, PlanTimelineView, PointsTimelineView, RuleTimelineView, SharedTimelineView, TargetRef, TimelineDays, TimelineView, ViewLocation } from '../protocol.ts';
import { documentOf } from './diagnostics.ts';
import { entityView } from './organizationViews.ts';
import { rangeOf } from './ranges.ts';
import { clockChangeText, destinationOf, durationText, gapsText, keptText, lifecycleText, overlapText, resourcesText, recoveryPoints, ruleSummary, scheduleProblem, type Nouns } from './timelineWords.ts';

const day = 86_400_000;

/** The period of a timeline, and by which clocks it is told. */
export interface TimelineOptions {
  readonly days: TimelineDays;
  /** Epoch milliseconds UTC. */
  readonly now: number;
  /** An IANA name that the platform knows. */
  readonly timeZone: string;
}

/** What the rules of a target do from today on; undefined when there is no such target. */
export function timelineView(snapshot: Snapshot, target: TargetRef, { days, now, timeZone }: TimelineOptions): TimelineView | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  const { tree, errors } = effectiveOf(snapshot, organization, entity);
  const from = Math.floor(now / day) * day;
  const to = from + days * day;
  const { plans, shared, overlaps } = timelineOf(tree, { from, to });
  const clock = zoneClock(timeZone, from, to);
  return {
    target: entityView(snapshot, organization, entity),
    days,
    from,
    to,
    now,
    zone: { name: timeZone, offset: clock.offset, changes: clock.changes.map((change) => ({ ...change, meaning: clockChangeText(change, timeZone) })) },
    errors: errors.map(({ path, message }) => `${path}: ${message}`),
    plans: plans.map((plan) => planView(snapshot, plan)),
    shared: shared.map(sharedView),
    overlaps: overlaps.map((overlap) => ({
      rules: [idOf(overlap.rules[0].rule.node), idOf(overlap.rules[1].rule.node)],
      count: overlap.count,
      times: overlap.places.map(({ time }) => time),
      meaning: overlapText(overlap),
    })),
  };
}

function planView(snapshot: Snapshot, { plan, rules, gaps }: PlanTimeline): PlanTimelineView {
  return { id: idOf(plan), name: plan.name, regions: listAt(plan, 'regions').map(({ text }) => text), ...gapsOf(gaps), rules: rules.map((rule) => ruleView(snapshot, rule)) };
}

function ruleView(snapshot: Snapshot, timeline: RuleTimeline): RuleTimelineView {
  const { rule, starts, cut, copies } = timeline;
  const { schedule } = rule;
  const problem = scheduleProblem(schedule);
  const location = locationOf(snapshot, rule.node);
  return {
    ...pointsView(timeline, recoveryPoints),
    id: idOf(rule.node),
    name: rule.node.name,
    schedule: schedule.kind === 'runs' ? describeSchedule(schedule.schedule) : '',
    scheduleByDefault: schedule.kind === 'runs' && schedule.byDefault,
    ...(problem === undefined ? {} : { problem }),
    starts,
    cut,
    startWindow: windowView(rule.startWindow),
    completionWindow: windowView(rule.completionWindow),
    ...(rule.vault === undefined ? {} : { vault: rule.vault }),
    continuous: rule.continuous,
    ...gapsOf(timeline.gaps),
    copies: copies.map(copyView),
    summary: ruleSummary(timeline),
    ...(location === undefined ? {} : { location }),
  };
}

function copyView(timeline: CopyTimeline): CopyTimelineView {
  const place = destinationOf(timeline.copy.vault);
  const points = pointsView(timeline, ['copy', 'copies']);
  return { ...points, ...place, id: idOf(timeline.copy.node), summary: `A copy of each backup in ${place.destination}, ${lifecycleText(timeline.lifecycle)}${points.kept === '' ? '' : ` → ${points.kept}`}` };
}

function pointsView({ lifecycle, moves, deletions, kept }: PointsTimeline, nouns: Nouns): PointsTimelineView {
  const { coldAfterDays, deleteAfterDays, isColdUnknown, isDeletionUnknown } = lifecycle;
  const days = { ...(coldAfterDays === undefined ? {} : { coldAfterDays }), ...(deleteAfterDays === undefined ? {} : { deleteAfterDays }) };
  return { ...days, ...(isColdUnknown === true ? { isColdUnknown } : {}), ...(isDeletionUnknown === true ? { isDeletionUnknown } : {}), moves, deletions, kept: keptText(kept, nouns) };
}

function sharedView({ resources, gaps }: SharedTimeline): SharedTimelineView {
  return { resources: resourcesText(resources.what), regions: resources.regions, plans: resources.plans.map((plan) => ({ id: idOf(plan), name: plan.name })), ...gapsOf(gaps) };
}

function gapsOf(gaps: Gaps | undefined): { readonly gaps?: GapsView } {
  if (gaps === undefined) return {};
  const { largest } = gaps;
  return { gaps: { largest, largestText: durationText((largest.to - largest.from) / 60_000), meaning: gapsText(gaps), places: gaps.even ? [] : gaps.places } };
}

function windowView(window: Window): RuleTimelineView['startWindow'] {
  const { minutes, byDefault, isUnknown } = window;
  return { minutes, byDefault, text: isUnknown === true ? 'the minutes that a template says' : durationText(minutes) };
}

function idOf(node: EffectiveContainer): string {
  return node.path.join('/');
}

function locationOf(snapshot: Snapshot, node: EffectiveContainer): ViewLocation | undefined {
  const place = introductionOf(node);
  const document = place === undefined ? undefined : documentOf(snapshot, place.uri);
  return place === undefined || document === undefined ? undefined : { uri: place.uri, range: rangeOf(document, place.span) };
}

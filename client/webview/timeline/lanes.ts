/** The rows of the timeline: plans, their rules, copies, what plans share, and overlaps. */

import type { GapsView, PlanTimelineView, PointsTimelineView, RuleTimelineView, TimelineView, ViewLocation } from '../../../server/protocol.ts';

/** What happens at a mark. */
export type EventKind = 'start' | 'copy' | 'move' | 'deletion' | 'tick' | 'overlap';

/** Events of one kind in a lane. */
export interface Track {
  readonly kind: EventKind;
  /** Epoch milliseconds UTC, ascending. */
  readonly times: readonly number[];
  /** For moves and deletions: the age of the recovery point in days. */
  readonly afterDays?: number;
}

/** A row of the timeline. */
export interface Lane {
  /** Stable while the policy is edited. */
  readonly id: string;
  readonly kind: 'plan' | 'rule' | 'copy' | 'shared' | 'overlap';
  readonly title: string;
  /** Behind the title: Regions, a destination. */
  readonly aside: string;
  /** In words, below the title. */
  readonly summary: string;
  readonly tracks: readonly Track[];
  /** Minutes after each start, for bars. */
  readonly windows?: { readonly start: RuleTimelineView['startWindow']; readonly completion: RuleTimelineView['completionWindow'] };
  readonly gaps?: GapsView;
  readonly location?: ViewLocation;
}

/** The rows in the order in which they are drawn. */
export function lanesOf({ plans, shared, overlaps }: TimelineView): readonly Lane[] {
  const rules = new Map(plans.flatMap((plan) => plan.rules.map((rule) => [rule.id, { plan, rule }] as const)));
  const nameOf = (id: string): string => {
    const found = rules.get(id);
    return found === undefined ? id : `${found.plan.name}/${found.rule.name}`;
  };
  return [
    ...plans.flatMap((plan) => [planLane(plan), ...plan.rules.flatMap(ruleLanes)]),
    ...shared.map((each): Lane => {
      const times = ticks(plans.filter(({ id }) => each.plans.some((plan) => plan.id === id)));
      return {
        id: `shared ${each.plans.map(({ id }) => id).join(' ')}`,
        kind: 'shared',
        title: 'Same resources',
        aside: each.plans.map(({ name }) => name).join(' + '),
        summary: `${sentence(each.resources)} in ${each.regions.join(', ')} are selected by ${each.plans.map(({ name }) => name).join(' and ')}. ${each.gaps?.meaning ?? ''}`,
        tracks: [{ kind: 'tick', times }],
        ...(each.gaps === undefined ? {} : { gaps: each.gaps }),
      };
    }),
    ...overlaps.map(({ rules: [left, right], times, meaning }): Lane => ({
      id: `overlap ${left} ${right}`,
      kind: 'overlap',
      title: 'Overlap',
      aside: `${nameOf(left)} + ${nameOf(right)}`,
      summary: meaning,
      tracks: [{ kind: 'overlap', times }],
    })),
  ];
}

function planLane(plan: PlanTimelineView): Lane {
  return {
    id: plan.id,
    kind: 'plan',
    title: plan.name,
    aside: plan.regions.join(', '),
    summary: plan.gaps?.meaning ?? '',
    tracks: [{ kind: 'tick', times: ticks([plan]) }],
    ...(plan.gaps === undefined ? {} : { gaps: plan.gaps }),
  };
}

function ruleLanes(rule: RuleTimelineView): readonly Lane[] {
  return [
    {
      id: rule.id,
      kind: 'rule',
      title: rule.name,
      aside: rule.vault ?? '',
      summary: `${rule.summary}${rule.cut ? '. So many backups are not drawn to the end of the period' : ''}`,
      tracks: [{ kind: 'start', times: rule.starts }, ...pointTracks(rule)],
      windows: { start: rule.startWindow, completion: rule.completionWindow },
      ...(rule.location === undefined ? {} : { location: rule.location }),
    },
    ...rule.copies.map((copy): Lane => ({
      id: copy.id,
      kind: 'copy',
      title: copy.region === '' ? 'Copy' : `Copy to ${copy.region}`,
      aside: [copy.vault, copy.account].filter((part) => part !== undefined && part !== '').join(' · '),
      summary: copy.summary,
      tracks: [{ kind: 'copy', times: rule.starts }, ...pointTracks(copy)],
      ...(rule.location === undefined ? {} : { location: rule.location }),
    })),
  ];
}

function pointTracks({ coldAfterDays, deleteAfterDays, moves, deletions }: PointsTimelineView): readonly Track[] {
  return [
    ...(coldAfterDays === undefined ? [] : [{ kind: 'move' as const, times: moves, afterDays: coldAfterDays }]),
    ...(deleteAfterDays === undefined ? [] : [{ kind: 'deletion' as const, times: deletions, afterDays: deleteAfterDays }]),
  ];
}

function ticks(plans: readonly PlanTimelineView[]): readonly number[] {
  return [...new Set(plans.flatMap(({ rules }) => rules.flatMap(({ starts }) => starts)))].sort((one, other) => one - other);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

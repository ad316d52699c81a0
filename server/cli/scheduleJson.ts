import type { GapsView, PointsTimelineView, RuleTimelineView, TimelineView } from '../protocol.ts';

/** Plain JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A timeline as `backup-policy schedule` prints it: moments are ISO 8601 in UTC. A contract. */
export function scheduleJson(view: TimelineView): Json {
  return {
    target: view.target.path,
    from: iso(view.from),
    to: iso(view.to),
    errors: view.errors,
    timeZone: { name: view.zone.name, clockChanges: view.zone.changes.map(({ time, before, after }) => ({ time: iso(time), minutesBefore: before, minutesAfter: after })) },
    plans: view.plans.map(({ name, regions, gaps, rules }) => ({ name, regions, gap: gapJson(gaps), rules: rules.map(ruleJson) })),
    shared: view.shared.map(({ resources, regions, plans, gaps }) => ({ resources, regions, plans: plans.map(({ name }) => name), gap: gapJson(gaps) })),
    overlaps: view.overlaps.map(({ rules, count, times, meaning }) => ({ rules, count, times: times.map(iso), meaning })),
  };
}

function ruleJson(rule: RuleTimelineView): Json {
  return {
    name: rule.name,
    summary: rule.summary,
    schedule: rule.problem === undefined ? rule.schedule : null,
    scheduleByDefault: rule.scheduleByDefault,
    problem: rule.problem ?? null,
    vault: rule.vault ?? null,
    continuous: rule.continuous,
    startWindowMinutes: rule.startWindow.minutes,
    completionWindowMinutes: rule.completionWindow.minutes,
    starts: rule.starts.map(iso),
    cut: rule.cut,
    ...pointsJson(rule),
    gap: gapJson(rule.gaps),
    copies: rule.copies.map((copy) => ({ vault: copy.vault, region: copy.region, account: copy.account ?? '$account', summary: copy.summary, ...pointsJson(copy) })),
  };
}

function pointsJson({ coldAfterDays, deleteAfterDays, isColdUnknown, isDeletionUnknown, moves, deletions, kept }: PointsTimelineView): { readonly [key: string]: Json } {
  const unknown = isColdUnknown === true || isDeletionUnknown === true ? { daysByTemplate: [...(isColdUnknown === true ? ['coldAfterDays'] : []), ...(isDeletionUnknown === true ? ['deleteAfterDays'] : [])] } : {};
  return { coldAfterDays: coldAfterDays ?? null, deleteAfterDays: deleteAfterDays ?? null, ...unknown, kept, moves: moves.map(iso), deletions: deletions.map(iso) };
}

function gapJson(gaps: GapsView | undefined): Json {
  return gaps === undefined ? null : { longest: gaps.largestText, from: iso(gaps.largest.from), to: iso(gaps.largest.to), meaning: gaps.meaning };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

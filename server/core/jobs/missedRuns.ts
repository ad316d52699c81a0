import { listAt } from '../advice/effectivePlaces.ts';
import { occurrencesUntil } from '../cron/occurrences.ts';
import type { EffectiveContainer } from '../merge/effective.ts';
import { timedRule } from '../timeline/ruleSchedule.ts';
import { presentContainers } from '../validation/effectiveError.ts';

/** Milliseconds that are looked back. */
export const missedPeriod = 48 * 3_600_000;
const minute = 60_000;
/** A schedule runs hourly at most. Source: syntax §3.1 [obs]. */
const mostRuns = 100;

/** A rule that should have started a backup in a Region. */
export interface ExpectedRun {
  readonly plan: EffectiveContainer;
  readonly rule: EffectiveContainer;
  readonly region: string;
  /** The last start whose window is over, epoch milliseconds UTC. */
  readonly scheduled: number;
}

/**
 * Rules of an effective policy whose schedule ran in the last 48 hours, early enough that the start window is over:
 * each should have been followed by a job. Rules that cannot be read are left out. Worked out once for a tree and minute.
 * @param now epoch milliseconds UTC.
 */
export function expectedRuns(tree: EffectiveContainer, now: number): readonly ExpectedRun[] {
  const at = Math.floor(now / minute);
  const known = remembered.get(tree);
  if (known?.at === at) return known.runs;
  const runs = presentContainers(tree.children.get('plans')).flatMap((plan) => presentContainers(plan.children.get('rules')).flatMap((rule): readonly ExpectedRun[] => {
    const { schedule, startWindow } = timedRule(rule);
    if (schedule.kind !== 'runs' || startWindow.isUnknown === true) return [];
    const scheduled = occurrencesUntil(schedule.schedule, now - missedPeriod, now - startWindow.minutes * minute, mostRuns).at(-1);
    return scheduled === undefined ? [] : listAt(plan, 'regions').map(({ text }) => ({ plan, rule, region: text, scheduled }));
  }));
  remembered.set(tree, { at, runs });
  return runs;
}

/** Trees are immutable. */
const remembered = new WeakMap<EffectiveContainer, { readonly at: number; readonly runs: readonly ExpectedRun[] }>();

/** A backup job as far as it answers a run. `created`: epoch milliseconds UTC. */
export interface StartedJob {
  readonly accountId: string;
  readonly region: string;
  readonly created: number;
  readonly planName?: string;
  readonly ruleName?: string;
}

/**
 * Looks up whether a rule had any job, whatever became of it, in the last 48 hours. Names are compared without letter
 * case, as AWS does; a job that names a plan and no rule answers for all rules of the plan.
 */
export function answeredRuns(jobs: Iterable<StartedJob>, now: number): (accountId: string, run: ExpectedRun) => boolean {
  const seen = new Set<string>();
  for (const { accountId, region, created, planName, ruleName } of jobs) {
    if (planName !== undefined && created >= now - missedPeriod) seen.add(keyOf(accountId, region, planName, ruleName ?? ''));
  }
  return (accountId, { plan, rule, region }) => seen.has(keyOf(accountId, region, plan.name, rule.name)) || seen.has(keyOf(accountId, region, plan.name, ''));
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts).toLowerCase();
}

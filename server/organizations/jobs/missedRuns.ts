import { introductionOf } from '../../core/advice/effectivePlaces.ts';
import { answeredRuns, expectedRuns, type ExpectedRun } from '../../core/jobs/missedRuns.ts';
import { viewLocation } from '../../features/viewLocation.ts';
import { entitiesOf } from '../../model/organization.ts';
import { effectiveOf } from '../../model/snapshot.ts';
import type { MissedRunView } from '../../protocol.ts';
import type { ReadJobs } from './readJobs.ts';

interface Missed {
  readonly run: ExpectedRun;
  readonly accounts: { readonly id: string; readonly name: string }[];
}

/**
 * Rules whose schedule ran in the last 48 hours, with the accounts that had no job of them. Accounts without an id and
 * those with an invalid effective policy are left out: of the first nobody knows the jobs, of the second AWS runs another policy.
 */
export function missedRuns({ snapshot, organization, scope, jobs, only, now }: Pick<ReadJobs, 'snapshot' | 'organization' | 'scope' | 'jobs' | 'only' | 'now'>): readonly MissedRunView[] {
  const isAnswered = answeredRuns(function* () {
    for (const job of jobs) if (job.type === 'backup') yield job;
  }(), now);
  const plan = scope.planName?.toLowerCase();
  const missed = new Map<string, Missed>();
  for (const entity of entitiesOf(organization)) {
    const { id, name } = entity;
    if (entity.kind !== 'account' || id === undefined || (only !== undefined && id !== only)) continue;
    const { tree, errors } = effectiveOf(snapshot, organization, entity);
    if (errors.length > 0) continue;
    // The runs of a tree are remembered, so accounts that share it share them.
    for (const run of expectedRuns(tree, now)) {
      if ((plan !== undefined && run.plan.name.toLowerCase() !== plan) || isAnswered(id, run)) continue;
      const key = keyOf(run);
      const known = missed.get(key);
      if (known === undefined) missed.set(key, { run, accounts: [{ id, name }] });
      else known.accounts.push({ id, name });
    }
  }
  return [...missed.values()].map(({ run, accounts }) => {
    const place = introductionOf(run.rule);
    const location = place === undefined ? undefined : viewLocation(snapshot, place.uri, place.span);
    return { planName: run.plan.name, ruleName: run.rule.name, region: run.region, scheduled: run.scheduled, accounts, ...(location === undefined ? {} : { location }) };
  });
}

/** Accounts with other policies may have the same rule of the same policy. */
function keyOf({ plan, rule, region, scheduled }: ExpectedRun): string {
  return JSON.stringify([plan.name, rule.name, region, scheduled, introductionOf(rule)]);
}

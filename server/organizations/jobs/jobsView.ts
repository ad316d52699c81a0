import { likelyCause } from '../../core/jobs/likelyCause.ts';
import type { JobGroupType, JobGroupView, JobsView, JobView } from '../../protocol.ts';
import type { BackupJob } from '../services.ts';
import { jobLocation } from './jobLocation.ts';
import { missedRuns } from './missedRuns.ts';
import type { ReadJobs } from './readJobs.ts';

const order: readonly JobGroupType[] = ['failed', 'incomplete', 'running', 'completed'];

/** Source: the states that AWS Backup documents for its jobs [api]. */
const groupOfState: Readonly<Record<string, JobGroupType>> = {
  FAILED: 'failed',
  EXPIRED: 'incomplete', ABORTED: 'incomplete', ABORTING: 'incomplete', PARTIAL: 'incomplete',
  CREATED: 'running', PENDING: 'running', RUNNING: 'running',
  COMPLETED: 'completed',
};

/** Jobs in groups, failures first and the newest first, each with its likely cause and its line. */
export function jobsView(read: ReadJobs): JobsView {
  const { scope, jobs, shown } = read;
  const plan = scope.planName?.toLowerCase();
  const groups = new Map<JobGroupType, BackupJob[]>();
  for (const job of jobs) {
    if (plan !== undefined && job.planName?.toLowerCase() !== plan) continue;
    // A state that came to AWS Backup later is better seen than lost.
    const type = Object.hasOwn(groupOfState, job.state) ? groupOfState[job.state] ?? 'incomplete' : 'incomplete';
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [job]);
    else group.push(job);
  }
  const views = order.flatMap((type): readonly JobGroupView[] => {
    const group = groups.get(type);
    if (group === undefined) return [];
    return [{ type, total: group.length, jobs: group.toSorted((one, other) => other.created - one.created).slice(0, shown).map((job) => jobView(read, job)) }];
  });
  return {
    scope,
    days: read.days,
    groups: views,
    hasMore: read.hasMore || views.some(({ total, jobs: some }) => total > some.length),
    ...(read.hasAllBackups ? { missed: missedRuns(read) } : {}),
    notes: read.notes,
  };
}

function jobView({ snapshot, organization }: ReadJobs, job: BackupJob): JobView {
  const { id, type, state, accountId, region, resourceArn, resourceType, created, completed, message, planName, ruleName } = job;
  const cause = likelyCause(job);
  const location = jobLocation(snapshot, organization, job);
  return {
    id, type, state, accountId, accountName: organization.byId.get(accountId)?.name ?? accountId, region, resourceArn, resourceType, created, message,
    ...(completed === undefined ? {} : { completed }),
    ...(planName === undefined ? {} : { planName }),
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(cause === undefined ? {} : { cause }),
    ...(location === undefined ? {} : { location }),
  };
}

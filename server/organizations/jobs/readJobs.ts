import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { JobScope } from '../../protocol.ts';
import type { BackupJob } from '../services.ts';

/** What was read of jobs, and for whom. */
export interface ReadJobs {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly scope: JobScope;
  readonly jobs: readonly BackupJob[];
  /** True while AWS has jobs that were not read. */
  readonly hasMore: boolean;
  /** True when every backup job was read, so that a missing one is known to be missing. */
  readonly hasAllBackups: boolean;
  /** The one account whose jobs were listed; undefined for all. */
  readonly only: string | undefined;
  /** So many jobs of each group are shown. */
  readonly shown: number;
  readonly days: number;
  /** Epoch milliseconds UTC. */
  readonly now: number;
  readonly notes: readonly string[];
}

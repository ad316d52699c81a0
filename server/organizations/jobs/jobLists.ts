import type { Pages } from '../api.ts';
import type { BackupJob, JobFilter, JobType, ServicesApi } from '../services.ts';

type ListJobs = (region: string, filter: JobFilter) => Pages<BackupJob>;

interface OpenList {
  readonly type: JobType;
  /** True for the list of failures alone, which is read first. */
  readonly isFailures: boolean;
  readonly pages: AsyncIterator<readonly BackupJob[]>;
}

/**
 * The lists of jobs of some Regions, read page by page: failures come with the first pages, however many jobs
 * succeeded. A job is kept once, as it was when it was read first.
 */
export class JobLists {
  readonly jobs = new Map<string, BackupJob>();
  #open: readonly OpenList[];

  /** @param filter without a state. Nothing is asked yet. */
  constructor(services: ServicesApi, regions: readonly string[], filter: JobFilter, signal: () => AbortSignal) {
    const lists: Readonly<Record<JobType, ListJobs>> = {
      backup: (region, each) => services.listBackupJobs(region, each, { signal: signal() }),
      copy: (region, each) => services.listCopyJobs(region, each, { signal: signal() }),
      restore: (region, each) => services.listRestoreJobs(region, each, { signal: signal() }),
    };
    const types: readonly JobType[] = ['backup', 'copy', 'restore'];
    this.#open = [true, false].flatMap((isFailures) => regions.flatMap((region) => types.map((type): OpenList => ({
      type,
      isFailures,
      pages: lists[type](region, isFailures ? { ...filter, state: 'FAILED' } : filter)[Symbol.asyncIterator](),
    }))));
  }

  /** True while AWS has pages that were not read. */
  get hasMore(): boolean {
    return this.#open.length > 0;
  }

  /** True when every backup job was read. */
  get hasAllBackups(): boolean {
    return !this.#open.some(({ type, isFailures }) => type === 'backup' && !isFailures);
  }

  /**
   * Reads the next page of every list.
   * @param told after each page, how many of how many were read.
   */
  async readOn(told: (done: number, all: number) => void): Promise<void> {
    const lists = this.#open;
    const left: OpenList[] = [];
    for (const [index, list] of lists.entries()) {
      told(index, lists.length);
      const page = await list.pages.next();
      if (page.done === true) continue;
      for (const job of page.value) {
        const key = `${job.type} ${job.region} ${job.id}`;
        if (!this.jobs.has(key)) this.jobs.set(key, job);
      }
      left.push(list);
    }
    this.#open = left;
  }
}

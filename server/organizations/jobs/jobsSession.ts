import { requirementsOf } from '../../core/readiness/requirements.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import { entitiesOf, type Organization } from '../../model/organization.ts';
import type { JobScope, JobsView } from '../../protocol.ts';
import type { Access } from '../connection/access.ts';
import { failureOf } from '../errors.ts';
import type { Call, RemoteHost } from '../host.ts';
import { Refusal } from '../refusal.ts';
import type { JobFilter } from '../services.ts';
import { JobLists } from './jobLists.ts';
import { jobsView } from './jobsView.ts';

/** Days that are looked back. */
const days = 7;
const day = 86_400_000;
/** Jobs of a group that are shown at first, and added each time when somebody goes on. */
const jobsAtOnce = 200;

interface Listing {
  readonly key: string;
  readonly lists: JobLists;
  readonly notes: readonly string[];
  /** Undefined when the jobs of all accounts are listed. */
  readonly only: string | undefined;
  /** Each group shows so many. */
  shown: number;
}

/** The listing that somebody looks at, as long as the connection's owner lives: going on does not begin anew. */
export class JobsSession {
  readonly #host: Pick<RemoteHost, 'clock' | 'edited'>;
  readonly #access: Pick<Access, 'services' | 'place'>;
  #listing: Listing | undefined;
  #call: Call | undefined;

  constructor(host: Pick<RemoteHost, 'clock' | 'edited'>, access: Pick<Access, 'services' | 'place'>) {
    this.#host = host;
    this.#access = access;
  }

  /**
   * Lists jobs of the scope's account, or of the whole organization, with those that failed first.
   * @param more goes on where the last call for the same scope ended.
   * @throws Refusal when the model or the account is gone; OrganizationsError when AWS does not answer.
   */
  async list(scope: JobScope, more: boolean, call: Call): Promise<JobsView> {
    const snapshot = this.#host.edited();
    const organization = snapshot.organizations.get(scope.organization);
    if (organization === undefined) throw new Refusal('The model file is not there any more.', 'Open the folder that holds it, and refresh.');
    const key = JSON.stringify([scope, this.#access.place]);
    this.#call = call;
    let listing = more && this.#listing?.key === key ? this.#listing : undefined;
    if (listing === undefined) {
      listing = await this.#begin(key, scope, snapshot, organization, call);
      this.#listing = listing;
    } else {
      listing.shown += jobsAtOnce;
      try {
        await readOn(listing.lists, call);
      } catch (error) {
        // A list that broke off cannot be read on.
        this.#listing = undefined;
        throw error;
      }
    }
    const { lists, notes, only, shown } = listing;
    return jobsView({ snapshot, organization, scope, jobs: [...lists.jobs.values()], hasMore: lists.hasMore, hasAllBackups: lists.hasAllBackups, only, shown, days, now: this.#host.clock.now(), notes });
  }

  async #begin(key: string, scope: JobScope, snapshot: Snapshot, organization: Organization, call: Call): Promise<Listing> {
    const services = await this.#access.services();
    const planned = regionsOf(snapshot, organization, scope.accountId);
    const regions = planned.length === 0 ? [services.region] : planned;
    const signal = (): AbortSignal => this.#call?.signal ?? call.signal;
    const open = (accountId: string | undefined): JobLists => {
      const filter: JobFilter = { createdAfter: this.#host.clock.now() - days * day, ...(accountId === undefined ? {} : { accountId }) };
      return new JobLists(services, regions, filter, signal);
    };
    try {
      const lists = open(scope.accountId ?? '*');
      await readOn(lists, call);
      return { key, lists, notes: [], only: scope.accountId, shown: jobsAtOnce };
    } catch (error) {
      if (failureOf(error)?.kind !== 'accessDenied') throw error;
      const { accountId } = await services.getCallerIdentity({ signal: call.signal });
      if (scope.accountId === accountId) throw error;
      if (scope.accountId !== undefined) throw new Refusal(`The credentials, which are those of account ${accountId}, may not see the jobs of account ${scope.accountId}.`, observing);
      const lists = open(undefined);
      await readOn(lists, call);
      return { key, lists, notes: [`Only the jobs of account ${accountId}, whose credentials are used. ${observing}`], only: accountId, shown: jobsAtOnce };
    }
  }
}

/** Source: organizations-api §4 and §5 [doc]. */
const observing = 'The jobs of the whole organization are seen by the management account and by delegated administrators of AWS Backup, while AWS Backup has trusted access.';

function readOn(lists: JobLists, call: Call): Promise<void> {
  return lists.readOn((done, all) => {
    call.report(`Reading jobs, list ${String(done + 1)} of ${String(all)} …`, Math.round((done / all) * 100));
  });
}

/** The Regions in which plans of the accounts run. */
function regionsOf(snapshot: Snapshot, organization: Organization, accountId: string | undefined): readonly string[] {
  const regions = new Set<string>();
  const seen = new Set<unknown>();
  for (const entity of entitiesOf(organization)) {
    if (entity.kind !== 'account' || (accountId !== undefined && entity.id !== accountId)) continue;
    const { tree } = effectiveOf(snapshot, organization, entity);
    if (seen.has(tree)) continue;
    seen.add(tree);
    for (const item of requirementsOf(tree).items) if (item.type === 'optIn') regions.add(item.region);
  }
  return [...regions].toSorted();
}

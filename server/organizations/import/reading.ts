import { complete, type AccountDescription, type OrganizationsApi, type Pages } from '../api.ts';
import type { Clock } from '../clock.ts';
import { failureOf } from '../errors.ts';
import { maximumUnitLevels } from '../../features/organizationProblems.ts';
import { forEach, together } from './parallel.ts';
import { startOf, type ReadingLog, type ReadingRecord } from './readingLog.ts';
import { ReadingProgress } from './readingProgress.ts';
import type { RemoteAccount, RemoteOrganization, RemotePolicy, RemoteUnit } from './remoteOrganization.ts';

/**
 * Lists that are read at once: one keeps AWS's rate as long as an answer takes less than 1/5 s, two as long as it
 * takes less than 2/5 s. The rates bind beyond that.
 */
const atOnce = 2;

/** Seconds to wait where somebody else uses up the rate of the organization, beyond the attempts of the SDK. */
const patience = [5, 15, 45] as const;

/** How to read. */
export interface ReadingOptions {
  readonly log: ReadingLog;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Goes on with what was read before, where there is something that is not stale. */
  readonly resume: boolean;
  /** Accounts to expect, for the progress; AWS does not tell their number. */
  readonly expectedAccounts?: number;
  readonly signal: AbortSignal;
  readonly report: (message: string, percent?: number) => void;
}

/**
 * Reads tree, policies and attachments with as few requests as AWS's operations allow. For 10,000 accounts in 2,000 OUs
 * with 1,000 policies, pages of 20 elements:
 * - accounts: ListAccounts tells the path of each, 500 requests; ListAccountsForParent would be 2,001 and more, and is
 *   used where AWS tells no paths or does not allow the call;
 * - OUs: ListOrganizationalUnitsForParent for the root and each OU that may hold others, 2,001 at most. ListChildren
 *   gives no names, and each DescribeOrganizationalUnit for one would be a request more;
 * - attachments: ListTargetsForPolicy for each policy, 1,000 and more; ListPoliciesForTarget would be 12,001. Where the
 *   type is disabled nothing is attached, and nothing is asked;
 * - contents: DescribePolicy for each policy, 1,000. With 2 per second it is what an import waits for; the other lists
 *   have rates of their own and are read meanwhile.
 * Rejects with `OrganizationsError`; what was complete by then is in the log.
 */
export async function readOrganization(api: OrganizationsApi, options: ReadingOptions): Promise<RemoteOrganization> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const organization = await api.describeOrganization({ signal });
  const [root] = await api.listRoots({ signal });
  const known = options.resume ? await options.log.load(organization.id) : [];
  const startedAt = startOf(known, options.clock.now());
  const reader = new Reader(api, options, organization.id, stop, signal, startedAt === undefined ? [] : known);
  const readAt = startedAt ?? options.clock.now();
  if (startedAt === undefined) {
    await options.log.remove(organization.id);
    await reader.record({ type: 'start', version: 1, organizationId: organization.id, at: readAt });
  }
  const rootId = root?.id ?? '';
  const typeEnabled = root !== undefined && root.backupPolicies !== 'DISABLED';
  await together([reader.readAccounts(), reader.readUnits(rootId), reader.readPolicies(typeEnabled)], stop);
  const displaced = await reader.placeAccounts(rootId);
  return {
    id: organization.id,
    managementAccountId: organization.managementAccountId,
    readAt,
    root: { id: rootId, name: root?.name ?? 'Root' },
    units: reader.units,
    accounts: reader.accounts,
    policies: reader.policies,
    typeEnabled,
    displaced,
  };
}

type Summary = Pick<RemotePolicy, 'id' | 'name' | 'description'>;

class Reader {
  readonly #api: OrganizationsApi;
  readonly #options: ReadingOptions;
  readonly #organizationId: string;
  /** Ends all lists when one fails. */
  readonly #stop: AbortController;
  readonly #signal: AbortSignal;
  readonly #progress: ReadingProgress;
  readonly #unitsOf = new Map<string, readonly { readonly id: string; readonly name: string }[]>();
  readonly #accountsOf = new Map<string, readonly RemoteAccount[]>();
  readonly #contents = new Map<string, string | undefined>();
  readonly #targets = new Map<string, readonly string[]>();
  #summaries: readonly Summary[] | undefined;
  #accounts: readonly RemoteAccount[] | undefined;
  units: readonly RemoteUnit[] = [];

  constructor(api: OrganizationsApi, options: ReadingOptions, organizationId: string, stop: AbortController, signal: AbortSignal, known: readonly ReadingRecord[]) {
    this.#api = api;
    this.#options = options;
    this.#organizationId = organizationId;
    this.#stop = stop;
    this.#signal = signal;
    this.#progress = new ReadingProgress({ ...options, now: () => options.clock.now() });
    for (const record of known) this.#take(record);
  }

  get accounts(): readonly RemoteAccount[] {
    return this.#accounts ?? [...this.#accountsOf.values()].flat();
  }

  /** Policies that were deleted while they were read are left out. */
  get policies(): readonly RemotePolicy[] {
    return (this.#summaries ?? []).flatMap((summary): readonly RemotePolicy[] => {
      const content = this.#contents.get(summary.id);
      return content === undefined ? [] : [{ ...summary, content, targets: this.#targets.get(summary.id) ?? [] }];
    });
  }

  /** Keeps something complete, in memory and in the log. */
  async record(record: ReadingRecord): Promise<void> {
    this.#take(record);
    await this.#options.log.append(this.#organizationId, record);
  }

  #take(record: ReadingRecord): void {
    switch (record.type) {
      case 'start':
        return;
      case 'accounts':
        this.#accounts = record.accounts;
        return;
      case 'accountsOf':
        this.#accountsOf.set(record.parentId, record.accounts);
        return;
      case 'unitsOf':
        this.#unitsOf.set(record.parentId, record.units);
        return;
      case 'policies':
        this.#summaries = record.policies;
        return;
      case 'content':
        this.#contents.set(record.policyId, record.content);
        return;
      case 'targets':
        this.#targets.set(record.policyId, record.targets);
        return;
    }
  }

  /** All accounts at once, where AWS tells the place of each. */
  async readAccounts(): Promise<void> {
    if (this.#accounts !== undefined || this.#accountsOf.size > 0) {
      this.#progress.add({ accounts: this.accounts.length });
      return;
    }
    try {
      const accounts = await this.#patiently(() => this.#placedAccounts());
      if (accounts !== undefined) await this.record({ type: 'accounts', accounts });
    } catch (error) {
      // Whoever may only list what is below a parent is not kept from importing.
      if (failureOf(error)?.kind !== 'accessDenied') throw error;
    }
  }

  /** Undefined where AWS does not tell the place of an account. */
  async #placedAccounts(): Promise<readonly RemoteAccount[] | undefined> {
    const accounts: RemoteAccount[] = [];
    for await (const page of this.#api.listAccounts({ signal: this.#signal })) {
      for (const { id, name, status, parentId } of page) {
        if (parentId === undefined) return undefined;
        accounts.push({ id, name, status, parentId });
      }
      this.#progress.count({ accounts: accounts.length });
    }
    return accounts;
  }

  /** The OUs, one level after the other. */
  async readUnits(rootId: string): Promise<void> {
    const units: RemoteUnit[] = [];
    let parents: readonly string[] = [rootId];
    for (let depth = 0; depth < maximumUnitLevels && parents.length > 0; depth++) {
      await forEach(parents, atOnce, async (parentId) => {
        const known = this.#unitsOf.get(parentId);
        const below = known ?? await this.#all(() => this.#api.listOrganizationalUnitsForParent(parentId, { signal: this.#signal }));
        if (known === undefined) await this.record({ type: 'unitsOf', parentId, units: below.map(({ id, name }) => ({ id, name })) });
        this.#progress.add({ units: below.length });
      });
      const level = parents.flatMap((parentId) => (this.#unitsOf.get(parentId) ?? []).map(({ id, name }) => ({ id, name, parentId })));
      units.push(...level);
      parents = level.map(({ id }) => id);
    }
    this.units = units;
  }

  /** Contents and targets; AWS has a rate for each. */
  async readPolicies(typeEnabled: boolean): Promise<void> {
    const call = { signal: this.#signal };
    if (this.#summaries === undefined) {
      const policies = await this.#all(() => this.#api.listPolicies(call));
      await this.record({ type: 'policies', policies: policies.map(({ id, name, description }) => ({ id, name, description })) });
    }
    const summaries = this.#summaries ?? [];
    this.#progress.expect({ policies: summaries.length });
    this.#progress.add({ policies: summaries.filter(({ id }) => this.#contents.has(id)).length });
    const unread = summaries.filter(({ id }) => !this.#contents.has(id));
    const unlisted = typeEnabled ? summaries.filter(({ id }) => !this.#targets.has(id)) : [];
    await together([
      forEach(unread, atOnce, async ({ id: policyId }) => {
        const content = await whereThere(this.#patiently(() => this.#api.describePolicy(policyId, call).then((policy) => policy.content)));
        await this.record({ type: 'content', policyId, ...(content === undefined ? {} : { content }) });
        this.#progress.add({ policies: 1 });
      }),
      forEach(unlisted, atOnce, async ({ id: policyId }) => {
        const targets = await this.#all(() => this.#api.listTargetsForPolicy(policyId, call));
        await this.record({ type: 'targets', policyId, targets: targets.map(({ id }) => id) });
      }),
    ], this.#stop);
  }

  /**
   * Finds the accounts of each parent where AWS did not tell it, and those that were moved meanwhile.
   * @returns the accounts whose OU was made after the OUs were read: they stand in the root.
   */
  async placeAccounts(rootId: string): Promise<readonly string[]> {
    const places = [rootId, ...this.units.map(({ id }) => id)];
    if (this.#accounts === undefined) {
      await forEach(places.filter((id) => !this.#accountsOf.has(id)), atOnce, async (parentId) => {
        const below = await this.#all<AccountDescription>(() => this.#api.listAccountsForParent(parentId, { signal: this.#signal }));
        await this.record({ type: 'accountsOf', parentId, accounts: below.map(({ id, name, status }) => ({ id, name, status, parentId })) });
        this.#progress.add({ accounts: below.length });
      });
      return [];
    }
    const known = new Set(places);
    const placed: RemoteAccount[] = [];
    const displaced: string[] = [];
    for (const account of this.#accounts) {
      if (known.has(account.parentId)) {
        placed.push(account);
        continue;
      }
      const [parent] = await this.#api.listParents(account.id, { signal: this.#signal });
      const found = parent !== undefined && known.has(parent.id) ? parent.id : undefined;
      if (found === undefined) displaced.push(account.id);
      placed.push({ ...account, parentId: found ?? rootId });
    }
    this.#accounts = placed;
    return displaced;
  }

  /** A whole list; empty where its subject was deleted meanwhile. */
  async #all<T>(pages: () => Pages<T>): Promise<readonly T[]> {
    return (await whereThere(this.#patiently(() => complete(pages())))) ?? [];
  }

  async #patiently<T>(job: () => Promise<T>): Promise<T> {
    for (const seconds of patience) {
      try {
        return await job();
      } catch (error) {
        if (failureOf(error)?.kind !== 'throttled') throw error;
      }
      // When the wait is cancelled, the next attempt says so.
      await this.#options.clock.sleep(seconds * 1000, this.#signal).catch(() => undefined);
    }
    return job();
  }
}

/** Undefined for what AWS does not have (any more). */
async function whereThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (failureOf(error)?.kind === 'notFound') return undefined;
    throw error;
  }
}

import { findEntity, type Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { DriftAccounts } from '../../protocol/drift.ts';
import { complete, type OrganizationsApi } from '../api.ts';
import type { Clock } from '../clock.ts';
import { failureOf } from '../errors.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';
import { counted } from './comparison.ts';
import { match } from './matching.ts';
import { readRemote } from './readRemote.ts';
import type { AccountReading, DriftReading } from './reading.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';
import { accountsByTree, sampledAccounts, secondsFor } from './sampling.ts';

/** So many accounts are asked for where nobody says otherwise. */
export const defaultSample = 20;

/** What a reading needs beside AWS. */
export interface DriftHost {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  snapshot(): Snapshot;
}

/**
 * Reads of AWS what a comparison with a model needs. Effective policies are asked for one account for each of the
 * model's effective policies, the most common first, one after the other.
 * @throws Refusal when there is no such model, or it describes another organization. OrganizationsError when AWS refuses.
 */
export async function readDrift(api: OrganizationsApi, host: DriftHost, { organization: uri, accounts: wanted }: { readonly organization: string; readonly accounts: DriftAccounts }, call: Call): Promise<DriftReading> {
  const organization = modelOf(host.snapshot(), uri);
  const [root] = await api.listRoots({ signal: call.signal });
  const ours = organization.root?.id;
  if (root !== undefined && ours !== undefined && ours !== root.id) {
    throw new Refusal(`The model describes the organization with the root ${ours}, and the connection is to the one with the root ${root.id}.`, 'Choose the profile of the other organization, or correct the id of the root in the model.');
  }
  const remote: RemoteOrganization = { ...(await readRemote(api, host.clock, call)), backupPolicies: root?.backupPolicies ?? 'DISABLED' };
  return { remote, ...(await readAccounts(api, host.snapshot(), organization, remote, wanted, call)), readAt: host.clock.now() };
}

/**
 * The model with this URI.
 * @throws Refusal when there is none.
 */
export function modelOf(snapshot: Snapshot, uri: string): Organization {
  const organization = snapshot.organizations.get(uri);
  if (organization?.root !== undefined) return organization;
  throw new Refusal('There is no model of an organization to compare with.', 'Open or import a model first.');
}

type AccountReadings = Pick<DriftReading, 'accounts' | 'invalid' | 'notes'>;

async function readAccounts(api: OrganizationsApi, snapshot: Snapshot, organization: Organization, remote: RemoteOrganization, wanted: DriftAccounts, call: Call): Promise<AccountReadings> {
  const accounts = new Map<string, AccountReading>();
  if (wanted.type === 'sample' && wanted.count <= 0) return { accounts, invalid: undefined, notes: [] };
  if (remote.backupPolicies !== 'ENABLED') {
    return { accounts, invalid: undefined, notes: ['Backup policies are not enabled in AWS, so accounts have no effective policies to compare. Enable them for the root first.'] };
  }
  const { signal } = call;
  const { remoteOf } = match(organization, remote);
  const invalid = new Set(await complete(api.listAccountsWithInvalidEffectivePolicy({ signal })));
  const idOf = (entity: Parameters<typeof remoteOf.get>[0]): string | undefined => remoteOf.get(entity)?.id;
  const chosen = sampledAccounts(snapshot, organization, wanted, (entity) => remoteOf.has(entity), (entity) => invalid.has(idOf(entity) ?? ''));
  const ids = chosen.flatMap((entity) => idOf(entity) ?? []);
  for (const [index, id] of ids.entries()) {
    call.report(`Reading the effective policy of account ${String(index + 1)} of ${String(ids.length)}, about ${counted(secondsFor(ids.length - index), 'second')} left`, (100 * index) / ids.length);
    const reading = await readAccount(api, id, invalid.has(id), signal);
    if (reading !== undefined) accounts.set(id, reading);
  }
  return { accounts, invalid, notes: notesOf(snapshot, organization, wanted, chosen.length) };
}

/** Undefined for an account that AWS has no effective policy for, yet. */
async function readAccount(api: OrganizationsApi, id: string, frozen: boolean, signal: AbortSignal): Promise<AccountReading | undefined> {
  try {
    const effective = await api.describeEffectivePolicy(id, { signal });
    return { effective, report: frozen ? await api.listEffectivePolicyValidationErrors(id, { signal }) : undefined };
  } catch (error) {
    if (failureOf(error)?.kind === 'notFound') return undefined;
    throw error;
  }
}

function notesOf(snapshot: Snapshot, organization: Organization, wanted: DriftAccounts, asked: number): readonly string[] {
  if (wanted.type === 'targets') {
    const unknown = wanted.keys.filter((key) => findEntity(organization, key) === undefined);
    return unknown.length === 0 ? [] : [`The model has no target ${unknown.join(', ')}.`];
  }
  const policies = accountsByTree(snapshot, organization).length;
  return asked < policies ? [`Of the ${policies.toLocaleString('en-US')} different effective policies of the model, ${String(asked)} were compared with AWS's.`] : [];
}

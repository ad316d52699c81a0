import type { Snapshot } from '../../../server/model/snapshot.ts';
import type { Organization } from '../../../server/model/organization.ts';
import type { DriftAccounts, DriftReport } from '../../../server/protocol.ts';
import type { OrganizationsApi } from '../../../server/organizations/api.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import { driftReport } from '../../../server/organizations/drift/driftReport.ts';
import { readDrift } from '../../../server/organizations/drift/readDrift.ts';
import type { DriftReading } from '../../../server/organizations/drift/reading.ts';
import { EmbeddedOrganization, embeddedCaller } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import type { WireObject } from '../../../server/organizations/caller.ts';
import { modelUri } from '../../features/organizations.ts';
import { simulatedClock, type SimulatedClock } from '../simulatedClock.ts';

/** An organization that has what a model says, and what a comparison with it finds. */
export interface Deployed {
  readonly api: OrganizationsApi;
  readonly state: EmbeddedState;
  readonly clock: SimulatedClock;
  readonly snapshot: Snapshot;
  /** Calls that the interface does not have: what somebody does in AWS's console. */
  readonly arrange: (operation: string, input: WireObject) => Promise<WireObject>;
  readonly policyId: (name: string) => string;
  settle(): void;
  read(options?: CompareOptions): Promise<DriftReading>;
  compare(options?: CompareOptions): Promise<DriftReport>;
}

/** How to compare. */
export interface CompareOptions {
  /** The files as they are now; without them those that were deployed. */
  readonly files?: Snapshot;
  readonly accounts?: DriftAccounts;
  readonly api?: OrganizationsApi;
}

/** The one model of a snapshot. */
export function modelIn(snapshot: Snapshot): Organization {
  const organization = snapshot.organizations.get(modelUri);
  if (organization === undefined) throw new Error('There is no model.');
  return organization;
}

/** A call that nobody cancels and nobody listens to. */
export const quietly = { signal: new AbortController().signal, report: (): void => undefined };

/** Puts a model with its policies into an embedded organization. */
export function deployed(snapshot: Snapshot): Deployed {
  const clock = simulatedClock(snapshot.at);
  const { state } = embeddedFromModel(snapshot, modelIn(snapshot), clock.now());
  const storage = memoryStorage(state);
  const organization = new EmbeddedOrganization({ storage, clock });
  const api = organizationsApi(embeddedCaller({ storage, clock }), { clock, paced: false });
  const read = (options: CompareOptions = {}): Promise<DriftReading> =>
    readDrift(options.api ?? api, { clock, snapshot: () => options.files ?? snapshot }, { organization: modelUri, accounts: options.accounts ?? { type: 'sample', count: 20 } }, quietly);
  return {
    api,
    state,
    clock,
    snapshot,
    arrange: (operation, input) => organization.call(operation, input),
    policyId: (name) => state.policies.find((policy) => policy.name === name)?.id ?? '',
    settle: () => {
      clock.advance(30_000);
    },
    read,
    compare: async (options = {}) => driftReport(options.files ?? snapshot, modelIn(options.files ?? snapshot), await read(options)),
  };
}

/** The findings by their ids. */
export function idsOf({ findings }: DriftReport): readonly string[] {
  return findings.map(({ id }) => id);
}

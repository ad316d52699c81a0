import { embeddedFromModel } from '../../server/organizations/connection/embeddedFromModel.ts';
import { embeddedServices, type EmbeddedOptions } from '../../server/organizations/embedded/embeddedOrganization.ts';
import type { EmbeddedState, KeptServices } from '../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../server/organizations/embedded/storage.ts';
import type { Call } from '../../server/organizations/host.ts';
import type { ServicesApi } from '../../server/organizations/services.ts';
import { servicesApi } from '../../server/organizations/servicesApi.ts';
import type { Organization } from '../../server/model/organization.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import { simulatedClock, type SimulatedClock } from './simulatedClock.ts';

/** A model, and the organization that it became. */
export interface Watched {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly state: EmbeddedState;
  readonly clock: SimulatedClock;
  readonly services: ServicesApi;
}

/** Pushes a model into an embedded organization, and reaches AWS Backup there. @param services what its accounts have. */
export function watched(snapshot: Snapshot, services: KeptServices, options: Partial<EmbeddedOptions> = {}): Watched {
  const [organization] = snapshot.organizations.values();
  if (organization === undefined) throw new Error('There is no model.');
  const clock = simulatedClock();
  const { state } = embeddedFromModel(snapshot, organization, clock.now());
  state.services = services;
  state.trustedServices = { 'backup.amazonaws.com': 0 };
  return { snapshot, organization, state, clock, services: servicesApi(embeddedServices({ storage: memoryStorage(state), clock, ...options }), { clock, paced: false }) };
}

/** A request that nobody cancels. */
export const call: Call = { signal: new AbortController().signal, report: () => undefined };

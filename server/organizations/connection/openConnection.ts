import type { AwsSettings, CallerIdentity } from '../../protocol.ts';
import type { CallOptions, OrganizationsApi } from '../api.ts';
import type { AwsOptions } from '../awsConfig.ts';
import type { Caller } from '../caller.ts';
import { embeddedCaller, embeddedServices, type EmbeddedOptions } from '../embedded/embeddedOrganization.ts';
import { fileStorage } from '../embedded/storage.ts';
import type { FailureKind } from '../failure.ts';
import type { RemoteHost } from '../host.ts';
import { organizationsApi } from '../organizationsApi.ts';
import { readError } from '../readError.ts';
import type { RequestOptions } from '../requests.ts';
import type { ServiceCallers } from '../serviceCaller.ts';
import type { ServicesApi } from '../services.ts';
import { servicesApi } from '../servicesApi.ts';

/** Clients for one organization, as one caller. */
export interface OpenConnection {
  readonly api: OrganizationsApi;
  readonly services: () => Promise<ServicesApi>;
  /** Asked of STS once; undefined where it does not answer, as behind an endpoint that has AWS Organizations alone. */
  readonly identity: (options: CallOptions) => Promise<CallerIdentity | undefined>;
  /** Where requests go, AWS's own endpoint included; undefined for an embedded organization. */
  readonly endpoint: string | undefined;
  readonly close: () => void;
}

/** Least and most milliseconds until a change of an embedded organization has reached its accounts. */
const propagation: readonly [number, number] = [1000, 3000];

/** After these a client keeps what it has read of a profile, and would fail again after a new login. */
const stale: ReadonlySet<FailureKind> = new Set(['credentials', 'expired', 'invalidCredentials', 'notInOrganization']);

/** Makes the clients; sends nothing. @param refused is told when AWS or its tools refuse the credentials: new clients are needed then. */
export async function openConnection(settings: AwsSettings, { clock, mfaCode }: Pick<RemoteHost, 'clock' | 'mfaCode'>, refused: () => void): Promise<OpenConnection> {
  const requests: RequestOptions = { clock, paced: settings.embedded === undefined };
  const { caller, callers } = await backendOf(settings, clock, mfaCode);
  const api = organizationsApi(watched(caller, refused), requests);
  let servicesMade: Promise<ServicesApi> | undefined;
  const services = (): Promise<ServicesApi> => {
    servicesMade ??= callers().then((each) => servicesApi(each, requests)).catch((error: unknown) => {
      servicesMade = undefined;
      throw error;
    });
    return servicesMade;
  };
  let identity: Promise<CallerIdentity | undefined> | undefined;
  return {
    api,
    services,
    identity: async (options) => {
      identity ??= services().then((each) => each.getCallerIdentity(options));
      try {
        return await identity;
      } catch (error) {
        if (options.signal?.aborted !== true) {
          identity = Promise.resolve(undefined);
          return undefined;
        }
        identity = undefined;
        throw error;
      }
    },
    endpoint: caller.endpoint,
    close: () => {
      api.close();
      void servicesMade?.then((each) => {
        each.close();
      }, () => undefined);
    },
  };
}

function watched(caller: Caller, refused: () => void): Caller {
  const { profile, endpoint } = caller;
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    call: async (operation, input, signal) => {
      try {
        return await caller.call(operation, input, signal);
      } catch (error) {
        if (stale.has(readError(error, { operation }).failure.kind)) refused();
        throw error;
      }
    },
    close: () => {
      caller.close();
    },
  };
}

interface Backend {
  readonly caller: Caller;
  readonly callers: () => Promise<ServiceCallers>;
}

async function backendOf({ embedded, profile, endpoint }: AwsSettings, clock: RemoteHost['clock'], mfaCode: RemoteHost['mfaCode']): Promise<Backend> {
  if (embedded !== undefined) {
    const options: EmbeddedOptions = { storage: fileStorage(embedded), clock, propagation };
    return { caller: embeddedCaller(options), callers: () => Promise.resolve(embeddedServices(options)) };
  }
  const { awsOrganizations } = await import('../awsClients.ts');
  const options: AwsOptions = {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    mfaCode: async (serial) => {
      const code = await mfaCode(serial, profile);
      if (code === undefined) throw Object.assign(new Error('The code of the MFA device was not given.'), { name: 'AbortError' });
      return code;
    },
  };
  const caller = await awsOrganizations(options);
  // With the credentials of the other client, nobody is asked for a code twice.
  return { caller, callers: async () => (await import('../awsClients.ts')).awsServices({ ...options, credentials: caller.credentials }) };
}

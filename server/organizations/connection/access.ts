import type { AwsSettings } from '../../protocol.ts';
import type { OrganizationsApi } from '../api.ts';
import type { AwsOptions } from '../awsConfig.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { embeddedCaller, embeddedServices, type EmbeddedOptions } from '../embedded/embeddedOrganization.ts';
import { fileStorage } from '../embedded/storage.ts';
import type { RemoteHost } from '../host.ts';
import { organizationsApi } from '../organizationsApi.ts';
import type { RequestOptions } from '../requests.ts';
import type { ServiceCallers } from '../serviceCaller.ts';
import type { ServicesApi } from '../services.ts';
import { servicesApi } from '../servicesApi.ts';
import { refusalOf, type Intent } from './modes.ts';

/** The way to the organization of the current settings. All reject with a `Refusal`, before any request leaves, where the mode does not allow it. */
export interface Access {
  reading(): Promise<OrganizationsApi>;
  writing(): Promise<OrganizationsApi>;
  /** AWS Backup, AWS STS and IAM with the same credentials. */
  services(): Promise<ServicesApi>;
  /** The same, to change settings. */
  changingServices(): Promise<ServicesApi>;
  /** Where requests go and with which profile; nothing is asked. */
  readonly place: { readonly backend: 'aws' | 'embedded'; readonly profile?: string; readonly endpoint?: string };
  close(): void;
}

interface Opened {
  readonly api: OrganizationsApi;
  readonly services: () => Promise<ServicesApi>;
  readonly close: () => void;
}

/** Least and most milliseconds until a change of an embedded organization has reached its accounts. */
const propagation: readonly [number, number] = [1000, 3000];

/** Opens the organization on first use, and another one after the settings changed. */
export function createAccess(host: Pick<RemoteHost, 'settings' | 'clock' | 'mfaCode'>): Access {
  let opened: Promise<Opened> | undefined;
  let openedFor = '';
  const close = (): void => {
    void opened?.then((each) => {
      each.close();
    }, () => undefined);
    opened = undefined;
  };
  const open = async (intent: Intent): Promise<Opened> => {
    const settings = host.settings();
    const refusal = refusalOf(settings, intent);
    if (refusal !== undefined) throw refusal;
    const key = JSON.stringify([settings.profile, settings.endpoint, settings.embedded]);
    if (openedFor !== key) close();
    openedFor = key;
    opened ??= openedFrom(settings, host);
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  return {
    reading: async () => (await open('read')).api,
    writing: async () => (await open('write')).api,
    services: async () => (await open('read')).services(),
    changingServices: async () => (await open('write')).services(),
    get place() {
      const { embedded, profile, endpoint } = host.settings();
      const backend: Access['place']['backend'] = embedded === undefined ? 'aws' : 'embedded';
      return { backend, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) };
    },
    close,
  };
}

async function openedFrom(settings: AwsSettings, { clock, mfaCode }: Pick<RemoteHost, 'clock' | 'mfaCode'>): Promise<Opened> {
  const requests: RequestOptions = { clock, paced: settings.embedded === undefined };
  const { caller, callers } = await backendOf(settings, clock, mfaCode);
  const api = organizationsApi(caller, requests);
  let services: Promise<ServicesApi> | undefined;
  return {
    api,
    services: () => {
      services ??= callers().then((each) => servicesApi(each, requests)).catch((error: unknown) => {
        services = undefined;
        throw error;
      });
      return services;
    },
    close: () => {
      api.close();
      void services?.then((each) => {
        each.close();
      }, () => undefined);
    },
  };
}

interface Backend {
  readonly caller: Caller;
  readonly callers: () => Promise<ServiceCallers>;
}

async function backendOf({ embedded, profile, endpoint }: AwsSettings, clock: Clock, mfaCode: RemoteHost['mfaCode']): Promise<Backend> {
  if (embedded !== undefined) {
    const options: EmbeddedOptions = { storage: fileStorage(embedded), clock, propagation };
    return { caller: embeddedCaller(options), callers: () => Promise.resolve(embeddedServices(options)) };
  }
  const { awsOrganizations } = await import('../awsOrganizations.ts');
  const options: AwsOptions = {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    mfaCode: async (serial) => {
      const code = await mfaCode(serial);
      if (code === undefined) throw Object.assign(new Error('The code of the MFA device was not given.'), { name: 'AbortError' });
      return code;
    },
  };
  const caller = await awsOrganizations(options);
  // With the credentials of the other client, nobody is asked for a code twice.
  return { caller, callers: async () => (await import('../awsServices.ts')).awsServices({ ...options, credentials: caller.credentials }) };
}

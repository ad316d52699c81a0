import type { AwsSettings } from '../../protocol.ts';
import type { OrganizationsApi } from '../api.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { embeddedCaller } from '../embedded/embeddedOrganization.ts';
import { fileStorage } from '../embedded/storage.ts';
import type { RemoteHost } from '../host.ts';
import { organizationsApi } from '../organizationsApi.ts';
import { refusalOf, type Intent } from './modes.ts';

/** The way to the organization of the current settings. Both reject with a `Refusal`, before any request leaves, where the mode does not allow it. */
export interface Access {
  reading(): Promise<OrganizationsApi>;
  writing(): Promise<OrganizationsApi>;
  /** Where requests go and with which profile; nothing is asked. */
  readonly place: { readonly backend: 'aws' | 'embedded'; readonly profile?: string; readonly endpoint?: string };
  close(): void;
}

interface Opened {
  readonly key: string;
  readonly api: OrganizationsApi;
}

/** Least and most milliseconds until a change of an embedded organization has reached its accounts. */
const propagation: readonly [number, number] = [1000, 3000];

/** Opens the organization on first use, and another one after the settings changed. */
export function createAccess(host: Pick<RemoteHost, 'settings' | 'clock' | 'mfaCode'>): Access {
  let opened: Promise<Opened> | undefined;
  let openedFor = '';
  const close = (): void => {
    void opened?.then(({ api }) => {
      api.close();
    }, () => undefined);
    opened = undefined;
  };
  const open = async (intent: Intent): Promise<OrganizationsApi> => {
    const settings = host.settings();
    const refusal = refusalOf(settings, intent);
    if (refusal !== undefined) throw refusal;
    const key = JSON.stringify([settings.profile, settings.endpoint, settings.embedded]);
    if (openedFor !== key) close();
    openedFor = key;
    opened ??= callerOf(settings, host).then((caller) => ({ key, api: organizationsApi(caller, { clock: host.clock, paced: settings.embedded === undefined }) }));
    try {
      return (await opened).api;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  return {
    reading: () => open('read'),
    writing: () => open('write'),
    get place() {
      const { embedded, profile, endpoint } = host.settings();
      const backend: Access['place']['backend'] = embedded === undefined ? 'aws' : 'embedded';
      return { backend, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) };
    },
    close,
  };
}

async function callerOf(settings: AwsSettings, { clock, mfaCode }: { readonly clock: Clock; readonly mfaCode: RemoteHost['mfaCode'] }): Promise<Caller> {
  const { embedded, profile, endpoint } = settings;
  if (embedded !== undefined) return embeddedCaller({ storage: fileStorage(embedded), clock, propagation });
  const { awsOrganizations } = await import('../awsOrganizations.ts');
  return awsOrganizations({
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    mfaCode: async (serial) => {
      const code = await mfaCode(serial);
      if (code === undefined) throw Object.assign(new Error('The code of the MFA device was not given.'), { name: 'AbortError' });
      return code;
    },
  });
}

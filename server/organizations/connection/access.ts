import type { AwsSettings, ConnectionView } from '../../protocol.ts';
import type { OrganizationsApi } from '../api.ts';
import { OrganizationsError } from '../errors.ts';
import type { Call, RemoteHost } from '../host.ts';
import type { ServicesApi } from '../services.ts';
import { isAwsEndpoint } from './endpoint.ts';
import { refusalOf, type Intent } from './modes.ts';
import { openConnection, type OpenConnection } from './openConnection.ts';

/**
 * The way to the organization of the current settings. Everything that is sent passes here, and rejects with a
 * `Refusal` before any request leaves where the mode or the trust of the workspace does not allow it.
 */
export interface Access {
  reading(): Promise<OrganizationsApi>;
  /**
   * The first time in a session, and again after another login, the user is shown who calls and where, and asked; a
   * no rejects as cancelled. An embedded organization is nobody's and needs no question.
   */
  writing(call?: Pick<Call, 'signal'>): Promise<OrganizationsApi>;
  /** AWS Backup, AWS STS and IAM with the same credentials. */
  services(): Promise<ServicesApi>;
  /** The same, to change settings; asks as `writing` does. */
  changingServices(call?: Pick<Call, 'signal'>): Promise<ServicesApi>;
  /** Which organization it is and who calls; asks AWS. */
  connection(call?: Pick<Call, 'signal'>): Promise<ConnectionView>;
  /** Where requests go and with which profile; nothing is asked. */
  readonly place: { readonly backend: 'aws' | 'embedded'; readonly profile?: string; readonly endpoint?: string };
  close(): void;
}

/** What of the server or the command line it needs. */
export type AccessHost = Pick<RemoteHost, 'settings' | 'clock' | 'mfaCode' | 'confirmConnection' | 'connected'>;

/** Opens the organization on first use, and another one after the settings changed or the credentials were refused. */
export function createAccess(host: AccessHost): Access {
  let opened: { readonly key: string; readonly connection: Promise<OpenConnection>; agreed?: Promise<boolean> } | undefined;
  const close = (): void => {
    void opened?.connection.then((each) => {
      each.close();
    }, () => undefined);
    opened = undefined;
  };
  const open = async (intent: Intent): Promise<OpenConnection> => {
    const settings = host.settings();
    const refusal = refusalOf(settings, intent);
    if (refusal !== undefined) throw refusal;
    const key = keyOf(settings);
    if (opened?.key !== key) close();
    const current = opened ?? { key, connection: openConnection(settings, host, () => {
      // Whoever signs in again may be somebody else.
      if (opened?.key === key) close();
    }) };
    opened = current;
    try {
      return await current.connection;
    } catch (error) {
      if (opened === current) opened = undefined;
      throw error;
    }
  };
  const describe = async ({ api, identity, endpoint }: OpenConnection, signal: AbortSignal | undefined): Promise<ConnectionView> => {
    const options = signal === undefined ? {} : { signal };
    const { id, managementAccountId } = await api.describeOrganization(options);
    const caller = await identity(options);
    const view = { ...viewOf(host.settings(), endpoint), organizationId: id, managementAccountId, ...(caller === undefined ? {} : { caller }) };
    host.connected?.(view);
    return view;
  };
  const openToWrite = async (call: Pick<Call, 'signal'> | undefined): Promise<OpenConnection> => {
    const connection = await open('write');
    const current = opened;
    const { confirmConnection } = host;
    if (current === undefined || host.settings().embedded !== undefined || confirmConnection === undefined) return connection;
    const asked = (current.agreed ??= describe(connection, call?.signal).then((view) => confirmConnection(view)));
    const agreed = await asked.catch((error: unknown) => {
      delete current.agreed;
      throw error;
    });
    if (!agreed) {
      delete current.agreed;
      throw new OrganizationsError({ kind: 'cancelled' }, { operation: 'The change', attempts: 0, mayHaveHappened: false });
    }
    // While the question stood the settings may have changed.
    return host.settings().embedded === undefined && opened === current ? open('write') : openToWrite(call);
  };
  return {
    reading: async () => (await open('read')).api,
    writing: async (call) => (await openToWrite(call)).api,
    services: async () => (await open('read')).services(),
    changingServices: async (call) => (await openToWrite(call)).services(),
    connection: async (call) => describe(await open('read'), call?.signal),
    get place() {
      const { embedded, profile, endpoint } = host.settings();
      const backend: Access['place']['backend'] = embedded === undefined ? 'aws' : 'embedded';
      return { backend, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) };
    },
    close,
  };
}

/** Settings with the same key lead to the same organization, as the same caller. */
function keyOf({ profile, endpoint, embedded }: AwsSettings): string {
  return JSON.stringify([profile, endpoint, embedded]);
}

function viewOf({ mode, profile, embedded }: AwsSettings, endpoint: string | undefined): Pick<ConnectionView, 'backend' | 'mode' | 'profile' | 'endpoint' | 'file'> {
  if (embedded !== undefined) return { backend: 'embedded', mode, file: embedded };
  return { backend: 'aws', mode, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined || isAwsEndpoint(endpoint) ? {} : { endpoint }) };
}

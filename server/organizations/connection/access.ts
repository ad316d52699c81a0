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
  /** Where requests go and with which profile, or the file of an embedded organization; nothing is asked. */
  readonly place: { readonly backend: 'aws' | 'embedded'; readonly profile?: string; readonly endpoint?: string; readonly file?: string };
  close(): void;
}

/** What of the server or the command line it needs. */
export type AccessHost = Pick<RemoteHost, 'settings' | 'clock' | 'mfaCode' | 'confirmConnection' | 'connected'>;

/** A connection with the settings that it was opened with. */
interface Opened {
  readonly key: string;
  readonly settings: AwsSettings;
  readonly connection: Promise<OpenConnection>;
  /** What the user said to the first change. */
  agreed?: Promise<boolean>;
}

/** Opens the organization on first use, and another one after the settings changed or the credentials were refused. */
export function createAccess(host: AccessHost): Access {
  let opened: Opened | undefined;
  const close = (): void => {
    void opened?.connection.then((each) => {
      each.close();
    }, () => undefined);
    opened = undefined;
  };
  const open = async (intent: Intent): Promise<{ readonly current: Opened; readonly connection: OpenConnection }> => {
    const settings = host.settings();
    const refusal = refusalOf(settings, intent);
    if (refusal !== undefined) throw refusal;
    const key = keyOf(settings);
    if (opened?.key !== key) close();
    const current: Opened = opened ?? { key, settings, connection: openConnection(settings, host, () => {
      // Whoever signs in again may be somebody else.
      if (opened === current) close();
    }) };
    opened = current;
    try {
      return { current, connection: await current.connection };
    } catch (error) {
      if (opened === current) opened = undefined;
      throw error;
    }
  };
  const describe = async ({ settings }: Opened, { api, identity, endpoint }: OpenConnection, signal: AbortSignal | undefined): Promise<ConnectionView> => {
    const options = signal === undefined ? {} : { signal };
    const { id, managementAccountId } = await api.describeOrganization(options);
    const caller = await identity(options);
    const view = { ...viewOf({ ...settings, mode: host.settings().mode }, endpoint), organizationId: id, managementAccountId, ...(caller === undefined ? {} : { caller }) };
    // What was asked of a connection that was left meanwhile is no news.
    if (keyOf(host.settings()) === keyOf(settings)) host.connected?.(view);
    return view;
  };
  const openToWrite = async (call: Pick<Call, 'signal'> | undefined): Promise<OpenConnection> => {
    const { current, connection } = await open('write');
    const { confirmConnection } = host;
    if (current.settings.embedded !== undefined || confirmConnection === undefined) return connection;
    const asked = (current.agreed ??= describe(current, connection, call?.signal).then((view) => confirmConnection(view)));
    const agreed = await asked.catch((error: unknown) => {
      delete current.agreed;
      throw error;
    });
    if (!agreed) {
      delete current.agreed;
      throw new OrganizationsError({ kind: 'cancelled' }, { operation: 'The change', attempts: 0, mayHaveHappened: false });
    }
    // While the question stood another organization may have been chosen: the answer is not about that one.
    const now = await open('write');
    return now.current === current ? connection : openToWrite(call);
  };
  return {
    reading: async () => (await open('read')).connection.api,
    writing: async (call) => (await openToWrite(call)).api,
    services: async () => (await open('read')).connection.services(),
    changingServices: async (call) => (await openToWrite(call)).services(),
    connection: async (call) => {
      const { current, connection } = await open('read');
      return describe(current, connection, call?.signal);
    },
    get place() {
      return placeOf(host.settings());
    },
    close,
  };
}

function placeOf({ embedded, profile, endpoint }: AwsSettings): Access['place'] {
  if (embedded !== undefined) return { backend: 'embedded', file: embedded };
  return { backend: 'aws', ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) };
}

/** Settings with the same key lead to the same organization, as the same caller. */
function keyOf({ profile, endpoint, embedded }: AwsSettings): string {
  return JSON.stringify([profile, endpoint, embedded]);
}

function viewOf({ mode, profile, embedded }: AwsSettings, endpoint: string | undefined): Pick<ConnectionView, 'backend' | 'mode' | 'profile' | 'endpoint' | 'file'> {
  if (embedded !== undefined) return { backend: 'embedded', mode, file: embedded };
  return { backend: 'aws', mode, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined || isAwsEndpoint(endpoint) ? {} : { endpoint }) };
}

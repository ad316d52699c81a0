import { OrganizationsClient, type OrganizationsClientConfig } from '@aws-sdk/client-organizations';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { awsCommands } from './awsCommands.ts';
import type { Caller } from './caller.ts';

/** How to reach AWS Organizations. */
export interface AwsOptions {
  /** A profile of the shared configuration files; without it the ambient credentials. */
  readonly profile?: string;
  /** Asks for the code of an MFA device, for profiles that need one. */
  readonly mfaCode?: (serial: string) => Promise<string>;
  /** Stands above the configured ones; empty for AWS's own. Receives signed requests: never from an untrusted workspace. */
  readonly endpoint?: string;
  /** Milliseconds until a connection stands, and until an answer comes. */
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
}

/**
 * The AWS SDK's client. Sends a request up to four times when AWS throttles it or does not answer; whether an earlier
 * attempt may have taken effect can be told by `attempts`. Source: organizations-backend §§2 and 3 [measured].
 */
export async function awsOrganizations(options: AwsOptions): Promise<Caller> {
  const { profile, mfaCode, endpoint = '', connectionTimeout = 5000, requestTimeout = 15_000 } = options;
  const config: OrganizationsClientConfig = {
    ...(profile === undefined ? {} : { profile }),
    // The files are read again, so that a new login counts without a new client.
    credentials: profile === undefined ? fromNodeProviderChain() : fromIni({ profile, ignoreCache: true, ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }) }),
    region: await regionOf(profile),
    ...(endpoint === '' ? {} : { endpoint }),
    maxAttempts: 4,
    retryMode: 'standard',
    // Without throwOnRequestTimeout a request that is late only leaves a warning, and hangs on.
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
  };
  const client = new OrganizationsClient(config);
  return {
    ...(profile === undefined ? {} : { profile }),
    endpoint: endpoint === '' ? await endpointOf(client) : endpoint,
    call: (operation, input, signal) => awsCommands[operation](client, input, signal),
    close: () => {
      client.destroy();
    },
  };
}

/** Organizations is global, but a partition of AWS is known by the region alone. Source: organizations-api §6. */
const defaultRegion = 'us-east-1';

/** The configured region, of the environment or the profile; a client without any would throw. */
async function regionOf(profile: string | undefined): Promise<string> {
  const probe = new OrganizationsClient(profile === undefined ? {} : { profile });
  try {
    return await probe.config.region();
  } catch {
    return defaultRegion;
  } finally {
    probe.destroy();
  }
}

async function endpointOf(client: OrganizationsClient): Promise<string> {
  const configured = await client.config.endpoint?.();
  if (configured !== undefined) return `${configured.protocol}//${configured.hostname}${configured.port === undefined ? '' : `:${String(configured.port)}`}`;
  return client.config.endpointProvider({ Region: await client.config.region(), UseDualStack: false, UseFIPS: false }).url.origin;
}

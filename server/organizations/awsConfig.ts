import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** Credentials as the AWS SDK takes them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives credentials; with `forceRefresh`, new ones. The SDK says more with it that its own sources need. */
export type CredentialSource = (options?: { readonly forceRefresh?: boolean }) => Promise<AwsCredentials>;

/** How to reach AWS. */
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
  /** Those of another client for the same profile, so that nobody is asked twice for a code. */
  readonly credentials?: CredentialSource;
}

/** What the SDK's clients have in common. */
export interface AwsConfig {
  readonly profile?: string;
  readonly credentials: CredentialSource;
  readonly region: string;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number; readonly throwOnRequestTimeout: true };
}

/** A client as far as it knows its configured Region. */
interface Probe {
  readonly config: { region(): Promise<string> };
  destroy(): void;
}

/** The configuration of a client. Source: organizations-backend §2 [measured]. */
export async function awsConfig(options: AwsOptions, open: (config: { readonly profile?: string }) => Probe): Promise<AwsConfig> {
  const { profile, endpoint = '', connectionTimeout = 5000, requestTimeout = 15_000 } = options;
  return {
    ...(profile === undefined ? {} : { profile }),
    credentials: options.credentials ?? credentialsOf(options),
    region: await regionOf(open(profile === undefined ? {} : { profile })),
    ...(endpoint === '' ? {} : { endpoint }),
    maxAttempts: 4,
    retryMode: 'standard',
    // Without throwOnRequestTimeout a request that is late only leaves a warning, and hangs on.
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
  };
}

/** Organizations is global, but a partition of AWS is known by the Region alone. Source: organizations-api §6. */
const defaultRegion = 'us-east-1';

/** The configured Region, of the environment or the profile; a client without any would throw. */
async function regionOf(probe: Probe): Promise<string> {
  try {
    return await probe.config.region();
  } catch {
    return defaultRegion;
  } finally {
    probe.destroy();
  }
}

/** Milliseconds before their end when credentials are renewed. */
const renewedBefore = 300_000;

/** One source for several clients, each of which keeps what it got for itself: asks again only when credentials end. */
function credentialsOf({ profile, mfaCode }: AwsOptions): CredentialSource {
  // The files are read again, so that a new login counts without a new client.
  const source: CredentialSource = profile === undefined ? fromNodeProviderChain() : fromIni({ profile, ignoreCache: true, ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }) });
  let kept: Promise<AwsCredentials> | undefined;
  let renewsAt = 0;
  return (asking) => {
    if (kept !== undefined && asking?.forceRefresh !== true && Date.now() < renewsAt) return kept;
    // Until they are there, everybody waits for the same ones.
    renewsAt = Number.POSITIVE_INFINITY;
    const asked = source(asking).then(
      (credentials) => {
        // Those without an end are read again each time: the files may have changed.
        renewsAt = credentials.expiration === undefined ? 0 : credentials.expiration.getTime() - renewedBefore;
        return credentials;
      },
      (error: unknown) => {
        renewsAt = 0;
        throw error;
      },
    );
    kept = asked;
    return asked;
  };
}

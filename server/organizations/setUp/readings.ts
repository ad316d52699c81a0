import { complete, type DelegatedAdministrator, type OrganizationDescription, type OrganizationsApi, type ResourcePolicy, type RootDescription, type TrustedService } from '../api.ts';
import { OrganizationsError } from '../errors.ts';
import type { Call } from '../host.ts';
import type { CallerIdentity, GlobalSettings, ServicesApi } from '../services.ts';

/** The service principal of AWS Backup. Source: organizations-api §5 [doc]. */
export const backupPrincipal = 'backup.amazonaws.com';

/** What a question came to: each can fail alone. */
export type Reading<T> = { readonly type: 'read'; readonly value: T } | { readonly type: 'failed'; readonly error: OrganizationsError };

/** Everything that the rows are made of. */
export interface SetUpReadings {
  readonly identity: Reading<CallerIdentity>;
  readonly organization: Reading<OrganizationDescription>;
  readonly roots: Reading<readonly RootDescription[]>;
  readonly trustedServices: Reading<readonly TrustedService[]>;
  readonly administrators: Reading<readonly DelegatedAdministrator[]>;
  readonly delegationPolicy: Reading<ResourcePolicy | undefined>;
  readonly globalSettings: Reading<GlobalSettings>;
}

/** Failures that every other question would meet, too. */
const general: ReadonlySet<string> = new Set(['credentials', 'expired', 'invalidCredentials', 'clock', 'cancelled']);

/**
 * Asks everything at once; a question that fails leaves the others alone. Rejects with an `OrganizationsError` when it
 * was cancelled or when nobody can ask anything with these credentials.
 */
export async function readSetUp(api: OrganizationsApi, services: ServicesApi, call: Call): Promise<SetUpReadings> {
  const options = { signal: call.signal };
  call.report('Reading the set-up of backup policies');
  const [identity, organization, roots, trustedServices, administrators, delegationPolicy, globalSettings] = await Promise.all([
    reading(services.getCallerIdentity(options)),
    reading(api.describeOrganization(options)),
    reading(api.listRoots(options)),
    reading(complete(api.listAWSServiceAccessForOrganization(options))),
    reading(complete(api.listDelegatedAdministrators(backupPrincipal, options))),
    reading(api.describeResourcePolicy(options)),
    reading(services.describeGlobalSettings(options)),
  ]);
  return { identity, organization, roots, trustedServices, administrators, delegationPolicy, globalSettings };
}

async function reading<T>(asked: Promise<T>): Promise<Reading<T>> {
  try {
    return { type: 'read', value: await asked };
  } catch (error) {
    if (!(error instanceof OrganizationsError) || general.has(error.failure.kind)) throw error;
    return { type: 'failed', error };
  }
}

/** The failures among some readings. */
export function failuresOf(readings: SetUpReadings): readonly OrganizationsError[] {
  return Object.values(readings).flatMap((each: Reading<unknown>) => (each.type === 'failed' ? [each.error] : []));
}

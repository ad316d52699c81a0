import { parseKnownFiles } from '@smithy/core/config';
import type { AwsProfile } from '../protocol/connection.ts';

/**
 * The profiles of the shared configuration files, by name; `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` count.
 * Files that are absent have none. Nothing of a credential is in the result.
 */
export async function awsProfiles(): Promise<readonly AwsProfile[]> {
  const sections = await parseKnownFiles({ ignoreCache: true });
  return Object.entries(sections).flatMap(([name, settings]) => (notProfiles.test(name) ? [] : describe(name, settings)));
}

/** Sections of other things, as the SDK's reader names them. */
const notProfiles = /^(sso-session|services)\./;

type Settings = Readonly<Record<string, string | undefined>>;

/** The order is that in which the SDK looks. */
function describe(name: string, settings: Settings): AwsProfile {
  const { region, role_arn: role, source_profile: source, mfa_serial: mfa } = settings;
  return { name, credentials: credentialsOf(settings), ...(region === undefined ? {} : { region }), ...(role === undefined ? {} : { role }), ...(source === undefined ? {} : { source }), mfa: mfa !== undefined };
}

function credentialsOf(settings: Settings): AwsProfile['credentials'] {
  const has = (...names: readonly string[]): boolean => names.some((name) => settings[name] !== undefined);
  if (has('role_arn') && has('source_profile', 'credential_source')) return 'assumeRole';
  if (has('aws_access_key_id')) return 'accessKey';
  if (has('web_identity_token_file')) return 'webIdentity';
  if (has('credential_process')) return 'process';
  if (has('sso_session', 'sso_start_url', 'sso_account_id')) return 'sso';
  if (has('login_session')) return 'login';
  return 'none';
}

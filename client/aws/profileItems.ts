import type { AwsProfile, ProfileCredentials } from '../../server/protocol.ts';
import type { ConnectionChoice } from './awsSettings.ts';

/** A row of the list of profiles. */
export interface ProfileItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly choice: ConnectionChoice;
}

const sources: Readonly<Record<ProfileCredentials, string>> = {
  sso: 'IAM Identity Center (SSO)',
  assumeRole: 'assumes a role',
  accessKey: 'access key',
  process: 'credential process',
  webIdentity: 'web identity',
  login: 'AWS console sign-in',
  none: 'no credentials',
};

/** Rows for profiles: their names, where their credentials come from, and what they ask for. */
export function profileItems(profiles: readonly AwsProfile[]): readonly ProfileItem[] {
  return profiles.map(({ name, credentials, region, role, source, mfa }) => {
    const detail = [...(role === undefined ? [] : [`${role}${source === undefined ? '' : ` by way of profile ${source}`}`]), ...(mfa ? ['asks for an MFA code'] : [])].join(', ');
    return {
      label: name,
      description: [sources[credentials], ...(region === undefined ? [] : [region])].join(' · '),
      ...(detail === '' ? {} : { detail }),
      choice: { type: 'profile', name },
    };
  });
}

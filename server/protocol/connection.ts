/** With what and as whom an organization is reached. */

import type { RemoteMode } from './awsSettings.ts';

/** Who signs the requests, as AWS Security Token Service (STS) says. */
export interface CallerIdentity {
  readonly accountId: string;
  /** `arn:aws:sts::111122223333:assumed-role/Backup/me` */
  readonly arn: string;
}

/** The organization that is reached, after it was asked. */
export interface ConnectionView {
  readonly backend: 'aws' | 'embedded';
  readonly mode: RemoteMode;
  readonly profile?: string;
  /** Where requests go if that is not AWS itself. */
  readonly endpoint?: string;
  /** The path of the file of an embedded organization. */
  readonly file?: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** Absent where STS did not tell, as with an endpoint that has no STS, and for an embedded organization. */
  readonly caller?: CallerIdentity;
}

/** Where a profile of the shared configuration files gets its credentials: the first place where AWS's tools would look. */
export type ProfileCredentials = 'sso' | 'assumeRole' | 'accessKey' | 'process' | 'webIdentity' | 'login' | 'none';

/** A profile of the shared configuration files, without anything of its credentials. */
export interface AwsProfile {
  readonly name: string;
  readonly credentials: ProfileCredentials;
  readonly region?: string;
  /** The ARN of the role that it assumes, and the profile that it assumes it with. */
  readonly role?: string;
  readonly source?: string;
  /** It asks for the code of an MFA device. */
  readonly mfa: boolean;
}

/** A policy, or its attachment to one target, that an embedded organization does not take. */
export interface LeftOutView {
  readonly policy: string;
  /** The path of the target; absent: the policy itself was refused. */
  readonly target?: string;
  /** A sentence. */
  readonly reason: string;
}

/** What became of an order to make an embedded organization. */
export type EmbeddedCreation =
  /** Something stands in the file, and it was not to be replaced. */
  | { readonly type: 'exists' }
  | { readonly type: 'created'; readonly organizationId: string; readonly accounts: number; readonly policies: number; readonly attachments: number; readonly leftOut: readonly LeftOutView[] };

export interface ConnectionRequests {
  'backupPolicy/aws/connection': { readonly params: null; readonly result: ConnectionView };
  /** The profiles of the shared configuration files; sends nothing. */
  'backupPolicy/aws/profiles': { readonly params: null; readonly result: readonly AwsProfile[] };
  /** Makes an organization that stands for AWS out of a model, in a file; sends nothing. */
  'backupPolicy/aws/createEmbedded': { readonly params: { readonly organization: string; readonly file: string; readonly replace: boolean }; readonly result: EmbeddedCreation };
}

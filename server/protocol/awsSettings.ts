/** How AWS is reached, and what may be done there. */

/** What may be done in AWS. Reading is allowed in `readOnly` and `readWrite`. */
export type RemoteMode = 'off' | 'readOnly' | 'readWrite';

/** How to reach an organization, as the editor's settings say. Until the server is told, nothing is reached. */
export interface AwsSettings {
  /** False in a workspace that the user does not trust: then no request leaves. */
  readonly trusted: boolean;
  /** `off` as long as neither a profile nor an embedded organization is chosen. */
  readonly mode: RemoteMode;
  /** A profile of the shared configuration files; absent for the credentials of the environment. */
  readonly profile?: string;
  /** Instead of AWS's own endpoint, as `http://127.0.0.1:5000`. */
  readonly endpoint?: string;
  /** The path of the file of an embedded organization, which then stands for AWS. */
  readonly embedded?: string;
  /** The path of the folder that keeps the journal and what was last pushed. */
  readonly storage: string;
}

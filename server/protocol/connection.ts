/** With what and as whom an organization is reached. */

/** The organization that is reached, after it was asked. */
export interface ConnectionView {
  readonly backend: 'aws' | 'embedded';
  readonly profile?: string;
  /** Where requests go. */
  readonly endpoint?: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
}

export interface ConnectionRequests {
  'backupPolicy/aws/connection': { readonly params: null; readonly result: ConnectionView };
}

/** An OU as read from AWS. */
export interface RemoteUnit {
  readonly id: string;
  readonly name: string;
  /** Id of the root or OU that it is in. */
  readonly parentId: string;
}

/** An account as read from AWS; `status` is AWS's word. */
export interface RemoteAccount extends RemoteUnit {
  readonly status: string;
}

/** A backup policy as read from AWS, with the ids of what it is attached to: their order means nothing. */
export interface RemotePolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly targets: readonly string[];
}

/** Everything that an import reads of an organization, in AWS's order. */
export interface RemoteOrganization {
  /** `o-…` */
  readonly id: string;
  readonly managementAccountId: string;
  /** When reading began: epoch milliseconds UTC. */
  readonly readAt: number;
  readonly root: { readonly id: string; readonly name: string };
  readonly units: readonly RemoteUnit[];
  readonly accounts: readonly RemoteAccount[];
  readonly policies: readonly RemotePolicy[];
  /** False where the type is disabled: then AWS has no attachments. */
  readonly typeEnabled: boolean;
  /** Ids of accounts that were moved while they were read, to an OU that is not among those read: they stand in the root. */
  readonly displaced: readonly string[];
}

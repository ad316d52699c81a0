/** A policy as it is kept. */
export interface KeptPolicy {
  readonly id: string;
  name: string;
  description: string;
  content: string;
  tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** An OU or account and the id of the root or OU that it is in. */
export interface KeptEntity {
  readonly id: string;
  name: string;
  parentId: string;
}

/** AWS's words for an error of a merged policy; the policies are ids. */
export interface KeptError {
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly policies: readonly string[];
}

/**
 * What an account has got: indices into the tables `documents` and `reports`. `updated` is when the document came,
 * `evaluated` when the last merge was judged; both epoch milliseconds UTC.
 */
export interface KeptEffective {
  readonly document: number;
  readonly updated: number;
  readonly report?: number;
  readonly evaluated: number;
}

/** Changes that have not reached all accounts: below these ids, at this instant (epoch milliseconds UTC). */
export interface Propagation {
  readonly settles: number;
  readonly below: readonly string[];
}

/** A member account that administers a service for the organization. `since`: epoch milliseconds UTC. */
export interface KeptAdministrator {
  readonly accountId: string;
  readonly servicePrincipal: string;
  readonly since: number;
}

/** A vault of an account, in one Region. */
export interface KeptVault {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** A role of an account. `path` begins and ends with `/`. */
export interface KeptRole {
  readonly accountId: string;
  readonly path: string;
  readonly name: string;
}

/** A job as AWS Backup lists it, in the shape of its protocol with times in seconds, and the Region where it ran. */
export interface KeptJob {
  readonly type: 'backup' | 'copy' | 'restore';
  readonly region: string;
  readonly job: Readonly<Record<string, unknown>>;
}

/** What AWS Backup and IAM have. What is absent follows from the effective policies, see `embedded/resources.ts` and `embedded/jobs.ts`. */
export interface KeptServices {
  globalSettings?: { readonly flags: Readonly<Record<string, string>>; readonly updated: number };
  /** By Region, which resource types differ from the usual opt-in. */
  readonly optIn?: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  readonly vaults?: readonly KeptVault[];
  readonly roles?: readonly KeptRole[];
  readonly jobs?: readonly KeptJob[];
}

/** An organization as plain JSON. Operations change it in place; whoever stores it writes it out after each change. */
export interface EmbeddedState {
  readonly version: 1;
  readonly partition: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly root: { readonly id: string; readonly name: string };
  units: KeptEntity[];
  accounts: KeptEntity[];
  policies: KeptPolicy[];
  /** By target id, the ids of policies in order of attachment: AWS does not tell the order, but merges by it. */
  attachments: Record<string, readonly string[]>;
  policyType: 'ENABLED' | 'DISABLED';
  /** Set while enabling or disabling is under way: until then (epoch milliseconds UTC) AWS says `PENDING_…`. */
  policyTypeSettles?: number;
  propagation?: Propagation;
  effective: Record<string, KeptEffective>;
  documents: string[];
  reports: (readonly KeptError[])[];
  resourcePolicy?: { readonly id: string; content: string };
  /** By service principal, since when (epoch milliseconds UTC) it has trusted access; absent when none has. */
  trustedServices?: Record<string, number>;
  delegatedAdministrators?: readonly KeptAdministrator[];
  services?: KeptServices;
  /** How many ids were given out. */
  ids: number;
}

/** What a new organization has. Ids are derived from the given suffix, 4 to 10 characters of `a-z0-9`. */
export interface NewOrganization {
  readonly suffix?: string;
  readonly managementAccountId?: string;
  readonly featureSet?: EmbeddedState['featureSet'];
  readonly partition?: 'aws' | 'aws-cn' | 'aws-us-gov';
}

/** An organization with its root and the management account, and backup policies disabled. */
export function newOrganization({ suffix = 'em1b', managementAccountId = '111111111111', featureSet = 'ALL', partition = 'aws' }: NewOrganization = {}): EmbeddedState {
  const root = { id: `r-${suffix}`, name: 'Root' };
  return {
    version: 1,
    partition,
    organizationId: `o-${suffix.padEnd(10, '0')}`,
    managementAccountId,
    featureSet,
    root,
    units: [],
    accounts: [{ id: managementAccountId, name: 'Management', parentId: root.id }],
    policies: [],
    attachments: {},
    policyType: 'DISABLED',
    effective: {},
    documents: [],
    reports: [],
    ids: 0,
  };
}

const space = 36 ** 8;

/** Eight characters that no other call for this organization gives, and that look as random as AWS's. */
export function nextId(state: EmbeddedState): string {
  state.ids += 1;
  // The factor has no divisor in common with the space, so different counts give different ids.
  const mixed = (BigInt(state.ids) * 1_103_515_245_077n + 12_345n) % BigInt(space);
  return mixed.toString(36).padStart(8, '0');
}

/** The ids from a root, OU or account up to the root, root first; undefined for an unknown id. */
export function pathOf(state: EmbeddedState, id: string): readonly string[] | undefined {
  const path: string[] = [];
  let at = id;
  // A state written by hand may contain a circle.
  for (let depth = 0; depth < 64; depth++) {
    path.unshift(at);
    if (at === state.root.id) return path;
    const entity = (/^\d/.test(at) ? state.accounts : state.units).find((each) => each.id === at);
    if (entity === undefined) return undefined;
    at = entity.parentId;
  }
  return undefined;
}

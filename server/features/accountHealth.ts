import { effectiveAdvice } from '../core/advice/effectiveAdvice.ts';
import { effectiveAt, isPresent } from '../core/merge/effective.ts';
import { rules } from '../core/rules.ts';
import type { Entity, Organization } from '../model/organization.ts';
import { effectiveOf, type Effective, type Snapshot } from '../model/snapshot.ts';
import type { AccountHealth } from '../protocol.ts';

/** How many accounts at or below an entity are in trouble; an account is counted once, for the worst. */
export interface HealthCounts {
  readonly invalid: number;
  readonly unprotected: number;
  readonly warned: number;
}

/** What becomes of the accounts of one organization. */
export interface OrganizationHealth {
  /** For every account. */
  readonly accounts: ReadonlyMap<Entity, AccountHealth>;
  /** For every entity. */
  readonly counts: ReadonlyMap<Entity, HealthCounts>;
}

/** What an account gets: said of the worst that is true. `unprotected` is one that no plan reaches. */
export function healthOf({ tree, errors }: Effective, at: number): AccountHealth {
  if (errors.length > 0) return 'invalid';
  if (!isPresent(effectiveAt(tree, ['plans']))) return 'unprotected';
  return warningsOf({ tree }, at) > 0 ? 'warned' : 'protected';
}

/** How many warnings there are about what AWS takes and what will not do what it seems. */
export function warningsOf({ tree }: Pick<Effective, 'tree'>, at: number): number {
  return effectiveAdvice(tree, at).filter(({ rule }) => rules[rule].level === 'warning' || rules[rule].level === 'error').length;
}

const remembered = new WeakMap<Snapshot, Map<Organization, OrganizationHealth>>();

/** The health of all accounts, worked out once for a snapshot; accounts that share a tree cost one look. */
export function organizationHealth(snapshot: Snapshot, organization: Organization): OrganizationHealth {
  const known = remembered.get(snapshot) ?? new Map<Organization, OrganizationHealth>();
  remembered.set(snapshot, known);
  const health = known.get(organization) ?? measure(snapshot, organization);
  known.set(organization, health);
  return health;
}

function measure(snapshot: Snapshot, organization: Organization): OrganizationHealth {
  const accounts = new Map<Entity, AccountHealth>();
  const counts = new Map<Entity, HealthCounts>();
  const visit = (entity: Entity, inherited: AccountHealth | undefined): HealthCounts => {
    // Without policies of its own an entity has its parent's tree, so what is true there is true here.
    const own = inherited === undefined || entity.attachments.length > 0 ? healthOf(effectiveOf(snapshot, organization, entity), snapshot.at) : inherited;
    let [invalid, unprotected, warned] = [0, 0, 0];
    if (entity.kind === 'account') {
      accounts.set(entity, own);
      [invalid, unprotected, warned] = [Number(own === 'invalid'), Number(own === 'unprotected'), Number(own === 'warned')];
    }
    for (const child of entity.children) {
      const below = visit(child, own);
      invalid += below.invalid;
      unprotected += below.unprotected;
      warned += below.warned;
    }
    const sum = { invalid, unprotected, warned };
    counts.set(entity, sum);
    return sum;
  };
  if (organization.root !== undefined) visit(organization.root, undefined);
  return { accounts, counts };
}

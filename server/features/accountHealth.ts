import { effectiveAdvice } from '../core/advice/effectiveAdvice.ts';
import { effectiveAt, isPresent } from '../core/merge/effective.ts';
import { rules } from '../core/rules.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';
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
  /** Of a root, OU or account: adds up the places of attachment below it, not the accounts. */
  countsOf(entity: Entity): HealthCounts;
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
  const health = known.get(organization) ?? new Health(snapshot, organization);
  known.set(organization, health);
  return health;
}

/** What becomes of an account, or of one directly in a root or OU. */
export function healthAt(snapshot: Snapshot, organization: Organization, entity: Entity): AccountHealth {
  const effective = effectiveOf(snapshot, organization, entity);
  const known = judged.get(effective);
  if (known !== undefined) return known;
  const health = healthOf(effective, snapshot.at);
  judged.set(effective, health);
  return health;
}

/** An effective policy with its errors belongs to one minute. */
const judged = new WeakMap<Effective, AccountHealth>();

class Health implements OrganizationHealth {
  readonly #snapshot: Snapshot;
  readonly #organization: Organization;
  readonly #counts = new Map<Entity, HealthCounts>();
  #accounts: ReadonlyMap<Entity, AccountHealth> | undefined;

  constructor(snapshot: Snapshot, organization: Organization) {
    this.#snapshot = snapshot;
    this.#organization = organization;
  }

  get accounts(): ReadonlyMap<Entity, AccountHealth> {
    this.#accounts ??= new Map([...entitiesOf(this.#organization)].flatMap((entity) => (entity.kind === 'account' ? [[entity, this.#healthAt(entity)] as const] : [])));
    return this.#accounts;
  }

  countsOf(entity: Entity): HealthCounts {
    const known = this.#counts.get(entity);
    if (known !== undefined) return known;
    const below = pointsBelow(entity);
    const own = entity.accounts - below.reduce((sum, { accounts }) => sum + accounts, 0);
    const health = own > 0 ? this.#healthAt(entity) : 'protected';
    const counts = { invalid: health === 'invalid' ? own : 0, unprotected: health === 'unprotected' ? own : 0, warned: health === 'warned' ? own : 0 };
    for (const point of below) {
      const { invalid, unprotected, warned } = this.countsOf(point);
      counts.invalid += invalid;
      counts.unprotected += unprotected;
      counts.warned += warned;
    }
    this.#counts.set(entity, counts);
    return counts;
  }

  #healthAt(entity: Entity): AccountHealth {
    return healthAt(this.#snapshot, this.#organization, entity);
  }
}

/** The nearest entities below one that have policies of their own, found once for a model. */
function pointsBelow(entity: Entity): readonly Entity[] {
  if (entity.children.length === 0) return nobody;
  const known = nearestPoints.get(entity);
  if (known !== undefined) return known;
  const found = entity.children.flatMap((child) => (child.attachments.length > 0 ? [child] : pointsBelow(child)));
  nearestPoints.set(entity, found);
  return found;
}

const nobody: readonly Entity[] = [];
/** Entities are immutable. */
const nearestPoints = new WeakMap<Entity, readonly Entity[]>();

import { effectiveAt, type EffectiveContainer } from '../../core/merge/effective.ts';
import { reaches } from '../../core/selection/planReach.ts';
import type { Resource } from '../../core/selection/resource.ts';
import { presentContainers } from '../../core/validation/effectiveError.ts';
import { below, type Entity, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';

/** A resource with the plans that reach it. */
export interface JudgedResource {
  readonly resource: Resource;
  /** The account or OU whose effective policy was asked. */
  readonly policyOf: Entity;
  /** Why another account's policy may be the one that counts; undefined where it is certain. */
  readonly note: string | undefined;
  /** All plans of that policy. */
  readonly plans: readonly EffectiveContainer[];
  readonly reachedBy: readonly EffectiveContainer[];
}

interface Judge {
  readonly policyOf: Entity;
  readonly note: string | undefined;
  readonly plans: readonly EffectiveContainer[];
}

/**
 * Asks for each resource the effective policy of its own account where that account is the target or below it, else
 * the target's. Accounts share their parents' policies, so work is done by policy and resource, not by account.
 */
export function judgeResources(snapshot: Snapshot, organization: Organization, target: Entity, resources: readonly Resource[]): readonly JudgedResource[] {
  const judges = new Map<string | undefined, Judge>();
  const inside = accountsBelow(target);
  return resources.map((resource) => {
    const { account } = resource;
    const judge = judges.get(account) ?? judgeOf(snapshot, organization, target, inside, account);
    judges.set(account, judge);
    return { resource, ...judge, reachedBy: judge.plans.filter((plan) => reaches(plan, resource)) };
  });
}

function judgeOf(snapshot: Snapshot, organization: Organization, target: Entity, inside: ReadonlyMap<string, Entity>, account: string | undefined): Judge {
  const own = account === undefined ? undefined : inside.get(account);
  const policyOf = own ?? target;
  const note = own === undefined ? doubtOf(organization, target, account) : undefined;
  return { policyOf, note, plans: presentContainers(effectiveAt(effectiveOf(snapshot, organization, policyOf).tree, ['plans'])) };
}

function accountsBelow(target: Entity): ReadonlyMap<string, Entity> {
  const accounts = new Map<string, Entity>();
  for (const entity of below(target)) if (entity.kind === 'account' && entity.id !== undefined && !accounts.has(entity.id)) accounts.set(entity.id, entity);
  return accounts;
}

/** Why the target's policy may not be the one that counts for a resource of an account. */
function doubtOf(organization: Organization, target: Entity, account: string | undefined): string | undefined {
  const isAccount = target.kind === 'account';
  const shown = isAccount ? `it is shown as if it were in ${target.name}` : `it is shown as if its account were directly in ${target.name}`;
  if (account === undefined) return isAccount ? undefined : `Its ARN names no account: ${shown}. Add a column "account" to the inventory to say more.`;
  const elsewhere = organization.byId.get(account);
  if (elsewhere !== undefined) return `It belongs to the account ${elsewhere.path} (${account}), not to ${target.name}: ${shown}.`;
  if (isAccount && target.id === undefined) return undefined;
  return isAccount
    ? `It belongs to account ${account}, not to ${target.name} (${target.id ?? ''}): ${shown}.`
    : `The model has no account ${account}: ${shown}.`;
}

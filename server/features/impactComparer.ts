import { accountImpact, type AccountImpact } from '../core/plan/accountImpact.ts';
import type { EffectiveContainer } from '../core/merge/effective.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Effective, type Snapshot } from '../model/snapshot.ts';

/** What became of one account between two snapshots. */
export interface ComparedAccount {
  /** As it stands after the change. */
  readonly organization: Organization;
  /** As it stands after the change. */
  readonly account: Entity;
  readonly was: Effective;
  readonly is: Effective;
  /** Undefined when the account gets the same; one object for all accounts that had and get the same trees. */
  readonly impact: AccountImpact | undefined;
}

/** The account of an earlier snapshot that an account of a later one is; undefined when it was not there. */
export type Identity = (before: Organization, account: Entity) => Entity | undefined;

/** An account is known by its id, without one by its path of names. */
export const sameKey: Identity = ({ byId, byPath }, { key }) => {
  const entity = byId.get(key) ?? byPath.get(key);
  return entity?.kind === 'account' ? entity : undefined;
};

/**
 * Compares what every account gets in two snapshots: those of the models that are in both, in the order of the later
 * one. An account that is in one snapshot only is left out. Accounts that share an effective policy are compared once.
 */
export function* comparedAccounts(before: Snapshot, after: Snapshot, identity: Identity = sameKey): Generator<ComparedAccount> {
  const compare = impactComparer(after.at);
  for (const organization of after.organizations.values()) {
    const old = before.organizations.get(organization.uri);
    if (old === undefined) continue;
    for (const account of entitiesOf(organization)) {
      const earlier = account.kind === 'account' ? identity(old, account) : undefined;
      if (earlier === undefined) continue;
      const was = effectiveOf(before, old, earlier);
      const is = effectiveOf(after, organization, account);
      yield { organization, account, was, is, impact: compare(was, is) };
    }
  }
}

type Comparison = (before: Effective, after: Effective) => AccountImpact | undefined;

/** Trees are shared between accounts, so few pairs of them are compared. */
function impactComparer(at: number): Comparison {
  const known = new Map<EffectiveContainer, Map<EffectiveContainer, AccountImpact | undefined>>();
  return (before, after) => {
    const row = known.get(before.tree) ?? new Map<EffectiveContainer, AccountImpact | undefined>();
    known.set(before.tree, row);
    if (!row.has(after.tree)) row.set(after.tree, accountImpact(before, after, at));
    return row.get(after.tree);
  };
}

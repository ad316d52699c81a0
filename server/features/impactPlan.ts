import { accountImpact, type AccountImpact } from '../core/plan/accountImpact.ts';
import { compareGrades } from '../core/plan/grade.ts';
import type { EffectiveContainer } from '../core/merge/effective.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';

/** Accounts of one organization for which a change means the same. */
export interface ImpactGroup extends AccountImpact {
  /** As it stands after the change. */
  readonly organization: Organization;
  /** As they stand after the change, in the order of the model. */
  readonly accounts: readonly Entity[];
}

/** What a change means for every account, the worst first. Accounts that get the same as before are left out. */
export interface ImpactPlan {
  readonly groups: readonly ImpactGroup[];
  /** Accounts that were compared. */
  readonly accounts: number;
}

/**
 * Compares what accounts get in two snapshots. An account is known by its id, without one by its path of names; one
 * that is in one snapshot only is left out. Accounts that share an effective policy are compared once.
 */
export function impactPlan(before: Snapshot, after: Snapshot): ImpactPlan {
  const groups = new Map<string, { readonly organization: Organization; readonly impact: AccountImpact; readonly accounts: Entity[] }>();
  const compare = impactComparer(after.at);
  let accounts = 0;
  for (const organization of after.organizations.values()) {
    const old = before.organizations.get(organization.uri);
    if (old === undefined) continue;
    for (const account of entitiesOf(organization)) {
      const was = account.kind === 'account' ? accountOf(old, account.key) : undefined;
      if (was === undefined) continue;
      accounts++;
      const impact = compare(effectiveOf(before, old, was), effectiveOf(after, organization, account));
      if (impact === undefined) continue;
      const key = `${organization.uri}\n${signature(impact)}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { organization, impact, accounts: [account] });
      else group.accounts.push(account);
    }
  }
  const list = [...groups.values()].map(({ organization, impact, accounts: members }): ImpactGroup => ({ ...impact, organization, accounts: members }));
  return { groups: list.sort((left, right) => compareGrades(right.grade, left.grade) || right.accounts.length - left.accounts.length), accounts };
}

function accountOf({ byId, byPath }: Organization, key: string): Entity | undefined {
  const entity = byId.get(key) ?? byPath.get(key);
  return entity?.kind === 'account' ? entity : undefined;
}

type Comparison = (before: ReturnType<typeof effectiveOf>, after: ReturnType<typeof effectiveOf>) => AccountImpact | undefined;

/** Compares what accounts get before and after a change. Trees are shared between accounts, so few pairs of them are compared. */
export function impactComparer(at: number): Comparison {
  const known = new Map<EffectiveContainer, Map<EffectiveContainer, AccountImpact | undefined>>();
  return (before, after) => {
    const row = known.get(before.tree) ?? new Map<EffectiveContainer, AccountImpact | undefined>();
    known.set(before.tree, row);
    if (!row.has(after.tree)) row.set(after.tree, accountImpact(before, after, at));
    return row.get(after.tree);
  };
}

function signature({ grade, changes, errors }: AccountImpact): string {
  return JSON.stringify([grade, changes, errors.map(({ code, message, path }) => [code, message, path])]);
}

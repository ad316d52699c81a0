import type { EffectiveContainer } from '../../core/merge/effective.ts';
import { entitiesOf, findEntity, below, type Entity, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { DriftAccounts, DriftCost } from '../../protocol/drift.ts';

/** Accounts of a model that get one and the same effective policy. */
export interface AccountsOfTree {
  readonly tree: EffectiveContainer;
  readonly accounts: readonly Entity[];
}

/** DescribeEffectivePolicy has no documented rate; so many per second are taken for safe. Source: limits-and-errors §1. */
const perSecond = 2;

/** The accounts of a model by their effective policy: the trees are shared, so this compares references only. The largest group first. */
export function accountsByTree(snapshot: Snapshot, organization: Organization): readonly AccountsOfTree[] {
  const groups = new Map<EffectiveContainer, Entity[]>();
  for (const entity of entitiesOf(organization)) {
    if (entity.kind !== 'account') continue;
    const { tree } = effectiveOf(snapshot, organization, entity);
    const accounts = groups.get(tree);
    if (accounts === undefined) groups.set(tree, [entity]);
    else accounts.push(entity);
  }
  return [...groups].map(([tree, accounts]) => ({ tree, accounts })).sort((left, right) => right.accounts.length - left.accounts.length);
}

/**
 * The accounts whose effective policy AWS is asked for: one for each effective policy of the model, up to the number
 * of the sample, or one for each effective policy below the chosen targets.
 * @param eligible whether AWS can be asked about an account.
 * @param preferred accounts that are taken rather than others with the same effective policy.
 */
export function sampledAccounts(snapshot: Snapshot, organization: Organization, wanted: DriftAccounts, eligible: (account: Entity) => boolean, preferred: (account: Entity) => boolean = () => false): readonly Entity[] {
  const chosen = wanted.type === 'targets' ? accountsBelow(organization, wanted.keys) : undefined;
  const groups = accountsByTree(snapshot, organization).flatMap(({ accounts }) => {
    const candidates = accounts.filter((account) => (chosen === undefined || chosen.has(account)) && eligible(account));
    const account = candidates.find(preferred) ?? candidates[0];
    return account === undefined ? [] : [account];
  });
  const named = wanted.type === 'targets' ? [...(chosen ?? [])].filter((account) => eligible(account) && wanted.keys.some((key) => key === account.key || key === account.path)) : [];
  const all = [...new Set([...named, ...groups])];
  return wanted.type === 'sample' ? all.slice(0, wanted.count) : all;
}

function accountsBelow(organization: Organization, keys: readonly string[]): ReadonlySet<Entity> {
  const accounts = new Set<Entity>();
  for (const key of keys) {
    const entity = findEntity(organization, key);
    if (entity === undefined) continue;
    for (const each of below(entity)) if (each.kind === 'account') accounts.add(each);
  }
  return accounts;
}

/** What asking for effective policies would take, before anything is asked. */
export function driftCost(snapshot: Snapshot, organization: Organization, wanted: DriftAccounts): DriftCost {
  const accounts = sampledAccounts(snapshot, organization, wanted, () => true);
  const trees = new Set(accounts.map((account) => effectiveOf(snapshot, organization, account).tree));
  const groups = accountsByTree(snapshot, organization);
  const standFor = groups.filter(({ tree }) => trees.has(tree)).reduce((sum, group) => sum + group.accounts.length, 0);
  return { accounts: accounts.length, standFor, policies: groups.length, seconds: secondsFor(accounts.length) };
}

/** Seconds that so many accounts take at least. */
export function secondsFor(accounts: number): number {
  return Math.ceil(accounts / perSecond);
}

import type { EffectiveContainer } from '../../core/merge/effective.ts';
import { requirementsOf } from '../../core/readiness/requirements.ts';
import type { CentralVaultRequirement, Requirements } from '../../core/readiness/requirement.ts';
import { below, type Entity, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';

/** Accounts with one effective policy, and what it needs. */
export interface ReadinessGroup {
  readonly accounts: readonly Entity[];
  readonly requirements: Requirements;
  /** True when AWS withholds the effective policy. */
  readonly isInvalid: boolean;
}

/** The accounts at or below `target`, of the whole model without one, by their effective policy. */
export function readinessGroups(snapshot: Snapshot, organization: Organization, target: Entity | undefined): readonly ReadinessGroup[] {
  const top = target ?? organization.root;
  const groups = new Map<EffectiveContainer, { readonly accounts: Entity[]; readonly isInvalid: boolean }>();
  if (top === undefined) return [];
  for (const entity of below(top)) {
    if (entity.kind !== 'account') continue;
    const { tree, errors } = effectiveOf(snapshot, organization, entity);
    const group = groups.get(tree);
    if (group === undefined) groups.set(tree, { accounts: [entity], isInvalid: errors.length > 0 });
    else group.accounts.push(entity);
  }
  return [...groups].map(([tree, group]) => ({ ...group, requirements: requirementsOf(tree) }));
}

/** A vault that accounts copy to, with all who do. */
export interface CentralVault {
  readonly requirement: CentralVaultRequirement;
  readonly copiedFrom: number;
}

/** Vaults of accounts that policies name by id, each once. */
export function centralVaults(groups: readonly ReadinessGroup[]): readonly CentralVault[] {
  const vaults = new Map<string, CentralVault>();
  for (const { accounts, requirements } of groups) {
    for (const requirement of requirements.items) {
      if (requirement.type !== 'centralVault') continue;
      const known = vaults.get(requirement.key);
      const reasons = new Map([...(known?.requirement.reasons ?? []), ...requirement.reasons].map((reason) => [`${reason.place.uri} ${String(reason.place.span.start)} ${reason.origin}`, reason]));
      vaults.set(requirement.key, { requirement: { ...requirement, reasons: [...reasons.values()] }, copiedFrom: (known?.copiedFrom ?? 0) + accounts.length });
    }
  }
  return [...vaults.values()];
}

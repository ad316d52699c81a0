import type { PolicyTypeStatus } from '../api.ts';
import type { RemotePolicy } from '../import/remoteOrganization.ts';

/** A root, OU or account in AWS. */
export interface RemoteEntity {
  readonly kind: 'root' | 'organizationalUnit' | 'account';
  readonly id: string;
  readonly name: string;
  /** Names from the root, `Root/Workloads/shop-prod`. */
  readonly path: string;
  readonly parent: RemoteEntity | undefined;
  readonly children: readonly RemoteEntity[];
  /** Accounts at or below it. */
  readonly accounts: number;
}

/** An organization in AWS as it was read. */
export interface RemoteOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly root: RemoteEntity;
  readonly backupPolicies: PolicyTypeStatus;
  /** By id, each parent before its children. */
  readonly entities: ReadonlyMap<string, RemoteEntity>;
  /** By id. */
  readonly policies: ReadonlyMap<string, RemotePolicy>;
}

/** The ids of the policies that are attached to each target, by the target's id. */
export function attachedIds({ policies }: RemoteOrganization): ReadonlyMap<string, ReadonlySet<string>> {
  const byTarget = new Map<string, Set<string>>();
  for (const { id, targets } of policies.values()) {
    for (const target of targets) {
      const ids = byTarget.get(target);
      if (ids === undefined) byTarget.set(target, new Set([id]));
      else ids.add(id);
    }
  }
  return byTarget;
}

/** The entity and everything under it, each parent before its children. */
export function* remoteBelow(entity: RemoteEntity): Generator<RemoteEntity> {
  yield entity;
  for (const child of entity.children) yield* remoteBelow(child);
}

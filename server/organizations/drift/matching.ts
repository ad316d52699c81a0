import { entitiesOf, type Entity, type ModelledPolicy, type Organization } from '../../model/organization.ts';
import type { RemoteEntity, RemoteOrganization } from './remoteOrganization.ts';
import type { RemotePolicy } from '../import/remoteOrganization.ts';

/** Which part of a model is which part of AWS's organization. */
export interface Matching {
  readonly remoteOf: ReadonlyMap<Entity, RemoteEntity>;
  /** By the id in AWS. */
  readonly localOf: ReadonlyMap<string, Entity>;
  /** By the name in the model. */
  readonly policyOf: ReadonlyMap<string, RemotePolicy>;
  /** Names in the model by the id in AWS. */
  readonly nameOf: ReadonlyMap<string, string>;
}

/**
 * Finds the counterparts. An id decides; what has none is known by its kind and name within a parent that is known,
 * a policy by its name in AWS. The two roots are one another's counterpart.
 */
export function match(organization: Organization, remote: RemoteOrganization): Matching {
  const remoteOf = new Map<Entity, RemoteEntity>();
  const localOf = new Map<string, Entity>();
  const pair = (local: Entity, other: RemoteEntity | undefined): void => {
    if (other === undefined || other.kind !== local.kind || localOf.has(other.id)) return;
    remoteOf.set(local, other);
    localOf.set(other.id, local);
  };
  const entities = [...entitiesOf(organization)];
  for (const entity of entities) if (entity.kind === 'root') pair(entity, remote.root);
  for (const entity of entities) if (entity.id !== undefined && entity.kind !== 'root') pair(entity, remote.entities.get(entity.id));
  for (const entity of entities) {
    if (entity.id !== undefined || entity.parent === undefined) continue;
    pair(entity, remoteOf.get(entity.parent)?.children.find(({ kind, name, id }) => kind === entity.kind && name === entity.name && !localOf.has(id)));
  }
  return { remoteOf, localOf, ...matchPolicies([...organization.policies.values()], remote) };
}

function matchPolicies(policies: readonly ModelledPolicy[], remote: RemoteOrganization): Pick<Matching, 'policyOf' | 'nameOf'> {
  const policyOf = new Map<string, RemotePolicy>();
  const nameOf = new Map<string, string>();
  const byName = new Map([...remote.policies.values()].map((policy) => [policy.name, policy]));
  const pair = (name: string, policy: RemotePolicy | undefined): void => {
    if (policy === undefined || nameOf.has(policy.id)) return;
    policyOf.set(name, policy);
    nameOf.set(policy.id, name);
  };
  for (const { name, id } of policies) if (id !== undefined) pair(name, remote.policies.get(id));
  for (const { name, id } of policies) if (id === undefined) pair(name, byName.get(name));
  return { policyOf, nameOf };
}

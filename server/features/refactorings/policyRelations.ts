import { usesOf } from '../../model/attachments.ts';
import { pathTo, type Entity, type Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** A policy attached higher than another one, on the path of all its targets. */
export interface HigherPolicy {
  readonly uri: string;
  readonly name: string;
  /** Where it is attached, seen from the first target of the lower policy. */
  readonly level: Entity;
}

/** The policies attached above every target of a policy, in every model that has it: the nearest first. */
export function policiesAbove(snapshot: Snapshot, uri: string): readonly HigherPolicy[] {
  const targets = usesOf(snapshot.organizations, uri).flatMap(({ organization, entities }) => entities.map((entity) => ({ organization, entity })));
  const [first, ...others] = targets.map(({ organization, entity }) => aboveEntity(organization, entity));
  if (first === undefined) return [];
  return first.filter((higher) => higher.uri !== uri && others.every((list) => list.some((each) => each.uri === higher.uri)));
}

function aboveEntity(organization: Organization, entity: Entity): readonly HigherPolicy[] {
  const found = new Map<string, HigherPolicy>();
  for (const level of pathTo(entity).slice(0, -1).reverse()) {
    for (const { policy } of level.attachments) {
      const uri = organization.policies.get(policy)?.uri;
      if (uri !== undefined && !found.has(uri)) found.set(uri, { uri, name: policy, level });
    }
  }
  return [...found.values()];
}

/** The nearest places of attachment below the targets of a policy, and the accounts that lie below none of them. */
export interface Receivers {
  /** The files of the policies attached there, in order of attachment. */
  readonly places: readonly (readonly string[])[];
  readonly uncovered: readonly Entity[];
}

/** Who would have to state what a policy states, if it did not. */
export function receiversBelow(snapshot: Snapshot, uri: string): Receivers {
  const places: (readonly string[])[] = [];
  const uncovered: Entity[] = [];
  for (const { organization, entities } of usesOf(snapshot.organizations, uri)) {
    const visit = (entity: Entity, isTarget: boolean): void => {
      const files = isTarget ? [] : filesAt(snapshot, organization, entity).filter((each) => each !== uri);
      if (files.length > 0) places.push(files);
      else if (entity.kind === 'account') uncovered.push(entity);
      else for (const child of entity.children) visit(child, false);
    };
    for (const entity of entities) visit(entity, true);
  }
  return { places, uncovered };
}

/** The policy files attached to an entity that can be read, in order of attachment. */
function filesAt(snapshot: Snapshot, organization: Organization, entity: Entity): readonly string[] {
  return entity.attachments.flatMap(({ policy }) => {
    const uri = organization.policies.get(policy)?.uri;
    return uri !== undefined && snapshot.policies.has(uri) ? [uri] : [];
  });
}

/** True when a policy reaches an account. */
export function reachesAccount(snapshot: Snapshot, uri: string): boolean {
  return usesOf(snapshot.organizations, uri).some(({ entities }) => entities.some(({ accounts }) => accounts > 0));
}

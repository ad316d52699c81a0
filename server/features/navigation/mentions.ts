import type { Entity, Organization } from '../../model/organization.ts';
import { attachmentIndex, usesOf } from '../../model/attachments.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { membersAt } from './policyNode.ts';

/** A policy file at one entity that it is attached to. */
export interface Place {
  readonly organization: Organization;
  readonly entity: Entity;
  readonly uri: string;
}

/** The entities whose own policies say something at one path, with the files that do, in order of attachment. */
export type Mentions = ReadonlyMap<Entity, readonly Place[]>;

/** Where policies are attached that have the keys of a path, in all organizations. */
export function mentionsOf(snapshot: Snapshot, path: readonly string[]): Mentions {
  const mentions = new Map<Entity, Place[]>();
  for (const organization of snapshot.organizations.values()) {
    const { entities } = attachmentIndex(organization);
    for (const { name, uri } of organization.policies.values()) {
      if (uri === undefined || !says(snapshot, uri, path)) continue;
      for (const entity of entities.get(name) ?? []) {
        const places = mentions.get(entity);
        if (places === undefined) mentions.set(entity, [{ organization, entity, uri }]);
        else if (places.every((place) => place.uri !== uri)) places.push({ organization, entity, uri });
      }
    }
  }
  return mentions;
}

/** Every entity that a policy file is attached to, in all organizations that name it. */
export function placesOf(snapshot: Snapshot, uri: string): readonly Place[] {
  return usesOf(snapshot.organizations, uri).flatMap(({ organization, entities }) => [...new Set(entities)].map((entity) => ({ organization, entity, uri })));
}

/** True when the text of a policy has the keys of a path, in any letter case. */
export function says(snapshot: Snapshot, uri: string, path: readonly string[]): boolean {
  const document = snapshot.policies.get(uri)?.document;
  return document !== undefined && membersAt(document, path).length > 0;
}

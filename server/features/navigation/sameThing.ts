import type { Entity, Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { mentionsOf, placesOf, type Place } from './mentions.ts';

/** The highest entity of some that lie below one another and whose policies the merge unites at a path. */
export interface Top {
  readonly organization: Organization;
  readonly entity: Entity;
}

/** What AWS takes for one thing at a path: all policies that say something of it. */
export interface SameThing {
  readonly path: readonly string[];
  /** The policy files, the asked one first. */
  readonly files: readonly string[];
  readonly places: readonly Place[];
  readonly tops: readonly Top[];
}

/**
 * The policies that speak of the same thing as one policy does at a path. The merge unites equal keys, in any letter
 * case, of policies on one way from the root to an account. Two such ways that meet in a policy that has the key, or
 * that share a policy file, speak of one thing; the same key on ways that never meet is something else.
 * Source: inheritance rules 1, 12 and 28.
 */
export function sameThing(snapshot: Snapshot, uri: string, path: readonly string[]): SameThing {
  const mentions = mentionsOf(snapshot, path);
  const clusters = new Map<Entity, Place[]>();
  const files = new Map<string, Entity[]>();
  for (const [entity, places] of mentions) {
    const top = topOf(entity, mentions);
    clusters.set(top, [...(clusters.get(top) ?? []), ...places]);
    for (const place of places) files.set(place.uri, [...(files.get(place.uri) ?? []), top]);
  }
  const found = new Set([uri]);
  const tops = new Map<Entity, Top>();
  // A set tells also of what is added while it is walked.
  for (const file of found) {
    for (const top of files.get(file) ?? []) {
      const cluster = clusters.get(top) ?? [];
      const [first] = cluster;
      if (first === undefined || tops.has(top)) continue;
      tops.set(top, { organization: first.organization, entity: top });
      for (const place of cluster) found.add(place.uri);
    }
  }
  const places = [...tops.keys()].flatMap((top) => clusters.get(top) ?? []);
  return { path, files: [...found], places: places.length > 0 ? places : placesOf(snapshot, uri), tops: [...tops.values()] };
}

/** The highest entity on the way to the root that has a mention. */
function topOf(entity: Entity, mentions: ReadonlyMap<Entity, unknown>): Entity {
  let top = entity;
  for (let above = entity.parent; above !== undefined; above = above.parent) if (mentions.has(above)) top = above;
  return top;
}

/** True when one of two entities is the other or lies below it: there is a way from the root through both. */
export function onOneWay(left: Entity, right: Entity): boolean {
  return isAtOrBelow(left, right) || isAtOrBelow(right, left);
}

/** True for the entity itself and everything below it. */
export function isAtOrBelow(entity: Entity, top: Entity): boolean {
  for (let each: Entity | undefined = entity; each !== undefined && each.depth >= top.depth; each = each.parent) if (each === top) return true;
  return false;
}

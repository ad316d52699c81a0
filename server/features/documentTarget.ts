import type { EffectiveContainer } from '../core/merge/effective.ts';
import { nothingEffective } from '../core/merge/effective.ts';
import { organizationFor, usesOf } from '../model/attachments.ts';
import { findEntity, pathTo, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { TargetRef } from '../protocol.ts';

/** The root, OU or account that a feature speaks of for one policy document. */
export interface DocumentTarget {
  readonly organization: Organization;
  readonly entity: Entity;
  /** `attached`: the one place of attachment; `chosen`: the user's last choice; `root`: neither exists. */
  readonly reason: 'attached' | 'chosen' | 'root';
  /** The highest entity on the path that the document is attached to; undefined where it takes no part. */
  readonly place: Entity | undefined;
  /** The first place of attachment anywhere: what its parents allow is what an author must know. */
  readonly firstPlace: Entity | undefined;
  /** How many entities the document is attached to. */
  readonly places: number;
}

/**
 * Which target hover, completion and lenses speak of: the place where the policy is attached. If there are
 * several or none, the user's choice, else the root.
 * @returns undefined when no model covers the document.
 */
export function documentTarget(snapshot: Snapshot, uri: string, chosen: TargetRef | undefined): DocumentTarget | undefined {
  const places = usesOf(snapshot.organizations, uri).flatMap(({ organization, entities }) => [...new Set(entities)].map((entity) => ({ organization, entity })));
  const choice = chosenEntity(snapshot, chosen);
  const first = places[0];
  const attached = places.map((place) => place.entity);
  const target = (organization: Organization, entity: Entity, reason: DocumentTarget['reason']): DocumentTarget => ({
    organization,
    entity,
    reason,
    place: placesAbove(attached, entity)[0],
    firstPlace: first?.entity,
    places: places.length,
  });
  if (first !== undefined && places.length === 1) return target(first.organization, first.entity, 'attached');
  const organization = first?.organization ?? organizationFor(snapshot.organizations, uri);
  if (choice !== undefined && (organization === undefined || organization === choice.organization)) return target(choice.organization, choice.entity, 'chosen');
  return organization?.root === undefined ? undefined : target(organization, organization.root, 'root');
}

/** What the levels above the document hand down to it: its parents' part of the effective policy. */
export function inheritedTree(snapshot: Snapshot, target: DocumentTarget): EffectiveContainer {
  const parent = (target.place ?? target.firstPlace ?? target.entity).parent;
  return parent === undefined ? nothingEffective : effectiveOf(snapshot, target.organization, parent).tree;
}

/** The effective policy of the target. */
export function targetTree(snapshot: Snapshot, target: DocumentTarget): EffectiveContainer {
  return effectiveOf(snapshot, target.organization, target.entity).tree;
}

function chosenEntity(snapshot: Snapshot, chosen: TargetRef | undefined): { readonly organization: Organization; readonly entity: Entity } | undefined {
  if (chosen === undefined) return undefined;
  const organization = snapshot.organizations.get(chosen.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, chosen.key);
  return organization === undefined || entity === undefined ? undefined : { organization, entity };
}

/** The places on the way from the root to the entity, root first. */
function placesAbove(places: readonly Entity[], entity: Entity): readonly Entity[] {
  return pathTo(entity).filter((each) => places.includes(each));
}

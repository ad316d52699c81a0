import type { Entity } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { effectiveNodeAt } from './introduction.ts';
import { mentionsOf, placesOf, type Mentions, type Place } from './mentions.ts';

/**
 * True when what a policy says at a path counts at a place where it is attached: AWS neither keeps it out for a control
 * of a higher level nor finds that it changes nothing.
 */
function takesPart(snapshot: Snapshot, place: Place, path: readonly string[]): boolean {
  const node = effectiveNodeAt(snapshot, place, path);
  const isHere = (source: { readonly level: { readonly depth: number }; readonly policy: { readonly uri: string } }): boolean =>
    source.level.depth === place.entity.depth && source.policy.uri === place.uri;
  if (node === undefined) return false;
  if (node.kind === 'container') return node.contributors.some(isHere);
  const counts = node.trace.some(({ statement, outcome }) => isHere(statement.source) && (outcome.type === 'applied' || outcome.type === 'overridden'));
  return counts || node.controls.some(({ source }) => isHere(source));
}

/** What takes part at one path, entity by entity. */
class Participants {
  readonly #snapshot: Snapshot;
  readonly #path: readonly string[];
  readonly #known = new Map<Entity, readonly Place[]>();
  readonly mentions: Mentions;

  constructor(snapshot: Snapshot, path: readonly string[]) {
    this.#snapshot = snapshot;
    this.#path = path;
    this.mentions = mentionsOf(snapshot, path);
  }

  at(entity: Entity): readonly Place[] {
    const known = this.#known.get(entity);
    if (known !== undefined) return known;
    const places = (this.mentions.get(entity) ?? []).filter((place) => takesPart(this.#snapshot, place, this.#path));
    this.#known.set(entity, places);
    return places;
  }

  /** The policies of the nearest higher level that has any. */
  above(entity: Entity): readonly Place[] {
    for (let each = entity.parent; each !== undefined; each = each.parent) {
      const places = this.at(each);
      if (places.length > 0) return places;
    }
    return [];
  }

  isBelow(entity: Entity, tops: ReadonlySet<Entity>): boolean {
    for (let each = entity.parent; each !== undefined; each = each.parent) if (tops.has(each)) return true;
    return false;
  }
}

/** The policy files of the next higher levels from which a policy inherits what lies at a path. Peers are no parents: inheritance rule 5. */
export function inheritedFrom(snapshot: Snapshot, uri: string, path: readonly string[]): readonly string[] {
  const participants = new Participants(snapshot, path);
  return filesOf(placesOf(snapshot, uri).flatMap(({ entity }) => participants.above(entity)));
}

/** The policy files of the next lower levels that override or extend what a policy says at a path. */
export function overriddenBy(snapshot: Snapshot, uri: string, path: readonly string[]): readonly string[] {
  return lower(snapshot, uri, path, (participants, entity, own) => participants.above(entity).some((place) => place.uri === uri && own.has(place.entity)));
}

/** The policy files of all lower levels that override or extend what a policy says at a path. */
export function overriddenAnywhereBelow(snapshot: Snapshot, uri: string, path: readonly string[]): readonly string[] {
  return lower(snapshot, uri, path, (participants, entity, own) => participants.isBelow(entity, own));
}

function lower(snapshot: Snapshot, uri: string, path: readonly string[], counts: (participants: Participants, entity: Entity, own: ReadonlySet<Entity>) => boolean): readonly string[] {
  const participants = new Participants(snapshot, path);
  const places = placesOf(snapshot, uri).filter(({ entity }) => participants.at(entity).some((place) => place.uri === uri));
  const own = new Set(places.map(({ entity }) => entity));
  return filesOf([...participants.mentions.keys()].filter((entity) => counts(participants, entity, own)).flatMap((entity) => participants.at(entity)));
}

function filesOf(places: readonly Place[]): readonly string[] {
  return [...new Set(places.map((place) => place.uri))];
}

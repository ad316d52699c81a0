import { effectiveAt, type EffectiveNode } from '../../core/merge/effective.ts';
import { statedAt } from '../../core/merge/statements.ts';
import type { Source } from '../../core/merge/trace.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { Place } from './mentions.ts';

/** The effective node at a path for a root, OU or account; undefined when no policy on the way to it introduces it. */
export function effectiveNodeAt(snapshot: Snapshot, { organization, entity }: Pick<Place, 'organization' | 'entity'>, path: readonly string[]): EffectiveNode | undefined {
  return effectiveAt(effectiveOf(snapshot, organization, entity).tree, path);
}

/**
 * The policy that first says something at a path, on the way from the root to a place, in the order of the merge.
 * @returns undefined when a control keeps out all that say it.
 */
export function introducedBy(snapshot: Snapshot, place: Place, path: readonly string[]): Source | undefined {
  if (effectiveNodeAt(snapshot, place, path) === undefined) return undefined;
  const around = effectiveNodeAt(snapshot, place, path.slice(0, -1));
  return around?.kind === 'container' ? around.contributors.find(({ policy }) => statedAt(policy.content, path) !== undefined) : undefined;
}

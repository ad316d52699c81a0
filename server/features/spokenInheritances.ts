import { nothingEffective } from '../core/merge/effective.ts';
import { usesOf } from '../model/attachments.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { DocumentTarget } from './documentTarget.ts';
import { inheritanceOf, type Inheritance } from './inheritance.ts';

/**
 * What a document inherits at the place that its target speaks of. Where it is attached to several places and none
 * of them is chosen, what it inherits at each of them, the same tree once: only what holds for all can be said then.
 */
export function spokenInheritances(snapshot: Snapshot, uri: string, target: DocumentTarget): readonly Inheritance[] {
  if (target.place !== undefined || target.places < 2) return [inheritanceOf(snapshot, target)];
  const trees = usesOf(snapshot.organizations, uri).flatMap(({ organization, entities }) => entities.map((entity) => (entity.parent === undefined ? nothingEffective : effectiveOf(snapshot, organization, entity.parent).tree)));
  return [...new Set(trees)].map((tree) => ({ snapshot, target, tree }));
}

import { nearest } from '../../core/admission/keys.ts';
import { effectiveAt, type EffectiveContainer, type EffectiveNode } from '../../core/merge/effective.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentTarget, inheritedTree, targetTree } from '../documentTarget.ts';
import type { Fix } from './fix.ts';
import { rename } from './keys.ts';
import type { Place } from './place.ts';

/** Gives a group the name, or the letter case, under which it is inherited. */
export function writeInheritedName(snapshot: Snapshot, uri: string, place: Place, chosen: TargetRef | undefined): readonly Fix[] {
  const { rule } = place.problem;
  const own = place.owners.at(-1);
  if (own === undefined || (rule !== 'near-inherited-name' && rule !== 'name-case')) return [];
  const target = documentTarget(snapshot, uri, chosen);
  if (target === undefined) return [];
  const path = place.owners.map(({ member }) => member.key.text);
  const name = rule === 'name-case' ? nameOf(effectiveAt(targetTree(snapshot, target), path)) : nearName(inheritedTree(snapshot, target), path);
  return name === undefined || name === own.member.key.text ? [] : rename(place, own, name, `Write "${name}", as it is inherited`, false);
}

function nearName(tree: EffectiveContainer, path: readonly string[]): string | undefined {
  const siblings = effectiveAt(tree, path.slice(0, -1));
  const names = siblings?.kind === 'container' ? [...siblings.children.values()].flatMap((child) => nameOf(child) ?? []) : [];
  return nearest(path.at(-1) ?? '', names);
}

function nameOf(node: EffectiveNode | undefined): string | undefined {
  return node?.kind === 'container' ? node.name : undefined;
}

import { effectiveAt, type EffectiveLeaf, type EffectiveNode } from '../../core/merge/effective.ts';
import { foldKey } from '../../core/grammar.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import { accountsOfLevel } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import { isAtOrBelow, type Top } from './sameThing.ts';

/** A key that is to get another name for everything at or below some entities, and nowhere else. */
export interface Renaming {
  readonly path: readonly string[];
  readonly newName: string;
  readonly tops: readonly Top[];
}

/**
 * Proves a rename by the merge: every root, OU and account must get after it what it got before, with that one key
 * renamed at or below the tops. The model files of both snapshots hold the same entities in the same order.
 * @param renaming undefined when nothing that accounts get may change at all.
 * @returns the path of the first account that would get something else, or of the OU when no account shows it; undefined
 *   when the proof holds.
 */
export function changedByRename(before: Snapshot, after: Snapshot, renaming: Renaming | undefined): string | undefined {
  const path = renaming?.path.map(foldKey);
  for (const organization of before.organizations.values()) {
    const next = after.organizations.get(organization.uri);
    const points = next === undefined ? [] : attachmentIndex(next).points;
    for (const [index, point] of attachmentIndex(organization).points.entries()) {
      const other = points[index];
      if (next === undefined || other === undefined) return point.path;
      const renamed = renaming?.tops.some((top) => top.organization.uri === organization.uri && isAtOrBelow(point, top.entity)) === true;
      const [was, is] = [effectiveOf(before, organization, point), effectiveOf(after, next, other)];
      const same = sameNode(was.tree, is.tree, renamed ? path : undefined, renaming?.newName ?? '')
        && was.errors.map(({ code }) => code).sort().join() === is.errors.map(({ code }) => code).sort().join();
      if (!same) return (accountsOfLevel(point)[0] ?? point).path;
    }
  }
  return undefined;
}

/** @param path folded keys from here to the renamed one; undefined where nothing is renamed. */
function sameNode(was: EffectiveNode, is: EffectiveNode, path: readonly string[] | undefined, newName: string): boolean {
  if (was === is) return path === undefined || hasNewName(was, path, newName);
  if (was.kind !== is.kind || was.allowed !== is.allowed) return false;
  if (was.kind !== 'container') return is.kind !== 'container' && sameValue(was, is);
  if (is.kind !== 'container' || was.children.size !== is.children.size) return false;
  for (const [key, child] of was.children) {
    const onPath = path?.[0] === key;
    const renamed = onPath && path.length === 1;
    const other = is.children.get(renamed ? foldKey(newName) : key);
    if (other?.name !== (renamed ? newName : child.name)) return false;
    if (!sameNode(child, other, onPath && !renamed ? path.slice(1) : undefined, newName)) return false;
  }
  return true;
}

/** True when a tree that a rename left alone needs none: the name is spelt so already, or nothing has it. */
function hasNewName(node: EffectiveNode, path: readonly string[], newName: string): boolean {
  const renamed = node.kind === 'container' ? effectiveAt(node, path) : undefined;
  return renamed === undefined || renamed.name === newName;
}

function sameValue({ value: was }: EffectiveLeaf, { value: is }: EffectiveLeaf): boolean {
  if (was === undefined || is === undefined) return was === is;
  const elements = [was, is].map((value) => (value.kind === 'single' ? [value.element] : value.elements).map(({ text, unknown }) => [text, unknown]));
  return was.kind === is.kind && JSON.stringify(elements[0]) === JSON.stringify(elements[1]);
}

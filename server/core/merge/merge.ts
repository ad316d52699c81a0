import type { GrammarNode } from '../grammar.ts';
import { isPresent, nothingEffective, type EffectiveContainer, type EffectiveNode } from './effective.ts';
import { mergeLeaf, type PeerLeaf } from './mergeLeaf.ts';
import { allOperators, allowsNewChildren, type OperatorSet } from './operators.ts';
import type { Stated, StatedContainer } from './statements.ts';
import type { AttachedPolicy, Control, IgnoredStatement, Level, RefusedChild, Source } from './trace.ts';

/** The effective policy as it stands below one entity. */
export interface MergedLevel {
  readonly tree: EffectiveContainer;
  /** Statements of this entity's own policies that AWS takes without a word and that change nothing. */
  readonly ignored: readonly IgnoredStatement[];
}

interface Peer<Node extends Stated = Stated> {
  readonly stated: Node;
  readonly source: Source;
}

/**
 * Merges the policies attached to one entity, in order of attachment, into what its parent hands down.
 * The result shares every subtree that no policy mentions; without policies it is `inherited` itself.
 * Source: inheritance rules 1 to 29 and the pseudocode of section B.
 */
export function mergeLevel(inherited: EffectiveContainer, level: Level, policies: readonly AttachedPolicy[]): MergedLevel {
  const peers: Peer<StatedContainer>[] = [];
  for (const policy of policies) {
    if (policy.content !== undefined) peers.push({ stated: policy.content, source: { level, policy } });
  }
  if (peers.length === 0) return { tree: inherited, ignored: [] };
  const ignored: IgnoredStatement[] = [];
  return { tree: mergeContainer(inherited, peers, ignored), ignored };
}

/** Merges along a whole path, root first. For one-off use; a snapshot keeps the levels instead. */
export function mergePath(levels: readonly { readonly level: Level; readonly policies: readonly AttachedPolicy[] }[]): EffectiveContainer {
  let tree = nothingEffective;
  for (const { level, policies } of levels) tree = mergeLevel(tree, level, policies).tree;
  return tree;
}

function mergeContainer(node: EffectiveContainer, peers: readonly Peer<StatedContainer>[], ignored: IgnoredStatement[]): EffectiveContainer {
  const children = new Map(node.children);
  const refused: RefusedChild[] = [];
  for (const [key, mentions] of byKey(peers)) {
    const existing = node.children.get(key);
    if (existing === undefined && !allowsNewChildren(node.allowed)) {
      const by = node.controls.find((control) => !allowsNewChildren(control.allowed)) ?? node.controls.at(-1);
      if (by !== undefined) {
        for (const { stated, source } of mentions) {
          const child: RefusedChild = { stated, source, path: node.path.concat(stated.name), by };
          refused.push(child);
          ignored.push({ type: 'child', refused: child });
        }
        continue;
      }
    }
    children.set(key, mergeChild(existing ?? newNode(node, mentions), mentions, ignored));
  }
  const { kind, name, path, grammar } = node;
  const { allowed, controls } = narrowed(node, peers, ignored);
  // Every member is named, and lists are put together without room for more: there are thousands of these.
  return {
    kind,
    name,
    path,
    grammar,
    allowed,
    controls,
    children,
    contributors: node.contributors.concat(peers.map((peer) => peer.source)),
    refused: refused.length === 0 ? node.refused : node.refused.concat(refused),
    present: anyPresent(children),
  };
}

function anyPresent(children: ReadonlyMap<string, EffectiveNode>): boolean {
  for (const child of children.values()) if (isPresent(child)) return true;
  return false;
}

function mergeChild(node: EffectiveNode, mentions: readonly Peer[], ignored: IgnoredStatement[]): EffectiveNode {
  if (node.kind === 'container') {
    const containers = mentions.filter((peer): peer is Peer<StatedContainer> => peer.stated.kind === 'container');
    return mergeContainer(node, containers, ignored);
  }
  const leaves = mentions.filter((peer): peer is PeerLeaf => peer.stated.kind !== 'container');
  const { leaf, added } = mergeLeaf(node, leaves);
  for (const entry of added) {
    if (entry.outcome.type === 'blocked' || entry.outcome.type === 'noEffect') ignored.push({ type: 'statement', path: leaf.path, entry });
  }
  const { kind, name, path, grammar, value, trace } = leaf;
  const { allowed, controls } = narrowed(leaf, mentions, ignored);
  return { kind, name, path, grammar, allowed, controls, value, trace };
}

function byKey(peers: readonly Peer<StatedContainer>[]): ReadonlyMap<string, readonly Peer[]> {
  const result = new Map<string, Peer[]>();
  for (const { stated, source } of peers) {
    for (const [key, child] of stated.children) {
      const mentions = result.get(key);
      if (mentions === undefined) result.set(key, [{ stated: child, source }]);
      else mentions.push({ stated: child, source });
    }
  }
  return result;
}

function newNode(parent: EffectiveContainer, mentions: readonly Peer[]): EffectiveNode {
  const first = mentions[0];
  const name = first?.stated.name ?? '';
  const path = parent.path.concat(name);
  const grammar: GrammarNode = first?.stated.grammar ?? parent.grammar;
  if (grammar.kind === 'container') return { ...nothingEffective, name, path, grammar };
  return { kind: grammar.kind, name, path, grammar, allowed: allOperators, controls: nothingEffective.controls, value: undefined, trace: [] };
}

/**
 * Controls bind lower levels only, so they are taken in after the values of the level; each one can
 * narrow the set, never widen it. Source: inheritance rules 18, 21, 22 and 24 [obs].
 */
function narrowed(node: EffectiveNode, peers: readonly Peer[], ignored: IgnoredStatement[]): { readonly allowed: OperatorSet; readonly controls: readonly Control[] } {
  let allowed = node.allowed;
  const controls: Control[] = [];
  for (const { stated, source } of peers) {
    if (stated.control === undefined) continue;
    const control: Control = { source, allowed: stated.control.allowed, span: stated.control.span };
    const by = node.controls.find((inherited) => (control.allowed & ~inherited.allowed) !== 0);
    if (by !== undefined) ignored.push({ type: 'control', path: node.path, control, inherited: node.allowed, by });
    allowed &= control.allowed;
    controls.push(control);
  }
  return { allowed, controls: controls.length === 0 ? node.controls : node.controls.concat(controls) };
}

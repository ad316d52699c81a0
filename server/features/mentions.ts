import type { Span } from '../core/document/tree.ts';
import type { GrammarNode } from '../core/grammar.ts';
import { foldKey } from '../core/grammar.ts';
import { isPresent, type EffectiveContainer, type EffectiveNode } from '../core/merge/effective.ts';
import { statedAt, type Operation, type Stated } from '../core/merge/statements.ts';
import type { Control, Outcome, RefusedChild, Source } from '../core/merge/trace.ts';

/** What one policy says at a level, and what became of it. */
export interface Mention {
  readonly source: Source;
  /** Undefined where a policy names a group of settings. */
  readonly operation: Operation | undefined;
  /** The operator with its values, or the group's key. */
  readonly span: Span;
  readonly outcome: Outcome;
}

/** What a policy wanted to have below a container whose control keeps new children out. */
interface Refusal {
  readonly stated: Stated;
  readonly source: Source;
  readonly by: Control;
}

/** A setting or group that some policy on the path to a target speaks of, also when nothing of it is effective. */
export interface MentionedNode {
  /** As the policy that speaks of it first spells it. */
  readonly name: string;
  /** Keys from the document root as they print. */
  readonly path: readonly string[];
  readonly grammar: GrammarNode;
  /** What the merge made of it; undefined for what was refused. */
  readonly node: EffectiveNode | undefined;
  /** The refused mentions; empty for what the merge knows. */
  readonly refused: readonly Refusal[];
}

/** The whole effective policy as a mentioned node. */
export function mentionedRoot(tree: EffectiveContainer): MentionedNode {
  return knownNode(tree);
}

/** True when it is part of the effective policy. */
export function isMentionedPresent({ node }: MentionedNode): boolean {
  return isPresent(node);
}

/** What lies below: the children that the merge knows, then those that were refused. */
export function mentionedChildren({ node, refused, path }: MentionedNode): readonly MentionedNode[] {
  if (node === undefined) return grouped(path, refused.flatMap(({ stated, source, by }) => (stated.kind === 'container' ? [...stated.children.values()].map((child) => ({ stated: child, source, by })) : [])));
  if (node.kind !== 'container') return [];
  return [...[...node.children.values()].map(knownNode), ...grouped(path, node.refused)];
}

function knownNode(node: EffectiveNode): MentionedNode {
  return { name: node.name, path: node.path, grammar: node.grammar, node, refused: [] };
}

/** The child under a key in any letter case. */
export function mentionedChild(parent: MentionedNode, key: string): MentionedNode | undefined {
  const folded = foldKey(key);
  const known = parent.node?.kind === 'container' ? parent.node.children.get(folded) : undefined;
  return known === undefined ? mentionedChildren(parent).find((child) => foldKey(child.name) === folded) : knownNode(known);
}

/** The node at a path of keys in any letter case; undefined when no policy on the path speaks of it. */
export function mentionedAt(tree: EffectiveContainer, path: readonly string[]): MentionedNode | undefined {
  return path.reduce<MentionedNode | undefined>((node, key) => (node === undefined ? undefined : mentionedChild(node, key)), mentionedRoot(tree));
}

function grouped(path: readonly string[], refusals: readonly (Refusal | RefusedChild)[]): readonly MentionedNode[] {
  const byKey = new Map<string, Refusal[]>();
  for (const { stated, source, by } of refusals) {
    const known = byKey.get(stated.key);
    if (known === undefined) byKey.set(stated.key, [{ stated, source, by }]);
    else known.push({ stated, source, by });
  }
  return [...byKey.values()].flatMap((refused) => {
    const first = refused[0];
    return first === undefined ? [] : [{ name: first.stated.name, path: [...path, first.stated.name], grammar: first.stated.grammar, node: undefined, refused }];
  });
}

/** Everything that the policies on the path say of it, root first; each part of a refused child is blocked by the control that refused it. */
export function mentionsOf({ node, refused, path }: MentionedNode): readonly Mention[] {
  if (node === undefined) {
    return refused.flatMap(({ stated, source, by }): readonly Mention[] => {
      const outcome: Outcome = { type: 'blocked', by };
      if (stated.kind === 'container') return [{ source, operation: undefined, span: stated.keySpan, outcome }];
      return stated.operations.map((operation) => ({ source, operation, span: operation.span, outcome }));
    });
  }
  if (node.kind !== 'container') return node.trace.map(({ statement, outcome }) => ({ source: statement.source, operation: statement, span: statement.span, outcome }));
  return node.contributors.map((source) => ({ source, operation: undefined, span: statedAt(source.policy.content, path)?.keySpan ?? { start: 0, end: 0 }, outcome: { type: 'applied' } }));
}

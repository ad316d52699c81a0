import { distance } from 'fastest-levenshtein';
import { childGrammar, foldKey, type GrammarContainer } from '../../core/grammar.ts';
import type { EffectiveContainer } from '../../core/merge/effective.ts';
import { mentionedChildren, mentionedChild, mentionedRoot, type MentionedNode } from '../mentions.ts';

/**
 * The path that was probably meant by one with a key that AWS does not know, or that no policy on the path speaks
 * of: each such key replaced by the nearest one there is, `plans` added where it is left out. Undefined when a key
 * has nothing near it.
 */
export function suggestedPath(tree: EffectiveContainer, path: readonly string[]): readonly string[] | undefined {
  return nearestPath(tree, path) ?? nearestPath(tree, ['plans', ...path]);
}

function nearestPath(tree: EffectiveContainer, path: readonly string[]): readonly string[] | undefined {
  let grammar: GrammarContainer | undefined = tree.grammar;
  let node: MentionedNode | undefined = mentionedRoot(tree);
  const meant: string[] = [];
  for (const key of path) {
    if (grammar === undefined) return undefined;
    const found = nearest(key, grammar, node);
    if (found === undefined) return undefined;
    meant.push(found);
    node = node === undefined ? undefined : mentionedChild(node, found);
    const child = childGrammar(grammar, found);
    grammar = child?.kind === 'container' ? child : undefined;
  }
  return meant;
}

function nearest(key: string, grammar: GrammarContainer, node: MentionedNode | undefined): string | undefined {
  const known = [...grammar.keys.keys(), ...(node === undefined || grammar.names === undefined ? [] : mentionedChildren(node).map((child) => child.name))];
  const folded = foldKey(key);
  const exact = known.find((each) => foldKey(each) === folded);
  if (exact !== undefined) return exact;
  const ranked = known.map((each) => ({ each, far: distance(folded, foldKey(each)) })).sort((left, right) => left.far - right.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(2, Math.floor(key.length / 4)) ? best.each : undefined;
}

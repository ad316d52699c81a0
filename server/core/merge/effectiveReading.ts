import { parseDocument } from '../document/parse.ts';
import { isScalar, type Node } from '../document/tree.ts';
import { childGrammar, policyGrammar, type GrammarNode } from '../grammar.ts';
import { nothingEffective, type EffectiveContainer } from './effective.ts';
import { mergeLevel } from './merge.ts';
import { readStatements } from './statements.ts';

/** An effective policy as AWS printed it, as a tree that can be compared with one of our own. */
export interface EffectiveReading {
  readonly tree: EffectiveContainer;
  /** Slash paths of what AWS's grammar, as far as it is known here, does not have. */
  readonly unread: readonly string[];
}

/**
 * Reads the content of DescribeEffectivePolicy: JSON without operators. Never throws.
 * Source: inheritance rules 30 to 33 [obs].
 */
export function readEffective(text: string): EffectiveReading {
  const { root } = parseDocument(text);
  const unread: string[] = [];
  const assigned = JSON.stringify(root === undefined ? {} : assigning(root, policyGrammar, [], unread));
  const content = readStatements(parseDocument(assigned));
  const level = { kind: 'account', name: '', path: '', depth: 0 } as const;
  return { tree: mergeLevel(nothingEffective, level, [{ name: '', uri: '', content }]).tree, unread };
}

type Json = string | readonly Json[] | { readonly [key: string]: Json };

/** The same as a policy that assigns every value. */
function assigning(node: Node, grammar: GrammarNode, path: readonly string[], unread: string[]): Json {
  const result = Object.create(null) as Record<string, Json>;
  if (grammar.kind !== 'container') {
    const value = valueOf(node, grammar.kind);
    if (value === undefined) unread.push(path.join('/'));
    else result['@@assign'] = value;
    return result;
  }
  if (node.type !== 'object') {
    unread.push(path.join('/'));
    return result;
  }
  for (const { key, value } of node.members) {
    const child = childGrammar(grammar, key.text);
    if (child === undefined) unread.push([...path, key.text].join('/'));
    else result[key.text] = assigning(value, child, [...path, key.text], unread);
  }
  return result;
}

function valueOf(node: Node, kind: 'single' | 'list'): Json | undefined {
  if (kind === 'single') return isScalar(node) ? node.text : undefined;
  if (node.type !== 'array') return undefined;
  const texts = node.items.flatMap((item) => (isScalar(item) ? [item.text] : []));
  return texts.length === node.items.length ? texts : undefined;
}

import type { GrammarContainer, GrammarLeaf } from '../grammar.ts';
import { policyGrammar } from '../grammar.ts';
import { allOperators, type OperatorSet } from './operators.ts';
import type { Control, RefusedChild, Source, Statement, TraceEntry } from './trace.ts';

/** One element of an effective list, or an effective single value, with the statement that put it there. */
export interface EffectiveElement {
  readonly text: string;
  readonly unknown: boolean;
  readonly origin: Statement;
}

export type EffectiveValue =
  | { readonly kind: 'single'; readonly element: EffectiveElement }
  | { readonly kind: 'list'; readonly elements: readonly EffectiveElement[] };

interface EffectiveBase {
  /** The name as the policy that introduced it spells it; other levels may spell it in another case. */
  readonly name: string;
  /** Keys from the document root as they print. */
  readonly path: readonly string[];
  /** What policies of lower entities may do here. */
  readonly allowed: OperatorSet;
  /** The controls that narrowed `allowed`, from the root down. */
  readonly controls: readonly Control[];
}

/** A plan, rule, selection or other container of the effective policy. Immutable; untouched subtrees are shared. */
export interface EffectiveContainer extends EffectiveBase {
  readonly kind: 'container';
  readonly grammar: GrammarContainer;
  /** By key as AWS compares it. */
  readonly children: ReadonlyMap<string, EffectiveNode>;
  /** Every policy that mentions it, in order; the first one introduced it. */
  readonly contributors: readonly Source[];
  readonly refused: readonly RefusedChild[];
  /** False when it prints nothing. */
  readonly present: boolean;
}

export interface EffectiveLeaf extends EffectiveBase {
  readonly kind: 'single' | 'list';
  readonly grammar: GrammarLeaf;
  /** Undefined when no statement set it. An emptied list is `[]`, not undefined. Source: inheritance rules 9 and 10 [obs]. */
  readonly value: EffectiveValue | undefined;
  readonly trace: readonly TraceEntry[];
}

export type EffectiveNode = EffectiveContainer | EffectiveLeaf;

/** What applies where no policy is attached at any level. */
export const nothingEffective: EffectiveContainer = {
  kind: 'container',
  name: '',
  path: [],
  grammar: policyGrammar,
  allowed: allOperators,
  controls: [],
  children: new Map(),
  contributors: [],
  refused: [],
  present: false,
};

/** The node at a path of keys in any letter case, or undefined. */
export function effectiveAt(root: EffectiveContainer, path: readonly string[]): EffectiveNode | undefined {
  let node: EffectiveNode = root;
  for (const key of path) {
    if (node.kind !== 'container') return undefined;
    const child = node.children.get(key.toLowerCase());
    if (child === undefined) return undefined;
    node = child;
  }
  return node;
}

/**
 * True when the node prints something: a value, or a container with a child that does.
 * Source: inheritance rule 33 [obs], empty containers vanish.
 */
export function isPresent(node: EffectiveNode | undefined): boolean {
  if (node === undefined) return false;
  return node.kind === 'container' ? node.present : node.value !== undefined;
}

/** JSON without operators: a single value is a string, a list an array. Source: inheritance rules 30 to 33 [obs]. */
export type EffectiveJson = string | readonly string[] | { readonly [key: string]: EffectiveJson };

/** The effective policy as AWS's DescribeEffectivePolicy prints it; `{}` when nothing applies. */
export function effectiveJson(root: EffectiveContainer): { readonly [key: string]: EffectiveJson } {
  // Without a prototype, a plan called __proto__ is a key like any other.
  const result: Record<string, EffectiveJson> = Object.create(null) as Record<string, EffectiveJson>;
  for (const child of root.children.values()) {
    if (!isPresent(child)) continue;
    if (child.kind === 'container') result[child.name] = effectiveJson(child);
    else if (child.value?.kind === 'single') result[child.name] = child.value.element.text;
    else if (child.value?.kind === 'list') result[child.name] = child.value.elements.map((element) => element.text);
  }
  return result;
}

import { isScalar, type Document, type Member, type Node, type ObjectNode, type Span } from '../document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarContainer, type GrammarLeaf, type GrammarNode } from '../grammar.ts';
import { noOperators, operatorsOfControlValue, type OperatorSet, type ValueOperator } from './operators.ts';

/** One value of a statement in AWS's text form, with its place. */
export interface StatedValue {
  readonly text: string;
  readonly span: Span;
  /** True for a value that a template fills in later: its text is not known. */
  readonly unknown: boolean;
}

/** One operator with its values as one policy writes it. */
export interface Operation {
  readonly operator: ValueOperator;
  readonly values: readonly StatedValue[];
  /** The whole member, `"@@assign": …`. */
  readonly span: Span;
}

/** An `@@operators_allowed_for_child_policies` as one policy writes it. */
export interface ControlOperation {
  readonly allowed: OperatorSet;
  readonly span: Span;
}

interface StatedNode {
  /** The key as AWS compares it. */
  readonly key: string;
  /** The key as it prints: user-chosen names as written, fixed keys as documented. */
  readonly name: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly control: ControlOperation | undefined;
}

export interface StatedContainer extends StatedNode {
  readonly kind: 'container';
  /** True when a template brings some of its members: what is not here may come with them. */
  readonly templated: boolean;
  readonly grammar: GrammarContainer;
  readonly children: ReadonlyMap<string, Stated>;
}

export interface StatedLeaf extends StatedNode {
  readonly kind: 'single' | 'list';
  readonly grammar: GrammarLeaf;
  readonly operations: readonly Operation[];
}

export type Stated = StatedContainer | StatedLeaf;

const controlKey = '@@operators_allowed_for_child_policies';

/**
 * What a document says, in the form in which AWS reads it: keys and operators without case, scalars as text,
 * spans kept. What AWS would refuse (unknown keys, operators where they do not belong, values of another
 * shape) is left out, so a half-typed document still merges as far as it goes.
 * Source: syntax §1 [obs].
 */
export function readStatements(document: Document): StatedContainer | undefined {
  const root = document.root;
  if (root?.type !== 'object') return undefined;
  return container('', '', root, root, root, policyGrammar);
}

function container(key: string, name: string, keySpan: Span, span: Span, node: ObjectNode, grammar: GrammarContainer): StatedContainer {
  const children = new Map<string, Stated>();
  let control: ControlOperation | undefined;
  const templated = node.members.some((member) => member.key.template || member.value.type === 'template');
  for (const member of node.members) {
    const folded = foldKey(member.key.text);
    if (folded === controlKey) {
      control = readControl(member) ?? control;
      continue;
    }
    const child = childGrammar(grammar, member.key.text);
    if (child === undefined || member.key.template) continue;
    const stated = readNode(folded, member, grammar, child);
    if (stated !== undefined) children.set(folded, stated);
  }
  return { kind: 'container', key, name, keySpan, span, grammar, children, control, templated };
}

function readNode(key: string, member: Member, parent: GrammarContainer, grammar: GrammarNode): Stated | undefined {
  const node = member.value;
  if (node.type !== 'object') return undefined;
  const name = parent.names === undefined ? documentedKey(parent, key) : member.key.text;
  if (grammar.kind === 'container') return container(key, name, member.key, member, node, grammar);
  const operations: Operation[] = [];
  let control: ControlOperation | undefined;
  for (const part of node.members) {
    const folded = foldKey(part.key.text);
    if (folded === controlKey) control = readControl(part) ?? control;
    else {
      const operation = readOperation(folded, part, grammar);
      if (operation !== undefined) operations.push(operation);
    }
  }
  return { kind: grammar.kind, key, name, keySpan: member.key, span: member, grammar, operations, control };
}

function documentedKey(parent: GrammarContainer, folded: string): string {
  for (const key of parent.keys.keys()) if (foldKey(key) === folded) return key;
  return folded;
}

function readOperation(folded: string, member: Member, grammar: GrammarLeaf): Operation | undefined {
  const operator = valueOperatorOf(folded);
  if (operator === undefined || (grammar.kind === 'single' && operator !== 'assign')) return undefined;
  const value = member.value;
  if (value.type === 'template') return { operator, values: [unknownValue(value)], span: member };
  if (grammar.kind === 'single') {
    const single = statedValue(value);
    return single === undefined ? undefined : { operator, values: [single], span: member };
  }
  if (value.type !== 'array') return undefined;
  const values: StatedValue[] = [];
  for (const item of value.items) {
    const stated = statedValue(item);
    if (stated !== undefined) values.push(stated);
  }
  return { operator, values, span: member };
}

function valueOperatorOf(folded: string): ValueOperator | undefined {
  if (folded === '@@assign') return 'assign';
  if (folded === '@@append') return 'append';
  return folded === '@@remove' ? 'remove' : undefined;
}

function statedValue(node: Node): StatedValue | undefined {
  if (node.type === 'template') return unknownValue(node);
  return isScalar(node) ? { text: node.text, span: node, unknown: node.template } : undefined;
}

function unknownValue(span: Span): StatedValue {
  return { text: '', span, unknown: true };
}

function readControl(member: Member): ControlOperation | undefined {
  if (member.value.type !== 'array') return undefined;
  let allowed = noOperators;
  let known = false;
  for (const item of member.value.items) {
    const set = isScalar(item) ? operatorsOfControlValue(item.text) : undefined;
    if (set === undefined) continue;
    allowed |= set;
    known = true;
  }
  return known ? { allowed, span: member } : undefined;
}

/** What a policy states at a path of keys in any letter case; undefined where it says nothing. */
export function statedAt(root: StatedContainer | undefined, path: readonly string[]): Stated | undefined {
  let node: Stated | undefined = root;
  for (const key of path) node = node?.kind === 'container' ? node.children.get(key.toLowerCase()) : undefined;
  return node;
}

import { isScalar, type ArrayNode, type Document, type Node, type Span } from '../../core/document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarLeaf, type GrammarNode } from '../../core/grammar.ts';
import { insertion, type Fix, type Fixer } from './fix.ts';
import { inStyle } from '../jsonLayout.ts';
import { grammarOf } from './place.ts';
import { removal } from './statements.ts';

/** How many elements of a list are offered as the single value. */
const offeredItems = 5;

/** Puts a bare value into `@@assign`, as a list or alone as the setting wants it. */
export const wrapInAssign: Fixer = (place) => {
  const { document, value } = place;
  const grammar = grammarOf(place);
  return value === undefined || grammar === undefined || grammar.kind === 'container' ? [] : wrapValue(document, value, grammar);
};

/** The edits that put every bare value of a policy into `@@assign`. */
export function wrapAllEdits(document: Document): Fix['edits'] {
  const { root } = document;
  return root === undefined ? [] : bareValues(root, policyGrammar).flatMap(([value, grammar]) => wrapValue(document, value, grammar).flatMap(({ edits }) => edits));
}

function bareValues(node: Node, grammar: GrammarNode): readonly (readonly [Node, GrammarLeaf])[] {
  if (grammar.kind !== 'container') return node.type === 'object' || node.type === 'missing' ? [] : [[node, grammar]];
  if (node.type !== 'object') return [];
  return node.members.flatMap(({ key, value }) => {
    const child = childGrammar(grammar, key.text);
    return child === undefined ? [] : bareValues(value, child);
  });
}

function wrapValue(document: Document, value: Node, grammar: GrammarLeaf): readonly Fix[] {
  const single = value.type === 'array' ? onlyItem(value) : undefined;
  if (grammar.kind === 'single' && single !== undefined) return [wrap(document, value, single, '{ "@@assign": ', ' }', true)];
  const list = grammar.kind === 'list' && value.type !== 'array';
  const fits = grammar.kind === 'list' || value.type !== 'array';
  return [wrap(document, value, value, list ? '{ "@@assign": [' : '{ "@@assign": ', list ? '] }' : ' }', fits)];
}

function wrap(document: Document, outer: Span, inner: Span, before: string, after: string, certain: boolean): Fix {
  const { text } = document;
  return {
    title: 'Wrap in @@assign',
    edits: [{ start: outer.start, end: inner.start, newText: inStyle(text, before) }, { start: inner.end, end: outer.end, newText: inStyle(text, after) }],
    certain,
  };
}

/** Puts a single value in square brackets. */
export const wrapInList: Fixer = ({ value }) => {
  if (value === undefined) return [];
  return isScalar(value) ? [{ title: 'Put the value in a list', edits: [insertion(value.start, '['), insertion(value.end, ']')], certain: true }] : unwrapAssign(value);
};

/** Takes a value out of an operator that stands in an operator. */
function unwrapAssign(value: Node): readonly Fix[] {
  const inner = value.type === 'object' && value.members.length === 1 ? value.members[0] : undefined;
  if (inner === undefined || foldKey(inner.key.text) !== '@@assign') return [];
  return [{ title: 'Remove the inner @@assign', edits: outside(value, inner.value), certain: true }];
}

/** Takes the only value out of its list, or lets the author choose one of several. */
export const unwrapList: Fixer = (place) => {
  const { document, value } = place;
  if (value === undefined || value.type === 'object') return value === undefined ? [] : unwrapAssign(value);
  if (value.type !== 'array') return [];
  if (value.items.length === 0) return removeEmptyList(place);
  const inList = grammarOf(place, 1)?.kind === 'list';
  if (inList) {
    const [first, last] = [value.items[0], value.items.at(-1)];
    if (first === undefined || last === undefined || !value.items.every(isScalar)) return [];
    return [{ title: 'Move the values into the outer list', edits: outside(value, { start: first.start, end: last.end }), certain: true }];
  }
  const only = onlyItem(value);
  if (only !== undefined) return [{ title: 'Take the value out of the list', edits: outside(value, only), certain: true }];
  return value.items.filter(isScalar).slice(0, offeredItems).map((item): Fix => ({ title: `Keep only ${document.text.slice(item.start, item.end)}`, edits: outside(value, item), certain: false }));
};

/** Removes a statement with an empty list where AWS wants a value. */
export const removeEmptyList: Fixer = (place) => removal(place, 'Remove the empty list', false);

function outside(outer: Span, inner: Span): Fix['edits'] {
  return [{ start: outer.start, end: inner.start, newText: '' }, { start: inner.end, end: outer.end, newText: '' }];
}

function onlyItem(list: ArrayNode): Node | undefined {
  const [item] = list.items;
  return list.items.length === 1 && item !== undefined && isScalar(item) ? item : undefined;
}

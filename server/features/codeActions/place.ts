import type { Document, Member, Node, ObjectNode, Span } from '../../core/document/tree.ts';
import { foldKey, grammarAt, type GrammarNode } from '../../core/grammar.ts';
import type { Problem } from '../../core/problem.ts';

/** A member with the object that it stands in. */
export interface Owner {
  readonly object: ObjectNode;
  readonly member: Member;
}

/** A problem with the part of the document that it stands at. */
export interface Place {
  readonly document: Document;
  readonly problem: Problem;
  /** The time by which schedules are judged: epoch milliseconds UTC. */
  readonly at: number;
  /** The members around the problem, the outermost first. */
  readonly owners: readonly Owner[];
  /** The innermost value around the problem; undefined when it stands at a key. */
  readonly value: Node | undefined;
}

/** Finds the part of the document that a problem stands at. */
export function placeOf(document: Document, problem: Problem, at: number): Place {
  return { document, problem, at, ...around(document, problem.span) };
}

/** The members around a span, the outermost first. */
export function ownersAt(document: Document, span: Span): readonly Owner[] {
  return around(document, span).owners;
}

function around({ root }: Document, span: Span): Pick<Place, 'owners' | 'value'> {
  const owners: Owner[] = [];
  let node = root;
  let value = node !== undefined && contains(node, span) ? node : undefined;
  while (node !== undefined) {
    let next: Node | undefined;
    if (node.type === 'object') {
      const member = node.members.find((each) => contains(each, span));
      if (member !== undefined) owners.push({ object: node, member });
      next = member?.value;
      if (next !== undefined) value = undefined;
    } else if (node.type === 'array') next = node.items.find((item) => contains(item, span));
    if (next !== undefined && contains(next, span)) value = next;
    node = next;
  }
  return { owners, value };
}

/** What lies at the innermost member but for the last `up` of them. */
export function grammarOf({ owners }: Place, up = 0): GrammarNode | undefined {
  return grammarAt(owners.slice(0, owners.length - up).map(({ member }) => member.key.text));
}

/** The member of an object under a key in any letter case. */
export function memberAt(object: ObjectNode, key: string): Member | undefined {
  const folded = foldKey(key);
  return object.members.find((member) => foldKey(member.key.text) === folded);
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The keys and values without children of a tree, in the order of the text. */
export function* wordsIn(node: Node): Generator<Span> {
  if (node.type === 'object') {
    for (const { key, value } of node.members) {
      yield key;
      yield* wordsIn(value);
    }
  } else if (node.type === 'array') for (const item of node.items) yield* wordsIn(item);
  else yield node;
}

import { isScalar, touches, type Document, type KeyToken, type Member, type ObjectNode, type ScalarNode, type Span } from '../../core/document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarContainer, type GrammarNode } from '../../core/grammar.ts';

/** What a cursor in a policy points at: a container or a setting, by its key, one of its operators or one of its values. */
export interface PolicyNode {
  /** Keys from the document root, as written. */
  readonly path: readonly string[];
  readonly grammar: GrammarNode;
  /** The container around it; its `names` say what the key names. */
  readonly parent: GrammarContainer;
  readonly member: Member;
  /** What the cursor touches of it, without quotes. */
  readonly touched: Span;
  readonly part: 'key' | 'operator' | 'value';
  /** The value under the cursor. */
  readonly value: ScalarNode | undefined;
}

/** The node whose key, operator or value an offset touches; undefined between them and where the grammar knows nothing. */
export function nodeAt(document: Document, offset: number): PolicyNode | undefined {
  let object: ObjectNode | undefined = document.root?.type === 'object' ? document.root : undefined;
  let grammar = policyGrammar;
  let owner: Omit<PolicyNode, 'touched' | 'part' | 'value'> | undefined;
  while (object !== undefined) {
    const member: Member | undefined = object.members.find((each) => touches(each, offset));
    if (member === undefined) return undefined;
    if (isOperator(member)) return owner === undefined ? undefined : operatorPart(document, owner, member, offset);
    const child = childGrammar(grammar, member.key.text);
    if (child === undefined) return undefined;
    owner = { path: [...(owner?.path ?? []), member.key.text], grammar: child, parent: grammar, member };
    if (touches(member.key, offset)) return { ...owner, touched: withoutQuotes(document, member.key), part: 'key', value: undefined };
    object = member.value.type === 'object' && touches(member.value, offset) ? member.value : undefined;
    if (child.kind !== 'container') return leafPart(document, owner, object, offset);
    grammar = child;
  }
  return undefined;
}

type Owner = Omit<PolicyNode, 'touched' | 'part' | 'value'>;

function leafPart(document: Document, owner: Owner, object: ObjectNode | undefined, offset: number): PolicyNode | undefined {
  const member = object?.members.find((each) => touches(each, offset));
  return member === undefined ? undefined : operatorPart(document, owner, member, offset);
}

function operatorPart(document: Document, owner: Owner, member: Member, offset: number): PolicyNode | undefined {
  if (touches(member.key, offset)) return { ...owner, touched: withoutQuotes(document, member.key), part: 'operator', value: undefined };
  const items = member.value.type === 'array' ? member.value.items : [member.value];
  const value = items.filter(isScalar).find((item) => touches(item, offset));
  return value === undefined ? undefined : { ...owner, touched: withoutQuotes(document, value), part: 'value', value };
}

function isOperator({ key }: Member): boolean {
  return key.text.startsWith('@@');
}

/** The members at a path of keys in any letter case; several only where AWS refuses the document for a key that stands twice. */
export function membersAt(document: Document, path: readonly string[]): readonly Member[] {
  let found: readonly Member[] = [];
  let objects: readonly ObjectNode[] = document.root?.type === 'object' ? [document.root] : [];
  for (const key of path) {
    const folded = foldKey(key);
    found = objects.flatMap(({ members }) => members.filter((member) => foldKey(member.key.text) === folded));
    objects = found.flatMap(({ value }) => (value.type === 'object' ? [value] : []));
  }
  return found;
}

/** The span of a text inside its quotes; a text that was typed without quotes as it is. */
export function withoutQuotes(document: Document, { start, end }: KeyToken | Span): Span {
  const quoted = document.text[start] === '"' && document.text[end - 1] === '"' && end - start > 1;
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** True when two paths are one to AWS: keys in any letter case. */
export function samePath(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key, index) => foldKey(key) === foldKey(right[index] ?? ''));
}

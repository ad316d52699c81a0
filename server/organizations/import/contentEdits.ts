import { applyEdits } from 'jsonc-parser';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseDocument } from '../../core/document/parse.ts';
import type { Document, Member, Node, ObjectNode } from '../../core/document/tree.ts';
import { formatDocument } from '../../features/formatting.ts';
import type { JsonEdit } from '../../features/jsonLayout.ts';
import { block, elementEdits, layoutOf, type Layout } from './elementEdits.ts';

/** True for two texts that are the same JSON but for white space and the order of keys. Numbers keep their spelling: AWS reads `60.0` as another text than `60`. */
export function meansTheSame(left: Document, right: Document): boolean {
  if (!isJson(left) || !isJson(right)) return left.text.trim() === right.text.trim();
  return left.root !== undefined && right.root !== undefined && isSame(left.root, right.root);
}

/** False for what is half typed, has template tokens in place of values. */
export function isJson({ root, problems, templated }: Document): boolean {
  return root !== undefined && problems.length === 0 && !templated;
}

function isSame(left: Node, right: Node): boolean {
  if (left.type === 'object' && right.type === 'object') {
    if (left.members.length !== right.members.length) return false;
    const others = byKey(right);
    return left.members.every(({ key, value }) => {
      const other = others.get(key.text);
      return other !== undefined && isSame(value, other.value);
    });
  }
  if (left.type === 'array' && right.type === 'array') {
    return left.items.length === right.items.length && left.items.every((item, index) => {
      const other = right.items[index];
      return other !== undefined && isSame(item, other);
    });
  }
  return 'text' in left && 'text' in right && left.type === right.type && left.text === right.text;
}

function byKey({ members }: ObjectNode): ReadonlyMap<string, Member> {
  return new Map(members.map((member) => [member.key.text, member]));
}

/** The edits that make a text mean what another one means; what is equal stays as the author wrote it. Both are JSON. */
export function contentEdits(document: Document, wanted: Document): readonly JsonEdit[] {
  if (document.root === undefined || wanted.root === undefined) return [];
  const edits = nodeEdits(document, document.root, wanted.root, wanted.text);
  return [...edits].sort((left, right) => left.start - right.start || left.end - right.end);
}

function nodeEdits(document: Document, node: Node, wanted: Node, source: string): readonly JsonEdit[] {
  if (isSame(node, wanted)) return [];
  if (node.type === 'object' && wanted.type === 'object' && hasDistinctKeys(node)) return objectEdits(document, node, wanted, source);
  if (node.type === 'array' && wanted.type === 'array' && isListOfScalars(node) && isListOfScalars(wanted)) return listEdits(document, node, wanted, source);
  const indent = /^[ \t]*/.exec(document.text.slice(document.text.lastIndexOf('\n', node.start - 1) + 1))?.[0] ?? '';
  return [{ start: node.start, end: node.end, newText: textOf(wanted, source, layoutOf(document, indent)) }];
}

function objectEdits(document: Document, node: ObjectNode, wanted: ObjectNode, source: string): readonly JsonEdit[] {
  const wishes = byKey(wanted);
  const added = [...wishes.values()].filter(({ key }) => !node.members.some((member) => member.key.text === key.text));
  const newMember = (member: Member) => (layout: Layout): string => `${JSON.stringify(member.key.text)}: ${textOf(member.value, source, layout)}`;
  const inside = node.members.flatMap((member) => {
    const wish = wishes.get(member.key.text);
    return wish === undefined ? [] : nodeEdits(document, member.value, wish.value, source);
  });
  const isKept = (span: { readonly start: number }): boolean => node.members.some((member) => member.start === span.start && wishes.has(member.key.text));
  return [...inside, ...elementEdits(document, node, isKept, added.map(newMember))];
}

/** A list of texts: elements that stay keep their place, where the new ones follow them. */
function listEdits(document: Document, node: Extract<Node, { type: 'array' }>, wanted: Extract<Node, { type: 'array' }>, source: string): readonly JsonEdit[] {
  const left = wanted.items.map((item) => source.slice(item.start, item.end));
  const kept = new Set<number>();
  let next = 0;
  for (const item of node.items) {
    if (document.text.slice(item.start, item.end) !== left[next]) continue;
    kept.add(item.start);
    next++;
  }
  return elementEdits(document, node, (item) => kept.has(item.start), left.slice(next).map((text) => () => text));
}

function isListOfScalars(node: Extract<Node, { type: 'array' }>): boolean {
  return node.items.every(({ type }) => type !== 'object' && type !== 'array');
}

function hasDistinctKeys(node: ObjectNode): boolean {
  return byKey(node).size === node.members.length;
}

/** A value of another text, laid out anew: an object without objects in it, and a list, on one line. */
function textOf(node: Node, source: string, layout: Layout): string {
  if (node.type === 'object') {
    const members = node.members.map(({ key, value }) => (inner: Layout) => `${JSON.stringify(key.text)}: ${textOf(value, source, inner)}`);
    const isLeaf = node.members.every(({ value }) => value.type !== 'object');
    return block(['{', '}'], members, isLeaf ? { ...layout, severalLines: false } : layout);
  }
  if (node.type === 'array') return `[${node.items.map((item) => textOf(item, source, { ...layout, severalLines: false })).join(', ')}]`;
  return source.slice(node.start, node.end);
}

/** The text of a new file: AWS's own where it has line breaks, else formatted with 2 blanks. */
export function newFileText(content: string): string {
  if (/[\r\n]/.test(content.trim())) return content;
  const document = parseDocument(content);
  if (!isJson(document)) return content;
  const edits = formatDocument(document, { insertSpaces: true, tabSize: 2, insertFinalNewline: true });
  return TextDocument.applyEdits(TextDocument.create('', 'json', 0, content), edits);
}

/** A text with edits made. */
export function withEdits(text: string, edits: readonly JsonEdit[]): string {
  return applyEdits(text, edits.map(({ start, end, newText }) => ({ offset: start, length: end - start, content: newText })));
}

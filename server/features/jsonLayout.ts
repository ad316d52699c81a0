import type { ArrayNode, Document, Member, Node, ObjectNode, Span } from '../core/document/tree.ts';
import { indentationOf, lineEndOf } from './indentation.ts';

/** Replaces a span of a document. The spans of one change do not overlap. */
export interface JsonEdit extends Span {
  readonly newText: string;
}

/** The edit that takes a member out of its object, with the comma that belongs to it. */
export function removeMember(object: ObjectNode, member: Member): JsonEdit {
  return removeElement(object, object.members, member, object.closed);
}

/** The edit that takes an element out of its list, with the comma that belongs to it. */
export function removeItem(list: ArrayNode, item: Node): JsonEdit {
  return removeElement(list, list.items, item, list.closed);
}

function removeElement<Element extends Span>(around: Span, elements: readonly Element[], element: Element, closed: boolean): JsonEdit {
  const index = elements.indexOf(element);
  const next = elements[index + 1];
  if (next !== undefined) return { start: element.start, end: next.start, newText: '' };
  const previous = elements[index - 1];
  if (previous !== undefined) return { start: previous.end, end: element.end, newText: '' };
  return { start: around.start + 1, end: closed ? around.end - 1 : element.end, newText: '' };
}

/** Lays out the members of an object over several lines, at the place where it is inserted. */
export type Block = (...members: readonly string[]) => string;

/** JSON with one blank after colons and inside braces; the blanks go where the author writes none. */
export type NewMember = string | ((block: Block) => string);

/** The edit that adds members to an object, behind `anchor` or as its last, laid out like their neighbours. */
export function insertMembers(document: Document, object: ObjectNode, members: readonly NewMember[], anchor = object.members.at(-1)): JsonEdit {
  const { text } = document;
  const eol = lineEndOf(text);
  const unit = indentationUnit(text);
  const ownLine = anchor !== undefined && startsLine(text, anchor);
  const indent = memberIndent(document, object, anchor);
  const severalLines = text.includes('\n');
  const block: Block = (...inner) => (severalLines
    ? `{${inner.map((member) => `${eol}${indent}${unit}${inStyle(text, member)}`).join(',')}${eol}${indent}}`
    : inStyle(text, `{ ${inner.join(', ')} }`));
  const pieces = members.map((member) => (typeof member === 'string' ? inStyle(text, member) : member(block)));
  const separator = ownLine || (anchor === undefined && severalLines) ? `,${eol}${indent}` : inStyle(text, ', ');
  if (anchor !== undefined) return { start: anchor.end, end: anchor.end, newText: pieces.map((piece) => `${separator}${piece}`).join('') };
  const inside = { start: object.start + 1, end: object.closed ? object.end - 1 : object.start + 1 };
  const content = pieces.join(separator);
  return { ...inside, newText: severalLines ? `${eol}${indent}${content}${eol}${indentAt(text, object.start)}` : inStyle(text, ` ${content} `) };
}

/** The blanks or tabs before a member that `insertMembers` adds at this place. */
export function memberIndent({ text }: Document, object: ObjectNode, anchor = object.members.at(-1)): string {
  if (anchor !== undefined && startsLine(text, anchor)) return indentAt(text, anchor.start);
  return `${indentAt(text, object.start)}${indentationUnit(text)}`;
}

/** One step of the author's indentation; two blanks where nothing is indented. */
export function indentationUnit(text: string): string {
  const indentation = indentationOf(text);
  return indentation?.insertSpaces === false ? '\t' : ' '.repeat(indentation?.tabSize ?? 2);
}

/** A piece of JSON with blanks, as the author writes it: without them in a text that has none after its colons. */
export function inStyle(text: string, json: string): string {
  if (!/":(?!\s)/.test(text) || /":\s/.test(text)) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
}

/** True when only blanks or tabs stand before it on its line, and a line before that. */
export function startsLine(text: string, { start }: Span): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return lineStart > 0 && text.slice(lineStart, start).trim() === '';
}

/** The blanks or tabs at the start of the line that an offset is on. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

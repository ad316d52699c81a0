import type { ArrayNode, Document, Member, Node, ObjectNode, Span } from '../../core/document/tree.ts';
import { indentationOf, lineEndOf } from '../indentation.ts';
import type { FixEdit } from './fix.ts';

/** The edit that takes a member out of its object, with the comma that belongs to it. */
export function removeMember(object: ObjectNode, member: Member): FixEdit {
  return removeElement(object, object.members, member, object.closed);
}

/** The edit that takes an element out of its list, with the comma that belongs to it. */
export function removeItem(list: ArrayNode, item: Node): FixEdit {
  return removeElement(list, list.items, item, list.closed);
}

function removeElement<Element extends Span>(around: Span, elements: readonly Element[], element: Element, closed: boolean): FixEdit {
  const index = elements.indexOf(element);
  const next = elements[index + 1];
  if (next !== undefined) return { start: element.start, end: next.start, newText: '' };
  const previous = elements[index - 1];
  if (previous !== undefined) return { start: previous.end, end: element.end, newText: '' };
  return { start: around.start + 1, end: closed ? around.end - 1 : element.end, newText: '' };
}

/**
 * The edit that adds a member to an object, behind `anchor` or as its last, laid out like its neighbours.
 * @param member JSON with one blank after colons and inside braces; the blanks go where the author writes none.
 */
export function insertMember(document: Document, object: ObjectNode, member: string, anchor = object.members.at(-1)): FixEdit {
  const { text } = document;
  const styled = inStyle(text, member);
  if (anchor !== undefined) {
    const separator = startsLine(text, anchor) ? `,${lineEndOf(text)}${indentAt(text, anchor.start)}` : inStyle(text, ', ');
    return { start: anchor.end, end: anchor.end, newText: `${separator}${styled}` };
  }
  const inside = { start: object.start + 1, end: object.closed ? object.end - 1 : object.start + 1 };
  if (!text.includes('\n')) return { ...inside, newText: inStyle(text, ` ${styled} `) };
  const eol = lineEndOf(text);
  const indentation = indentationOf(text);
  const unit = indentation?.insertSpaces === false ? '\t' : ' '.repeat(indentation?.tabSize ?? 2);
  const indent = indentAt(text, object.start);
  return { ...inside, newText: `${eol}${indent}${unit}${styled}${eol}${indent}` };
}

/** A piece of JSON with blanks, as the author writes it: without them in a text that has none after its colons. */
export function inStyle(text: string, json: string): string {
  if (!/":(?!\s)/.test(text) || /":\s/.test(text)) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
}

function startsLine(text: string, { start }: Span): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return lineStart > 0 && text.slice(lineStart, start).trim() === '';
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

import type { Position, SelectionRange } from 'vscode-languageserver-types';
import { touches, type Document, type Node, type Span } from '../core/document/tree.ts';
import { offsetAt, rangeOf } from './ranges.ts';

/**
 * `textDocument/selectionRange`: from the text inside the quotes out over value, member and the inside of each object
 * or list to the whole document, one answer per position.
 */
export function selectionRanges(document: Document, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = offsetAt(document, position);
    const spans = [{ start: 0, end: document.text.length }, ...(document.root === undefined ? [] : spansIn(document.root, offset))];
    let selection: SelectionRange | undefined;
    let previous: Span | undefined;
    for (const span of spans) {
      if (previous !== undefined && span.start === previous.start && span.end === previous.end) continue;
      selection = { range: rangeOf(document, span), ...(selection === undefined ? {} : { parent: selection }) };
      previous = span;
    }
    return selection ?? { range: rangeOf(document, { start: offset, end: offset }) };
  });
}

/** The spans around an offset, the widest first; each one lies inside the one before. */
function spansIn(node: Node, offset: number): readonly Span[] {
  if (!touches(node, offset)) return [];
  if (node.type === 'string') return [node, ...insideQuotes(node, offset)];
  if (node.type !== 'object' && node.type !== 'array') return [node];
  const interior = { start: node.start + 1, end: node.end - (node.closed ? 1 : 0) };
  if (!touches(interior, offset)) return [node];
  const item = node.type === 'array' ? node.items.find((each) => touches(each, offset)) : undefined;
  if (item !== undefined) return [node, interior, ...spansIn(item, offset)];
  const member = node.type === 'object' ? node.members.find((each) => touches(each, offset)) : undefined;
  if (member === undefined) return [node, interior];
  const { key, value } = member;
  const inner = touches(key, offset) ? [key, ...(key.quoted ? insideQuotes(key, offset) : [])] : spansIn(value, offset);
  return [node, interior, member, ...inner];
}

function insideQuotes({ start, end }: Span, offset: number): readonly Span[] {
  const inside = { start: start + 1, end: end - 1 };
  return inside.end >= inside.start && touches(inside, offset) ? [inside] : [];
}

import type { ArrayNode, Document, ObjectNode, Span } from '../../core/document/tree.ts';
import { indentationUnit, indentAt, inStyle, startsLine, type JsonEdit } from '../../features/jsonLayout.ts';
import { lineEndOf } from '../../features/indentation.ts';

/** How new text is to be laid out at its place. */
export interface Layout {
  /** The blanks or tabs before its lines but the first. */
  readonly indent: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
  /** False in a text that is written on one line. */
  readonly severalLines: boolean;
}

/** Text of a new element, JSON with one blank after colons and inside braces. */
export type NewElement = (layout: Layout) => string;

/** The layout of a whole document. */
export function layoutOf({ text }: Document, indent = ''): Layout {
  return { indent, unit: indentationUnit(text), eol: lineEndOf(text), severalLines: text.includes('\n') };
}

/** A list or object over several lines, or on one line in a text that is written so. */
export function block(brackets: readonly [string, string], elements: readonly NewElement[], layout: Layout): string {
  const [open, close] = brackets;
  if (elements.length === 0) return `${open}${close}`;
  const blank = open === '{' ? ' ' : '';
  if (!layout.severalLines) return `${open}${blank}${elements.map((element) => element(layout)).join(', ')}${blank}${close}`;
  const inner = { ...layout, indent: `${layout.indent}${layout.unit}` };
  return `${open}${elements.map((element) => `${layout.eol}${inner.indent}${element(inner)}`).join(',')}${layout.eol}${layout.indent}${close}`;
}

/**
 * The edits that take elements out of a list or object and add others at its end, laid out like their neighbours. The
 * text of every element that stays is left to other edits.
 */
export function elementEdits(document: Document, container: ArrayNode | ObjectNode, isKept: (element: Span) => boolean, added: readonly NewElement[]): readonly JsonEdit[] {
  const { text } = document;
  const elements: readonly Span[] = container.type === 'object' ? container.members : container.items;
  const lastKept = elements.findLastIndex(isKept);
  const [first, last] = [elements[0], elements.at(-1)];
  if (first === undefined || last === undefined) return added.length === 0 ? [] : [filled(document, container, added)];
  if (lastKept < 0 && added.length === 0) return [{ start: container.start + 1, end: container.end - 1, newText: '' }];
  const edits: JsonEdit[] = [];
  for (const [index, element] of elements.slice(0, lastKept + 1).entries()) {
    const next = elements[index + 1];
    if (!isKept(element) && next !== undefined) edits.push({ start: element.start, end: next.start, newText: '' });
  }
  const anchor = elements[lastKept];
  const model = anchor ?? first;
  const ownLine = startsLine(text, model);
  const layout = layoutOf(document, indentAt(text, model.start));
  const separator = ownLine ? `,${layout.eol}${layout.indent}` : inStyle(text, ', ');
  const severalLines = layout.severalLines && ownLine;
  const pieces = added.map((element) => (severalLines ? element(layout) : inStyle(text, element({ ...layout, severalLines }))));
  const newText = anchor === undefined ? pieces.join(separator) : pieces.map((piece) => `${separator}${piece}`).join('');
  const place = { start: anchor?.end ?? first.start, end: last.end };
  if (newText !== '' || place.start < place.end) edits.push({ ...place, newText });
  return edits;
}

/** The first elements of an empty list or object. */
function filled(document: Document, container: ArrayNode | ObjectNode, added: readonly NewElement[]): JsonEdit {
  const layout = layoutOf(document, indentAt(document.text, container.start));
  const brackets = container.type === 'object' ? (['{', '}'] as const) : (['[', ']'] as const);
  const newText = block(brackets, added, layout);
  return { start: container.start, end: container.end, newText: layout.severalLines ? newText : inStyle(document.text, newText) };
}

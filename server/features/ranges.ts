import type { Position, Range } from 'vscode-languageserver-types';
import type { Document, Span } from '../core/document/tree.ts';

const lineFeed = 10;
const carriageReturn = 13;

/** Where the lines of a text start; derived from an immutable document, so it can never be stale. */
const lineIndexes = new WeakMap<Document, readonly number[]>();

/** The offsets at which the lines start, in UTF-16 code units; lines end with LF, CR LF or CR, as in LSP. */
export function lineStarts(document: Document): readonly number[] {
  const known = lineIndexes.get(document);
  if (known !== undefined) return known;
  const { text } = document;
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(offset + 1) !== lineFeed)) starts.push(offset + 1);
  }
  lineIndexes.set(document, starts);
  return starts;
}

/** The LSP position (zero-based line, UTF-16 character) of an offset; offsets outside the text are moved to its ends. */
export function positionAt(document: Document, offset: number): Position {
  const starts = lineStarts(document);
  const inside = Math.max(0, Math.min(offset, document.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: inside - (starts[low] ?? 0) };
}

/** The LSP range of a span. */
export function rangeOf(document: Document, span: Span): Range {
  return { start: positionAt(document, span.start), end: positionAt(document, span.end) };
}

/** The offset of an LSP position; a character beyond the line's end is the line's end, a line beyond the last the text's end. */
export function offsetAt(document: Document, position: Position): number {
  const starts = lineStarts(document);
  if (position.line < 0) return 0;
  const start = starts[position.line];
  if (start === undefined) return document.text.length;
  return Math.max(start, Math.min(start + position.character, lineEnd(document, position.line)));
}

/** The offset behind the last character of a line, its line break left out. */
export function lineEnd(document: Document, line: number): number {
  const { text } = document;
  const starts = lineStarts(document);
  let end = starts[line + 1] ?? text.length;
  if (starts[line + 1] === undefined) return end;
  if (text.charCodeAt(end - 1) === lineFeed) end -= 1;
  if (text.charCodeAt(end - 1) === carriageReturn && end > (starts[line] ?? 0)) end -= 1;
  return end;
}

import type { Position, TextEdit } from 'vscode-languageserver-types';
import { parseDocument } from '../../server/core/document/parse.ts';
import { offsetAt, positionAt } from '../../server/features/ranges.ts';

export interface Cursor {
  readonly text: string;
  readonly offset: number;
  readonly position: Position;
}

/** Takes the mark `|` out of a text and says where it stood. */
export function cursorIn(marked: string): Cursor {
  const offset = marked.indexOf('|');
  if (offset < 0 || marked.includes('|', offset + 1)) throw new Error(`The text needs exactly one cursor |: ${marked}`);
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, offset, position: positionAt(parseDocument(text), offset) };
}

/** The text after the edits, which must not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const document = parseDocument(text);
  const spans = edits.map((edit) => ({ start: offsetAt(document, edit.range.start), end: offsetAt(document, edit.range.end), newText: edit.newText }));
  spans.sort((left, right) => right.start - left.start || right.end - left.end);
  let result = text;
  let limit = text.length;
  for (const { start, end, newText } of spans) {
    if (end > limit || end < start) throw new Error('The edits overlap.');
    result = result.slice(0, start) + newText + result.slice(end);
    limit = start;
  }
  return result;
}

/** A snippet as it stands after it is inserted and nothing else is typed: tab stops as `|`, defaults kept, first choices taken. */
export function expanded(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^,|\\])*)(?:,(?:\\.|[^|\\])*)?\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/\$\d+|\$\{\d+\}/g, '|')
    .replace(/\\([$}\\,|])/g, '$1');
}

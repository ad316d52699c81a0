import { format, type Edit, type FormattingOptions } from 'jsonc-parser';
import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Document, Node, Span } from '../core/document/tree.ts';
import { indentationOf, lineEndOf } from './indentation.ts';
import { rangeOf } from './ranges.ts';

/** What an editor asks for; the author's own indentation wins where the text has one. */
export interface FormattingRequest {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly insertFinalNewline?: boolean;
}

/** An object or list that is longer in one line, in characters without white space, is laid out over several lines. */
const widestLine = 100;

/** jsonc-parser remembers line breaks with fewer blanks than this, and has no content for an edit with exactly as many. */
const rememberedIndentation = 200;

/**
 * `textDocument/formatting`: one member a line, with the author's indentation and line ends. What the author wrote on
 * one line stays there as long as it is short or holds no further object: `{ "@@assign": "35" }`.
 * Nothing is changed in a text that is not valid JSON or has template tokens in place of values.
 */
export function formatDocument(document: Document, request: FormattingRequest): TextEdit[] {
  return formatted(document, request);
}

/** `textDocument/rangeFormatting`: the same for the lines of a range; one that ends at the start of a line leaves that line out. */
export function formatRange(document: Document, { start, end }: Range, request: FormattingRequest): TextEdit[] {
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return formatted(document, request).filter((edit) => edit.range.end.line >= start.line && edit.range.end.line <= lastLine);
}

function formatted(document: Document, request: FormattingRequest): TextEdit[] {
  const { text, root } = document;
  if (root === undefined || document.problems.length > 0 || document.templated) return [];
  const { insertSpaces, tabSize } = indentationOf(text) ?? request;
  const insertFinalNewline = request.insertFinalNewline === true || /[\r\n]$/.test(text);
  const options: FormattingOptions = { insertSpaces, tabSize, eol: lineEndOf(text), insertFinalNewline };
  const kept = oneLiners(text, root);
  let next = 0;
  const deep = lineEndOf(text) + (insertSpaces ? ' ' : '\t').repeat(rememberedIndentation);
  return format(text, undefined, options).map((edit) => ({ ...edit, content: (edit.content as string | undefined) ?? deep })).flatMap((edit) => {
    while ((kept[next]?.end ?? Infinity) <= edit.offset) next++;
    const span = kept[next];
    const inside = span !== undefined && edit.offset > span.start && edit.offset + edit.length < span.end;
    const content = inside ? onOneLine(text, edit) : edit.content;
    const place = { start: edit.offset, end: edit.offset + edit.length };
    return content === text.slice(place.start, place.end) ? [] : [{ range: rangeOf(document, place), newText: content }];
  });
}

/** What stands between two tokens of an object or list on one line: `{ "key": value, … }`, `[value, …]`. */
function onOneLine(text: string, { offset, length, content }: Edit): string {
  if (!content.includes('\n')) return content;
  const bracket = text[offset - 1] === '[' || text[offset + length] === ']';
  return bracket ? '' : ' ';
}

/** The outermost objects and lists that stay on the one line that they are on, in the order of the text. */
function oneLiners(text: string, root: Node): readonly Span[] {
  const severalLines = text.trim().includes('\n');
  const spans: Span[] = [];
  const visit = (node: Node): void => {
    if (node.type !== 'object' && node.type !== 'array') return;
    const children = node.type === 'object' ? node.members.map((member) => member.value) : node.items;
    const innermost = children.every((child) => child.type !== 'object');
    const wished = severalLines ? innermost || fits(text, node) : innermost && fits(text, node);
    if (node !== root && wished && !/[\r\n]/.test(text.slice(node.start, node.end))) spans.push(node);
    else children.forEach(visit);
  };
  visit(root);
  return spans;
}

function fits(text: string, { start, end }: Span): boolean {
  if (end - start > 4 * widestLine) return false;
  return text.slice(start, end).replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1').length <= widestLine;
}

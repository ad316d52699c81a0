import { applyEdits, format, type FormattingOptions } from 'jsonc-parser';
import type { TextEdit } from 'vscode-languageserver-types';
import type { Document, Node, Span } from '../core/document/tree.ts';
import { indentationOf } from './indentation.ts';
import { rangeOf } from './ranges.ts';

/** What an editor asks for; the author's own indentation wins where the text has one. */
export interface FormattingRequest {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/**
 * `textDocument/formatting`: indents and spaces the text, keeps the author's indentation step, line breaks and
 * line ends, so that one-line operators stay on one line. A text without line breaks is laid out anew.
 * Nothing is changed in a text that is not valid JSON or has template tokens in place of values.
 */
export function formatDocument(document: Document, request: FormattingRequest): TextEdit[] {
  const { text, root } = document;
  if (root === undefined || document.problems.length > 0 || hasTemplates(root)) return [];
  const indented = /^[ \t]+\S/m.test(text);
  const indentation = indented ? indentationOf(text) : request;
  const options: FormattingOptions = { ...indentation, eol: text.includes('\r\n') ? '\r\n' : '\n', insertFinalNewline: text.endsWith('\n') };
  const next = text.trim().includes('\n') ? formatted(text, { ...options, keepLines: true }) : laidOut(text, options);
  return next === text ? [] : [changedPart(document, next)];
}

function formatted(text: string, options: FormattingOptions): string {
  return applyEdits(text, format(text, undefined, options));
}

/** A new layout: a setting with one operator stays on one line, as people write it. */
function laidOut(text: string, options: FormattingOptions): string {
  const wide = formatted(text, options);
  return wide.replace(/\{\s*("@@[a-z_]+": (?:"(?:[^"\\]|\\.)*"|[\w.+-]+|\[[^[\]{}]*\]))\s*\}/gi, (_whole, operator: string) => `{ ${oneLine(operator)} }`);
}

function oneLine(operator: string): string {
  return operator.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ' ')).replace(/\[ /g, '[').replace(/ \]/g, ']');
}

function hasTemplates(node: Node): boolean {
  if (node.type === 'template') return true;
  if (node.type === 'array') return node.items.some(hasTemplates);
  return node.type === 'object' && node.members.some((member) => !member.key.quoted || hasTemplates(member.value));
}

function changedPart(document: Document, next: string): TextEdit {
  const old = document.text;
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++;
  const span: Span = { start, end: old.length - end };
  return { range: rangeOf(document, span), newText: next.slice(start, next.length - end) };
}

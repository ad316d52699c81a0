import type { Document, Span } from '../../core/document/tree.ts';
import { indentAt, indentationUnit } from '../jsonLayout.ts';
import { lineEndOf } from '../indentation.ts';

/**
 * A piece of one document as it stands in another: the same text with the line ends and the indentation of its new
 * place; in a document of one line, on one line.
 * @param indent the blanks or tabs before the line that it will start on.
 */
export function movedText(source: Document, { start, end }: Span, target: Document, indent: string): string {
  const lines = source.text.slice(start, end).split(/\r\n|\n|\r/);
  if (lines.length === 1) return source.text.slice(start, end);
  if (!target.text.includes('\n')) return lines.map((line) => line.trim()).join(' ');
  const before = indentAt(source.text, start);
  const [from, to] = [indentationUnit(source.text), indentationUnit(target.text)];
  const [first, ...others] = lines;
  const moved = others.map((line) => {
    if (line.trim() === '') return '';
    const inner = line.startsWith(before) ? line.slice(before.length) : line.trimStart();
    const blanks = /^[ \t]*/.exec(inner)?.[0] ?? '';
    const steps = Math.floor(blanks.length / from.length);
    const same = blanks.startsWith(from.repeat(steps));
    return `${indent}${same ? to.repeat(steps) + blanks.slice(steps * from.length) : blanks}${inner.slice(blanks.length)}`;
  });
  return [first, ...moved].join(lineEndOf(target.text));
}

import type { Document, Span } from '../../core/document/tree.ts';
import type { JsonEdit } from '../jsonLayout.ts';
import type { Place } from './place.ts';

/** Replaces a span of a document. The spans of one fix do not overlap. */
export type FixEdit = JsonEdit;

/** One way to mend a problem. */
export interface Fix {
  /** A sentence without a full stop, as a light bulb shows it. */
  readonly title: string;
  readonly edits: readonly FixEdit[];
  /** True when the author can have meant nothing else, and no backup is kept shorter for it. */
  readonly certain: boolean;
}

/** The ways to mend a problem of one rule, the best first; empty when there is none. */
export type Fixer = (place: Place) => readonly Fix[];

/** The edit that makes a span read `newText` and touches only what differs. */
export function replacement({ text }: Document, span: Span, newText: string): FixEdit {
  const old = text.slice(span.start, span.end);
  const shorter = Math.min(old.length, newText.length);
  let head = 0;
  while (head < shorter && old[head] === newText[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === newText[newText.length - 1 - tail]) tail++;
  return { start: span.start + head, end: span.end - tail, newText: newText.slice(head, newText.length - tail) };
}

/** The edit that puts a text at an offset. */
export function insertion(offset: number, newText: string): FixEdit {
  return { start: offset, end: offset, newText };
}

/** The text after edits that do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly FixEdit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, newText } of [...edits].sort((left, right) => left.start - right.start || left.end - right.end)) {
    parts.push(text.slice(done, start), newText);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

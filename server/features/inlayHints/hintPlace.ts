import type { InlayHint, InlayHintLabelPart } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import type { Operation } from '../../core/merge/statements.ts';
import type { Source } from '../../core/merge/trace.ts';
import type { Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { documentOf } from '../diagnostics.ts';
import { positionAt, rangeOf } from '../ranges.ts';
import { sourceName } from '../sourceName.ts';

/** So many characters of a value are shown. */
const mostCharacters = 40;

/** A hint behind the place that it speaks of. @param tooltip Markdown. */
export function hintAt(document: Document, offset: number, label: InlayHint['label'], tooltip?: string): InlayHint {
  return { position: positionAt(document, offset), label, paddingLeft: true, ...(tooltip === undefined ? {} : { tooltip: { kind: 'markdown', value: tooltip } }) };
}

/** Where a hint about a whole operator stands: behind its value; of a list over several lines behind the bracket that opens it. */
export function operationOffset(document: Document, { span }: Operation): number {
  if (positionAt(document, span.start).line === positionAt(document, span.end).line) return span.end;
  const bracket = document.text.indexOf('[', span.start);
  return bracket < 0 || bracket >= span.end ? span.end : bracket + 1;
}

/** A policy at its level, which leads to a place in it. */
export function sourcePart(snapshot: Snapshot, source: Source, span: Span): InlayHintLabelPart {
  const document = documentOf(snapshot, source.policy.uri);
  const value = sourceName(source.level, source.policy.name);
  return document === undefined ? { value } : { value, location: { uri: source.policy.uri, range: rangeOf(document, span) } };
}

/** A value in a hint: on one line, and of a long one the start. */
export function shortened(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length <= mostCharacters ? flat : `${flat.slice(0, mostCharacters - 1).trimEnd()}…`;
}

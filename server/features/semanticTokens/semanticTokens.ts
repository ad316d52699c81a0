import type { Range, SemanticTokens } from 'vscode-languageserver-types';
import type { Document, Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentTarget } from '../documentTarget.ts';
import { overriding } from '../inheritanceIndex.ts';
import { lexemeAt } from '../lexemes.ts';
import { offsetAt, positionAt } from '../ranges.ts';
import { spokenInheritances } from '../spokenInheritances.ts';
import { markedKeys, type MarkedKey } from './markedKeys.ts';
import { tokenModifiers, tokenTypes } from './tokenModifiers.ts';

/** What semantic tokens depend on besides the snapshot. */
export interface SemanticTokensRequest {
  readonly uri: string;
  /** Undefined for the whole document. */
  readonly range?: Range;
  /** The target that the user chose last. */
  readonly chosen: TargetRef | undefined;
}

/** `textDocument/semanticTokens` of a policy: the keys and operators to which inheritance does something at the target; none without a model. */
export function semanticTokens(snapshot: Snapshot, { uri, range, chosen }: SemanticTokensRequest): SemanticTokens {
  const policy = snapshot.policies.get(uri);
  const target = policy === undefined ? undefined : documentTarget(snapshot, uri, chosen);
  if (policy?.statements === undefined || target === undefined) return { data: [] };
  const { document, statements } = policy;
  const relations = overriding(snapshot, uri).statements;
  const isHere = ({ at }: { readonly at: { readonly path: string } }): boolean => target.place === undefined || at.path === target.place.path;
  const keys = markedKeys({
    inheritances: spokenInheritances(snapshot, uri, target),
    isIdle: (span) => relations.get(span.start)?.noEffect.some(isHere) === true,
    isBlocked: (span) => relations.get(span.start)?.blocked.some(isHere) === true,
  }, statements);
  const start = range === undefined ? 0 : offsetAt(document, range.start);
  const end = range === undefined ? document.text.length : offsetAt(document, range.end);
  return { data: encoded(document, [...keys].map((key) => ({ ...key, span: textSpan(document, key.span) })).filter(({ span }) => span.end >= start && span.start <= end)) };
}

/** The first token of a span without its quotes, so that brackets and quotes keep their look. */
function textSpan({ text }: Document, { start }: Span): Span {
  const { end } = lexemeAt(text, start, -1);
  const quoted = text[start] === '"';
  return { start: quoted ? start + 1 : start, end: quoted && end > start + 1 && text[end - 1] === '"' ? end - 1 : end };
}

/** Five numbers for each token: lines and characters since the one before, length, type and modifiers. */
function encoded(document: Document, keys: readonly MarkedKey[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { span, type, modifiers } of [...keys].sort((left, right) => left.span.start - right.span.start)) {
    const start = positionAt(document, span.start);
    if (span.end <= span.start || positionAt(document, span.end).line !== start.line) continue;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0);
    data.push(start.line - line, start.line === line ? start.character - character : start.character, span.end - span.start, tokenTypes.indexOf(type), bits);
    ({ line, character } = start);
  }
  return data;
}

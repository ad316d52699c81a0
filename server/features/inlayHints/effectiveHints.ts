import type { InlayHint } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import { effectiveAt } from '../../core/merge/effective.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { documentOf } from '../diagnostics.ts';
import { targetTree, type DocumentTarget } from '../documentTarget.ts';
import { valueMarkdown } from '../effectiveValue.ts';
import { chainMarkdown } from '../hover/provenance.ts';
import { childBlock, targetPhrase, inheritanceOf } from '../inheritance.ts';
import { overriding } from '../inheritanceIndex.ts';
import { rangeOf } from '../ranges.ts';
import { sourceName } from '../sourceName.ts';
import { hintAt, operationOffset, sourcePart } from './hintPlace.ts';
import { originsOf, shortValue } from './shortValue.ts';
import type { StatedOperation } from './statedOperations.ts';

/** What is effective at the target where it is not what a statement says: another value, none, or another one further below. */
export function effectiveHint(snapshot: Snapshot, document: Document, uri: string, target: DocumentTarget, { operation, path }: StatedOperation): InlayHint | undefined {
  const offset = operationOffset(document, operation);
  const leaf = effectiveAt(targetTree(snapshot, target), path);
  if (leaf === undefined && target.place !== undefined) {
    const block = childBlock(inheritanceOf(snapshot, target), path);
    return block === undefined ? undefined : hintAt(document, offset, [{ value: 'kept out by ' }, sourcePart(snapshot, block.control.source, block.control.span)]);
  }
  const entry = leaf === undefined || leaf.kind === 'container' ? undefined : leaf.trace.find(({ statement }) => statement.source.policy.uri === uri && statement.source.level.path === target.place?.path && statement.span.start === operation.span.start);
  if (leaf !== undefined && leaf.kind !== 'container' && entry !== undefined && entry.outcome.type !== 'applied') {
    const [origin] = originsOf(leaf);
    const from = origin === undefined ? [] : [{ value: ' from ' }, sourcePart(snapshot, origin.source, origin.span)];
    return hintAt(document, offset, [{ value: `effective: ${shortValue(leaf)}` }, ...from], `Effective for ${targetPhrase(target)}: ${valueMarkdown(leaf)}\n\n${chainMarkdown(snapshot, leaf)}`);
  }
  return overriddenBelow(snapshot, document, uri, target, operation.span.start, offset);
}

function overriddenBelow(snapshot: Snapshot, document: Document, uri: string, { organization, place }: DocumentTarget, start: number, offset: number): InlayHint | undefined {
  const refs = (overriding(snapshot, uri).statements.get(start)?.overriddenBy ?? []).filter((ref) => place === undefined || (ref.organization === organization.uri && `${ref.level.path}/`.startsWith(`${place.path}/`)));
  const [first] = refs;
  if (first === undefined) return undefined;
  const names = refs.map((ref) => sourceName(ref.level, ref.policy));
  if (refs.length > 1) return hintAt(document, offset, `overridden at ${String(new Set(refs.map(({ level }) => level.path)).size)} levels`, names.map((name) => `- ${name}`).join('\n'));
  const other = documentOf(snapshot, first.uri);
  const location = other === undefined ? {} : { location: { uri: first.uri, range: rangeOf(other, first.span) } };
  return hintAt(document, offset, [{ value: 'overridden by ' }, { value: names.join(), ...location }]);
}

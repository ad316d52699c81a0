import type { InlayHint, InlayHintLabelPart } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import type { EffectiveLeaf } from '../../core/merge/effective.ts';
import type { ValueOperator } from '../../core/merge/operators.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { valueMarkdown } from '../effectiveValue.ts';
import { chainMarkdown } from '../hover/provenance.ts';
import { inheritedAt, operatorBlock, targetPhrase, type Inheritance } from '../inheritance.ts';
import { hintAt, operationOffset, sourcePart } from './hintPlace.ts';
import { originsOf, shortValue } from './shortValue.ts';
import type { StatedOperation } from './statedOperations.ts';

const words: Readonly<Record<ValueOperator, string>> = { assign: 'overrides', append: 'extends', remove: 'narrows' };

/**
 * What higher levels hand down, beside a statement that takes its place, extends or narrows it. Nothing where the
 * statement is blocked or would remove what is not there, and nothing where it inherits another value at one place of
 * attachment than at another.
 */
export function inheritedHint(snapshot: Snapshot, document: Document, inheritances: readonly Inheritance[], stated: StatedOperation): InlayHint | undefined {
  const [hint, ...others] = inheritances.map((inheritance) => hintOf(snapshot, document, inheritance, stated));
  return others.every((other) => JSON.stringify(other?.label) === JSON.stringify(hint?.label)) ? hint : undefined;
}

function hintOf(snapshot: Snapshot, document: Document, inheritance: Inheritance, { operation, path }: StatedOperation): InlayHint | undefined {
  const inherited = inheritedAt(inheritance, path);
  if (inherited === undefined || inherited.kind === 'container' || inherited.value === undefined) return undefined;
  if (operatorBlock(inheritance, path, operation.operator) !== undefined) return undefined;
  const texts = textsOf(inherited);
  const values = operation.values.map(({ text }) => text);
  if (operation.operator === 'remove' && !values.some((text) => texts.includes(text))) return undefined;
  const isSame = operation.operator === 'assign' && values.length === texts.length && values.every((text, index) => text === texts[index]) && operation.values.every(({ unknown }) => !unknown);
  const said = isSame ? 'same as ' : `${words[operation.operator]} ${shortValue(inherited)} from `;
  const tooltip = `${handedDown(inheritance)}: ${valueMarkdown(inherited)}\n\n${chainMarkdown(snapshot, inherited)}`;
  return hintAt(document, operationOffset(document, operation), [{ value: said }, ...originParts(snapshot, inherited)], tooltip);
}

function handedDown({ target }: Inheritance): string {
  return target === undefined || (target.place === undefined && target.places > 1) ? 'Higher levels hand down' : `Higher levels hand down to ${targetPhrase(target)}`;
}

function originParts(snapshot: Snapshot, leaf: EffectiveLeaf): InlayHintLabelPart[] {
  const origins = originsOf(leaf);
  const [first, second, ...more] = origins.map(({ source, span }) => sourcePart(snapshot, source, span));
  if (first === undefined || more.length > 0) return [{ value: `${String(origins.length)} policies` }];
  return second === undefined ? [first] : [first, { value: ' and ' }, second];
}

function textsOf({ value }: EffectiveLeaf): readonly string[] {
  if (value === undefined) return [];
  return (value.kind === 'single' ? [value.element] : value.elements).map(({ text }) => text);
}

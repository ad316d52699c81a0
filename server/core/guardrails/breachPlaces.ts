import { placeOf, type Place } from '../advice/effectivePlaces.ts';
import type { EffectiveContainer, EffectiveElement } from '../merge/effective.ts';
import type { Source, Statement } from '../merge/trace.ts';

/** The place and the author of a value. */
export function setBy(element: EffectiveElement): { readonly place: Place; readonly origin: string } {
  return { place: placeOf(element), origin: sourceText(element.origin.source) };
}

/** The place and the author of a statement, unknown without one. */
export function stated(statement: Statement | undefined): { readonly place: Place | undefined; readonly origin: string | undefined } {
  if (statement === undefined) return { place: undefined, origin: undefined };
  const { start, end } = statement.span;
  return { place: { uri: statement.source.policy.uri, span: { start, end } }, origin: sourceText(statement.source) };
}

/** The policy that brought a group in. */
export function introducer(node: EffectiveContainer): string | undefined {
  const [first] = node.contributors;
  return first === undefined ? undefined : sourceText(first);
}

function sourceText({ policy, level }: Source): string {
  return `${policy.name} at ${level.path}`;
}

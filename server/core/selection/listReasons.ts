import type { Place } from '../advice/effectivePlaces.ts';
import { effectiveAt, type EffectiveContainer, type EffectiveElement, type EffectiveLeaf } from '../merge/effective.ts';
import type { Source, Statement, TraceEntry } from '../merge/trace.ts';
import { explanation, type Explanation } from './requirement.ts';

/** A list setting of a plan or selection as AWS Backup gets it. */
export interface SelectionList {
  readonly leaf: EffectiveLeaf | undefined;
  /** Without the elements that a template fills in later. */
  readonly elements: readonly EffectiveElement[];
  /** True when a template brings elements that are not known. */
  readonly open: boolean;
}

/** The list setting at a key; an absent one has no elements. */
export function listOf(node: EffectiveContainer, key: string): SelectionList {
  const leaf = effectiveAt(node, [key]);
  if (leaf === undefined || leaf.kind === 'container' || leaf.value?.kind !== 'list') return { leaf: undefined, elements: [], open: false };
  const elements = leaf.value.elements.filter((element) => !element.unknown);
  return { leaf, elements, open: elements.length < leaf.value.elements.length };
}

/**
 * Why a list lacks an element that would have been wanted: the message goes on with who took it out or wanted it in
 * vain, and the place is that statement; otherwise the place is the statement that decides on the list.
 * @param isWanted tells the elements that would meet the requirement.
 */
export function missingElement(message: string, { leaf }: SelectionList, isWanted: (text: string) => boolean): Explanation {
  for (const entry of [...(leaf?.trace ?? [])].reverse()) {
    const value = entry.statement.values.find(({ unknown, text }) => !unknown && isWanted(text));
    const words = value === undefined ? undefined : lossOf(entry);
    if (words !== undefined && value !== undefined) return explanation(`${message} (${words})`, placeIn(entry.statement, value.span));
  }
  const decisive = leaf?.trace.findLast(({ outcome }) => outcome.type === 'applied')?.statement;
  return explanation(message, decisive === undefined ? undefined : placeIn(decisive, decisive.span));
}

function placeIn({ source }: Statement, { start, end }: Place['span']): Place {
  return { uri: source.policy.uri, span: { start, end } };
}

/** Who keeps an element out of a list, in words; undefined for a statement that put it there or had no part in it. */
function lossOf({ statement, outcome }: TraceEntry): string | undefined {
  const who = nameOf(statement.source);
  if (statement.operator === 'remove') return outcome.type === 'applied' ? `${who} removes it` : undefined;
  switch (outcome.type) {
    case 'applied':
      return undefined;
    case 'overridden':
      return `${who} lists it, and ${nameOf(outcome.by.source)} ${outcome.by.operator === 'remove' ? 'removes it' : 'replaces the list'}`;
    case 'blocked':
      return `${who} lists it, and a control of ${nameOf(outcome.by.source)} keeps that out`;
    case 'noEffect':
      return outcome.reason.type === 'laterPeer' ? `${who} lists it, and ${outcome.reason.first.source.policy.name}, which is attached before, decides` : undefined;
  }
}

function nameOf({ level, policy }: Source): string {
  return level.path === '' ? policy.name : `${policy.name} at ${level.path}`;
}

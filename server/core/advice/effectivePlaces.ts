import type { Span } from '../document/tree.ts';
import { effectiveAt, type EffectiveContainer, type EffectiveElement, type EffectiveNode } from '../merge/effective.ts';
import { statedAt } from '../merge/statements.ts';
import type { RelatedPlace } from '../problem.ts';

/** A place in a policy. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** The element that a single setting has; undefined when it has none, or one that a template fills in later. */
export function singleAt(node: EffectiveContainer, ...path: readonly string[]): EffectiveElement | undefined {
  const leaf = effectiveAt(node, path);
  return leaf !== undefined && leaf.kind !== 'container' && leaf.value?.kind === 'single' && !leaf.value.element.unknown ? leaf.value.element : undefined;
}

/** The whole number that a single setting has: days or minutes. */
export function numberAt(node: EffectiveContainer, ...path: readonly string[]): { readonly value: number; readonly element: EffectiveElement } | undefined {
  const element = singleAt(node, ...path);
  return element === undefined || !/^\d+$/.test(element.text) ? undefined : { value: Number(element.text), element };
}

/** The elements of a list setting that are known; empty when it is not set. */
export function listAt(node: EffectiveNode, ...path: readonly string[]): readonly EffectiveElement[] {
  const leaf = node.kind === 'container' ? effectiveAt(node, path) : node;
  return leaf !== undefined && leaf.kind !== 'container' && leaf.value?.kind === 'list' ? leaf.value.elements.filter((element) => !element.unknown) : [];
}

/** Where the value stands in the policy that set it. */
export function placeOf({ text, origin }: EffectiveElement): Place {
  const value = origin.values.find((each) => each.text === text);
  return { uri: origin.source.policy.uri, span: plain((value ?? origin).span) };
}

/** Where the policy that introduced a group names it; undefined for one that no policy states. */
export function introductionOf(node: EffectiveContainer): Place | undefined {
  for (const { policy } of node.contributors) {
    const stated = statedAt(policy.content, node.path);
    if (stated !== undefined) return { uri: policy.uri, span: plain(stated.keySpan) };
  }
  return undefined;
}

/** True when a template brings a part of a group: what is missing may come with it. */
export function mayHoldMore(node: EffectiveContainer): boolean {
  return node.contributors.some(({ policy }) => {
    const stated = statedAt(policy.content, node.path);
    return stated?.kind === 'container' && stated.templated;
  });
}

/** True when a template may still bring members into a group or one of its groups. */
export function isTemplated(owner: EffectiveContainer, key: string): boolean {
  const child = owner.children.get(key);
  return mayHoldMore(owner) || (child?.kind === 'container' && mayHoldMore(child));
}

/** The one of two values that was set at the lower level, where it can be mended without touching other accounts; else the first. */
export function deeper(first: EffectiveElement, second: EffectiveElement): readonly [lower: EffectiveElement, other: EffectiveElement] {
  return second.origin.source.level.depth > first.origin.source.level.depth ? [second, first] : [first, second];
}

/** Another value that has a part in a finding. */
export function related(element: EffectiveElement, what: string): RelatedPlace {
  const { source } = element.origin;
  const who = source.level.path === '' ? source.policy.name : `${source.policy.name} at ${source.level.path}`;
  return { ...placeOf(element), message: `${who} sets ${what} ${element.text}` };
}

function plain({ start, end }: Span): Span {
  return { start, end };
}

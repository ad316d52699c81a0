import type { Span } from '../document/tree.ts';
import type { EffectiveContainer, EffectiveLeaf, EffectiveNode } from './effective.ts';
import type { Stated } from './statements.ts';
import type { Control, IgnoredStatement, NoEffect, Source, Statement } from './trace.ts';

/**
 * What a statement does to one of another policy.
 * - `overrides`: nothing of the other is left.
 * - `extends`: it appends to a list that the other has a part in.
 * - `narrows`: it removes some of the other's values from a list.
 */
export type Bearing = 'overrides' | 'extends' | 'narrows';

/** One thing that the policies of one entity do to what its parents hand down, to each other, or in vain. */
export type Relation =
  | { readonly type: 'bearing'; readonly bearing: Bearing; readonly by: Statement; readonly of: Statement; readonly path: readonly string[] }
  /** A container of `earlier` to which `source` adds something, or in which it changes something. */
  | { readonly type: 'container'; readonly source: Source; readonly earlier: Source; readonly path: readonly string[] }
  /** A statement, a control or a key that a control of a higher level keeps out; `span` is where it stands. */
  | { readonly type: 'blocked'; readonly source: Source; readonly span: Span; readonly by: Control; readonly path: readonly string[] }
  | { readonly type: 'noEffect'; readonly statement: Statement; readonly reason: NoEffect; readonly path: readonly string[] };

/**
 * What the policies of one entity do, read from the traces of its merge; subtrees that they do not mention are
 * passed over. A policy has no relation to itself, also not where it is attached at two levels of a path.
 * @param inherited what the parent hands down, the tree that `merged` was made from.
 */
export function relationsOf(inherited: EffectiveContainer, merged: { readonly tree: EffectiveContainer; readonly ignored: readonly IgnoredStatement[] }): readonly Relation[] {
  const relations: Relation[] = [];
  visit(inherited, merged.tree, relations);
  for (const each of merged.ignored) {
    if (each.type === 'control') relations.push({ type: 'blocked', source: each.control.source, span: each.control.span, by: each.by, path: each.path });
  }
  return relations;
}

function visit(before: EffectiveNode | undefined, after: EffectiveNode, relations: Relation[]): void {
  if (before === after) return;
  if (after.kind !== 'container') {
    leafRelations(before === undefined || before.kind === 'container' ? undefined : before, after, relations);
    return;
  }
  const known = before?.kind === 'container' ? before : undefined;
  if (after.path.length > 0) containerRelations(known, after, relations);
  for (const { stated, source, path, by } of after.refused.slice(known?.refused.length ?? 0)) {
    relations.push({ type: 'blocked', source, span: stated.keySpan, by, path });
    refusedWithin(stated, path, { source, by }, relations);
  }
  for (const [key, child] of after.children) visit(known?.children.get(key), child, relations);
}

function containerRelations(before: EffectiveContainer | undefined, { contributors, path }: EffectiveContainer, relations: Relation[]): void {
  for (let index = before?.contributors.length ?? 0; index < contributors.length; index++) {
    const source = contributors[index];
    if (source === undefined) continue;
    for (const earlier of contributors.slice(0, index)) {
      if (earlier.policy.uri !== source.policy.uri) relations.push({ type: 'container', source, earlier, path });
    }
  }
}

/** Nothing of a child that is kept out takes part. */
function refusedWithin(stated: Stated, path: readonly string[], refused: { readonly source: Source; readonly by: Control }, relations: Relation[]): void {
  if (stated.kind === 'container') {
    for (const child of stated.children.values()) {
      const at = [...path, child.name];
      relations.push({ type: 'blocked', ...refused, span: child.keySpan, path: at });
      refusedWithin(child, at, refused, relations);
    }
  } else {
    for (const { span } of stated.operations) relations.push({ type: 'blocked', ...refused, span, path });
  }
}

function leafRelations(before: EffectiveLeaf | undefined, after: EffectiveLeaf, relations: Relation[]): void {
  const { path, trace } = after;
  const known = before?.trace.length ?? 0;
  const bears = (bearing: Bearing, by: Statement, of: Statement): void => {
    if (by.source.policy.uri !== of.source.policy.uri) relations.push({ type: 'bearing', bearing, by, of, path });
  };
  for (const [index, { statement, outcome }] of trace.entries()) {
    if (outcome.type === 'overridden') {
      if (index >= known || before?.trace[index]?.outcome.type === 'applied') bears('overrides', outcome.by, statement);
    }
    if (index < known) continue;
    if (outcome.type === 'blocked') relations.push({ type: 'blocked', source: statement.source, span: statement.span, by: outcome.by, path });
    else if (outcome.type === 'noEffect') relations.push({ type: 'noEffect', statement, reason: outcome.reason, path });
    else if (outcome.type === 'applied' && statement.operator === 'append') for (const of of extended(after, index)) bears('extends', statement, of);
    else if (outcome.type === 'applied' && statement.operator === 'remove') for (const of of narrowed(before, after, index)) bears('narrows', statement, of);
  }
}

/** The statements before the one at `index` that have values in the list that it appends to. */
function extended({ trace, value }: EffectiveLeaf, index: number): readonly Statement[] {
  const present = new Set(value?.kind === 'list' ? value.elements.map((element) => element.origin) : []);
  return trace.slice(0, index).flatMap(({ statement }) => (present.has(statement) ? [statement] : []));
}

/** The statements before the one at `index` that lose some of their values to it and keep others. */
function narrowed(before: EffectiveLeaf | undefined, { trace }: EffectiveLeaf, index: number): readonly Statement[] {
  const removed = new Set(trace[index]?.statement.values.map((each) => each.text));
  const known = before?.trace.length ?? 0;
  const lost = new Set(before?.value?.kind === 'list' ? before.value.elements.filter((element) => removed.has(element.text)).map((element) => element.origin) : []);
  return trace.slice(0, index).flatMap(({ statement, outcome }, at) => {
    if (outcome.type !== 'applied' || statement.operator === 'remove') return [];
    return lost.has(statement) || (at >= known && statement.values.some((each) => removed.has(each.text))) ? [statement] : [];
  });
}

import type { Document, Node, Span } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { isPresent } from '../../core/merge/effective.ts';
import { statedAt, type Stated } from '../../core/merge/statements.ts';
import type { Control, NoEffect, Source, Statement } from '../../core/merge/trace.ts';
import type { EffectiveError } from '../../core/validation/effectiveError.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import { pathTo, type Entity, type Organization } from '../../model/organization.ts';
import { attachedPolicies, type Effective, type Snapshot } from '../../model/snapshot.ts';
import { attachmentProblems, type AttachmentProblem } from '../attachmentProblem.ts';
import { mentionedAt, mentionedChildren, mentionsOf, type Mention, type MentionedNode } from '../mentions.ts';

/** A reason why a path has no effective value. */
export type NotSetReason =
  /** No policy on the path sets it; `known` is as much of the path as they speak of, `controls` stand on the setting itself. */
  | { readonly type: 'neverStated'; readonly path: readonly string[]; readonly known: readonly string[]; readonly levels: readonly Entity[]; readonly controls: readonly Control[] }
  /** A control of a higher level forbids the operator. */
  | { readonly type: 'blocked'; readonly source: Source; readonly span: Span; readonly path: readonly string[]; readonly by: Control }
  /** It, or the group around it at `refused`, is new where a control lets lower policies add nothing. */
  | { readonly type: 'refused'; readonly source: Source; readonly span: Span; readonly refused: readonly string[]; readonly by: Control }
  /** The list is there and empty, `by` emptied it. */
  | { readonly type: 'removed'; readonly by: Statement }
  /** Another statement took its place: only where something is set. */
  | { readonly type: 'overridden'; readonly source: Source; readonly span: Span; readonly by: Statement }
  | { readonly type: 'noEffect'; readonly source: Source; readonly span: Span; readonly path: readonly string[]; readonly reason: NoEffect }
  /** A policy names the group and sets nothing in it. */
  | { readonly type: 'empty'; readonly source: Source; readonly span: Span }
  /** A policy on the path writes it in a form that AWS does not take. */
  | { readonly type: 'malformed'; readonly source: Source; readonly span: Span }
  /** A policy states it that takes no part here; `entities` is empty for one that is attached nowhere. */
  | { readonly type: 'elsewhere'; readonly policy: string; readonly uri: string; readonly span: Span; readonly entities: readonly Entity[] }
  | { readonly type: 'unreadable'; readonly problem: AttachmentProblem }
  /** AWS withholds the whole effective policy. */
  | { readonly type: 'withheld'; readonly entity: Entity; readonly errors: readonly EffectiveError[] };

/** Why the target has no value at a path of keys in any letter case; the statements on its path first. Meant for what is absent, or an empty list. */
export function notSetReasons(snapshot: Snapshot, organization: Organization, entity: Entity, effective: Effective, path: readonly string[]): readonly NotSetReason[] {
  const levels = pathTo(entity);
  const mentioned = mentionedAt(effective.tree, path);
  const stated = mentioned === undefined ? [] : statedReasons(mentioned, refusedPath(effective, path));
  const unstated = stated.some((reason) => reason.type !== 'empty') ? [] : [
    ...(stated.length > 0 ? [] : [neverStated(effective, levels, path, mentioned)]),
    ...malformed(snapshot, organization, levels, path),
    ...elsewhere(snapshot, organization, levels, path),
  ];
  const unreadable = levels.flatMap((level) => attachmentProblems(snapshot, organization, level)).map((problem): NotSetReason => ({ type: 'unreadable', problem }));
  const withheld: readonly NotSetReason[] = effective.errors.length === 0 ? [] : [{ type: 'withheld', entity, errors: effective.errors }];
  return [...stated, ...unstated, ...unreadable, ...withheld];
}

/** The statements of a setting that are not part of its effective value. */
export function lostStatements(mentioned: MentionedNode): readonly NotSetReason[] {
  return mentionsOf(mentioned).flatMap((mention) => reasonOf(mention, mentioned, []));
}

/** What the policies on the path say of it and of what lies below, one reason for each control or policy that is to blame. */
function statedReasons(mentioned: MentionedNode, refused: readonly string[]): readonly NotSetReason[] {
  const emptied = mentioned.node === undefined || mentioned.node.kind === 'container' ? undefined : mentioned.node.trace.findLast(({ outcome }) => outcome.type === 'applied');
  if (emptied !== undefined) return [{ type: 'removed', by: emptied.statement }];
  const own = mentionsOf(mentioned);
  const found = own.flatMap((mention) => reasonOf(mention, mentioned, refused));
  const below = mentioned.node === undefined ? [] : mentionedChildren(mentioned).filter((child) => !isPresent(child.node)).flatMap((child) => statedReasons(child, child.node === undefined && refused.length === 0 ? child.path : refused));
  const reasons = [...found, ...below.filter((reason) => reason.type !== 'empty')];
  if (reasons.length > 0) return distinct(reasons);
  return mentioned.grammar.kind === 'container' ? own.map(({ source, span }) => ({ type: 'empty', source, span })) : [];
}

function reasonOf({ source, span, outcome }: Mention, { node, path }: MentionedNode, refused: readonly string[]): readonly NotSetReason[] {
  switch (outcome.type) {
    case 'blocked':
      return [node === undefined ? { type: 'refused', source, span, refused, by: outcome.by } : { type: 'blocked', source, span, path, by: outcome.by }];
    case 'overridden':
      return [{ type: 'overridden', source, span, by: outcome.by }];
    case 'noEffect':
      return [{ type: 'noEffect', source, span, path, reason: outcome.reason }];
    default:
      return [];
  }
}

function distinct(reasons: readonly NotSetReason[]): readonly NotSetReason[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => {
    if (reason.type !== 'blocked' && reason.type !== 'refused') return true;
    const { by, source } = reason;
    const key = JSON.stringify([reason.type, source.level.path, source.policy.name, by.source.policy.uri, by.span.start, by.source.level.path]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The path of the highest refused group or setting on the way; empty when nothing is refused. */
function refusedPath({ tree }: Effective, path: readonly string[]): readonly string[] {
  for (let length = 1; length <= path.length; length++) {
    const found = mentionedAt(tree, path.slice(0, length));
    if (found === undefined) return [];
    if (found.node === undefined) return found.path;
  }
  return [];
}

function neverStated({ tree }: Effective, levels: readonly Entity[], path: readonly string[], mentioned: MentionedNode | undefined): NotSetReason {
  let known: readonly string[] = [];
  for (let length = 1; length <= path.length; length++) known = mentionedAt(tree, path.slice(0, length))?.path ?? known;
  return { type: 'neverStated', path, known, levels, controls: mentioned?.node?.controls ?? [] };
}

function malformed(snapshot: Snapshot, organization: Organization, levels: readonly Entity[], path: readonly string[]): readonly NotSetReason[] {
  return levels.flatMap((level) => attachedPolicies(snapshot, organization, level).flatMap((policy): readonly NotSetReason[] => {
    const stated = statedAt(policy.content, path);
    const document = snapshot.policies.get(policy.uri)?.document;
    const span = stated !== undefined && (stated.kind === 'container' || stated.operations.length > 0) || document === undefined ? undefined : keyAt(document, path);
    // A control alone is well formed.
    return span === undefined || stated?.control !== undefined ? [] : [{ type: 'malformed', source: { level, policy }, span }];
  }));
}

/** The key at a path, however its value is written. */
function keyAt(document: Document, path: readonly string[]): Span | undefined {
  let node: Node | undefined = document.root;
  let span: Span | undefined;
  for (const key of path) {
    const member = node?.type === 'object' ? node.members.find((each) => foldKey(each.key.text) === foldKey(key)) : undefined;
    if (member === undefined) return undefined;
    span = member.key;
    node = member.value;
  }
  return span;
}

function elsewhere(snapshot: Snapshot, organization: Organization, levels: readonly Entity[], path: readonly string[]): readonly NotSetReason[] {
  const here = new Set(levels.flatMap((level) => level.attachments.map(({ policy }) => policy)));
  return [...organization.policies.values()].flatMap(({ name, uri }): readonly NotSetReason[] => {
    if (uri === undefined || here.has(name)) return [];
    const stated = statedAt(snapshot.policies.get(uri)?.statements, path);
    if (stated === undefined || !saysSomething(stated)) return [];
    return [{ type: 'elsewhere', policy: name, uri, span: stated.keySpan, entities: attachmentIndex(organization).entities.get(name) ?? [] }];
  });
}

function saysSomething(stated: Stated): boolean {
  return stated.kind === 'container' ? [...stated.children.values()].some(saysSomething) : stated.operations.length > 0;
}

import { applyEdits } from 'jsonc-parser';
import type { ArrayNode, Document, Member, Node, ObjectNode, Span } from '../core/document/tree.ts';
import type { Attachment, Entity } from '../model/organization.ts';
import { insertMembers, type JsonEdit } from './jsonLayout.ts';

/** Replaces a span of a model file. The spans of one change do not overlap. */
export type ModelEdit = JsonEdit;

/** How a model file changes. */
export interface ModelPlan {
  /** In the order of the text, not overlapping. */
  readonly edits: readonly ModelEdit[];
  /** The accounts at or below them are reached. */
  readonly targets: readonly Entity[];
  /** Paths of what changes. */
  readonly changed: readonly string[];
  /** Paths of what stays as it is. */
  readonly unchanged: readonly string[];
  readonly moved?: { readonly entity: Entity; readonly to: Entity };
}

/** The text of a document with edits. */
export function editedText({ text }: Document, edits: readonly ModelEdit[]): string {
  return applyEdits(text, edits.map(({ start, end, newText }) => ({ offset: start, length: end - start, content: newText })));
}

/**
 * The edits that take a policy out of an entity's list and, with `at`, put it back at that index among the others.
 * The other names stay as they are written; a list on one line stays on one line.
 * @returns undefined when the entity's `policies` is not a list of names, so that it cannot be edited safely.
 */
export function attachmentEdits(document: Document, entity: Entity, policy: string, at: number | undefined): readonly ModelEdit[] | undefined {
  const node = nodeAt(document.root, entity.span);
  if (node?.type !== 'object') return undefined;
  const list = memberOf(node, 'policies')?.value;
  if (list === undefined) {
    if (at === undefined) return [];
    const anchor = memberOf(node, 'name') ?? memberOf(node, 'id') ?? node.members.at(-1);
    return [insertMembers(document, node, [`"policies": [${quoted(policy)}]`], anchor)];
  }
  if (list.type !== 'array' || list.items.length !== entity.attachments.length) return undefined;
  return listEdits(document.text, list, entity.attachments, policy, at);
}

/**
 * The edit that defines a policy in a model file, laid out like the definition before it.
 * @returns undefined when the model has no place for it: its `policies` is no object.
 */
export function definitionEdit(document: Document, name: string, file: string, more: { readonly id?: string; readonly description?: string } = {}): ModelEdit | undefined {
  const { root } = document;
  if (root?.type !== 'object') return undefined;
  const content = [['file', file], ...Object.entries(more)].map(([key = '', value = '']) => `${quoted(key)}: ${quoted(value)}`).join(', ');
  const policies = memberOf(root, 'policies')?.value;
  if (policies === undefined) return insertMembers(document, root, [(block) => `"policies": ${block(`${quoted(name)}: { ${content} }`)}`]);
  if (policies.type !== 'object') return undefined;
  const last = policies.members.at(-1);
  const oneLine = last === undefined || !isSeveralLines(document.text, last.value);
  return insertMembers(document, policies, [oneLine ? `${quoted(name)}: { ${content} }` : (block) => `${quoted(name)}: ${block(content)}`]);
}

function listEdits(text: string, list: ArrayNode, attachments: readonly Attachment[], policy: string, at: number | undefined): readonly ModelEdit[] {
  const kept = attachments.filter((attachment) => attachment.policy !== policy);
  const first = attachments[0]?.span;
  const open = first === undefined ? '' : text.slice(list.start + 1, first.start);
  const last = kept.at(-1);
  if (last === undefined) {
    const close = first === undefined ? '' : text.slice(attachments.at(-1)?.span.end, list.end - 1);
    return [{ start: list.start + 1, end: list.end - 1, newText: at === undefined ? '' : `${open}${quoted(policy)}${close}` }];
  }
  const edits = removals(attachments, kept);
  if (at === undefined) return edits;
  const second = attachments[1]?.span;
  const separator = first === undefined || second === undefined ? `,${open.includes('\n') ? open : ' '}` : text.slice(first.end, second.start);
  const next = kept[Math.max(0, at)];
  edits.push(next === undefined
    ? { start: last.span.end, end: last.span.end, newText: `${separator}${quoted(policy)}` }
    : { start: next.span.start, end: next.span.start, newText: `${quoted(policy)}${separator}` });
  return edits.sort((left, right) => left.start - right.start || left.end - right.end);
}

/** Each name goes with the comma before it, or, ahead of the first name that stays, with the one behind it. */
function removals(attachments: readonly Attachment[], kept: readonly Attachment[]): ModelEdit[] {
  const firstKept = attachments.findIndex((attachment) => kept.includes(attachment));
  return attachments.flatMap((attachment, index): ModelEdit[] => {
    if (kept.includes(attachment)) return [];
    const neighbour = attachments[index < firstKept ? index + 1 : index - 1]?.span;
    if (neighbour === undefined) return [];
    return index < firstKept
      ? [{ start: attachment.span.start, end: neighbour.start, newText: '' }]
      : [{ start: neighbour.end, end: attachment.span.end, newText: '' }];
  });
}

function isSeveralLines(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).includes('\n');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The first member of an object with this key. */
export function memberOf(node: ObjectNode, key: string): Member | undefined {
  return node.members.find((member) => member.key.text === key);
}

/** The node with exactly this span. */
export function nodeAt(node: Node | undefined, span: Span): Node | undefined {
  if (node === undefined || span.start < node.start || span.end > node.end) return undefined;
  if (node.start === span.start && node.end === span.end) return node;
  const children = node.type === 'object' ? node.members.map((member) => member.value) : node.type === 'array' ? node.items : [];
  return nodeAt(children.find((child) => child.start <= span.start && span.end <= child.end), span);
}

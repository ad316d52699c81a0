import type { ArrayNode, Document, Member, Node, ObjectNode, Span } from '../core/document/tree.ts';
import type { Attachment, Entity, Organization } from '../model/organization.ts';
import { indentationOf, lineEndOf } from './indentation.ts';

/** Replaces a span of a model file; spans of one change neither overlap nor touch each other's text. */
export interface ModelEdit extends Span {
  readonly newText: string;
}

/**
 * The edits that make a list of attached policies out of the one that an entity has. Names that stay keep their
 * place in the text; a list on one line stays on one line.
 * @returns undefined when the entity's `policies` is not a list of names, so that it cannot be edited safely.
 */
export function attachmentEdits(organization: Organization, entity: Entity, names: readonly string[]): readonly ModelEdit[] | undefined {
  const { document } = organization;
  const node = nodeAt(document.root, entity.span);
  if (node?.type !== 'object') return undefined;
  const member = memberOf(node, 'policies');
  if (member === undefined) return [memberAfter(document, node, memberOf(node, 'name') ?? node.members.at(-1), 'policies', () => `[${names.map(quoted).join(', ')}]`)];
  const list = member.value;
  if (list.type !== 'array' || list.items.length !== entity.attachments.length) return undefined;
  return listEdits(document, list, entity.attachments, names);
}

/**
 * The edit that defines a policy in a model file, laid out like the definition before it.
 * @returns undefined when `policies` is there and no object.
 */
export function definitionEdit(organization: Organization, name: string, file: string): ModelEdit | undefined {
  const { document } = organization;
  if (document.root?.type !== 'object') return undefined;
  const policies = memberOf(document.root, 'policies');
  const content = `"file": ${quoted(file)}`;
  if (policies === undefined) {
    return memberAfter(document, document.root, document.root.members.at(-1), 'policies', (layout) => layout.block('{', [`${quoted(name)}: { ${content} }`], '}'));
  }
  if (policies.value.type !== 'object') return undefined;
  const last = policies.value.members.at(-1);
  const oneLine = last === undefined || !document.text.slice(last.value.start, last.value.end).includes('\n');
  return memberAfter(document, policies.value, last, name, (layout) => (oneLine ? `{ ${content} }` : layout.block('{', [content], '}')));
}

function listEdits({ text }: Document, list: ArrayNode, attachments: readonly Attachment[], names: readonly string[]): readonly ModelEdit[] {
  const before = attachments.map((attachment) => attachment.policy);
  const kept = attachments.filter((attachment) => names.includes(attachment.policy) && inPlace(before, names, attachment.policy));
  const added = names.filter((name) => kept.every((attachment) => attachment.policy !== name));
  if (kept.length === 0) return [{ start: list.start + 1, end: list.end - 1, newText: rewritten(text, list, attachments, names) }];
  const separator = separatorOf(text, list, attachments);
  const edits: ModelEdit[] = removals(attachments, kept);
  for (const name of added) {
    const next = kept.find((attachment) => names.indexOf(attachment.policy) > names.indexOf(name));
    const last = kept.at(-1)?.span.end ?? list.end;
    edits.push(next === undefined ? { start: last, end: last, newText: `${separator}${quoted(name)}` } : { start: next.span.start, end: next.span.start, newText: `${quoted(name)}${separator}` });
  }
  return edits;
}

/** True when a name need not move: the names that are in both lists stand in the same order around it. */
function inPlace(before: readonly string[], names: readonly string[], name: string): boolean {
  const common = before.filter((each) => names.includes(each));
  const after = names.filter((each) => before.includes(each));
  if (common.join('\n') === after.join('\n')) return true;
  return name !== movedName(common, after);
}

/** The one name whose removal leaves both lists alike; the first that differs when there is none. */
function movedName(left: readonly string[], right: readonly string[]): string | undefined {
  const without = (list: readonly string[], name: string): string => list.filter((each) => each !== name).join('\n');
  return left.find((name) => without(left, name) === without(right, name));
}

function removals(attachments: readonly Attachment[], kept: readonly Attachment[]): ModelEdit[] {
  const firstKept = attachments.findIndex((attachment) => kept.includes(attachment));
  return attachments.flatMap((attachment, index): ModelEdit[] => {
    if (kept.includes(attachment)) return [];
    const previous = attachments[index - 1];
    const next = attachments[index + 1];
    if (index < firstKept && next !== undefined) return [{ start: attachment.span.start, end: next.span.start, newText: '' }];
    return previous === undefined ? [] : [{ start: previous.span.end, end: attachment.span.end, newText: '' }];
  });
}

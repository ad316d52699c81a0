import type { Document, ObjectNode } from '../core/document/tree.ts';
import type { Entity } from '../model/organization.ts';
import { lineEndOf } from './indentation.ts';
import { indentationUnit, indentAt, inStyle, insertMembers, startsLine } from './jsonLayout.ts';
import { laidOut, spaced, type JsonText } from './jsonText.ts';
import { memberOf, nodeAt, type ModelEdit } from './modelEdits.ts';

/** The list of a parent that an OU or account is in. */
export type EntityList = 'accounts' | 'organizationalUnits';

/**
 * The edit that writes an OU or account into its parent, behind the others of its kind.
 * @param written its JSON, when its lines but the first begin with these blanks.
 * @returns undefined when the parent's list is something else.
 */
export function insertIntoList(document: Document, parent: ObjectNode, key: EntityList, written: (indent: string) => string): ModelEdit | undefined {
  const { text } = document;
  const list = memberOf(parent, key)?.value;
  const [eol, unit] = [lineEndOf(text), indentationUnit(text)];
  if (list === undefined) {
    const anchor = key === 'accounts' ? parent.members.at(-1) : memberOf(parent, 'policies') ?? memberOf(parent, 'name') ?? parent.members.at(-1);
    const ownLine = anchor !== undefined && startsLine(text, anchor);
    const outer = ownLine ? indentAt(text, anchor.start) : indentAt(text, parent.start);
    const spread = ownLine || (anchor === undefined && text.includes('\n'));
    // Not by `insertMembers` in the author's style: the text of the entity has it already.
    const name = inStyle(text, `"${key}": `);
    const value = spread ? `[${eol}${outer}${unit}${written(`${outer}${unit}`)}${eol}${outer}]` : `[${written(outer)}]`;
    return { ...insertMembers(document, parent, [() => `${name}${value}`], anchor) };
  }
  if (list.type !== 'array') return undefined;
  const last = list.items.at(-1);
  if (last === undefined) {
    const outer = indentAt(text, list.start);
    const newText = text.includes('\n') ? `${eol}${outer}${unit}${written(`${outer}${unit}`)}${eol}${outer}` : written(outer);
    return { start: list.start + 1, end: list.end - 1, newText };
  }
  const indent = indentAt(text, last.start);
  return { start: last.end, end: last.end, newText: startsLine(text, last) ? `,${eol}${indent}${written(indent)}` : `${inStyle(text, ', ')}${written(indent)}` };
}

/** The edit that writes a new OU or account, given as JSON, into its parent. */
export function insertEntity(document: Document, parent: Entity, kind: 'organizationalUnit' | 'account', value: JsonText): ModelEdit | undefined {
  const node = nodeAt(document.root, parent.span);
  if (node?.type !== 'object') return undefined;
  const { text } = document;
  const written = (indent: string): string => (text.includes('\n') ? laidOut(value, indent, indentationUnit(text), lineEndOf(text)) : inStyle(text, spaced(value)));
  return insertIntoList(document, node, kind === 'account' ? 'accounts' : 'organizationalUnits', written);
}

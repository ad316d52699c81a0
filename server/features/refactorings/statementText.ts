import { isScalar, type ArrayNode, type Document, type Member, type Node, type ObjectNode, type Span } from '../../core/document/tree.ts';
import { foldKey, grammarAt } from '../../core/grammar.ts';
import { memberAt, type Owner } from '../codeActions/place.ts';
import { indentAt, insertMembers, memberIndent, type JsonEdit } from '../jsonLayout.ts';
import type { Draft } from './draft.ts';
import { movedText } from './movedText.ts';

/** A member of a document that is written into another one. */
export interface MovedMember {
  readonly document: Document;
  readonly member: Member;
}

/** The key of the operator that binds lower policies, as AWS compares it. */
export const controlKey = '@@operators_allowed_for_child_policies';

/** The members along a path of keys in any letter case; undefined when the document does not have it. */
export function ownersOf({ root }: Document, path: readonly string[]): readonly Owner[] | undefined {
  const owners: Owner[] = [];
  let node: Node | undefined = root;
  for (const key of path) {
    const member: Member | undefined = node?.type === 'object' ? memberAt(node, key) : undefined;
    if (node?.type !== 'object' || member === undefined) return undefined;
    owners.push({ object: node, member });
    node = member.value;
  }
  return owners;
}

/** Takes a statement out, with the groups around it that become empty; "plans" stays. */
export function removeStatement(draft: Draft, uri: string, path: readonly string[]): void {
  const document = draft.document(uri);
  const owners = document === undefined ? undefined : ownersOf(document, path);
  if (document === undefined || owners === undefined) return;
  let index = owners.length - 1;
  while (index > 1 && isAlone(document, owners[index])) index--;
  const own = owners[index];
  if (own !== undefined) draft.edit(uri, removals(document, own.object, (member) => member === own.member));
}

/** True when the object would be empty without the member: no other member, and no comment beside it. */
function isAlone({ text }: Document, owner: Owner | undefined): boolean {
  if (owner?.object.members.length !== 1) return false;
  const { object, member } = owner;
  return text.slice(object.start + 1, member.start).trim() === '' && /^\s*,?\s*\}?$/.test(text.slice(member.end, object.end));
}

/** The edits that take members out of an object, with the commas that belong to them. Comments around them stay. */
export function removals(document: Document, { members, start, end, closed }: ObjectNode, goes: (member: Member) => boolean): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  for (let index = 0; index < members.length; index++) {
    const first = index;
    for (let member = members[index]; member !== undefined && goes(member); member = members[index]) index++;
    if (index === first) continue;
    const run = members.slice(first, index);
    const [previous, next] = [members[first - 1], members[index]];
    const from = next === undefined ? previous?.end ?? start + 1 : run[0]?.start ?? start;
    const to = next?.start ?? (previous === undefined && closed ? end - 1 : run.at(-1)?.end ?? end);
    if (isBare(document.text, { start: from, end: to }, run)) edits.push({ start: from, end: to, newText: '' });
    else edits.push(...aroundComments(document.text, run, previous, next));
  }
  return edits;
}

/** True when a span holds the members, blanks and commas, and nothing else. */
function isBare(text: string, span: Span, run: readonly Member[]): boolean {
  let done = span.start;
  for (const { start, end } of [...run, { start: span.end, end: span.end }]) {
    if (!/^[\s,]*$/.test(text.slice(done, start))) return false;
    done = end;
  }
  return true;
}

function aroundComments(text: string, run: readonly Member[], previous: Member | undefined, next: Member | undefined): readonly JsonEdit[] {
  const comma = (offset: number): number => /^\s*,/.exec(text.slice(offset))?.[0].length ?? 0;
  const edits = run.map((member, index): JsonEdit => ({ start: member.start, end: member.end + (next === undefined && index === run.length - 1 ? 0 : comma(member.end)), newText: '' }));
  return previous === undefined || next !== undefined ? edits : [{ start: previous.end, end: previous.end + comma(previous.end), newText: '' }, ...edits];
}

/**
 * Writes a statement of another document at a path, with the groups around it as far as they are missing. Where the
 * same setting is there already, `here` says whose `@@assign` stays; the elements of lists are united, those of the
 * higher policy first.
 * @param path its keys; groups that are there keep their spelling.
 * @returns why it cannot be written, undefined when it is.
 */
export function writeStatement(draft: Draft, uri: string, path: readonly string[], moved: MovedMember, here: 'higher' | 'lower'): string | undefined {
  for (let length = 1; length < path.length; length++) {
    const refusal = writeMember(draft, uri, path.slice(0, length - 1), () => `${JSON.stringify(path[length - 1])}: {}`, path[length - 1] ?? '');
    if (refusal !== undefined) return refusal;
  }
  const key = path.at(-1) ?? '';
  const around = path.slice(0, -1);
  const document = draft.document(uri);
  const existing = document === undefined ? undefined : ownersOf(document, path)?.at(-1)?.member;
  if (existing === undefined) return writeMember(draft, uri, around, textOf(moved), key);
  if (moved.member.value.type !== 'object' || existing.value.type !== 'object') return cannotUnite(path);
  for (const part of moved.member.value.members) {
    const own = { document: moved.document, member: part };
    const isOperator = part.key.text.startsWith('@@');
    const refusal = isOperator && grammarAt(path) !== undefined ? writeOperator(draft, uri, path, own, here) : writeStatement(draft, uri, [...path, part.key.text], own, here);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function cannotUnite(path: readonly string[]): string {
  return `${path.slice(1).join('/')} is there already and is no group of settings.`;
}

function textOf({ document, member }: MovedMember): (target: Document, indent: string) => string {
  return (target, indent) => movedText(document, member, target, indent);
}

/** Adds a member to the object at a path, unless it is there. */
function writeMember(draft: Draft, uri: string, around: readonly string[], text: (target: Document, indent: string) => string, key: string): string | undefined {
  const document = draft.document(uri);
  const object = document === undefined ? undefined : objectAt(document, around);
  if (document === undefined || object === undefined) return cannotUnite(around);
  if (memberAt(object, key) !== undefined) return undefined;
  draft.edit(uri, [insertMembers(document, object, [text(document, memberIndent(document, object))])]);
  return undefined;
}

function objectAt(document: Document, path: readonly string[]): ObjectNode | undefined {
  const node = path.length === 0 ? document.root : ownersOf(document, path)?.at(-1)?.member.value;
  return node?.type === 'object' ? node : undefined;
}

/** Unites an operator of a statement with the same operator of the statement that it joins. */
function writeOperator(draft: Draft, uri: string, path: readonly string[], moved: MovedMember, here: 'higher' | 'lower'): string | undefined {
  const document = draft.document(uri);
  const object = document === undefined ? undefined : objectAt(document, path);
  if (document === undefined || object === undefined) return cannotUnite(path);
  const operator = foldKey(moved.member.key.text);
  const existing = memberAt(object, operator);
  if (existing === undefined) return writeMember(draft, uri, path, textOf(moved), operator);
  const [there, coming] = [document.text.slice(existing.value.start, existing.value.end), moved.document.text.slice(moved.member.value.start, moved.member.value.end)];
  if (there === coming) return undefined;
  if (operator === controlKey) return `${path.slice(1).join('/')} has another control there. Make both controls the same first.`;
  if (operator !== '@@assign') return uniteLists(draft, uri, document, existing.value, moved, here);
  if (here === 'higher') draft.edit(uri, [{ start: existing.value.start, end: existing.value.end, newText: movedText(moved.document, moved.member.value, document, indentAt(document.text, existing.start)) }]);
  return undefined;
}

function uniteLists(draft: Draft, uri: string, document: Document, list: Node, { document: source, member }: MovedMember, here: 'higher' | 'lower'): string | undefined {
  if (list.type !== 'array' || member.value.type !== 'array') return 'One of the lists is written by a template.';
  const present = new Set(list.items.map((item) => elementText(document, item)));
  const added = member.value.items.filter((item) => !present.has(elementText(source, item))).map((item) => source.text.slice(item.start, item.end));
  const edit = added.length === 0 ? undefined : listEdit(list, added.join(', '), here);
  if (edit !== undefined) draft.edit(uri, [edit]);
  return undefined;
}

/** The text that AWS compares; of what a template fills in, its tokens. */
function elementText({ text }: Document, item: Node): string {
  return isScalar(item) && !item.template ? item.text : text.slice(item.start, item.end);
}

/** What comes from a lower policy stands behind what is there, what comes from a higher one before it. */
export function listEdit(list: ArrayNode, text: string, here: 'higher' | 'lower'): JsonEdit {
  const [first, last] = [list.items[0], list.items.at(-1)];
  if (first === undefined || last === undefined) return { start: list.start + 1, end: list.end - 1, newText: text };
  return here === 'higher' ? { start: last.end, end: last.end, newText: `, ${text}` } : { start: first.start, end: first.start, newText: `${text}, ` };
}

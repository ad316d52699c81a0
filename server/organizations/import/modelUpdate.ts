import type { ArrayNode, Document, Member, Node, ObjectNode, Span } from '../../core/document/tree.ts';
import { insertMembers, indentAt, inStyle, removeMember, startsLine, type JsonEdit } from '../../features/jsonLayout.ts';
import { memberOf } from '../../features/modelEdits.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import { Refusal } from '../refusal.ts';
import { withEdits } from './contentEdits.ts';
import { block, elementEdits, layoutOf, type Layout, type NewElement } from './elementEdits.ts';
import type { ImportedEntity } from './importedTree.ts';

/** What an entity is to be in the model. */
export interface WantedEntity {
  readonly name: string;
  readonly id: string | undefined;
  /** Names of the policies attached to it, in order. */
  readonly policies: readonly string[];
}

/** What a model is to say. */
export interface WantedModel {
  readonly root: ImportedEntity;
  entity(entity: ImportedEntity): WantedEntity;
  readonly policies: readonly WantedPolicy[];
  /** Policies of the model, by their names there, that go. */
  readonly removed: ReadonlySet<string>;
}

/** What a definition of a policy is to be. */
export interface WantedPolicy {
  /** Its name in the model so far; undefined for a new one. */
  readonly oldName: string | undefined;
  readonly name: string;
  readonly file: string;
  readonly id: string | undefined;
  /** Undefined: as it is. */
  readonly description: string | undefined;
}

/** The text of a new model file. */
export function newModelText(wanted: WantedModel): string {
  const layout: Layout = { indent: '', unit: '  ', eol: '\n', severalLines: true };
  const nobody = new EntityTexts(undefined, wanted);
  const members: readonly NewElement[] = [
    (inner) => `"root": ${nobody.textOf(wanted.root, inner)}`,
    (inner) => `"policies": ${block(['{', '}'], wanted.policies.map(definitionText), inner)}`,
  ];
  return `${block(['{', '}'], members, layout)}\n`;
}

/**
 * The edits that make a model file say what is wanted. Everything else stays as the author wrote it: formatting, order,
 * and the text of what is moved.
 * @throws Refusal where a list of the model is none, so that it cannot be edited safely.
 */
export function modelEdits(organization: Organization, wanted: WantedModel): readonly JsonEdit[] {
  const { document } = organization;
  if (document.root?.type !== 'object') return [{ start: 0, end: document.text.length, newText: newModelText(wanted) }];
  const texts = new EntityTexts(organization, wanted);
  const added: NewElement[] = [];
  const edits: JsonEdit[] = [];
  if (organization.root === undefined) added.push((layout) => `"root": ${texts.textOf(wanted.root, layout)}`);
  else edits.push(...texts.editsOf(wanted.root));
  const policies = memberOf(document.root, 'policies')?.value;
  if (policies === undefined) added.push((layout) => `"policies": ${block(['{', '}'], wanted.policies.map(definitionText), layout)}`);
  else if (policies.type === 'object') edits.push(...definitionEdits(document, policies, wanted));
  else throw unreadable('The "policies" of the model file is no object');
  if (added.length > 0) edits.push(...elementEdits(document, document.root, () => true, added));
  return edits.sort((left, right) => left.start - right.start || left.end - right.end);
}

function unreadable(what: string): Refusal {
  return new Refusal(`${what}, so the model file was not changed.`, 'Mend it first: the problems of the file say where.');
}

const quoted = (text: string): string => JSON.stringify(text);

function definitionText({ name, file, id, description = '' }: WantedPolicy): NewElement {
  const members = [`"file": ${quoted(file)}`, ...(id === undefined ? [] : [`"id": ${quoted(id)}`]), ...(description === '' ? [] : [`"description": ${quoted(description)}`])];
  return () => `${quoted(name)}: { ${members.join(', ')} }`;
}

function definitionEdits(document: Document, node: ObjectNode, { policies, removed }: WantedModel): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  for (const policy of policies) {
    const member = policy.oldName === undefined ? undefined : memberOf(node, policy.oldName);
    if (member === undefined) continue;
    if (policy.oldName !== policy.name) edits.push({ start: member.key.start, end: member.key.end, newText: quoted(policy.name) });
    if (member.value.type === 'object') edits.push(...textEdits(document, member.value, [['id', policy.id], ['description', policy.description ?? keep]], memberOf(member.value, 'file')));
  }
  const isKept = (span: Span): boolean => !node.members.some((member) => member.start === span.start && removed.has(member.key.text));
  const added = policies.filter(({ oldName }) => oldName === undefined).map((policy): NewElement => (layout) => inStyle(document.text, definitionText(policy)(layout)));
  return [...edits, ...elementEdits(document, node, isKept, added)];
}

/** A member that stays as it is. */
const keep = Symbol('keep');

/** Sets, adds behind `anchor` or takes out members that are texts. */
function textEdits(document: Document, node: ObjectNode, wishes: readonly (readonly [string, string | undefined | typeof keep])[], anchor: Member | undefined): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  const added: string[] = [];
  for (const [key, wish] of wishes) {
    if (wish === keep) continue;
    const member = memberOf(node, key);
    if (member === undefined) {
      if (wish !== undefined) added.push(`${quoted(key)}: ${quoted(wish)}`);
    } else if (wish === undefined) edits.push(removeMember(node, member));
    else if (!isText(member.value, wish)) edits.push({ start: member.value.start, end: member.value.end, newText: quoted(wish) });
  }
  if (added.length > 0) edits.push(insertMembers(document, node, added, anchor ?? node.members.at(-1)));
  return edits;
}

function isText(node: Node, text: string): boolean {
  return node.type === 'string' && node.text === text;
}

const lists = { organizationalUnit: 'organizationalUnits', account: 'accounts' } as const;

/** Edits and texts of entities. */
class EntityTexts {
  readonly #document: Document | undefined;
  readonly #wanted: WantedModel;
  readonly #nodes = new Map<Entity, ObjectNode>();
  readonly #renamed: ReadonlyMap<string, string>;

  constructor(organization: Organization | undefined, wanted: WantedModel) {
    this.#document = organization?.document;
    this.#wanted = wanted;
    this.#renamed = new Map(wanted.policies.flatMap(({ oldName, name }) => (oldName === undefined ? [] : [[oldName, name] as const])));
    const root = organization?.document.root;
    const node = root?.type === 'object' ? memberOf(root, 'root')?.value : undefined;
    if (organization?.root !== undefined && node?.type === 'object') this.#find(organization.root, node);
  }

  #find(entity: Entity, node: ObjectNode): void {
    this.#nodes.set(entity, node);
    for (const kind of ['organizationalUnit', 'account'] as const) {
      const list = memberOf(node, lists[kind])?.value;
      const nodes = list?.type === 'array' ? list.items.filter((item) => item.type === 'object') : [];
      for (const [index, child] of entity.children.filter((each) => each.kind === kind).entries()) {
        const found = nodes[index];
        if (found !== undefined) this.#find(child, found);
      }
    }
  }

  /** The text of an entity: its own with the edits made and the blanks of its new place, or a new one. */
  textOf(entity: ImportedEntity, layout: Layout): string {
    const document = this.#document;
    const node = entity.old === undefined ? undefined : this.#nodes.get(entity.old);
    if (document === undefined || node === undefined) return this.#newText(entity, layout);
    const edits = this.editsOf(entity).map(({ start, end, newText }) => ({ start: start - node.start, end: end - node.start, newText }));
    const old = indentAt(document.text, node.start);
    const [first = '', ...others] = withEdits(document.text.slice(node.start, node.end), edits).split('\n');
    return [first, ...others.map((line) => (line.startsWith(old) ? `${layout.indent}${line.slice(old.length)}` : line))].join('\n');
  }

  #newText(entity: ImportedEntity, layout: Layout): string {
    const { name, id, policies } = this.#wanted.entity(entity);
    const members: NewElement[] = [
      ...(id === undefined ? [] : [() => `"id": ${quoted(id)}`]),
      () => `"name": ${quoted(name)}`,
      () => `"policies": ${listText(policies)}`,
    ];
    if (entity.kind === 'account') return this.#inStyle(block(['{', '}'], members, { ...layout, severalLines: false }));
    for (const kind of ['organizationalUnit', 'account'] as const) {
      const children = entity.children.filter((child) => child.kind === kind);
      members.push((inner) => `${quoted(lists[kind])}: ${block(['[', ']'], children.map((child) => (place) => this.textOf(child, place)), inner)}`);
    }
    return block(['{', '}'], members.map((member, index): NewElement => (index < members.length - 2 ? (inner) => this.#inStyle(member(inner)) : member)), layout);
  }

  #inStyle(json: string): string {
    return this.#document === undefined ? json : inStyle(this.#document.text, json);
  }

  /** The edits within the text of an entity that the model has, with those of what stays below it. */
  editsOf(entity: ImportedEntity): readonly JsonEdit[] {
    const document = this.#document;
    const { old } = entity;
    const node = old === undefined ? undefined : this.#nodes.get(old);
    if (document === undefined || old === undefined || node === undefined) return [];
    const wish = this.#wanted.entity(entity);
    const added: NewElement[] = [];
    const edits: JsonEdit[] = [...idAndNameEdits(document, node, wish)];
    const policies = this.#list(node, 'policies', entity);
    if (policies !== undefined) edits.push(...attachmentEdits(document, policies, old, wish.policies, this.#renamed));
    else if (wish.policies.length > 0) added.push(() => inStyle(document.text, `"policies": ${listText(wish.policies)}`));
    if (entity.kind !== 'account') for (const kind of ['organizationalUnit', 'account'] as const) edits.push(...this.#childEdits(document, node, entity, kind, added));
    if (added.length > 0) edits.push(insertMembers(document, node, added.map((member) => () => member(memberLayout(document, node)))));
    return edits;
  }

  #childEdits(document: Document, node: ObjectNode, entity: ImportedEntity, kind: keyof typeof lists, added: NewElement[]): readonly JsonEdit[] {
    const children = entity.children.filter((child) => child.kind === kind);
    const isInPlace = (child: ImportedEntity): boolean => child.old !== undefined && child.old.parent === entity.old;
    const inPlace = children.filter(isInPlace);
    const arriving = children.filter((child) => !isInPlace(child)).map((child): NewElement => (layout) => this.textOf(child, layout));
    const list = this.#list(node, lists[kind], entity);
    if (list === undefined) {
      if (arriving.length > 0) added.push((layout) => `${inStyle(document.text, `${quoted(lists[kind])}: `)}${block(['[', ']'], arriving, layout)}`);
      return [];
    }
    const stays = new Set(inPlace.map(({ old }) => old?.span.start));
    const isChild = new Set(entity.old?.children.map(({ span }) => span.start));
    // What is no entity is not AWS's to take away.
    const isKept = ({ start }: Span): boolean => stays.has(start) || !isChild.has(start);
    return [...inPlace.flatMap((child) => this.editsOf(child)), ...elementEdits(document, list, isKept, arriving)];
  }

  #list(node: ObjectNode, key: string, entity: ImportedEntity): ArrayNode | undefined {
    const value = memberOf(node, key)?.value;
    if (value === undefined || value.type === 'array') return value;
    throw unreadable(`The "${key}" of ${entity.old?.path ?? entity.name} is no list`);
  }

}

/** Where new members of an object stand. */
function memberLayout(document: Document, node: ObjectNode): Layout {
  const anchor = node.members.at(-1);
  const ownLine = anchor !== undefined && startsLine(document.text, anchor);
  const layout = layoutOf(document, ownLine ? indentAt(document.text, anchor.start) : indentAt(document.text, node.start));
  return { ...layout, severalLines: layout.severalLines && (ownLine || anchor === undefined) };
}

function listText(names: readonly string[]): string {
  return `[${names.map(quoted).join(', ')}]`;
}

function idAndNameEdits(document: Document, node: ObjectNode, { id, name }: WantedEntity): readonly JsonEdit[] {
  const edits = [...textEdits(document, node, [['id', memberOf(node, 'id') === undefined ? keep : id], ['name', name]], memberOf(node, 'id'))];
  const named = memberOf(node, 'name');
  if (id === undefined || memberOf(node, 'id') !== undefined) return edits;
  if (named === undefined) return [...textEdits(document, node, [['id', id], ['name', name]], undefined)];
  const separator = startsLine(document.text, named) ? `,${layoutOf(document).eol}${indentAt(document.text, named.start)}` : inStyle(document.text, ', ');
  return [...edits, { start: named.start, end: named.start, newText: `${inStyle(document.text, `"id": ${quoted(id)}`)}${separator}` }];
}

/** Names that stay keep their place; a renamed policy gets its new name there. */
function attachmentEdits(document: Document, list: ArrayNode, old: Entity, names: readonly string[], renamed: ReadonlyMap<string, string>): readonly JsonEdit[] {
  const nameOf = (name: string): string => renamed.get(name) ?? name;
  const stays = old.attachments.filter(({ policy }) => names.includes(nameOf(policy)));
  const edits = stays.flatMap(({ policy, span }) => (nameOf(policy) === policy ? [] : [{ start: span.start, end: span.end, newText: quoted(nameOf(policy)) }]));
  const starts = new Set(stays.map(({ span }) => span.start));
  const attached = new Set(old.attachments.map(({ span }) => span.start));
  const known = new Set(stays.map(({ policy }) => nameOf(policy)));
  const added = names.filter((name) => !known.has(name)).map((name): NewElement => () => quoted(name));
  return [...edits, ...elementEdits(document, list, ({ start }) => starts.has(start) || !attached.has(start), added)];
}

import { URI, Utils } from 'vscode-uri';
import { isScalar, type Document, type Member, type Node, type ObjectNode, type Span } from '../core/document/tree.ts';
import type { Attachment, Entity, ModelledPolicy, Organization } from './organization.ts';

/** Deeper nesting than this is no organization (AWS: 5 levels below the root) and is not followed. */
const maximumDepth = 64;

/**
 * Reads a model file as far as it can be understood; never throws. What is wrong with it is found by
 * `organizationProblems`. Source of the format: ARCHITECTURE.md, "The model file".
 */
export function readOrganization(uri: string, document: Document): Organization {
  const byPath = new Map<string, Entity>();
  const byId = new Map<string, Entity>();
  const policies = new Map<string, ModelledPolicy>();
  const rootObject = document.root?.type === 'object' ? document.root : undefined;
  for (const member of membersOf(object(rootObject, 'policies'))) {
    if (!policies.has(member.key.text)) policies.set(member.key.text, readPolicy(uri, member));
  }
  const rootEntity = object(rootObject, 'root');
  const register = (entity: Entity): void => {
    if (!byPath.has(entity.path)) byPath.set(entity.path, entity);
    if (entity.id !== undefined && !byId.has(entity.id)) byId.set(entity.id, entity);
  };
  const root = rootEntity === undefined ? undefined : readEntity(rootEntity, 'root', undefined, register);
  return { uri, document, root, byPath, byId, policies };
}

function readEntity(node: ObjectNode, kind: Entity['kind'], parent: Entity | undefined, register: (entity: Entity) => void): Entity {
  const id = text(node, 'id')?.text;
  const named = text(node, 'name');
  const name = named?.text ?? id ?? (kind === 'root' ? 'Root' : '(no name)');
  // Joined, the text is one piece; put together with +, it would keep its parts besides.
  const path = parent === undefined ? name : [parent.path, name].join('/');
  const list = member(node, 'policies')?.value;
  const entity: { -readonly [Key in keyof Entity]: Entity[Key] } = {
    kind,
    name,
    path,
    ...(id === undefined ? {} : { id }),
    key: id ?? path,
    depth: parent === undefined ? 0 : parent.depth + 1,
    parent,
    children: noEntities,
    attachments: list?.type === 'array' && list.items.length > 0 ? attachmentsOf(list.items) : noAttachments,
    span: node,
    nameSpan: named ?? { start: node.start, end: node.start + 1 },
    attachmentsSpan: list?.type === 'array' ? list : undefined,
    accounts: kind === 'account' ? 1 : 0,
  };
  register(entity);
  if (kind !== 'account' && entity.depth < maximumDepth) {
    const units = objects(node, 'organizationalUnits').map((unit) => readEntity(unit, 'organizationalUnit', entity, register));
    const accounts = objects(node, 'accounts').map((account) => readEntity(account, 'account', entity, register));
    const children = units.concat(accounts);
    entity.children = children;
    entity.accounts = children.reduce((sum, child) => sum + child.accounts, 0);
  }
  return entity;
}

/** Of ten thousand accounts nearly all have neither policies nor anything below: they share these. */
const noEntities: readonly Entity[] = [];
const noAttachments: readonly Attachment[] = [];

function attachmentsOf(items: readonly Node[]): readonly Attachment[] {
  return items.flatMap((item): readonly Attachment[] => (item.type === 'string' ? [{ policy: item.text, span: item }] : []));
}

function readPolicy(modelUri: string, entry: Member): ModelledPolicy {
  const node = entry.value.type === 'object' ? entry.value : undefined;
  const file = text(node, 'file');
  return {
    name: entry.key.text,
    file: file?.text ?? '',
    uri: file === undefined ? undefined : resolveInside(modelUri, file.text),
    id: text(node, 'id')?.text,
    description: text(node, 'description')?.text,
    span: entry,
    nameSpan: entry.key,
    fileSpan: file,
  };
}

/** A half of a character outside the first plane: no URI can hold it. */
const halfCharacter = /\p{Cs}/u;

/**
 * The URI of a file that a model file names by a relative path with forward slashes.
 * @returns undefined for an absolute path, another scheme, half a character, a backslash, or a path that leaves the model's folder.
 */
export function resolveInside(modelUri: string, file: string): string | undefined {
  if (file === '' || halfCharacter.test(file) || file.startsWith('/') || file.includes('\\') || file.includes('\0') || /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(file)) return undefined;
  const folder = Utils.dirname(URI.parse(modelUri));
  const target = Utils.joinPath(folder, file);
  const inside = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return target.path.startsWith(inside) && target.path.length > inside.length ? target.toString() : undefined;
}

function member(node: ObjectNode | undefined, key: string): Member | undefined {
  return node?.members.find((each) => each.key.text === key);
}

function object(node: ObjectNode | undefined, key: string): ObjectNode | undefined {
  const value = member(node, key)?.value;
  return value?.type === 'object' ? value : undefined;
}

function membersOf(node: ObjectNode | undefined): readonly Member[] {
  return node?.members ?? [];
}

function objects(node: ObjectNode, key: string): readonly ObjectNode[] {
  const value = member(node, key)?.value;
  return value?.type === 'array' ? value.items.filter((item): item is ObjectNode => item.type === 'object') : [];
}

function text(node: ObjectNode | undefined, key: string): (Span & { readonly text: string }) | undefined {
  const value: Node | undefined = member(node, key)?.value;
  return value !== undefined && isScalar(value) && value.type === 'string' ? value : undefined;
}

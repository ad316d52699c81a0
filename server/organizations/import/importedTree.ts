import type { Entity, Organization } from '../../model/organization.ts';
import { entitiesOf } from '../../model/organization.ts';
import type { LastImport } from './lastImport.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';

/** Root, OU or account as it is in AWS, with its place in the model where it has one. */
export interface ImportedEntity {
  readonly kind: Entity['kind'];
  /** AWS's id, whatever the model shows. */
  readonly key: string;
  readonly name: string;
  /** AWS's word; accounts only. */
  readonly status?: string;
  readonly parent: ImportedEntity | undefined;
  readonly children: readonly ImportedEntity[];
  /** The entity of the model that it is. */
  readonly old: Entity | undefined;
}

type Growing = { -readonly [Key in keyof ImportedEntity]: Key extends 'children' ? Growing[] : ImportedEntity[Key] };

/** The tree of AWS, OUs before accounts, in AWS's order, each found again in the model by its id, else by its path of names. */
export function importedTree(remote: RemoteOrganization, organization: Organization | undefined, last: LastImport): ImportedEntity {
  const root: Growing = { kind: 'root', key: remote.root.id, name: remote.root.name, parent: undefined, children: [], old: organization?.root };
  const byKey = new Map<string, Growing>([[root.key, root]]);
  const add = (kind: Entity['kind'], { id, name, parentId, status }: { readonly id: string; readonly name: string; readonly parentId: string; readonly status?: string }): void => {
    const parent = byKey.get(parentId) ?? root;
    const entity: Growing = { kind, key: id, name: name === '' ? id : name, parent, children: [], old: undefined, ...(status === undefined ? {} : { status }) };
    parent.children.push(entity);
    byKey.set(id, entity);
  };
  for (const unit of remote.units) add('organizationalUnit', unit);
  for (const account of remote.accounts) add('account', account);
  if (organization !== undefined) match([...byKey.values()], organization, last);
  return root;
}

function match(entities: readonly Growing[], organization: Organization, last: LastImport): void {
  const taken = new Set<Entity>();
  const take = (entity: Growing, old: Entity | undefined): void => {
    if (old?.kind !== entity.kind || taken.has(old)) return;
    entity.old = old;
    taken.add(old);
  };
  for (const entity of entities) {
    take(entity, withIdOf(entity.key, organization.byId, last));
  }
  const namesakes = new Map<Entity, Map<string, Entity[]>>();
  // Parents come before their children, so a path is found from its start.
  for (const entity of entities) {
    if (entity.old !== undefined || entity.parent?.old === undefined) continue;
    const parent = entity.parent.old;
    const children = namesakes.get(parent) ?? byName(parent);
    namesakes.set(parent, children);
    take(entity, children.get(`${entity.kind} ${entity.name}`)?.find((child) => !taken.has(child)));
  }
}

function byName({ children }: Entity): Map<string, Entity[]> {
  const result = new Map<string, Entity[]>();
  for (const child of children) {
    const key = `${child.kind} ${child.name}`;
    const list = result.get(key);
    if (list === undefined) result.set(key, [child]);
    else list.push(child);
  }
  return result;
}

/** The entities of the model that AWS does not have. */
export function lostEntities(root: ImportedEntity, organization: Organization): readonly Entity[] {
  const found = new Set<Entity>();
  for (const entity of belowImported(root)) if (entity.old !== undefined) found.add(entity.old);
  return [...entitiesOf(organization)].filter((entity) => !found.has(entity));
}

/** The entity and everything under it, each parent before its children. */
export function* belowImported(entity: ImportedEntity): Generator<ImportedEntity> {
  yield entity;
  for (const child of entity.children) yield* belowImported(child);
}

/** What a model has under AWS's id, or under what stands for it. */
export function withIdOf<Thing>(key: string, byId: ReadonlyMap<string, Thing>, last: LastImport): Thing | undefined {
  const placeholder = placeholderOf(last, key);
  return byId.get(key) ?? (placeholder === undefined ? undefined : byId.get(placeholder));
}

/** What stands for an id that is not shown; never an id of the organization. */
export function placeholderOf({ placeholders }: LastImport, id: string): string | undefined {
  return Object.hasOwn(placeholders, id) ? placeholders[id] : undefined;
}

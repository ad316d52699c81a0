import { folderOf } from './folderOf.ts';
import type { Entity, Organization } from './organization.ts';

/** Where a policy file takes part: every model that names it, with the entities it is attached to. */
export interface PolicyUse {
  readonly organization: Organization;
  /** The names under which the model knows the file; usually one. */
  readonly names: readonly string[];
  readonly entities: readonly Entity[];
}

/** The uses of a policy file, the nearest model file first; found once for the same models. */
export function usesOf(organizations: ReadonlyMap<string, Organization>, policyUri: string): readonly PolicyUse[] {
  const known = uses.get(organizations) ?? new Map<string, readonly PolicyUse[]>();
  uses.set(organizations, known);
  const found = known.get(policyUri) ?? findUses(organizations, policyUri);
  known.set(policyUri, found);
  return found;
}

const uses = new WeakMap<ReadonlyMap<string, Organization>, Map<string, readonly PolicyUse[]>>();

function findUses(organizations: ReadonlyMap<string, Organization>, policyUri: string): readonly PolicyUse[] {
  const found: PolicyUse[] = [];
  for (const organization of organizations.values()) {
    const index = attachmentIndex(organization);
    const names = index.names.get(policyUri);
    if (names === undefined) continue;
    found.push({ organization, names, entities: names.flatMap((name) => index.entities.get(name) ?? []) });
  }
  const depth = (use: PolicyUse): number => use.organization.uri.length;
  return found.sort((left, right) => depth(right) - depth(left) || (left.organization.uri < right.organization.uri ? -1 : 1));
}

/** The model that a policy file belongs to: the nearest one that names it, else the nearest one at or above it. */
export function organizationFor(organizations: ReadonlyMap<string, Organization>, policyUri: string): Organization | undefined {
  const used = usesOf(organizations, policyUri)[0];
  if (used !== undefined) return used.organization;
  let nearest: { readonly organization: Organization; readonly folder: string } | undefined;
  for (const organization of organizations.values()) {
    const folder = folderOf(organization.uri);
    if (policyUri.startsWith(folder) && (nearest === undefined || folder.length > nearest.folder.length)) nearest = { organization, folder };
  }
  return nearest?.organization;
}

interface AttachmentIndex {
  /** Names by the URI of their file. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Entities by the name of a policy attached to them. */
  readonly entities: ReadonlyMap<string, readonly Entity[]>;
  /** Entities with policies of their own, parents first: the only places where effective policies can differ. */
  readonly points: readonly Entity[];
  /** The place of each of them in the list. */
  readonly numbers: ReadonlyMap<Entity, number>;
  /** For each of them the place behind the last one below it: what lies below an entity stands together. */
  readonly ends: readonly number[];
}

const indexes = new WeakMap<Organization, AttachmentIndex>();

/** Who is attached where; made once per organization. */
export function attachmentIndex(organization: Organization): AttachmentIndex {
  const known = indexes.get(organization);
  if (known !== undefined) return known;
  const names = new Map<string, string[]>();
  for (const policy of organization.policies.values()) {
    if (policy.uri !== undefined) push(names, policy.uri, policy.name);
  }
  const entities = new Map<string, Entity[]>();
  const points: Entity[] = [];
  const numbers = new Map<Entity, number>();
  const ends: number[] = [];
  const visit = (entity: Entity): void => {
    const number = points.length;
    const isPoint = entity.attachments.length > 0;
    if (isPoint) {
      points.push(entity);
      numbers.set(entity, number);
      for (const policy of new Set(entity.attachments.map((attachment) => attachment.policy))) push(entities, policy, entity);
    }
    for (const child of entity.children) visit(child);
    if (isPoint) ends[number] = points.length;
  };
  if (organization.root !== undefined) visit(organization.root);
  const index = { names, entities, points, numbers, ends };
  indexes.set(organization, index);
  return index;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

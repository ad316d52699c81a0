import type { Document, Span } from '../core/document/tree.ts';
import type { Level } from '../core/merge/trace.ts';

/** A policy's name in an entity's `policies`, in order of attachment. */
export interface Attachment {
  /** A name of the model's `policies`; nothing says that it exists. */
  readonly policy: string;
  readonly span: Span;
}

/** Root, organizational unit or account of a modelled organization. */
export interface Entity extends Level {
  /** What views and settings remember: the id if there is one, else the path of names. */
  readonly key: string;
  readonly parent: Entity | undefined;
  /** Organizational units first, then accounts, in the order of the file. */
  readonly children: readonly Entity[];
  readonly attachments: readonly Attachment[];
  /** The entity's object in the model file. */
  readonly span: Span;
  /** Its name there, or the start of its object when it has none. */
  readonly nameSpan: Span;
  /** The array of `policies`, when there is one. */
  readonly attachmentsSpan: Span | undefined;
  /** Accounts at or below it. */
  readonly accounts: number;
}

/** A policy that the model file names. */
export interface ModelledPolicy {
  readonly name: string;
  /** As written, relative to the model file. */
  readonly file: string;
  /** Where the file is; undefined when `file` points outside the model's folder and is refused. */
  readonly uri: string | undefined;
  readonly id: string | undefined;
  readonly description: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly fileSpan: Span | undefined;
}

/** A modelled organization: one `backup-organization.json`. */
export interface Organization {
  readonly uri: string;
  readonly document: Document;
  /** Undefined as long as the file has no `root` object. */
  readonly root: Entity | undefined;
  /** Every entity by its path of names; of entities with one path the first. */
  readonly byPath: ReadonlyMap<string, Entity>;
  readonly byId: ReadonlyMap<string, Entity>;
  readonly policies: ReadonlyMap<string, ModelledPolicy>;
}

/** Every entity, each parent before its children. */
export function* entitiesOf(organization: Organization): Generator<Entity> {
  if (organization.root !== undefined) yield* below(organization.root);
}

/** The entity and everything under it, each parent before its children. */
export function* below(entity: Entity): Generator<Entity> {
  yield entity;
  for (const child of entity.children) yield* below(child);
}

/** The entity with this id or path of names; letter case of paths counts, as in the file. */
export function findEntity(organization: Organization, idOrPath: string): Entity | undefined {
  return organization.byId.get(idOrPath) ?? organization.byPath.get(idOrPath);
}

/** From the root to the entity, both included. */
export function pathTo(entity: Entity): readonly Entity[] {
  return entity.parent === undefined ? [entity] : [...pathTo(entity.parent), entity];
}

/**
 * The accounts that get exactly what the entity's level makes: those at or below it that reach it without
 * passing another entity that has policies of its own. Worked out once for an entity.
 */
export function accountsOfLevel(entity: Entity): readonly Entity[] {
  const known = accountsByLevel.get(entity);
  if (known !== undefined) return known;
  const result: Entity[] = [];
  const visit = (each: Entity): void => {
    if (each.kind === 'account') result.push(each);
    for (const child of each.children) if (child.attachments.length === 0) visit(child);
  };
  visit(entity);
  accountsByLevel.set(entity, result);
  return result;
}

/** Entities are immutable. */
const accountsByLevel = new WeakMap<Entity, readonly Entity[]>();

import type { Entity } from '../model/organization.ts';

/** The JSON path of an entity's object in its model file. */
export function entityPath(entity: Entity): (string | number)[] {
  const { parent } = entity;
  if (parent === undefined) return ['root'];
  const list = entity.kind === 'account' ? 'accounts' : 'organizationalUnits';
  const siblings = parent.children.filter((child) => child.kind === entity.kind);
  return [...entityPath(parent), list, siblings.indexOf(entity)];
}

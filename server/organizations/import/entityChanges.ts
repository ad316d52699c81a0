import type { Organization } from '../../model/organization.ts';
import type { ImportChange } from '../../protocol.ts';
import { lostEntities, type ImportedEntity } from './importedTree.ts';
import type { ShownIds } from './shownIds.ts';

/** What changes in the tree of a model. Of an OU that is new or gone, what is in it is counted, too. */
export function entityChanges(root: ImportedEntity, names: ReadonlyMap<ImportedEntity, string>, ids: ShownIds, organization: Organization | undefined): readonly ImportChange[] {
  const changes: ImportChange[] = [];
  const visit = (entity: ImportedEntity, above: string): void => {
    const { kind, old, parent } = entity;
    const name = names.get(entity) ?? entity.name;
    const path = above === '' ? name : `${above}/${name}`;
    if (old === undefined) changes.push({ type: 'added', kind, path });
    else {
      if (parent !== undefined && old.parent !== parent.old) changes.push({ type: 'moved', kind, path, from: old.path });
      if (old.name !== name) changes.push({ type: 'renamed', kind, path, from: old.name });
      if (old.id !== ids.of(entity.key)) changes.push({ type: 'idChanged', path });
    }
    for (const child of entity.children) visit(child, path);
  };
  visit(root, '');
  if (organization?.root !== undefined) for (const { kind, path } of lostEntities(root, organization)) changes.push({ type: 'removed', kind, path });
  return changes;
}

import { window } from 'vscode';
import type { EntityView } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { targetItems } from '../targetItems.ts';
import { isOrganizationNode } from '../views/organizationItems.ts';
import type { ModelChanges } from './modelChanges.ts';

/** Moves accounts and OUs in the model file, by keyboard as by drag and drop. */
export class EntityMoves {
  readonly #server: ServerAccess;
  readonly #changes: ModelChanges;

  constructor(server: ServerAccess, changes: ModelChanges) {
    this.#server = server;
    this.#changes = changes;
  }

  /** @param from a row of the tree; without one the account or OU is asked for. */
  async move(from?: unknown): Promise<void> {
    const entities = await this.#server.request('backupPolicy/entities', null);
    const entity = isOrganizationNode(from) && from.entity.kind !== 'root' ? from.entity : await pick(entities.filter(({ kind }) => kind !== 'root'), 'Choose the account or organizational unit (OU) to move');
    if (entity === undefined) return;
    const { organization, key } = entity.target;
    const parents = entities.filter((each) => each.kind !== 'account' && each.target.organization === organization && !isWithin(each, entity) && each.path !== parentPath(entity));
    const to = await pick(parents, `Choose the root or OU that ${entity.path} moves to`);
    if (to !== undefined) await this.#changes.make({ type: 'moveEntity', organization, target: key, to: to.target.key });
  }
}

async function pick(entities: readonly EntityView[], placeHolder: string): Promise<EntityView | undefined> {
  if (entities.length === 0) {
    void window.showInformationMessage('The model file has no other place for it. Add an organizational unit (OU) to the file first.');
    return undefined;
  }
  return (await window.showQuickPick(targetItems(entities), { title: 'Move Account or OU', placeHolder, matchOnDescription: true }))?.entity;
}

function isWithin(entity: EntityView, above: EntityView): boolean {
  return entity.path === above.path || entity.path.startsWith(`${above.path}/`);
}

function parentPath({ path, name }: EntityView): string {
  return path.slice(0, -(name.length + 1));
}

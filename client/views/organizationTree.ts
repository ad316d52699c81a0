import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { TargetRef } from '../../server/protocol.ts';
import { setContext } from '../documents.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { sameTarget } from '../targetItems.ts';
import { entityItem, policyItem, type OrganizationNode } from './organizationItems.ts';
import { PolicyDragAndDrop, type MovePolicy } from './policyDragAndDrop.ts';

/** The view of roots, OUs and accounts with their policies in order of attachment. */
export class OrganizationTree implements TreeDataProvider<OrganizationNode>, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<OrganizationNode>;
  readonly #disposables: Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerAccess, move: MovePolicy) {
    this.#server = server;
    this.#view = window.createTreeView('awsBackupPolicy.organization', { treeDataProvider: this, showCollapseAll: true, dragAndDropController: new PolicyDragAndDrop(move) });
    this.#disposables = [this.#view, server.onDidChange(() => {
      this.refresh();
    })];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getTreeItem(node: OrganizationNode): TreeItem {
    return node.type === 'entity' ? entityItem(node) : policyItem(node);
  }

  getParent(node: OrganizationNode): OrganizationNode | undefined {
    return node.parent;
  }

  async getChildren(node?: OrganizationNode): Promise<OrganizationNode[]> {
    if (node === undefined) return this.#roots();
    if (node.type === 'policy') return [];
    const policies = node.entity.policies.map((policy): OrganizationNode => ({ type: 'policy', policy, entity: node.entity, parent: node }));
    const children = node.entity.hasChildren ? await this.#server.request('backupPolicy/children', node.entity.target) : [];
    return [...policies, ...children.map((entity): OrganizationNode => ({ type: 'entity', entity, parent: node }))];
  }

  /** Selects a target in the view, opening the way to it. */
  async reveal(target: TargetRef): Promise<void> {
    const path = await this.#pathTo(target, await this.getChildren());
    if (path !== undefined) await this.#view.reveal(path, { select: true, focus: true });
  }

  async #pathTo(target: TargetRef, nodes: readonly OrganizationNode[]): Promise<OrganizationNode | undefined> {
    for (const node of nodes) {
      if (node.type !== 'entity') continue;
      if (sameTarget(node.entity.target, target)) return node;
      const found = node.entity.hasChildren ? await this.#pathTo(target, await this.getChildren(node)) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #roots(): Promise<OrganizationNode[]> {
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const roots = organizations.flatMap(({ root }) => (root === null ? [] : [root]));
    await setContext('state', roots.length === 0 ? 'noModel' : 'ready');
    const invalid = roots.reduce((sum, root) => sum + root.invalidAccounts, 0);
    this.#view.badge = invalid === 0 ? undefined : { value: invalid, tooltip: `${String(invalid)} account${invalid === 1 ? ' has an' : 's have an'} invalid effective policy` };
    return roots.map((entity): OrganizationNode => ({ type: 'entity', entity, parent: undefined }));
  }
}

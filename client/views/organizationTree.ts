import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import { setContext } from '../documents.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { sameTarget } from '../targetItems.ts';
import { entityItem, policyItem, type OrganizationNode } from './organizationItems.ts';
import { PolicyDragAndDrop, type MovePolicy } from './policyDragAndDrop.ts';

/** Milliseconds. */
const refreshDelay = 150;

/** The view of roots, OUs and accounts with their policies in order of attachment. */
export class OrganizationTree implements TreeDataProvider<OrganizationNode>, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<OrganizationNode>;
  readonly #disposables: Disposable[];
  #pending: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerAccess, move: MovePolicy) {
    this.#server = server;
    this.#view = window.createTreeView('awsBackupPolicy.organization', { treeDataProvider: this, showCollapseAll: true, dragAndDropController: new PolicyDragAndDrop(move) });
    this.#disposables = [
      this.#view,
      server.onDidChange(() => {
        this.#refreshSoon();
      }),
      server.onDidChangeState((state) => {
        if (state === 'failed') this.refresh();
      }),
    ];
  }

  /** The selected row. */
  get selected(): OrganizationNode | undefined {
    return this.#view.selection[0];
  }

  dispose(): void {
    clearTimeout(this.#pending);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  refresh(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.#changed.fire(undefined);
  }

  /** While somebody types, changes come with every key: the rows are asked for a few times a second. */
  #refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.refresh();
    }, refreshDelay);
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
    const entity = await this.#server.request('backupPolicy/entity', target);
    const node = entity === null ? undefined : await this.#nodeOf(entity, await this.getChildren());
    if (node !== undefined) await this.#view.reveal(node, { select: true, focus: true });
  }

  /** Goes down the levels on the way to an entity; a name with a slash in it can make two ways look right. */
  async #nodeOf(entity: EntityView, nodes: readonly OrganizationNode[]): Promise<OrganizationNode | undefined> {
    for (const node of nodes) {
      if (node.type !== 'entity' || node.entity.target.organization !== entity.target.organization) continue;
      if (sameTarget(node.entity.target, entity.target)) return node;
      if (!node.entity.hasChildren || !entity.path.startsWith(`${node.entity.path}/`)) continue;
      const found = await this.#nodeOf(entity, await this.getChildren(node));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #roots(): Promise<OrganizationNode[]> {
    // The empty view says so.
    if (this.#server.state === 'failed') return [];
    const organizations = await this.#server.request('backupPolicy/organizations', null).catch(() => undefined);
    if (organizations === undefined) return [];
    const roots = organizations.flatMap(({ root }) => (root === null ? [] : [root]));
    await setContext('state', roots.length === 0 ? 'noModel' : 'ready');
    const invalid = roots.reduce((sum, root) => sum + root.invalidAccounts, 0);
    this.#view.badge = invalid === 0 ? undefined : { value: invalid, tooltip: `${String(invalid)} account${invalid === 1 ? ' has an' : 's have an'} invalid effective policy` };
    return roots.map((entity): OrganizationNode => ({ type: 'entity', entity, parent: undefined }));
  }
}

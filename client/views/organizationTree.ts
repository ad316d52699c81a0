import { EventEmitter, commands, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import { setContext } from '../documents.ts';
import { filterMessage, isShownBy, type ChosenFilter } from '../organizationFilter.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { healthBadge } from '../targetHealth.ts';
import { sameTarget } from '../targetItems.ts';
import { entityItem, policyItem, type OrganizationNode } from './organizationItems.ts';
import { OrganizationDragAndDrop, type ChangeModel } from './organizationDragAndDrop.ts';

/** Milliseconds. */
const refreshDelay = 150;

/** The view of roots, OUs and accounts with their policies in order of attachment. */
export class OrganizationTree implements TreeDataProvider<OrganizationNode>, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<OrganizationNode>;
  readonly #disposables: Disposable[];
  #filter: ChosenFilter | undefined;
  /** What the filter leaves, as of the last time that the rows were asked for. */
  #isShown: (target: TargetRef) => boolean = () => true;
  #pending: ReturnType<typeof setTimeout> | undefined;
  /** How many times rows are asked for just now. */
  #asking = 0;
  /** The target that is selected on behalf of another view, which shows it already. */
  #revealed: TargetRef | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerAccess, change: ChangeModel) {
    this.#server = server;
    this.#view = window.createTreeView('awsBackupPolicy.organization', { treeDataProvider: this, showCollapseAll: true, canSelectMany: true, dragAndDropController: new OrganizationDragAndDrop(change) });
    this.#disposables = [
      this.#view,
      // The command of a row can run before the selection is known here, and then it is about the row before.
      this.#view.onDidChangeSelection(({ selection: [row, ...others] }) => {
        const isRevealed = row?.type === 'entity' && this.#revealed !== undefined && sameTarget(row.entity.target, this.#revealed);
        this.#revealed = undefined;
        if (row?.type === 'entity' && others.length === 0 && !isRevealed) void commands.executeCommand('awsBackupPolicy.showEffectivePolicy', row);
      }),
      server.onDidChange(() => {
        this.#refreshSoon();
      }),
      server.onDidChangeState((state) => {
        if (state === 'failed') this.refresh();
      }),
    ];
  }

  /** The selected row, of several the first. */
  get selected(): OrganizationNode | undefined {
    return this.#view.selection[0];
  }

  get selection(): readonly OrganizationNode[] {
    return this.#view.selection;
  }

  /** Shows what fits, with the way to it; undefined shows everything. */
  async filter(chosen: ChosenFilter | undefined): Promise<void> {
    this.#filter = chosen;
    await setContext('filtered', chosen !== undefined);
    this.refresh();
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

  /**
   * While somebody types, changes come with every key: the rows are asked for a few times a second. VS Code leaves rows
   * empty that it asks for while it is told to refresh, so that waits until it has them.
   */
  #refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      if (this.#asking > 0) this.#refreshSoon();
      else this.refresh();
    }, refreshDelay);
  }

  getTreeItem(node: OrganizationNode): TreeItem {
    return node.type === 'entity' ? entityItem(node) : policyItem(node);
  }

  getParent(node: OrganizationNode): OrganizationNode | undefined {
    return node.parent;
  }

  async getChildren(node?: OrganizationNode): Promise<OrganizationNode[]> {
    this.#asking++;
    try {
      return await this.#children(node);
    } finally {
      this.#asking--;
    }
  }

  async #children(node: OrganizationNode | undefined): Promise<OrganizationNode[]> {
    if (node === undefined) return this.#roots();
    if (node.type === 'policy') return [];
    const policies = node.entity.policies.map((policy): OrganizationNode => ({ type: 'policy', policy, entity: node.entity, parent: node }));
    const children = node.entity.hasChildren ? await this.#server.request('backupPolicy/children', node.entity.target) : [];
    return [...policies, ...children.filter(({ target }) => this.#isShown(target)).map((entity): OrganizationNode => ({ type: 'entity', entity, parent: node }))];
  }

  /** Selects a target in the view, opening the way to it. */
  async reveal(target: TargetRef): Promise<void> {
    const entity = await this.#server.request('backupPolicy/entity', target);
    if (entity !== null && !this.#isShown(target)) await this.filter(undefined);
    const node = entity === null ? undefined : await this.#nodeOf(entity, await this.getChildren());
    if (node === undefined) return;
    this.#revealed = target;
    await this.#view.reveal(node, { select: true, focus: true });
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
    this.#view.badge = healthBadge(roots);
    await this.#applyFilter();
    return roots.filter(({ target }) => this.#isShown(target)).map((entity): OrganizationNode => ({ type: 'entity', entity, parent: undefined }));
  }

  async #applyFilter(): Promise<void> {
    const chosen = this.#filter;
    const left = chosen === undefined ? undefined : await this.#server.request('backupPolicy/filter', chosen.filter);
    this.#isShown = left === undefined ? () => true : isShownBy(left);
    this.#view.message = chosen === undefined || left === undefined ? '' : filterMessage(chosen, left);
  }
}

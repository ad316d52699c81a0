import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { setContext } from '../documents.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { impactChildren, impactItem, type ImpactNode } from './impactItems.ts';

/** Milliseconds. */
const refreshDelay = 200;

/** The view of what edits mean for every account; live while somebody types and it is visible. */
export class ImpactTree implements TreeDataProvider<ImpactNode>, Disposable {
  readonly #server: ServerAccess;
  readonly #comparison: ImpactComparison;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<ImpactNode>;
  readonly #disposables: Disposable[];
  #pending: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerAccess, comparison: ImpactComparison) {
    this.#server = server;
    this.#comparison = comparison;
    this.#view = window.createTreeView('awsBackupPolicy.impact', { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      server.onDidChange(() => {
        if (this.#view.visible) this.#refreshSoon();
      }),
      comparison.onDidChange(({ comparison: { type }, title, message }) => {
        this.#view.title = title;
        this.#view.message = message ?? '';
        void setContext('impact', type);
        this.#changed.fire(undefined);
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#changed.fire(undefined);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#pending);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#changed.fire(undefined);
    }, refreshDelay);
  }

  getTreeItem(node: ImpactNode): TreeItem {
    return impactItem(node);
  }

  async getChildren(node?: ImpactNode): Promise<ImpactNode[]> {
    if (node !== undefined) return impactChildren(node);
    if (this.#server.state === 'failed') return [];
    const { shown } = this.#comparison;
    const { comparison } = shown;
    const impact = comparison.type === 'given' ? comparison.impact : await this.#server.request('backupPolicy/impact', comparison).catch(() => undefined);
    if (impact === undefined || shown !== this.#comparison.shown) return [];
    // The model changed meanwhile: what was planned cannot be made any more, or is made.
    if (impact.refusal !== undefined) this.#comparison.show(unsavedChanges);
    const changed = impact.groups.reduce((sum, group) => sum + group.accounts.length, 0);
    this.#view.description = impact.groups.length === 0 ? '' : `${String(changed)} of ${String(impact.accounts)} accounts change`;
    return impact.groups.map((group): ImpactNode => ({ type: 'group', group }));
  }
}

import { EventEmitter, TreeItem, window, type Disposable, type TreeDataProvider, type TreeView } from 'vscode';
import type { JobsView } from '../../server/protocol.ts';
import type { AwsConnection } from '../aws/awsConnection.ts';
import { setContext } from '../documents.ts';
import type { JobNode, jobRows } from './jobItems.ts';

type Rows = typeof jobRows;

/** The view of jobs, there as long as something is connected. It asks AWS nothing by itself: commands fill it. */
export class JobsTree implements TreeDataProvider<JobNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<JobNode>;
  readonly #disposables: readonly Disposable[];
  #shown: JobsView | undefined;
  #rows: Rows | undefined;
  #place = '';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(connection: AwsConnection) {
    this.#view = window.createTreeView('awsBackupPolicy.jobs', { treeDataProvider: this, showCollapseAll: true });
    const connected = (): void => {
      const { mode, profile, endpoint, embedded } = connection.settings;
      void setContext('connected', mode !== 'off');
      // What was listed belongs to the organization that was connected then.
      const place = JSON.stringify([mode === 'off', profile, endpoint, embedded]);
      if (place !== this.#place) this.show(undefined);
      this.#place = place;
    };
    this.#disposables = [this.#view, connection.onDidChange(connected)];
    connected();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changed.dispose();
  }

  /** What is listed; undefined before AWS was asked. */
  get shown(): JobsView | undefined {
    return this.#shown;
  }

  /** Empties the view, or shows what AWS answered. @param rows what draws it: it is loaded with the command that asks. */
  show(view: undefined): void;
  show(view: JobsView, rows: Rows): void;
  show(view: JobsView | undefined, rows?: Rows): void {
    this.#shown = view;
    this.#rows = rows;
    this.#view.message = view === undefined ? '' : messageOf(view);
    void setContext('jobs', view === undefined ? 'none' : 'listed');
    this.#changed.fire(undefined);
  }

  getTreeItem(node: JobNode): TreeItem {
    return this.#rows?.item(node) ?? new TreeItem('');
  }

  getChildren(node?: JobNode): JobNode[] {
    if (this.#rows === undefined || this.#shown === undefined) return [];
    return node === undefined ? this.#rows.roots(this.#shown) : this.#rows.children(node);
  }
}

function messageOf({ scope, days, groups, missed }: JobsView): string {
  const whose = [scope.planName === undefined ? '' : `of the plan ${scope.planName}`, scope.accountId === undefined ? '' : `of account ${scope.accountId}`].filter((part) => part !== '').join(' ');
  const none = groups.length === 0 ? 'No jobs' : 'Jobs';
  const rest = missed === undefined ? ' Which rules had no job is known when all jobs are read: Load More.' : '';
  return `${none}${whose === '' ? '' : ` ${whose}`} of the last ${String(days)} days.${rest}`;
}

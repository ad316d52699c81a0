import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { JobsView } from '../../server/protocol.ts';
import type { AwsConnection } from '../aws/awsConnection.ts';
import { setContext } from '../documents.ts';
import { jobChildren, jobItem, jobRoots, type JobNode } from './jobItems.ts';

/** The view of jobs, there as long as something is connected. It asks AWS nothing by itself: commands fill it. */
export class JobsTree implements TreeDataProvider<JobNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<JobNode>;
  readonly #disposables: readonly Disposable[];
  #shown: JobsView | undefined;
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

  /** Shows what AWS answered; undefined empties the view. */
  show(view: JobsView | undefined): void {
    this.#shown = view;
    this.#view.message = view === undefined ? '' : messageOf(view);
    void setContext('jobs', view === undefined ? 'none' : 'listed');
    this.#changed.fire(undefined);
  }

  getTreeItem(node: JobNode): TreeItem {
    return jobItem(node);
  }

  getChildren(node?: JobNode): JobNode[] {
    if (node !== undefined) return jobChildren(node);
    return this.#shown === undefined ? [] : jobRoots(this.#shown);
  }
}

function messageOf({ scope, days, groups, missed, notes }: JobsView): string {
  const whose = [scope.planName === undefined ? '' : `of the plan ${scope.planName}`, scope.accountId === undefined ? '' : `of account ${scope.accountId}`].filter((part) => part !== '').join(' ');
  const none = groups.length === 0 ? 'No jobs' : 'Jobs';
  const rest = missed === undefined ? ' Which rules had no job is known when all jobs are read: Load More.' : '';
  return [`${none}${whose === '' ? '' : ` ${whose}`} of the last ${String(days)} days.${rest}`, ...notes].join(' ');
}

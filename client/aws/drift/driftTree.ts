import { Disposable, EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { DriftComparison } from './driftComparison.ts';
import { differences } from './differences.ts';
import type { DriftNode, driftRows } from './driftItems.ts';

/** What draws the rows: it is loaded when there is something to draw. */
type Rows = typeof driftRows;

/** Milliseconds: how often the age of the comparison is told anew. */
const minute = 60_000;

/** The view of what differs between the files and AWS. */
export class DriftTree implements TreeDataProvider<DriftNode>, Disposable {
  readonly #comparison: DriftComparison;
  readonly #now: () => number;
  readonly #rows: () => Promise<Rows>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<DriftNode>;
  readonly #disposables: readonly Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  /** @param now epoch milliseconds UTC. */
  constructor(comparison: DriftComparison, now: () => number, rows: () => Promise<Rows>) {
    this.#comparison = comparison;
    this.#now = now;
    this.#rows = rows;
    this.#view = window.createTreeView('awsBackupPolicy.drift', { treeDataProvider: this, showCollapseAll: true });
    const ageing = setInterval(() => {
      this.#tellAge();
    }, minute);
    this.#disposables = [
      this.#view,
      comparison.onDidChange(() => {
        this.#tellCount();
        this.#tellAge();
        this.#changed.fire(undefined);
      }),
      new Disposable(() => {
        clearInterval(ageing);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async getTreeItem(node: DriftNode): Promise<TreeItem> {
    return (await this.#rows()).item(node);
  }

  async getChildren(node?: DriftNode): Promise<DriftNode[]> {
    if (node !== undefined) return (await this.#rows()).children(node);
    const { report } = this.#comparison;
    return report === undefined ? [] : (await this.#rows()).roots(report);
  }

  #tellCount(): void {
    const { report } = this.#comparison;
    const count = report?.findings.length ?? 0;
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip: `${differences(count)} between the files and AWS` };
    this.#view.message = report !== undefined && count === 0 ? `The files and ${report.organizationId} do not differ.` : '';
  }

  #tellAge(): void {
    const { report } = this.#comparison;
    this.#view.description = report === undefined ? '' : `${differences(report.findings.length)}, read ${ageText(this.#now() - report.readAt)}`;
  }
}

/** `just now`, `12 minutes ago`, `3 hours ago`. @param age milliseconds. */
export function ageText(age: number): string {
  const minutes = Math.floor(age / minute);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return minutes === 1 ? '1 minute ago' : `${String(minutes)} minutes ago`;
  return `${String(Math.floor(minutes / 60))} hours ago`;
}

import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { SetUpRowView } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { AwsConnection } from './awsConnection.ts';
import { RemoteAccess, showRemoteFailure } from './remoteAccess.ts';
import type { SetUpNode, setUpRows } from './setUpItems.ts';

/** What draws the rows: it is loaded when there is something to draw. */
type Rows = typeof setUpRows;

/** The view of what backup policies need around them in AWS. AWS is asked when somebody looks at it for the first time. */
export class SetUpTree implements TreeDataProvider<SetUpNode>, Disposable {
  readonly #remote: RemoteAccess;
  readonly #connection: AwsConnection;
  readonly #drawing: () => Promise<Rows>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<SetUpNode>;
  readonly #disposables: readonly Disposable[];
  #readFor: string | undefined;
  #reading: Promise<void> | undefined;
  #rows: readonly SetUpRowView[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerAccess, connection: AwsConnection, drawing: () => Promise<Rows>) {
    this.#remote = new RemoteAccess(server);
    this.#connection = connection;
    this.#drawing = drawing;
    this.#view = window.createTreeView('awsBackupPolicy.setUp', { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [this.#view, connection.onDidChange(() => {
      if (this.#readFor === undefined || this.#readFor === this.#place) return;
      this.#readFor = undefined;
      this.#rows = [];
      this.#changed.fire(undefined);
    })];
  }

  /** The steps as they were read last; none before. */
  get rows(): readonly SetUpRowView[] {
    return this.#rows;
  }

  get selected(): SetUpNode | undefined {
    return this.#view.selection[0];
  }

  /** Whose set-up is shown; the mode has no part in it. */
  get #place(): string {
    const { trusted, mode, profile, endpoint, embedded } = this.#connection.settings;
    return JSON.stringify([trusted, mode === 'off', profile, endpoint, embedded]);
  }

  /** Asks AWS again. Rejects never: what went wrong is shown. */
  async refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const place = this.#place;
    this.#readFor = place;
    const result = await this.#remote.ask('Reading the set-up in AWS', 'backupPolicy/aws/setUp', null);
    if (place !== this.#place) return;
    if (result.type === 'done') this.#rows = result.value.rows;
    this.#view.message = result.type === 'failed' ? result.failure.message : '';
    this.#changed.fire(undefined);
    if (result.type === 'failed') void showRemoteFailure(result.failure);
  }

  async getTreeItem(node: SetUpNode): Promise<TreeItem> {
    return (await this.#drawing()).item(node);
  }

  async getChildren(node?: SetUpNode): Promise<SetUpNode[]> {
    if (node !== undefined) return node.type === 'row' ? (await this.#drawing()).children(node) : [];
    const { trusted, mode } = this.#connection.settings;
    if (trusted && mode !== 'off' && this.#readFor === undefined) void this.refresh();
    return this.#rows.map((row) => ({ type: 'row', row }));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changed.dispose();
  }
}

import { Uri, ViewColumn, window, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { ServerAccess } from '../serverAccess.ts';
import { webviewPage } from '../webview/page.ts';

/** Milliseconds: while somebody types, a table is worked out a few times a second. */
const refreshDelay = 300;

/** What an editor tab with a table shows and hears. */
export interface TablePage<State, Message> {
  /** Of the webview, `awsBackupPolicy.coverage`. */
  readonly viewType: string;
  readonly title: string;
  /** The name of script and style sheet in `dist/webview`. */
  readonly page: string;
  /** The type of the message that brings a state. */
  readonly type: string;
  readonly isMessage: (value: unknown) => value is Message | { readonly type: 'ready' };
  /** What the server says now. @throws when it does not answer. */
  readonly state: () => Promise<State>;
  readonly receive: (message: Message) => Promise<void>;
}

/** An editor tab with a table that follows the files; at most one of its kind. */
export class TablePanel<State, Message extends { readonly type: string }> implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #page: TablePage<State, Message>;
  readonly #disposables: readonly Disposable[];
  #panel: WebviewPanel | undefined;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(context: ExtensionContext, server: ServerAccess, page: TablePage<State, Message>) {
    this.#context = context;
    this.#server = server;
    this.#page = page;
    const refresh = (): void => {
      this.#refreshSoon();
    };
    this.#disposables = [server.onDidChange(refresh), server.onDidChangeState(refresh)];
  }

  dispose(): void {
    clearTimeout(this.#pending);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#panel?.dispose();
  }

  /** Opens the table, or goes to its tab. */
  show(): void {
    if (this.#panel === undefined) this.#fill(window.createWebviewPanel(this.#page.viewType, this.#page.title, ViewColumn.Active, { enableFindWidget: true }));
    else this.#panel.reveal();
  }

  /** Fills the tab of the window before. */
  restore(panel: WebviewPanel): void {
    this.#fill(panel);
  }

  /** Shows the state as it is now. */
  async refresh(): Promise<void> {
    await this.#panel?.webview.postMessage({ type: this.#page.type, state: await this.#state() });
  }

  #fill(panel: WebviewPanel): void {
    this.#panel = panel;
    const media = Uri.joinPath(this.#context.extensionUri, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
    const { title, page, isMessage } = this.#page;
    // The listener comes first: a page that is quick must be heard.
    webview.onDidReceiveMessage((message: unknown) => {
      if (isMessage(message)) void this.#receive(message);
    });
    webview.html = webviewPage({ title, scriptUri: resource(`${page}.js`), styleUri: resource(`${page}.css`), cspSource: webview.cspSource, nonce: crypto.randomUUID().replaceAll('-', '') });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  async #receive(message: Message | { readonly type: 'ready' }): Promise<void> {
    if (isReady(message)) await this.refresh();
    else await this.#page.receive(message);
  }

  /** A hidden page is thrown away by VS Code and asks when it is made again. */
  #refreshSoon(): void {
    if (this.#panel?.visible !== true) return;
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      void this.refresh();
    }, refreshDelay);
  }

  async #state(): Promise<State | { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly message: string }> {
    if (this.#server.state === 'stopped') return { kind: 'loading' };
    try {
      return await this.#page.state();
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : 'The language server does not answer.' };
    }
  }
}

function isReady(message: { readonly type: string }): message is { readonly type: 'ready' } {
  return message.type === 'ready';
}

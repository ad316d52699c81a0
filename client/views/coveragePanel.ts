import { Uri, ViewColumn, commands, window, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isCoverageMessage, type CoverageHostMessage, type CoverageMessage, type CoverageState } from '../webview/coverageMessages.ts';
import { webviewPage } from '../webview/page.ts';

const viewType = 'awsBackupPolicy.coverage';
/** Milliseconds: while somebody types, the table is worked out a few times a second. */
const refreshDelay = 300;

/** The editor tab with the table of accounts and plans; at most one. */
export class CoveragePanel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #disposables: readonly Disposable[];
  #panel: WebviewPanel | undefined;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(context: ExtensionContext, server: ServerAccess) {
    this.#context = context;
    this.#server = server;
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
    if (this.#panel === undefined) this.#fill(window.createWebviewPanel(viewType, 'Backup Coverage', ViewColumn.Active, { enableFindWidget: true }));
    else this.#panel.reveal();
  }

  /** Fills the tab of the window before. */
  restore(panel: WebviewPanel): void {
    this.#fill(panel);
  }

  #fill(panel: WebviewPanel): void {
    this.#panel = panel;
    const media = Uri.joinPath(this.#context.extensionUri, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
    // The listener comes first: a page that is quick must be heard.
    webview.onDidReceiveMessage((message: unknown) => {
      if (isCoverageMessage(message)) void this.#receive(message);
    });
    webview.html = webviewPage({ title: 'Backup Coverage', scriptUri: resource('coverage.js'), styleUri: resource('coverage.css'), cspSource: webview.cspSource, nonce: crypto.randomUUID().replaceAll('-', '') });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  async #receive(message: CoverageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.#refresh();
        return;
      case 'reveal':
        await revealLocation(message.location);
        return;
      case 'showPolicy':
        await commands.executeCommand('awsBackupPolicy.showEffectivePolicy', message.target);
        return;
      case 'export':
        await commands.executeCommand(message.format === 'csv' ? 'awsBackupPolicy.exportCoverageCsv' : 'awsBackupPolicy.exportCoverageMarkdown');
    }
  }

  /** A hidden page is thrown away by VS Code and asks when it is made again. */
  #refreshSoon(): void {
    if (this.#panel?.visible !== true) return;
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      void this.#refresh();
    }, refreshDelay);
  }

  async #refresh(): Promise<void> {
    const message: CoverageHostMessage = { type: 'coverage', state: await this.#state() };
    await this.#panel?.webview.postMessage(message);
  }

  async #state(): Promise<CoverageState> {
    if (this.#server.state === 'stopped') return { kind: 'loading' };
    try {
      return { kind: 'coverage', organizations: await this.#server.request('backupPolicy/coverage', null) };
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : 'The language server does not answer.' };
    }
  }
}

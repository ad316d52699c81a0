import { Uri, commands, window, type Disposable, type ExtensionContext, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { TargetRef } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import { isPanelMessage, type PanelCommand, type PanelMessage, type PanelState } from '../webview/messages.ts';
import { effectivePolicyPage } from '../webview/page.ts';

const panelCommands: Readonly<Record<PanelCommand, string>> = {
  chooseTarget: 'awsBackupPolicy.chooseTarget',
  newModel: 'awsBackupPolicy.newOrganizationModel',
  showJson: 'awsBackupPolicy.showEffectivePolicyAsJson',
  compare: 'awsBackupPolicy.compareEffectivePolicies',
  restartServer: 'awsBackupPolicy.restartServer',
};

/** The side panel with the effective policy of one target. Shows what the user picked, else what the active policy is about. */
export class EffectivePolicyPanel implements WebviewViewProvider, Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #revealEntity: (target: TargetRef) => Promise<void>;
  readonly #disposables: Disposable[];
  #view: WebviewView | undefined;
  #picked: TargetRef | undefined;
  #shown: TargetRef | undefined;
  #round = 0;

  constructor(context: ExtensionContext, server: ServerAccess, choice: TargetChoice, revealEntity: (target: TargetRef) => Promise<void>) {
    this.#context = context;
    this.#server = server;
    this.#choice = choice;
    this.#revealEntity = revealEntity;
    const update = (): void => void this.#update();
    this.#disposables = [
      window.registerWebviewViewProvider('awsBackupPolicy.effectivePolicy', this),
      server.onDidChange(update),
      server.onDidChangeState(update),
      choice.onDidChange(update),
      window.onDidChangeActiveTextEditor(update),
    ];
  }

  /** What the panel shows now. */
  get target(): TargetRef | undefined {
    return this.#shown;
  }

  /** Whether the page is loaded. */
  get isLoaded(): boolean {
    return this.#view !== undefined;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** The target that the panel would show now, if it were open. */
  async currentTarget(): Promise<TargetRef | undefined> {
    return this.#picked ?? (await this.#documentTarget()) ?? this.#shown ?? this.#choice.chosen;
  }

  /** Shows a target until another one is picked; without one the panel follows the active policy. */
  async show(target: TargetRef | undefined): Promise<void> {
    this.#picked = target;
    await this.#update();
  }

  resolveWebviewView(view: WebviewView): void {
    this.#view = view;
    const media = Uri.joinPath(this.#context.extensionUri, 'dist', 'webview');
    view.webview.options = { enableScripts: true, localResourceRoots: [media] };
    const resource = (name: string): string => view.webview.asWebviewUri(Uri.joinPath(media, name)).toString();
    view.webview.html = effectivePolicyPage({
      scriptUri: resource('effectivePolicy.js'),
      styleUri: resource('effectivePolicy.css'),
      cspSource: view.webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
    });
    view.webview.onDidReceiveMessage((message: unknown) => {
      if (isPanelMessage(message)) void this.#receive(message);
    });
    view.onDidDispose(() => {
      this.#view = undefined;
    });
  }

  async #receive(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.#update();
        return;
      case 'reveal':
        await revealLocation(message.location);
        return;
      case 'command':
        await commands.executeCommand(panelCommands[message.command]);
        return;
      case 'openEntity':
        await this.#revealEntity(message.target);
    }
  }

  async #update(): Promise<void> {
    const view = this.#view;
    if (view === undefined) return;
    const round = ++this.#round;
    const state = await this.#state();
    if (round !== this.#round) return;
    this.#shown = state.kind === 'policy' ? state.view.target.target : undefined;
    view.description = state.kind === 'policy' ? state.view.target.path : '';
    await view.webview.postMessage({ type: 'state', state });
  }

  async #state(): Promise<PanelState> {
    // It crashed and starts again; whoever opens the panel first starts it.
    if (this.#server.state === 'stopped') return { kind: 'loading' };
    try {
      const organizations = await this.#server.request('backupPolicy/organizations', null);
      const root = organizations.find((organization) => organization.root !== null)?.root;
      if (root === null || root === undefined) return { kind: 'noModel' };
      const target = await this.currentTarget();
      if (target === undefined) return { kind: 'nothingSelected' };
      const view = await this.#server.request('backupPolicy/effectivePolicy', target);
      if (view !== null) return { kind: 'policy', view };
      // It left the model: what was picked is forgotten, so that the panel follows the active policy again.
      if (target === this.#picked) this.#picked = undefined;
      else if (target === this.#shown) this.#shown = undefined;
      return { kind: 'nothingSelected' };
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : 'The language server does not answer.' };
    }
  }

  async #documentTarget(): Promise<TargetRef | undefined> {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== languages.policy) return undefined;
    const { target } = await this.#server.request('backupPolicy/documentTarget', { uri: document.uri.toString() });
    return target?.target;
  }
}

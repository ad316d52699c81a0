import { Uri, commands, type ExtensionContext, type Webview } from 'vscode';
import type { EffectivePolicyView, TargetRef } from '../../server/protocol.ts';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isPageId, isPanelMessage, type HostMessage, type PageId, type PanelCommand, type PanelMessage, type PanelState } from '../webview/messages.ts';
import { webviewPage } from '../webview/page.ts';
import { panelPages } from './panelPages.ts';

const panelCommands: Readonly<Record<PanelCommand, string>> = {
  chooseTarget: 'awsBackupPolicy.chooseTarget',
  newModel: 'awsBackupPolicy.newOrganizationModel',
  showJson: 'awsBackupPolicy.showEffectivePolicyAsJson',
  compare: 'awsBackupPolicy.compareEffectivePolicies',
  openInEditor: 'awsBackupPolicy.openEffectivePolicyInEditor',
  chooseInventory: 'awsBackupPolicy.chooseInventory',
  restartServer: 'awsBackupPolicy.restartServer',
};

/** What a webview with the panel needs of the place where it stands. */
export interface PanelPlace {
  readonly context: ExtensionContext;
  readonly server: ServerAccess;
  readonly revealEntity: (target: TargetRef) => Promise<void>;
  /** The target to show; undefined when none is chosen. */
  readonly target: () => Promise<TargetRef | undefined>;
  /** Asks for another target, for this panel alone; without it the button does what the command does. */
  readonly chooseTarget?: () => Promise<void>;
  /** Whether it is an editor tab. */
  readonly inEditor: boolean;
  /** The model has no such target any more. */
  readonly lost: (target: TargetRef) => void;
  /** What is on display now; undefined for an empty state. */
  readonly shown: (view: EffectivePolicyView | undefined) => void;
}

/** The panel in one webview: its document, and the conversation with it. */
export class PanelWebview {
  readonly #webview: Webview;
  readonly #place: PanelPlace;
  #target: TargetRef | undefined;
  #asked: { readonly page: PageId; readonly params: unknown } | undefined;
  #round = 0;
  #isReady = false;
  #waiting: readonly HostMessage[] = [];

  constructor(webview: Webview, place: PanelPlace) {
    this.#webview = webview;
    this.#place = place;
    const media = Uri.joinPath(place.context.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
    // The listener comes first: a page that is quick must be heard.
    webview.onDidReceiveMessage((message: unknown) => {
      if (isPanelMessage(message)) void this.#receive(message);
    });
    webview.html = webviewPage({
      title: 'Effective Policy',
      scriptUri: resource('effectivePolicy.js'),
      styleUri: resource('effectivePolicy.css'),
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
    });
  }

  /** Works out again what is on display. */
  async update(): Promise<void> {
    const round = ++this.#round;
    const state = await this.#state();
    if (round !== this.#round) return;
    this.#target = state.kind === 'policy' ? state.view.target.target : undefined;
    this.#place.shown(state.kind === 'policy' ? state.view : undefined);
    await this.#post({ type: 'state', state, inEditor: this.#place.inEditor });
    await this.#answer();
  }

  /** Shows a page, as soon as the webview is loaded. */
  async open(page: PageId | null, memory?: unknown): Promise<void> {
    const message: HostMessage = { type: 'open', page, ...(memory === undefined ? {} : { memory }) };
    if (this.#isReady) await this.#post(message);
    else this.#waiting = [...this.#waiting, message];
  }

  async #post(message: HostMessage): Promise<void> {
    await this.#webview.postMessage(message);
  }

  async #receive(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready': {
        this.#isReady = true;
        await this.update();
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const each of waiting) await this.#post(each);
        return;
      }
      case 'reveal':
        await revealLocation(message.location);
        return;
      case 'command':
        await this.#run(message.command);
        return;
      case 'openEntity':
        await this.#place.revealEntity(message.target);
        return;
      case 'ask':
        this.#asked = message.page === null ? undefined : { page: message.page, params: message.params };
        await this.#answer();
    }
  }

  /** Runs a command about the target; one that answers with a page opens it here. */
  async #run(command: PanelCommand): Promise<void> {
    if (command === 'chooseTarget' && this.#place.chooseTarget !== undefined) {
      await this.#place.chooseTarget();
      return;
    }
    const answer: unknown = await commands.executeCommand(panelCommands[command], this.#target);
    if (typeof answer === 'object' && answer !== null && 'page' in answer && isPageId(answer.page)) await this.open(answer.page, 'memory' in answer ? answer.memory : undefined);
  }

  /** Sends what the page on display asked for; a newer question or target makes the answer void. */
  async #answer(): Promise<void> {
    const [asked, target, round] = [this.#asked, this.#target, this.#round];
    if (asked === undefined || target === undefined) return;
    const { page, params } = asked;
    let answer: HostMessage;
    try {
      const result = await panelPages[page]?.(this.#place.server, target, params);
      answer = { type: 'page', page, params, result };
    } catch (error) {
      answer = { type: 'pageFailed', page, message: reason(error) };
    }
    if (asked === this.#asked && round === this.#round) await this.#post(answer);
  }

  async #state(): Promise<PanelState> {
    const { server } = this.#place;
    // It crashed and starts again; whoever opens the panel first starts it.
    if (server.state === 'stopped') return { kind: 'loading' };
    try {
      const organizations = await server.request('backupPolicy/organizations', null);
      if (!organizations.some((organization) => organization.root !== null)) return { kind: 'noModel' };
      const target = await this.#place.target();
      if (target === undefined) return { kind: 'nothingSelected' };
      const view = await server.request('backupPolicy/effectivePolicy', target);
      if (view !== null) return { kind: 'policy', view };
      this.#place.lost(target);
      return { kind: 'nothingSelected' };
    } catch (error) {
      return { kind: 'failed', message: reason(error) };
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'The language server does not answer.';
}

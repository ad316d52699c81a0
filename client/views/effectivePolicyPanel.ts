import { window, type Disposable, type ExtensionContext, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { TargetRef } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import type { PageId } from '../webview/messages.ts';
import type { PanelWebview } from './panelWebview.ts';

/** The side panel with the effective policy of one target. Shows what the user picked, else what the active policy is about. */
export class EffectivePolicyPanel implements WebviewViewProvider, Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #revealEntity: (target: TargetRef) => Promise<void>;
  readonly #disposables: Disposable[];
  /** The view that is open now, from before its page is loaded. */
  #view: WebviewView | undefined;
  #panel: PanelWebview | undefined;
  #opening: { readonly page: PageId | null; readonly memory: unknown } | undefined;
  #picked: TargetRef | undefined;
  #shown: TargetRef | undefined;

  constructor(context: ExtensionContext, server: ServerAccess, choice: TargetChoice, revealEntity: (target: TargetRef) => Promise<void>) {
    this.#context = context;
    this.#server = server;
    this.#choice = choice;
    this.#revealEntity = revealEntity;
    const update = (): void => void this.#panel?.update();
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
    return this.#panel !== undefined;
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
    await this.#panel?.update();
  }

  /**
   * Shows a page beside the effective policy, or that itself, now or when the panel is opened.
   * @param memory takes the place of what the page remembers.
   */
  async open(page: PageId | null, memory?: unknown): Promise<void> {
    if (this.#panel === undefined) this.#opening = { page, memory };
    else await this.#panel.open(page, memory);
  }

  async resolveWebviewView(view: WebviewView): Promise<void> {
    this.#view = view;
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#panel = undefined;
    });
    const { PanelWebview } = await import('./panels.ts');
    if (this.#view !== view) return;
    const panel = new PanelWebview(view.webview, {
      context: this.#context,
      server: this.#server,
      revealEntity: this.#revealEntity,
      target: () => this.currentTarget(),
      inEditor: false,
      // What was picked is forgotten, so that the panel follows the active policy again.
      lost: (target) => {
        if (target === this.#picked) this.#picked = undefined;
        else if (target === this.#shown) this.#shown = undefined;
      },
      shown: (shown) => {
        this.#shown = shown?.target.target;
        view.description = shown?.target.path ?? '';
      },
    });
    this.#panel = panel;
    const opening = this.#opening;
    this.#opening = undefined;
    if (opening !== undefined) void panel.open(opening.page, opening.memory);
  }

  async #documentTarget(): Promise<TargetRef | undefined> {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== languages.policy) return undefined;
    const { target } = await this.#server.request('backupPolicy/documentTarget', { uri: document.uri.toString() });
    return target?.target;
  }
}

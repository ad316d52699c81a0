import { ViewColumn, window, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { readMemory } from '../webview/panelMemory.ts';
import { PanelWebview } from './panelWebview.ts';

const viewType = 'awsBackupPolicy.effectivePolicyEditor';

/** The panel in editor tabs, where it has room: each tab stays with its target. */
export class EffectivePolicyEditors implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #revealEntity: (target: TargetRef) => Promise<void>;
  readonly #open = new Map<string, { readonly tab: WebviewPanel; readonly panel: PanelWebview }>();
  readonly #disposables: readonly Disposable[];

  constructor(context: ExtensionContext, server: ServerAccess, revealEntity: (target: TargetRef) => Promise<void>) {
    this.#context = context;
    this.#server = server;
    this.#revealEntity = revealEntity;
    const update = (): void => {
      for (const { panel } of this.#open.values()) void panel.update();
    };
    this.#disposables = [
      server.onDidChange(update),
      server.onDidChangeState(update),
      window.registerWebviewPanelSerializer(viewType, {
        // A tab of the window before; one whose target is not known any more has nothing to show.
        deserializeWebviewPanel: async (tab, kept) => {
          const target = readMemory(kept).shown;
          if (target === undefined) tab.dispose();
          else this.#fill(tab, target);
          return Promise.resolve();
        },
      }),
    ];
  }

  /** Opens the effective policy of a target in a tab, or goes to the tab that has it. */
  show({ target, name }: EntityView): void {
    const known = this.#open.get(keyOf(target));
    if (known !== undefined) {
      known.tab.reveal();
      return;
    }
    this.#fill(window.createWebviewPanel(viewType, titleOf(name), ViewColumn.Active, { enableFindWidget: true }), target);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    for (const { tab } of this.#open.values()) tab.dispose();
  }

  #fill(tab: WebviewPanel, target: TargetRef): void {
    const key = keyOf(target);
    const panel = new PanelWebview(tab.webview, {
      context: this.#context,
      server: this.#server,
      revealEntity: this.#revealEntity,
      target: () => Promise.resolve(target),
      // It may come back, by undo for one; until then the tab says that there is nothing.
      lost: () => undefined,
      shown: (shown) => {
        if (shown !== undefined) tab.title = titleOf(shown.target.name);
      },
    });
    this.#open.set(key, { tab, panel });
    tab.onDidDispose(() => {
      this.#open.delete(key);
    });
  }
}

function keyOf({ organization, key }: TargetRef): string {
  return `${organization}\n${key}`;
}

function titleOf(name: string): string {
  return `${name}: Effective Policy`;
}

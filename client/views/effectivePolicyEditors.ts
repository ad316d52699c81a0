import { ViewColumn, window, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import { pickTarget } from '../pickTarget.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import { readMemory } from '../webview/panelMemory.ts';
import { PanelWebview } from './panelWebview.ts';

const viewType = 'awsBackupPolicy.effectivePolicyEditor';

interface EditorTab {
  readonly tab: WebviewPanel;
  readonly panel: PanelWebview;
  target: TargetRef;
}

/** The panel in editor tabs, where it has room: each tab keeps its target until its user chooses another one in it. */
export class EffectivePolicyEditors implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #revealEntity: (target: TargetRef) => Promise<void>;
  readonly #tabs = new Set<EditorTab>();
  readonly #disposables: readonly Disposable[];

  constructor(context: ExtensionContext, server: ServerAccess, choice: TargetChoice, revealEntity: (target: TargetRef) => Promise<void>) {
    this.#context = context;
    this.#server = server;
    this.#choice = choice;
    this.#revealEntity = revealEntity;
    const update = (): void => {
      for (const { panel } of this.#tabs) void panel.update();
    };
    this.#disposables = [
      server.onDidChange(update),
      server.onDidChangeState(update),
    ];
  }

  /** Fills a tab of the window before; one whose target is not known any more has nothing to show. @param kept what its page remembers. */
  restore(tab: WebviewPanel, kept: unknown): void {
    const target = readMemory(kept).shown;
    if (target === undefined) tab.dispose();
    else this.#fill(tab, target);
  }

  /** Opens the effective policy of a target in a tab, or goes to the tab that has it. */
  show({ target, name }: EntityView): void {
    const known = [...this.#tabs].find((each) => isSame(each.target, target));
    if (known === undefined) this.#fill(window.createWebviewPanel(viewType, titleOf(name), ViewColumn.Active, { enableFindWidget: true }), target);
    else known.tab.reveal();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    for (const { tab } of [...this.#tabs]) tab.dispose();
  }

  #fill(tab: WebviewPanel, target: TargetRef): void {
    const panel = new PanelWebview(tab.webview, {
      context: this.#context,
      server: this.#server,
      revealEntity: this.#revealEntity,
      target: () => Promise.resolve(entry.target),
      inEditor: true,
      chooseTarget: async () => {
        const chosen = await pickTarget(this.#server, this.#choice, 'Choose the root, organizational unit or account whose effective policy this tab shows');
        if (chosen === undefined) return;
        entry.target = chosen.target;
        await panel.update();
      },
      // It may come back, by undo for one; until then the tab says that there is nothing.
      lost: () => undefined,
      shown: (shown) => {
        if (shown !== undefined) tab.title = titleOf(shown.target.name);
      },
    });
    const entry: EditorTab = { tab, panel, target };
    this.#tabs.add(entry);
    tab.onDidDispose(() => {
      this.#tabs.delete(entry);
    });
  }
}

function isSame(one: TargetRef, other: TargetRef): boolean {
  return one.organization === other.organization && one.key === other.key;
}

function titleOf(name: string): string {
  return `${name}: Effective Policy`;
}

import { window, type Disposable, type ExtensionContext } from 'vscode';
import type { EntityView, ReadinessCheckView, TargetRef } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import type { CoveragePanel } from './coveragePanel.ts';
import type { EffectivePolicyEditors } from './effectivePolicyEditors.ts';
import type { ReadinessPanel } from './readinessPanel.ts';

/** The webviews in editor tabs; what fills them is loaded with the first, opened now or in the window before. */
export class EditorTabs implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #revealEntity: (target: TargetRef) => Promise<void>;
  readonly #disposables: Disposable[];
  #editors: EffectivePolicyEditors | undefined;
  #coverage: CoveragePanel | undefined;
  #readiness: ReadinessPanel | undefined;

  constructor(context: ExtensionContext, server: ServerAccess, choice: TargetChoice, revealEntity: (target: TargetRef) => Promise<void>) {
    this.#context = context;
    this.#server = server;
    this.#choice = choice;
    this.#revealEntity = revealEntity;
    this.#disposables = [
      window.registerWebviewPanelSerializer('awsBackupPolicy.effectivePolicyEditor', {
        deserializeWebviewPanel: async (tab, kept) => {
          (await this.#policies()).restore(tab, kept);
        },
      }),
      window.registerWebviewPanelSerializer('awsBackupPolicy.coverage', {
        deserializeWebviewPanel: async (tab) => {
          (await this.#table()).restore(tab);
        },
      }),
      window.registerWebviewPanelSerializer('awsBackupPolicy.readiness', {
        deserializeWebviewPanel: async (tab) => {
          (await this.#checklist()).restore(tab);
        },
      }),
    ];
  }

  dispose(): void {
    for (const disposable of [...this.#disposables, this.#editors, this.#coverage, this.#readiness]) disposable?.dispose();
  }

  /** Opens the effective policy of a target in a tab, or goes to the tab that has it. */
  async showPolicy(entity: EntityView): Promise<void> {
    (await this.#policies()).show(entity);
  }

  /** Opens the table of accounts and plans, or goes to its tab. */
  async showCoverage(): Promise<void> {
    (await this.#table()).show();
  }

  /** Opens the checklist of what has to exist, or goes to its tab. @param check what AWS answered about it. */
  async showReadiness(check?: ReadinessCheckView): Promise<void> {
    const panel = await this.#checklist();
    panel.show();
    if (check !== undefined) await panel.showCheck(check);
  }

  async #policies(): Promise<EffectivePolicyEditors> {
    const { EffectivePolicyEditors } = await import('./panels.ts');
    return (this.#editors ??= new EffectivePolicyEditors(this.#context, this.#server, this.#choice, this.#revealEntity));
  }

  async #table(): Promise<CoveragePanel> {
    const { CoveragePanel } = await import('./panels.ts');
    return (this.#coverage ??= new CoveragePanel(this.#context, this.#server));
  }

  async #checklist(): Promise<ReadinessPanel> {
    const { ReadinessPanel } = await import('./panels.ts');
    return (this.#readiness ??= new ReadinessPanel(this.#context, this.#server));
  }
}

import { QuickPickItemKind, Uri, commands, window, type QuickPickItem } from 'vscode';
import type { SettingPathView, TargetRef } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { EffectivePolicyPanel } from '../views/effectivePolicyPanel.ts';

type Row = QuickPickItem & { readonly path?: readonly string[] };

/** "Why Is This Not Set?": the answer stands in the panel's tab "Cascade". */
export class WhyNotSetCommand {
  readonly #server: ServerAccess;
  readonly #panel: EffectivePolicyPanel;
  readonly #chooseTarget: () => Promise<void>;

  constructor(server: ServerAccess, panel: EffectivePolicyPanel, chooseTarget: () => Promise<void>) {
    this.#server = server;
    this.#panel = panel;
    this.#chooseTarget = chooseTarget;
  }

  /** @param from the policy file whose menu was used: then it is about the setting at the cursor, else about one that is asked for. */
  async ask(from?: unknown): Promise<void> {
    const atCursor = from instanceof Uri ? await this.#settingAtCursor(from) : undefined;
    if ((await this.#panel.currentTarget()) === undefined) await this.#chooseTarget();
    const target = await this.#panel.currentTarget();
    const path = atCursor ?? (target === undefined ? undefined : await this.#pickPath(target));
    if (target === undefined || path === undefined) return;
    await this.#panel.open('cascade', { expanded: {}, column: 0, why: path });
    await commands.executeCommand('awsBackupPolicy.effectivePolicy.focus');
  }

  async #settingAtCursor(uri: Uri): Promise<readonly string[] | undefined> {
    const editor = window.activeTextEditor;
    if (editor === undefined || editor.document.languageId !== languages.policy || editor.document.uri.toString() !== uri.toString()) return undefined;
    const { line, character } = editor.selection.active;
    return (await this.#server.request('backupPolicy/settingAt', { uri: uri.toString(), position: { line, character } })) ?? undefined;
  }

  async #pickPath(target: TargetRef): Promise<readonly string[] | undefined> {
    const paths = await this.#server.request('backupPolicy/settingPaths', target);
    if (paths.length === 0) {
      void window.showInformationMessage('No policy of the organization speaks of a plan, so there is nothing to choose.');
      return undefined;
    }
    const rows: readonly Row[] = [separator('not set'), ...paths.filter(({ present }) => !present).map(row), separator('set'), ...paths.filter(({ present }) => present).map(row)];
    const picked = await window.showQuickPick<Row>(rows, { placeHolder: 'Choose the setting, plan, rule or other group whose absence is explained', matchOnDescription: true });
    return picked?.path;
  }
}

function row({ path, title }: SettingPathView): Row {
  return { label: path.slice(1).join('/'), description: title, path };
}

function separator(label: string): Row {
  return { label, kind: QuickPickItemKind.Separator };
}

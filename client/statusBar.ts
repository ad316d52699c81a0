import { StatusBarAlignment, languages as registry, window, workspace, type Disposable, type LanguageStatusItem, type StatusBarItem } from 'vscode';
import type { DocumentTargetView } from '../server/protocol.ts';
import { languages } from './languages.ts';
import type { ServerAccess } from './serverAccess.ts';
import type { TargetChoice } from './targetChoice.ts';

const reasons: Readonly<Record<DocumentTargetView['reason'], string>> = {
  attached: 'where this policy is attached',
  chosen: 'chosen by you',
  root: 'this policy is attached to several targets or to none',
  none: 'no organization is modelled here',
};

/** Shows which target hover and lenses speak of, as long as a backup policy is the active document. */
export class TargetStatus implements Disposable {
  readonly #server: ServerAccess;
  readonly #item: StatusBarItem;
  readonly #language: LanguageStatusItem;
  readonly #disposables: Disposable[];

  constructor(server: ServerAccess, choice: TargetChoice) {
    this.#server = server;
    this.#item = window.createStatusBarItem('awsBackupPolicy.target', StatusBarAlignment.Left, 10);
    this.#item.name = 'Backup Policy Target';
    this.#item.command = 'awsBackupPolicy.chooseTarget';
    this.#language = registry.createLanguageStatusItem('awsBackupPolicy.target', { language: languages.policy });
    this.#language.name = 'Backup Policy Target';
    this.#language.text = 'No target';
    this.#language.command = { command: 'awsBackupPolicy.chooseTarget', title: 'Choose Target' };
    const refresh = (): void => void this.#refresh();
    this.#disposables = [window.onDidChangeActiveTextEditor(refresh), server.onDidChange(refresh), choice.onDidChange(refresh), workspace.onDidCloseTextDocument(refresh), workspace.onDidOpenTextDocument(refresh)];
    refresh();
  }

  dispose(): void {
    for (const disposable of [...this.#disposables, this.#item, this.#language]) disposable.dispose();
  }

  async #refresh(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== languages.policy || this.#server.state !== 'running') {
      this.#item.hide();
      return;
    }
    const { target, reason } = await this.#server.request('backupPolicy/documentTarget', { uri: document.uri.toString() });
    const text = target === null ? 'No organization' : target.path;
    this.#item.text = `$(target) ${text}`;
    this.#item.tooltip = `Hover and lenses speak of ${text}: ${reasons[reason]}. Click to choose another target.`;
    this.#item.accessibilityInformation = { label: `Backup policy target ${text}, ${reasons[reason]}` };
    this.#language.text = text;
    this.#language.detail = reasons[reason];
    this.#item.show();
  }
}

import { StatusBarAlignment, languages as registry, window, workspace, type Disposable, type LanguageStatusItem, type StatusBarItem } from 'vscode';
import { languages } from '../languages.ts';
import type { AwsConnection } from './awsConnection.ts';
import { connectionDetail, connectionStatus } from './connectionText.ts';

const command = 'awsBackupPolicy.showAwsConnection';

/** Shows what is connected and how far it may be changed, as long as a policy or a model is the active document. */
export class ConnectionStatus implements Disposable {
  readonly #connection: AwsConnection;
  readonly #item: StatusBarItem;
  readonly #language: LanguageStatusItem;
  readonly #disposables: readonly Disposable[];

  constructor(connection: AwsConnection) {
    this.#connection = connection;
    this.#item = window.createStatusBarItem('awsBackupPolicy.aws', StatusBarAlignment.Left, 9);
    this.#item.name = 'AWS Connection of Backup Policies';
    this.#item.command = command;
    this.#language = registry.createLanguageStatusItem('awsBackupPolicy.aws', [{ language: languages.policy }, { language: languages.organization }]);
    this.#language.name = 'AWS Connection';
    this.#language.command = { command, title: 'Show AWS Connection' };
    const refresh = (): void => {
      this.#refresh();
    };
    // A document that becomes a policy by its content is opened anew, in the same editor.
    this.#disposables = [window.onDidChangeActiveTextEditor(refresh), workspace.onDidOpenTextDocument(refresh), connection.onDidChange(refresh)];
    refresh();
  }

  dispose(): void {
    for (const disposable of [...this.#disposables, this.#item, this.#language]) disposable.dispose();
  }

  #refresh(): void {
    const { settings, view } = this.#connection;
    const text = connectionStatus(settings, view);
    this.#language.text = text;
    this.#language.detail = settings.mode === 'off' ? 'nothing is sent to AWS' : (view?.organizationId ?? 'not asked yet');
    const language = window.activeTextEditor?.document.languageId;
    // Who has not chosen anything is not reminded of it in the status bar.
    if (settings.mode === 'off' || (language !== languages.policy && language !== languages.organization)) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(cloud) ${text}`;
    this.#item.tooltip = view === undefined ? 'AWS has not been asked yet. Click to see the connection.' : connectionDetail(view);
    this.#item.accessibilityInformation = { label: `AWS connection of backup policies: ${text}` };
    this.#item.show();
  }
}

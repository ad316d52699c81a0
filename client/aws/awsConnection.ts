import { EventEmitter, workspace, type Disposable, type Event, type ExtensionContext } from 'vscode';
import type { AwsSettings, ConnectionView, RemoteMode } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { awsSettings, changeMode, rememberChoice, type ConnectionChoice } from './awsSettings.ts';

/** What is chosen to work with in AWS, and what AWS has said of it so far. Asks AWS nothing by itself. */
export class AwsConnection implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables: readonly Disposable[];
  #settings: AwsSettings;
  #view: ConnectionView | undefined;

  constructor(context: ExtensionContext, server: ServerAccess) {
    this.#context = context;
    this.#server = server;
    this.#settings = awsSettings(context);
    const settingsChanged = (): void => void this.#settingsChanged();
    this.#disposables = [
      workspace.onDidGrantWorkspaceTrust(settingsChanged),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('awsBackupPolicy.aws')) settingsChanged();
      }),
      server.onDidConnect((view) => {
        this.#view = view;
        this.#changed.fire();
      }),
    ];
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get settings(): AwsSettings {
    return this.#settings;
  }

  /** Undefined until AWS was asked with the present settings. */
  get view(): ConnectionView | undefined {
    return this.#view;
  }

  /** Remembers what to connect to; a setting that says otherwise wins. */
  async choose(choice: ConnectionChoice): Promise<void> {
    await rememberChoice(this.#context, choice);
    await this.#settingsChanged();
  }

  async changeMode(mode: RemoteMode): Promise<void> {
    await changeMode(this.#context, mode);
    await this.#settingsChanged();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changed.dispose();
  }

  async #settingsChanged(): Promise<void> {
    const before = this.#settings;
    const now = awsSettings(this.#context);
    this.#settings = now;
    const same = before.profile === now.profile && before.endpoint === now.endpoint && before.embedded === now.embedded && now.mode !== 'off';
    this.#view = same && this.#view !== undefined ? { ...this.#view, mode: now.mode } : undefined;
    await this.#server.tellAwsSettings();
    this.#changed.fire();
  }
}

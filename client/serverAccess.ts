import { EventEmitter, commands, window, type Disposable, type Event, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { AwsSettings, ClientNotifications, ConnectionView, Requests } from '../server/protocol.ts';
import type { ServerChange, Session } from './languageClient.ts';

export type StartSession = (context: ExtensionContext, log: LogOutputChannel) => Promise<Session>;

export type ServerState = 'notStarted' | 'starting' | 'running' | 'stopped' | 'failed';

/** The language server, started when something first needs it. */
export class ServerAccess implements Disposable {
  readonly #context: ExtensionContext;
  readonly #start: StartSession;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ServerChange>();
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #connected = new EventEmitter<ConnectionView>();
  #state: ServerState = 'notStarted';
  #session: Promise<Session> | undefined;
  readonly #aws: () => AwsSettings;
  /** What the server must know after every start. */
  #chosen: ClientNotifications['backupPolicy/chooseTarget'] = null;

  /** @param aws how AWS may be reached now. */
  constructor(context: ExtensionContext, start: StartSession, log: LogOutputChannel, aws: () => AwsSettings) {
    this.#context = context;
    this.#start = start;
    this.#log = log;
    this.#aws = aws;
  }

  /** Policies, models or problems changed. */
  get onDidChange(): Event<ServerChange> {
    return this.#changed.event;
  }

  get onDidChangeState(): Event<ServerState> {
    return this.#stateChanged.event;
  }

  /** An organization in AWS was asked who it is and who calls. */
  get onDidConnect(): Event<ConnectionView> {
    return this.#connected.event;
  }

  get state(): ServerState {
    return this.#state;
  }

  /**
   * Starts the server unless it runs. A failure is told once, here; a server that failed is started again by
   * `restart` alone, and until then this rejects.
   */
  async ensure(): Promise<Session> {
    if (this.#state === 'failed') throw new Error('The language server does not run. Restart it to go on.');
    // In a turn of its own: whoever hears that it starts may ask for it, and must get this very session.
    this.#session ??= Promise.resolve().then(() => this.#launch());
    return this.#session;
  }

  async request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']> {
    const session = await this.ensure();
    return session.request(method, params);
  }

  /** Tells the server of the user's choice, now or when it starts. */
  async choose(target: ClientNotifications['backupPolicy/chooseTarget']): Promise<void> {
    this.#chosen = target;
    if (this.#session !== undefined) await (await this.#session).notify('backupPolicy/chooseTarget', target);
  }

  /** Tells a running server how AWS may be reached now; one that starts asks by itself. */
  async tellAwsSettings(): Promise<void> {
    if (this.#session !== undefined) await (await this.#session).notify('backupPolicy/awsSettings', this.#aws());
  }

  async restart(): Promise<void> {
    const running = this.#session;
    this.#session = undefined;
    if (running !== undefined) await running.then((session) => session.stop(), () => undefined);
    if (this.#state === 'failed') this.#state = 'stopped';
    await this.ensure();
  }

  dispose(): void {
    void this.#session?.then((session) => session.stop(), () => undefined);
    this.#changed.dispose();
    this.#stateChanged.dispose();
    this.#connected.dispose();
  }

  async #launch(): Promise<Session> {
    this.#setState('starting');
    try {
      const session = await this.#start(this.#context, this.#log);
      session.onDidChange((change) => {
        this.#changed.fire(change);
      });
      session.onDidConnect((view) => {
        this.#connected.fire(view);
      });
      session.onDidChangeState((state) => {
        if (state === 'running') void this.#ready(session);
        else if (state === 'stopped') this.#setState('stopped');
        else this.#giveUp();
      });
      await this.#ready(session);
      return session;
    } catch (error) {
      this.#session = undefined;
      this.#setState('failed');
      this.#log.error(error instanceof Error ? error : String(error));
      void this.#tellFailure();
      throw error;
    }
  }

  /** A server that just started knows nothing of the user's choice. */
  async #ready(session: Session): Promise<void> {
    await session.notify('backupPolicy/awsSettings', this.#aws());
    if (this.#chosen !== null) await session.notify('backupPolicy/chooseTarget', this.#chosen);
    this.#setState('running');
  }

  #giveUp(): void {
    this.#session = undefined;
    this.#setState('failed');
    void this.#tellFailure();
  }

  async #tellFailure(): Promise<void> {
    const choice = await window.showErrorMessage('The language server for backup policies does not run. Problems, completion and effective policies are missing until it does; your files are not affected.', 'Restart Server', 'Show Log');
    if (choice === 'Restart Server') await commands.executeCommand('awsBackupPolicy.restartServer');
    else if (choice === 'Show Log') this.#log.show();
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

import { EventEmitter, commands, window, type Disposable, type Event, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { AwsSettings, ClientNotifications, ConnectionView, Requests } from '../server/protocol.ts';
import { reportServerEnds } from './issueReport.ts';
import type { ServerChange, Session } from './languageClient.ts';
import { RestartPolicy } from './restartPolicy.ts';

export type StartSession = (context: ExtensionContext, log: LogOutputChannel) => Promise<Session>;

export type ServerState = 'notStarted' | 'starting' | 'running' | 'stopped' | 'failed';

const [restartServer, showLog, reportIssue] = ['Restart Server', 'Show Log', 'Report Issue…'] as const;

/** The language server, started when something first needs it, and again when it ended by itself. */
export class ServerAccess implements Disposable {
  readonly #context: ExtensionContext;
  readonly #start: StartSession;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ServerChange>();
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #connected = new EventEmitter<ConnectionView>();
  #state: ServerState = 'notStarted';
  readonly #policy = new RestartPolicy(() => Date.now());
  #session: Promise<Session> | undefined;
  #running: Session | undefined;
  /** Grows with each start and restart: a start that is not the last one any more comes to nothing. */
  #starts = 0;
  #said: string | undefined;
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

  /** What was said last of a server that ended by itself. */
  get said(): string | undefined {
    return this.#said;
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

  /** Asks the server. A question that a crash left without an answer is asked again when another server runs. */
  async request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']> {
    const session = await this.ensure();
    try {
      return await session.request(method, params);
    } catch (error) {
      await pause(0);
      if (session === this.#running) throw error;
      return (await this.ensure()).request(method, params);
    }
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
    this.#starts++;
    const session = this.#session;
    this.#session = undefined;
    this.#running = undefined;
    if (session !== undefined) await session.then((running) => running.stop(), () => undefined);
    if (this.#state === 'failed') this.#state = 'stopped';
    await this.ensure();
  }

  dispose(): void {
    this.#starts++;
    void this.#session?.then((session) => session.stop(), () => undefined);
    this.#changed.dispose();
    this.#stateChanged.dispose();
    this.#connected.dispose();
  }

  /** Starts a server, and again while it ends before it answers. */
  async #launch(): Promise<Session> {
    const start = ++this.#starts;
    for (;;) {
      this.#setState('starting');
      try {
        const session = await this.#start(this.#context, this.#log);
        if (start === this.#starts) await this.#ready(session);
        else await session.stop();
        if (start === this.#starts) return session;
      } catch (error) {
        this.#log.error(error instanceof Error ? error : String(error));
      }
      if (start !== this.#starts) throw new Error('The language server is started anew.');
      const next = this.#policy.ended();
      if (next.type === 'giveUp') {
        this.#giveUp();
        throw new Error('The language server does not start.');
      }
      await pause(next.after);
    }
  }

  /** A server that just started knows nothing of the user's choice. */
  async #ready(session: Session): Promise<void> {
    session.onDidChange((change) => {
      this.#policy.told();
      this.#changed.fire(change);
    });
    session.onDidConnect((view) => {
      this.#connected.fire(view);
    });
    session.onDidEdit(() => {
      this.#policy.edited();
    });
    session.onDidEnd(() => {
      if (session === this.#running) this.#ended(session);
    });
    this.#policy.started();
    await session.notify('backupPolicy/awsSettings', this.#aws());
    if (this.#chosen !== null) await session.notify('backupPolicy/chooseTarget', this.#chosen);
    if (session.hasEnded) throw new Error('The language server ended at once.');
    this.#running = session;
    this.#setState('running');
  }

  #ended(session: Session): void {
    this.#running = undefined;
    void session.stop();
    const next = this.#policy.ended();
    if (next.type === 'giveUp') {
      this.#giveUp();
      return;
    }
    this.#log.warn('The language server ended by itself and is started again.');
    const start = ++this.#starts;
    const following = pause(next.after).then(() => {
      if (start !== this.#starts) throw new Error('The language server is started anew.');
      return this.#launch();
    });
    // Whoever asks meanwhile waits for it; a failure is told where it happens.
    following.catch(() => undefined);
    this.#session = following;
    this.#setState('stopped');
    if (next.tell) void this.#tell('The language server for backup policies ended several times within three minutes, and was started again each time. Your files and unsaved edits are not affected.', false);
  }

  #giveUp(): void {
    this.#session = undefined;
    this.#setState('failed');
    void this.#tell('The language server for backup policies ended five times in a row and is not started again by itself. Problems, completion and effective policies are missing until you restart it; your files and unsaved edits are not affected.', true);
  }

  async #tell(message: string, isDown: boolean): Promise<void> {
    this.#said = message;
    const choice = isDown ? await window.showErrorMessage(message, restartServer, showLog, reportIssue) : await window.showWarningMessage(message, showLog, reportIssue);
    if (choice === restartServer) await commands.executeCommand('awsBackupPolicy.restartServer');
    else if (choice === showLog) this.#log.show();
    else if (choice === reportIssue) await reportServerEnds(this.#context, message);
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

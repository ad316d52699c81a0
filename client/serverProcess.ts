import { fork, type ChildProcess } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { workspace, type LogOutputChannel } from 'vscode';
import { BaseLanguageClient, IPCMessageReader, IPCMessageWriter, type InitializeParams, type LanguageClientOptions, type MessageTransports, type ShutdownMode } from 'vscode-languageclient/node';
import { nodeArguments } from './nodeArguments.ts';

/** How long a server may take to end after it was told to, in milliseconds. */
const patience = 2000;

/** Where an extension under a debugger can find the server, too. */
const debugged = ['--nolazy', '--inspect=6009'];

/** A language client whose server is a process that Node.js runs, with a channel for messages. */
export class ProcessClient extends BaseLanguageClient {
  readonly #module: string;
  readonly #log: LogOutputChannel;
  #process: ChildProcess | undefined;

  /** @param module the file that the process runs. @param log takes what the process prints. */
  constructor(module: string, log: LogOutputChannel, options: LanguageClientOptions) {
    super('awsBackupPolicy', 'Backup Policies', options);
    this.#module = module;
    this.#log = log;
  }

  /** Errors go to the log alone: what becomes of the server is told once, by who starts it. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Of a client whose server never ran there is nothing to stop. */
  override stop(timeout?: number): Promise<void> {
    return super.stop(timeout).catch(() => undefined);
  }

  protected override async createMessageTransports(): Promise<MessageTransports> {
    const cwd = await workingFolder();
    const server = fork(this.#module, ['--node-ipc', `--clientProcessId=${String(process.pid)}`], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
      execArgv: [...nodeArguments, ...(process.execArgv.some((argument) => /^--(?:inspect|debug)(?:-brk)?(?:=|$)/.test(argument)) ? debugged : [])],
      silent: true,
    });
    this.#process = server;
    forEachLine(server.stdout, (line) => {
      this.#log.info(line);
    });
    forEachLine(server.stderr, (line) => {
      this.#log.error(line);
    });
    server.on('exit', (code, signal) => {
      if (code === 0) this.info('The server ended.', undefined, false);
      else this.error(`The server ended with ${signal === null ? `code ${String(code)}` : `signal ${signal}`}.`);
    });
    return { reader: new IPCMessageReader(server), writer: new IPCMessageWriter(server) };
  }

  protected override async shutdown(mode: ShutdownMode, timeout = patience): Promise<void> {
    try {
      await super.shutdown(mode, timeout);
    } finally {
      const server = this.#process;
      this.#process = undefined;
      if (server !== undefined) setTimeout(() => server.exitCode === null && server.signalCode === null && server.kill('SIGKILL'), patience);
    }
  }

  protected override handleConnectionClosed(): Promise<void> {
    this.#process = undefined;
    return super.handleConnectionClosed();
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.processId = process.pid;
  }
}

function forEachLine(stream: NodeJS.ReadableStream | null, tell: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', tell);
}

/** The first folder of the workspace, if it is one on this machine. */
async function workingFolder(): Promise<string | undefined> {
  const first = workspace.workspaceFolders?.[0]?.uri;
  if (first?.scheme !== 'file') return undefined;
  const found = await lstat(first.fsPath).catch(() => undefined);
  return found?.isDirectory() === true ? first.fsPath : undefined;
}

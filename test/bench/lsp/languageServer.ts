import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type Diagnostic, type MessageConnection, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { ServerKind } from './servers.ts';

/** How long an answer may take before the bench gives up, in milliseconds. */
const patience = 60_000;

/** A running language server, as an editor speaks with it over its standard input and output. */
export class LanguageServer {
  readonly kind: ServerKind;
  /** From the start of the process to the answer of initialize, in milliseconds. */
  readonly startedIn: number;
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #last = new Map<string, readonly Diagnostic[]>();
  #told: (params: PublishDiagnosticsParams) => void = () => undefined;

  private constructor(kind: ServerKind, child: ChildProcess, connection: MessageConnection, startedIn: number) {
    this.kind = kind;
    this.startedIn = startedIn;
    this.#child = child;
    this.#connection = connection;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#last.set(params.uri, params.diagnostics);
      this.#told(params);
    });
  }

  /** @param folder the workspace, as a URI. @param watched loads the hook that tells of memory and blocks. */
  static async start(root: string, kind: ServerKind, { folder, watched = false }: { readonly folder?: string; readonly watched?: boolean } = {}): Promise<LanguageServer> {
    const began = performance.now();
    const hook = watched ? ['--expose-gc', '--require', path.join(root, 'test/bench/lsp/hook.cjs')] : [];
    const child = spawn(process.execPath, [...hook, ...kind.args], { stdio: ['pipe', 'pipe', 'inherit', ...(watched ? ['ipc' as const] : [])] });
    if (child.stdout === null || child.stdin === null) throw new Error('The server has no streams.');
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly { readonly section?: string }[] }) => items.map(({ section }) => kind.settings(section)));
    connection.onRequest(() => null);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder ?? null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'bench' }],
      initializationOptions: kind.initializationOptions,
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { publishDiagnostics: {}, completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ['markdown'] }, ...(kind.diagnosing === 'pull' ? { diagnostic: { dynamicRegistration: false } } : {}) },
      },
    });
    const server = new LanguageServer(kind, child, connection, performance.now() - began);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: kind.settings(undefined) });
    return server;
  }

  request(method: string, params: unknown): Promise<unknown> {
    return this.#connection.sendRequest(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  /** The problems of a document after something was told to the server: pushed, the first that `expected` takes; pulled, the answer. */
  problemsAfter(uri: string, tell: () => Promise<void>, expected: (problems: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    return this.#patiently(this.kind.diagnosing === 'push' ? this.#pushed(uri, tell, expected) : this.#pulled(uri, tell, expected), `problems of ${uri}`);
  }

  async #pushed(uri: string, tell: () => Promise<void>, expected: (problems: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    const pushed = new Promise<readonly Diagnostic[]>((resolve) => {
      this.#told = (params) => {
        if (params.uri === uri && expected(params.diagnostics)) resolve(params.diagnostics);
      };
    });
    await tell();
    return pushed;
  }

  async #pulled(uri: string, tell: () => Promise<void>, expected: (problems: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    await tell();
    const { items } = await this.request('textDocument/diagnostic', { textDocument: { uri } }) as { readonly items: readonly Diagnostic[] };
    if (!expected(items)) throw new Error(`${this.kind.name} gives other problems of ${uri} than expected: ${JSON.stringify(items)}`);
    return items;
  }

  /** Waits for pushed problems that may have come already. A server that is behind may leave out what was typed and taken back. */
  async settled(uri: string, expected: (problems: readonly Diagnostic[]) => boolean): Promise<void> {
    const last = this.#last.get(uri);
    if (last === undefined || !expected(last)) await this.problemsAfter(uri, () => Promise.resolve(), expected);
  }

  /** Asks the hook. */
  async watch(question: 'memory'): Promise<{ readonly rss: number; readonly heapUsed: number }>;
  async watch(question: 'watch'): Promise<unknown>;
  async watch(question: 'blocked'): Promise<{ readonly longest: number }>;
  async watch(question: string): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(question);
    return (await this.#patiently(answer, question))[0];
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    await this.request('shutdown', undefined);
    await this.notify('exit', undefined);
    this.#child.stdin?.end();
    await this.#patiently(ended, 'exit');
    this.#connection.dispose();
  }

  #patiently<Result>(answer: Promise<Result>, what: string): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`${this.kind.name} gave no ${what} for ${String(patience / 1_000)} seconds.`));
      }, patience);
    });
    return Promise.race([answer, late]).finally(() => {
      clearTimeout(timer);
    });
  }
}

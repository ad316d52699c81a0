import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { DiagnosticSeverity, type CompletionItem, type Diagnostic, type Hover, type Position } from 'vscode-languageserver-types';
import { createConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { withCanonicalUris } from '../../server/documentUris.ts';
import type { FileSystem } from '../../server/files.ts';
import { nodeFiles } from '../../server/nodeFiles.ts';
import { registerRemoteRequests } from '../../server/remoteRequests.ts';
import { serve } from '../../server/server.ts';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message: string };
}

/** What an editor has open, when it is not one copy of a folder on the disk. */
interface Surroundings {
  /** The disk of the server. */
  readonly files?: FileSystem;
  /** The folders of the workspace, as paths in the copy; none for an editor without a folder. */
  readonly folders?: readonly string[];
  /** An editor whose folder this one opens as well. */
  readonly beside?: Editor;
  /** The parameters of `initialize` for folders; those of VS Code unless they are given. */
  readonly hello?: (...folders: readonly string[]) => object;
}

/** An editor of one test: it speaks LSP with the real server over streams in memory, about real files. */
export class Editor {
  readonly folder: string;
  readonly notifications: Message[] = [];
  /** Every message in both directions, as a trace of the editor shows them. */
  readonly trace: string[] = [];
  /** The methods of the requests of the server, such as those that ask to draw something again. */
  readonly asked: string[] = [];
  /** How the user or the editor answers what the server asks, by method; null otherwise, and an error where that rejects. */
  readonly answers: Record<string, ((params: unknown) => unknown) | undefined> = { 'backupPolicy/aws/confirmConnection': () => true };
  /** The settings that the editor answers with. */
  settings: unknown = {};
  readonly #toServer = new PassThrough();
  readonly #fromServer = new PassThrough();
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #problems = new Map<string, readonly Diagnostic[]>();
  #buffer = Buffer.alloc(0);
  #next = 1;
  #version = 1;

  private constructor(folder: string, now: () => number, files: FileSystem) {
    this.folder = folder;
    this.#fromServer.on('data', (data: Buffer) => {
      this.#receive(data);
    });
    serve(createConnection(this.#toServer, this.#fromServer, withCanonicalUris), () => files, now, registerRemoteRequests);
  }

  /** Opens a copy of a folder. @param now the clock of the server, which stands still unless it is given. */
  static async open(source: string, settings: unknown = {}, now = (): number => Date.parse('2026-11-21T06:00:00Z'), { files = nodeFiles, folders = [''], beside, hello = asVsCode }: Surroundings = {}): Promise<Editor> {
    const folder = beside?.folder ?? mkdtempSync(path.join(os.tmpdir(), 'lsp-'));
    if (beside === undefined) cpSync(source, folder, { recursive: true });
    const editor = new Editor(folder, now, files);
    editor.settings = settings;
    await editor.request('initialize', { processId: null, rootUri: null, ...hello(...folders.map((name) => URI.file(path.join(folder, name)).toString())) });
    editor.notify('initialized', {});
    return editor;
  }

  async close(): Promise<void> {
    await this.request('shutdown', undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The URI of a file in the folder; another URI, such as that of an untitled document, as it is. */
  uri(file: string): string {
    if (/^[a-z]{2,}:/.test(file)) return file;
    return URI.file(path.join(this.folder, file)).toString();
  }

  openDocument(file: string, text: string, languageId = 'aws-backup-policy'): void {
    this.notify('textDocument/didOpen', { textDocument: { uri: this.uri(file), languageId, version: this.#version++, text } });
  }

  type(file: string, text: string): void {
    this.notify('textDocument/didChange', { textDocument: { uri: this.uri(file), version: this.#version++ }, contentChanges: [{ text }] });
  }

  closeDocument(file: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri: this.uri(file) } });
  }

  changedOnDisk(...files: readonly string[]): void {
    this.notify('workspace/didChangeWatchedFiles', { changes: files.map((file) => ({ uri: this.uri(file), type: 2 })) });
  }

  completion(file: string, position: Position): Promise<readonly CompletionItem[]> {
    return this.request('textDocument/completion', { textDocument: { uri: this.uri(file) }, position }) as Promise<readonly CompletionItem[]>;
  }

  hover(file: string, position: Position): Promise<Hover | null> {
    return this.request('textDocument/hover', { textDocument: { uri: this.uri(file) }, position }) as Promise<Hover | null>;
  }

  /** The problems of a file as last told, without hints, as the Problems panel shows them; undefined when nothing was told. */
  problems(file: string): readonly Diagnostic[] | undefined {
    return this.#problems.get(this.uri(file))?.filter(isShown);
  }

  /** The codes of the problems of all files, `file: code`, sorted. */
  allProblems(): readonly string[] {
    return [...this.#problems].flatMap(([uri, problems]) => problems.filter(isShown).map((problem) => `${path.basename(uri)}: ${String(problem.code)}`)).sort();
  }

  /** Waits until something holds, up to ten seconds. */
  async until(holds: () => boolean): Promise<void> {
    const end = Date.now() + 30_000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`It did not happen. Problems: ${this.allProblems().join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = this.#next++;
    const answer = new Promise<Message>((resolve) => {
      this.#pending.set(id, resolve);
    });
    this.#send({ id, method, params });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error.message);
    return result;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.trace.push(body);
    this.#toServer.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  }

  #receive(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, end).toString())?.[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.subarray(end + 4, end + 4 + length).toString();
      this.trace.push(body);
      const message = JSON.parse(body) as Message;
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  async #answer(method: string, params: unknown): Promise<unknown> {
    if (method === 'workspace/configuration') return [this.settings];
    return (await this.answers[method]?.(params)) ?? null;
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      if (typeof id === 'number') this.#pending.get(id)?.(message);
    } else if (id !== undefined) {
      this.asked.push(method);
      void this.#answer(method, params).then((result) => {
        this.#send({ id, result });
      }, (error: unknown) => {
        this.#send({ id, error: { code: -32_601, message: String(error) } });
      });
    } else {
      this.notifications.push(message);
      if (method === 'textDocument/publishDiagnostics') {
        const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
        this.#problems.set(uri, diagnostics);
      }
    }
  }
}

function isShown({ severity }: Diagnostic): boolean {
  return severity !== DiagnosticSeverity.Hint;
}

/** What our extension says in VS Code, as far as the server looks at it. */
function asVsCode(...folders: readonly string[]): object {
  return {
    workspaceFolders: folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) })),
    initializationOptions: { commands: true },
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true }, didChangeWatchedFiles: { dynamicRegistration: true }, inlayHint: { refreshSupport: true }, semanticTokens: { refreshSupport: true } },
      textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } }, definition: { linkSupport: true }, documentSymbol: { hierarchicalDocumentSymbolSupport: true }, hover: { contentFormat: ['markdown'] } },
    },
  };
}

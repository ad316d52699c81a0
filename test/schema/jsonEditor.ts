import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  CompletionRequest, createProtocolConnection, DidChangeConfigurationNotification, DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification, DocumentDiagnosticReportKind, DocumentDiagnosticRequest, ExitNotification, HoverRequest,
  InitializedNotification, InitializeRequest, MarkupContent, ShutdownRequest, StreamMessageReader, StreamMessageWriter,
  type CompletionItem, type Diagnostic, type Position, type ProtocolConnection,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';

const require = createRequire(import.meta.url);
const serverFile = require.resolve('vscode-langservers-extracted/bin/vscode-json-language-server');

/** A problem as an editor shows it: the marked text, and what is said about it. */
export interface ShownProblem {
  readonly marked: string;
  readonly message: string;
}

/** An editor that has nothing but `vscode-json-language-server`, started as a process, and one schema file of ours. */
export class JsonEditor {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  #documents = 0;

  private constructor(server: ChildProcessWithoutNullStreams) {
    this.#server = server;
    this.#connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    this.#connection.listen();
  }

  /** Starts the server, which reads the schema from disk for every document named `*.json`. */
  static async start(schemaFile: string): Promise<JsonEditor> {
    const editor = new JsonEditor(spawn(process.execPath, [serverFile, '--stdio']));
    await editor.#connection.sendRequest(InitializeRequest.method, {
      processId: process.pid,
      workspaceFolders: null,
      capabilities: {
        textDocument: {
          diagnostic: {},
          hover: { contentFormat: ['markdown'] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        },
      },
      initializationOptions: { handledSchemaProtocols: ['file'] },
    });
    await editor.#connection.sendNotification(InitializedNotification.type, {});
    await editor.#connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { json: { validate: { enable: true } } } });
    await editor.#connection.sendNotification('json/schemaAssociations', [{ fileMatch: ['*.json'], uri: URI.file(path.resolve(schemaFile)).toString() }]);
    return editor;
  }

  async close(): Promise<void> {
    await this.#connection.sendRequest(ShutdownRequest.type);
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    await this.#connection.sendNotification(ExitNotification.type);
    await ended;
    this.#connection.dispose();
  }

  /** The diagnostics of a text, in its order. */
  async problems(text: string): Promise<readonly ShownProblem[]> {
    return this.#withDocument(text, async (document) => {
      const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: document.uri } });
      const items: readonly Diagnostic[] = report.kind === DocumentDiagnosticReportKind.Full ? report.items : [];
      return items.map(({ range, message }) => ({ marked: document.getText(range), message: MarkupContent.is(message) ? message.value : message }));
    });
  }

  /** What completion offers at the `|` of a text. */
  async completions(marked: string): Promise<readonly CompletionItem[]> {
    return this.#atCursor(marked, async (uri, position) => {
      const answer = await this.#connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
      return Array.isArray(answer) ? answer : answer?.items ?? [];
    });
  }

  /** The markdown that hovering over the `|` of a text shows; undefined when nothing shows. */
  async hover(marked: string): Promise<string | undefined> {
    return this.#atCursor(marked, async (uri, position) => {
      const answer = await this.#connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
      const contents = answer?.contents;
      if (contents === undefined) return undefined;
      const parts = Array.isArray(contents) ? contents : [contents];
      return parts.map((part) => (typeof part === 'string' ? part : part.value)).join('\n\n');
    });
  }

  async #atCursor<Answer>(marked: string, ask: (uri: string, position: Position) => Promise<Answer>): Promise<Answer> {
    const offset = marked.indexOf('|');
    if (offset < 0) throw new Error(`Mark the cursor with | in ${marked}`);
    return this.#withDocument(marked.replace('|', ''), (document) => ask(document.uri, document.positionAt(offset)));
  }

  async #withDocument<Answer>(text: string, ask: (document: TextDocument) => Promise<Answer>): Promise<Answer> {
    const document = TextDocument.create(`file:///documents/${String(this.#documents++)}.json`, 'json', 1, text);
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: document.uri, languageId: 'json', version: 1, text } });
    try {
      return await ask(document);
    } finally {
      await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: document.uri } });
    }
  }
}

import { commands, languages as registry, window, workspace, type Disposable, type ExtensionContext, type TextDocument } from 'vscode';
import { betterLanguage } from './documentLanguage.ts';
import { languages } from './languages.ts';
import type { ServerAccess } from './serverAccess.ts';

/** Documents of these languages need the server. */
const servedLanguages: ReadonlySet<string> = new Set(Object.values(languages));

const treatedKey = 'treatedAsPolicy';

/** Documents of these schemes are views of something else: output, results of this extension, old versions of files. */
const views: ReadonlySet<string> = new Set(['backup-effective', 'backup-policy-rule', 'output', 'git', 'vscode', 'vscode-settings']);

/**
 * Gives documents the language of backup policies: by name (VS Code does that), because a model names them, by
 * content, by the user's globs, or because the user said so. Starts the server with the first such document.
 */
export class PolicyDocuments implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #disposables: Disposable[] = [];
  #named: ReadonlySet<string> = new Set();
  /** What the user made of documents by hand since the window was opened, by URI. */
  readonly #byUser = new Map<string, 'policy' | 'other'>();
  /** Documents whose language is being changed here, by URI. */
  readonly #changing = new Set<string>();
  /** The document that was closed just now: VS Code closes and opens a document whose language changes. */
  #closed: { readonly uri: string; readonly languageId: string } | undefined;

  constructor(context: ExtensionContext, server: ServerAccess) {
    this.#context = context;
    this.#server = server;
    this.#disposables.push(
      workspace.onDidCloseTextDocument((document) => {
        this.#noteClosed(document);
      }),
      workspace.onDidOpenTextDocument((document) => {
        this.#noteChoice(document);
        void this.#consider(document);
      }),
      workspace.onDidSaveTextDocument((document) => void this.#consider(document)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('awsBackupPolicy.files')) this.#considerAll(() => true);
      }),
      server.onDidChange(({ policyFiles }) => {
        const before = this.#named;
        this.#named = new Set(policyFiles);
        this.#considerAll((uri) => this.#named.has(uri) && !before.has(uri));
      }),
    );
    this.#considerAll(() => true);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Makes the active document a backup policy, now and whenever it is opened again in this workspace. */
  async treatActiveAsPolicy(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (document === undefined) {
      void window.showInformationMessage('Open the document that is a backup policy first.');
      return;
    }
    const uri = document.uri.toString();
    this.#byUser.set(uri, 'policy');
    if (!document.isUntitled && !this.#treated().includes(uri)) await this.#context.workspaceState.update(treatedKey, [...this.#treated(), uri]);
    await this.#give(document, languages.policy);
  }

  #treated(): readonly string[] {
    return this.#context.workspaceState.get<readonly string[]>(treatedKey, []);
  }

  #considerAll(isWanted: (uri: string) => boolean): void {
    for (const document of workspace.textDocuments) if (isWanted(document.uri.toString())) void this.#consider(document);
  }

  async #consider(document: TextDocument): Promise<void> {
    if (views.has(document.uri.scheme)) return;
    const uri = document.uri.toString();
    const byUser = this.#byUser.get(uri) ?? (this.#treated().includes(uri) ? 'policy' : undefined);
    const isNamed = this.#named.has(uri) || this.#matchesGlob(document);
    const { languageId, isUntitled } = document;
    const better = betterLanguage({ languageId, path: document.uri.path, isUntitled, byUser, isNamed }, () => document.getText());
    if (better !== undefined) await this.#give(document, better);
    else if (servedLanguages.has(languageId)) await this.#server.ensure().catch(() => undefined);
  }

  async #give(document: TextDocument, languageId: string): Promise<void> {
    const uri = document.uri.toString();
    this.#changing.add(uri);
    try {
      await registry.setTextDocumentLanguage(document, languageId);
    } catch {
      // It was closed meanwhile.
    } finally {
      this.#changing.delete(uri);
    }
  }

  #noteClosed({ uri, languageId }: TextDocument): void {
    const closed = { uri: uri.toString(), languageId };
    this.#closed = closed;
    queueMicrotask(() => {
      if (this.#closed === closed) this.#closed = undefined;
    });
  }

  /** A language that changed, but not by this class, was chosen by the user: it stays. */
  #noteChoice(document: TextDocument): void {
    const uri = document.uri.toString();
    if (this.#closed?.uri !== uri || this.#changing.has(uri) || this.#closed.languageId === document.languageId) return;
    const isPolicy = document.languageId === languages.policy;
    if (isPolicy || this.#closed.languageId === languages.policy) this.#byUser.set(uri, isPolicy ? 'policy' : 'other');
    if (!isPolicy && this.#treated().includes(uri)) void this.#context.workspaceState.update(treatedKey, this.#treated().filter((each) => each !== uri));
  }

  #matchesGlob(document: TextDocument): boolean {
    const globs = workspace.getConfiguration('awsBackupPolicy', document.uri).get<readonly string[]>('files', []);
    return globs.some((pattern) => registry.match({ pattern: pattern.startsWith('**/') ? pattern : `**/${pattern}` }, document) > 0);
  }
}

/** Sets what menus and empty states depend on. */
export async function setContext(key: string, value: unknown): Promise<void> {
  await commands.executeCommand('setContext', `awsBackupPolicy.${key}`, value);
}

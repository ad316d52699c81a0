import { commands, languages as registry, window, workspace, type Disposable, type ExtensionContext, type TextDocument } from 'vscode';
import { languages } from './languages.ts';
import { isOtherJson, isPolicyText } from './policyContent.ts';
import type { ServerAccess } from './serverAccess.ts';

const treatedKey = 'treatedAsPolicy';

/**
 * Gives documents the language of backup policies: by name (VS Code does that), because a model names them, by
 * content, by the user's globs, or because the user said so. Starts the server with the first such document.
 */
export class PolicyDocuments implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #disposables: Disposable[] = [];
  #named: ReadonlySet<string> = new Set();

  constructor(context: ExtensionContext, server: ServerAccess) {
    this.#context = context;
    this.#server = server;
    this.#disposables.push(
      workspace.onDidOpenTextDocument((document) => void this.#consider(document)),
      server.onDidChange(({ policyFiles }) => {
        this.#named = new Set(policyFiles);
        for (const document of workspace.textDocuments) void this.#consider(document);
      }),
    );
    for (const document of workspace.textDocuments) void this.#consider(document);
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
    const treated = this.#treated();
    if (!treated.includes(document.uri.toString())) await this.#context.workspaceState.update(treatedKey, [...treated, document.uri.toString()]);
    await registry.setTextDocumentLanguage(document, languages.policy);
  }

  #treated(): readonly string[] {
    return this.#context.workspaceState.get<readonly string[]>(treatedKey, []);
  }

  async #consider(document: TextDocument): Promise<void> {
    if (document.uri.scheme === 'backup-effective' || document.uri.scheme === 'output') return;
    const uri = document.uri.toString();
    const { languageId } = document;
    if (languageId === languages.organization) {
      await this.#server.ensure().catch(() => undefined);
      return;
    }
    const chosen = this.#treated().includes(uri) || this.#named.has(uri);
    if (languageId === languages.policy) {
      if (!chosen && isOtherJson(document.getText())) await registry.setTextDocumentLanguage(document, 'json');
      else await this.#server.ensure().catch(() => undefined);
      return;
    }
    if (chosen || this.#byGlob(document) || ((languageId === 'json' || languageId === 'jsonc') && isPolicyText(document.getText()))) {
      await registry.setTextDocumentLanguage(document, languages.policy);
    }
  }

  #byGlob(document: TextDocument): boolean {
    const globs = workspace.getConfiguration('awsBackupPolicy', document.uri).get<readonly string[]>('files', []);
    return globs.some((pattern) => registry.match({ pattern: pattern.startsWith('**/') ? pattern : `**/${pattern}` }, document) > 0);
  }
}

/** Sets what menus and empty states depend on. */
export async function setContext(key: string, value: unknown): Promise<void> {
  await commands.executeCommand('setContext', `awsBackupPolicy.${key}`, value);
}

import type { Connection, Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf, documentOf } from './features/diagnostics.ts';
import { workspaceProblems } from './features/workspaceProblems.ts';
import type { RuleLevels } from './core/rules.ts';
import type { Workspace } from './workspace.ts';

/**
 * Tells the editor the problems of every file, open or not. A file that is mended or gone gets an empty list,
 * so no problem outlives its cause; a list that did not change is not sent again.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #sent = new Map<string, string>();

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
  }

  publish(levels: RuleLevels): void {
    const { snapshot, missing } = this.#workspace;
    const next = new Map<string, string>();
    for (const [uri, problems] of workspaceProblems(snapshot, missing)) {
      const document = documentOf(snapshot, uri);
      const diagnostics = document === undefined ? [] : diagnosticsOf(snapshot, document, problems, { ...levels, ...this.#workspace.levelsFor(uri) });
      const content = JSON.stringify(diagnostics);
      next.set(uri, content);
      if (this.#sent.get(uri) !== content && (diagnostics.length > 0 || this.#sent.has(uri) || this.#workspace.isOpen(uri))) this.#send(uri, diagnostics);
    }
    for (const [uri, content] of this.#sent) if (!next.has(uri) && content !== '[]') this.#send(uri, []);
    this.#sent = next;
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics });
  }
}

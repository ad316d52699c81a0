import { Uri, commands, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';

const scheme = 'backup-push';

/** Read-only documents about a push or an import: the versions of policies that it compares, and reports. */
export class PushDocuments implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);
  #number = 0;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** Shows what changes from one text to another, side by side or as the user's diff editor is set. */
  async compare(title: string, left: { readonly name: string; readonly text: string }, right: { readonly name: string; readonly text: string }): Promise<void> {
    await commands.executeCommand('vscode.diff', this.#keep(left.name, left.text), this.#keep(right.name, right.text), title, { preview: true });
  }

  async showReport(text: string, name = 'push-report.md'): Promise<void> {
    await window.showTextDocument(this.#keep(name, text), { preview: true });
  }

  /** Each text has a document of its own, so that one that is open never changes. Those nobody looks at are forgotten. */
  #keep(name: string, text: string): Uri {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const key of [...this.#texts.keys()].slice(0, -8)) if (!open.has(key)) this.#texts.delete(key);
    const uri = Uri.from({ scheme, path: `/${String(++this.#number)}/${name}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}

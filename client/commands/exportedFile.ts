import { Uri, commands, window, workspace } from 'vscode';

/** A file that a table is written to. */
export interface ExportedFile {
  /** Of the dialog, `Export Coverage`. */
  readonly title: string;
  /** What was written, `The coverage`. */
  readonly what: string;
  readonly name: string;
  readonly filters: Readonly<Record<string, string[]>>;
}

/**
 * Asks where to, and writes a text.
 * @param text undefined writes nothing.
 * @param to a place that is taken without asking.
 */
export async function exportFile({ title, what, name, filters }: ExportedFile, text: () => Promise<string | undefined>, to: unknown): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = to instanceof Uri ? to : await window.showSaveDialog({ title, filters: { ...filters }, ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }) });
  if (uri === undefined) return;
  const content = await text();
  if (content === undefined) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  void offerToOpen(uri, what);
}

async function offerToOpen(uri: Uri, what: string): Promise<void> {
  const choice = await window.showInformationMessage(`${what} was written to ${uri.path.split('/').at(-1) ?? ''}.`, 'Open');
  if (choice === 'Open') await commands.executeCommand('vscode.open', uri);
}

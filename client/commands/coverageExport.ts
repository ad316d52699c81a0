import { Uri, commands, window, workspace } from 'vscode';
import type { CoverageFormat } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';

const files: Readonly<Record<CoverageFormat, { readonly name: string; readonly filters: Readonly<Record<string, string[]>> }>> = {
  csv: { name: 'backup-coverage.csv', filters: { CSV: ['csv'] } },
  markdown: { name: 'backup-coverage.md', filters: { Markdown: ['md'] } },
};

/** Asks where to, and writes which plans reach which accounts. @param to a place that is taken without asking. */
export async function exportCoverage(server: ServerAccess, format: CoverageFormat, to?: unknown): Promise<void> {
  const { name, filters } = files[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = to instanceof Uri ? to : await window.showSaveDialog({ title: 'Export Coverage', filters: { ...filters }, ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }) });
  if (uri === undefined) return;
  const text = await server.request('backupPolicy/coverageText', { format });
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  void offerToOpen(uri);
}

async function offerToOpen(uri: Uri): Promise<void> {
  const choice = await window.showInformationMessage(`The coverage was written to ${uri.path.split('/').at(-1) ?? ''}.`, 'Open');
  if (choice === 'Open') await commands.executeCommand('vscode.open', uri);
}

import { Uri, commands, workspace, type ExtensionContext } from 'vscode';

/** Opens a copy of the bundled sample organization in a new window; the copy of the last time stays as the user left it. */
export async function openSampleOrganization(context: ExtensionContext): Promise<void> {
  const copy = Uri.joinPath(context.globalStorageUri, 'sample-organization');
  try {
    await workspace.fs.stat(copy);
  } catch {
    await workspace.fs.createDirectory(context.globalStorageUri);
    await workspace.fs.copy(Uri.joinPath(context.extensionUri, 'samples'), copy);
  }
  await commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: true });
}

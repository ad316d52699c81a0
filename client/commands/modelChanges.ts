import { Range, Uri, WorkspaceEdit, commands, window, workspace } from 'vscode';
import type { ModelChange, ModelChangePreview, ViewRange } from '../../server/protocol.ts';
import { confirmation } from '../changeSummary.ts';
import type { ServerAccess } from '../serverAccess.ts';

/**
 * Shows what a change of attachments does, asks, and makes it as one undoable edit of the model file. The file is
 * not saved: that, and undoing it, stay with the user.
 * @returns true when the model was changed.
 */
export async function changeModel(server: ServerAccess, change: ModelChange): Promise<boolean> {
  const preview = await server.request('backupPolicy/previewModelChange', change);
  if (preview.refusal !== undefined) {
    void window.showWarningMessage(preview.refusal);
    return false;
  }
  const { title, detail, action, done } = confirmation(change, preview);
  if (preview.edits.length === 0) {
    void window.showInformationMessage(`${title} Nothing to change.`);
    return false;
  }
  const show = preview.becomeInvalid.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  if ((await show(title, { modal: true, detail }, action)) !== action) return false;
  if (!(await applyPreview(change.organization, preview))) {
    void window.showErrorMessage('The model file could not be changed. Nothing was changed.');
    return false;
  }
  void tellDone(Uri.parse(change.organization), done);
  return true;
}

async function applyPreview(organization: string, { edits }: ModelChangePreview): Promise<boolean> {
  const uri = Uri.parse(organization);
  await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeOf(range), newText);
  return workspace.applyEdit(edit);
}

async function tellDone(uri: Uri, message: string): Promise<void> {
  const choice = await window.showInformationMessage(message, 'Save', 'Undo', 'Open Model File');
  if (choice === 'Open Model File') {
    await window.showTextDocument(uri);
  } else if (choice === 'Save') {
    await (await workspace.openTextDocument(uri)).save();
  } else if (choice === 'Undo') {
    await window.showTextDocument(uri);
    await commands.executeCommand('undo');
  }
}

/** A range as VS Code has it. */
export function rangeOf({ start, end }: ViewRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

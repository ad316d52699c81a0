import { Uri, WorkspaceEdit, commands, window, workspace, type TextDocument } from 'vscode';
import type { ModelChange, ModelChangePreview } from '../../server/protocol.ts';
import { confirmation } from '../changeSummary.ts';
import { rangeOf } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';

/**
 * Shows what a change of attachments does, asks, and makes it as one undoable edit of the model file. The file is
 * not saved: that, and undoing it, stay with the user.
 * @returns true when the model was changed.
 */
export async function changeModel(server: ServerAccess, change: ModelChange): Promise<boolean> {
  const document = await workspace.openTextDocument(Uri.parse(change.organization));
  const { version } = document;
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
  if (document.version !== version || !(await applyPreview(document, preview))) {
    void window.showErrorMessage('The model file changed meanwhile or cannot be edited, so it was left as it is. Try again.');
    return false;
  }
  void tellDone(document, done);
  return true;
}

async function applyPreview({ uri }: TextDocument, { edits }: ModelChangePreview): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeOf(range), newText);
  return workspace.applyEdit(edit);
}

async function tellDone(document: TextDocument, message: string): Promise<void> {
  const { version } = document;
  const choice = await window.showInformationMessage(message, 'Save', 'Undo', 'Open Model File');
  if (choice === 'Save') {
    await document.save();
  } else if (choice !== undefined) {
    await window.showTextDocument(document.uri);
    if (choice === 'Undo') await undo(document, version);
  }
}

/** Takes the change back as long as it is the last one. */
async function undo(document: TextDocument, version: number): Promise<void> {
  if (document.version === version) await commands.executeCommand('undo');
  else void window.showInformationMessage('The model file was edited after the change. Undo in its editor takes back the latest edit first.');
}

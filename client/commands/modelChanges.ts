import { Uri, WorkspaceEdit, commands, window, workspace, type TextDocument } from 'vscode';
import type { ModelChange, ModelChangePreview } from '../../server/protocol.ts';
import { confirmation, plannedChange } from '../changeSummary.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import { rangeOf } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';

const showImpact = 'Show Impact';

/** Changes of model files: what they mean is shown first, then they are one undoable edit. */
export class ModelChanges {
  readonly #server: ServerAccess;
  readonly #impact: ImpactComparison;

  constructor(server: ServerAccess, impact: ImpactComparison) {
    this.#server = server;
    this.#impact = impact;
  }

  /**
   * Shows what a change does, asks, and makes it as one undoable edit of the model file. The file is not saved: that,
   * and undoing it, stay with the user.
   * @returns true when the model was changed.
   */
  async make(change: ModelChange): Promise<boolean> {
    const document = await workspace.openTextDocument(Uri.parse(change.organization));
    const { version } = document;
    const preview = await this.#server.request('backupPolicy/previewModelChange', change);
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
    const choice = await show(title, { modal: true, detail }, action, ...(preview.impact.length === 0 ? [] : [showImpact]));
    if (choice === showImpact) await this.#showImpact(change, preview);
    if (choice !== action) return false;
    if (document.version !== version || !(await applyPreview(document, preview))) {
      void window.showErrorMessage('The model file changed meanwhile or cannot be edited, so it was left as it is. Try again.');
      return false;
    }
    if (this.#impact.shown.comparison.type === 'change') this.#impact.show(unsavedChanges);
    void tellDone(document, done);
    return true;
  }

  /** Makes the change whose impact is shown. */
  async makeShown(): Promise<void> {
    const { comparison } = this.#impact.shown;
    if (comparison.type === 'change') await this.make(comparison.change);
  }

  async #showImpact(change: ModelChange, preview: ModelChangePreview): Promise<void> {
    const title = 'Impact of Planned Change';
    this.#impact.show({ comparison: { type: 'change', change }, title, message: `${plannedChange(change, preview)}: not made yet.` });
    await commands.executeCommand('awsBackupPolicy.impact.focus');
  }
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

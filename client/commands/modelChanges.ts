import { Uri, WorkspaceEdit, commands, window, workspace, type TextDocument } from 'vscode';
import type { AttachmentChangeParams, ModelChange, ModelChangePreview } from '../../server/protocol.ts';
import { placeActions } from '../aws/attachmentSummary.ts';
import type { AwsAttachments } from '../aws/awsAttachments.ts';
import { confirmation, plannedChange } from '../changeSummary.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import { rangeOf } from '../locations.ts';
import { plainMessage } from '../plainMessage.ts';
import type { ServerAccess } from '../serverAccess.ts';

const showImpact = 'Show Impact';

/** Changes of model files: what they mean is shown first, then they are one undoable edit. */
export class ModelChanges {
  readonly #server: ServerAccess;
  readonly #impact: ImpactComparison;
  readonly #aws: AwsAttachments;

  constructor(server: ServerAccess, impact: ImpactComparison, aws: AwsAttachments) {
    this.#server = server;
    this.#impact = impact;
    this.#aws = aws;
  }

  /**
   * Shows what a change does, asks, and makes it as one undoable edit of the model file. The file is not saved: that,
   * and undoing it, stay with the user. With a connection to AWS the same is offered there, model and AWS together.
   * @returns true when the model, or AWS where the model said so already, was changed.
   */
  async make(change: ModelChange): Promise<boolean> {
    const document = await workspace.openTextDocument(Uri.parse(change.organization));
    const { version } = document;
    const preview = await this.#server.request('backupPolicy/previewModelChange', change);
    if (preview.refusal !== undefined) {
      void window.showWarningMessage(plainMessage(preview.refusal));
      return false;
    }
    const remote = change.type !== 'moveEntity' && preview.identified === true && this.#aws.isConnected ? change : undefined;
    const { title, detail, action, done } = confirmation(change, preview, remote !== undefined);
    if (preview.edits.length === 0) return this.#makeInAws(title, remote);
    const places = remote === undefined ? undefined : placeActions(remote);
    const show = preview.becomeInvalid.length > 0 ? window.showWarningMessage : window.showInformationMessage;
    const choice = await show(title, { modal: true, detail }, ...(places === undefined ? [action] : [places.both, places.model]), ...(preview.impact.length === 0 ? [] : [showImpact]));
    if (choice === showImpact) await this.#showImpact(change, preview);
    if (remote !== undefined && choice === places?.both) return this.#makeInBoth(remote);
    if (choice !== (places?.model ?? action)) return false;
    return this.#apply(document, version, preview, done);
  }

  /** The model says so already: only AWS may be behind. */
  async #makeInAws(title: string, change: AttachmentChangeParams | undefined): Promise<boolean> {
    if (change === undefined || change.type === 'reorder' || change.type === 'move') {
      void window.showInformationMessage(plainMessage(`${title} Nothing to change.`));
      return false;
    }
    const { aws } = placeActions(change);
    const choice = await window.showInformationMessage(title, { modal: true, detail: 'The model says so already. See whether AWS has it so, too, and what changing it there would do.' }, aws);
    return choice === aws && (await this.#aws.make(change)) !== undefined;
  }

  /** AWS first; the model then follows where AWS holds it. */
  async #makeInBoth(change: AttachmentChangeParams): Promise<boolean> {
    const made = await this.#aws.make(change);
    if (made === undefined) return false;
    const followed = made === 'all' ? change : change.type === 'attach' || change.type === 'detach' ? { ...change, targets: change.targets.filter((key) => made.includes(key)) } : undefined;
    if (followed === undefined || ('targets' in followed && followed.targets.length === 0)) return false;
    const document = await workspace.openTextDocument(Uri.parse(change.organization));
    const { version } = document;
    const preview = await this.#server.request('backupPolicy/previewModelChange', followed);
    if (preview.refusal !== undefined) void window.showWarningMessage(plainMessage(`AWS is changed, the model file is not: ${preview.refusal}`));
    return preview.refusal === undefined && this.#apply(document, version, preview, confirmation(followed, preview).done);
  }

  async #apply(document: TextDocument, version: number, preview: ModelChangePreview, done: string): Promise<boolean> {
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
  const choice = await window.showInformationMessage(plainMessage(message), 'Save', 'Undo', 'Open Model File');
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

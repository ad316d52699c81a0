import { Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { RefactoringRef, RefactoringView } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import { rangeOf } from '../locations.ts';
import { refactoringConfirmation } from '../refactoringSummary.ts';
import type { ServerAccess } from '../serverAccess.ts';

/** Lists what can be made of the policy, or of the definition in a model, at the cursor of the active editor, and makes what is chosen. */
export async function refactorPolicy(server: ServerAccess): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined || (editor.document.languageId !== languages.policy && editor.document.languageId !== languages.organization)) {
    void window.showInformationMessage('Open a backup policy and put the cursor on the plan, rule or setting to refactor; or open a model on the definition of a policy.');
    return;
  }
  const { start, end } = editor.selection;
  const range = { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
  const offers = await server.request('backupPolicy/refactorings', { uri: editor.document.uri.toString(), range });
  const rows = offers.map(({ ref, title, refusal }) => ({ label: title, ref, refusal, ...(refusal === undefined ? {} : { detail: `$(circle-slash) ${refusal}` }) }));
  rows.sort((left, right) => Number(left.refusal !== undefined) - Number(right.refusal !== undefined));
  if (rows.length === 0) {
    void window.showInformationMessage('There is nothing to refactor here. Put the cursor on a plan, rule or setting of a policy that a model attaches.');
    return;
  }
  const picked = await window.showQuickPick(rows, { title: 'Refactor Policy', placeHolder: 'Effective policies stay the same unless the number of accounts that change is given', matchOnDetail: true });
  if (picked?.refusal !== undefined) void window.showInformationMessage(picked.refusal);
  else if (picked !== undefined) await confirmRefactoring(server, picked.ref);
}

/**
 * Makes a refactoring. When accounts would get another effective policy, or something is lost, it says so and asks
 * first. The edits of all files are one step to undo.
 * @param ref a RefactoringRef, as a code action carries it.
 */
export async function confirmRefactoring(server: ServerAccess, ref: unknown): Promise<boolean> {
  if (!isRef(ref)) return false;
  const versions = versionsOf();
  const view = await server.request('backupPolicy/refactoring', ref);
  if (view === null || view.refusal !== undefined) {
    void window.showWarningMessage(view?.refusal ?? 'The files changed meanwhile, and this is not possible any more. Ask again at the cursor.');
    return false;
  }
  if (view.changed > 0 || view.lost !== undefined) {
    const { title, detail, action } = refactoringConfirmation(view);
    const show = view.impact.groups.some(({ grade }) => grade === 'lost' || grade === 'frozen') ? window.showWarningMessage : window.showInformationMessage;
    if ((await show(title, { modal: true, detail }, action)) !== action) return false;
  }
  const isStale = versionsOf().some(([uri, version]) => view.files.some((file) => file.uri === uri) && versions.some(([other, before]) => other === uri && before !== version));
  if (isStale || !(await workspace.applyEdit(editOf(view), { isRefactoring: true }))) {
    void window.showErrorMessage('A file changed meanwhile or cannot be edited, so nothing was changed. Try again.');
    return false;
  }
  return true;
}

function versionsOf(): readonly (readonly [uri: string, version: number])[] {
  return workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]);
}

function editOf({ files }: RefactoringView): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const file of files) {
    const uri = Uri.parse(file.uri);
    if (file.type === 'create') edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(file.text) });
    else if (file.type === 'delete') edit.deleteFile(uri);
    else for (const { range, newText } of file.edits) edit.replace(uri, rangeOf(range), newText);
  }
  return edit;
}

function isRef(value: unknown): value is RefactoringRef {
  return typeof value === 'object' && value !== null && 'uri' in value && 'range' in value && 'id' in value;
}

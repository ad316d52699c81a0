import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A file of the folder that the suites have open, a copy of the sample organization. */
export function place(file: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, file);
}

/** A policy of the sample, by its name. */
export function policy(name: string): vscode.Uri {
  return place(`backup-policies/${name}.json`);
}

/** The model file of the sample. */
export function model(): vscode.Uri {
  return place('backup-organization.json');
}

/** Shows a file in an editor. */
export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(uri)).document;
}

/** Writes a file past the editor, as other programs do. */
export async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Deletes a file as the Explorer does. VS Code closes its document then, also one that it keeps for a suite that asked for it. */
export async function deleteFile(uri: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  assert.ok(await vscode.workspace.applyEdit(edit), `${uri.path} was not deleted`);
}

/** Replaces a part that stands exactly once in the document; nothing is saved. */
export async function replace(document: vscode.TextDocument, part: string, by: string): Promise<void> {
  const [before, after, ...more] = document.getText().split(part);
  assert.ok(before !== undefined && after !== undefined && more.length === 0, `${part} does not stand once in ${document.uri.path}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(before.length), document.positionAt(before.length + part.length)), by);
  assert.ok(await vscode.workspace.applyEdit(edit), `${document.uri.path} was not edited`);
}

/** Undoes the last edit of a document. */
export async function undo(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('undo');
}

/** Reverts every file and closes all editors. */
export async function restore(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || document.isUntitled) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** What this extension reports for a file: other extensions report into the same list. */
export function problemsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source, severity }) => source === 'backup-policy' && severity !== vscode.DiagnosticSeverity.Hint);
}

/** The rules of a file's problems. */
export function rulesOf(uri: vscode.Uri): readonly string[] {
  return problemsOf(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code)).sort();
}

/** Files of the folder that have problems, by name, with their rules. */
export function allProblems(): Readonly<Record<string, readonly string[]>> {
  const uris = vscode.languages.getDiagnostics().map(([uri]) => uri).filter(({ scheme }) => scheme === place('').scheme);
  return Object.fromEntries(uris.map((uri) => [vscode.workspace.asRelativePath(uri), rulesOf(uri)] as const).filter(([, rules]) => rules.length > 0).sort());
}

/** Waits until something holds, 15 seconds at most. @param seen is told when it does not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seen: () => unknown = allProblems): Promise<void> {
  for (const end = Date.now() + 15_000; !(await holds()); ) {
    assert.ok(Date.now() < end, `not within 15 seconds: ${what}; seen: ${JSON.stringify(seen())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until a value is what is expected; the failure shows the difference. */
export async function becomes<Value>(read: () => Value | Promise<Value>, expected: Value): Promise<void> {
  for (const end = Date.now() + 15_000; ; ) {
    const value = await read();
    try {
      assert.deepEqual(value, expected);
      return;
    } catch (difference) {
      if (Date.now() > end) throw difference;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

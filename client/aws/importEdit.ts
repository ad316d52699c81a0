import { Uri, WorkspaceEdit, workspace, type TextDocument } from 'vscode';
import type { ImportView } from '../../server/protocol.ts';
import { rangeOf } from '../locations.ts';

/** What came of applying an import; `changed` names a file that is not what the import was planned for. */
export type ImportOutcome = { readonly type: 'applied' } | { readonly type: 'changed'; readonly file: string } | { readonly type: 'refused' };

/** Makes the files as an import says: one edit, which one undo takes back, and saves them. */
export async function applyImport({ files }: Pick<ImportView, 'files'>): Promise<ImportOutcome> {
  const edit = new WorkspaceEdit();
  const edited: TextDocument[] = [];
  for (const file of files) {
    const uri = Uri.parse(file.uri);
    if (file.type === 'create') {
      if (await exists(uri)) return { type: 'changed', file: workspace.asRelativePath(uri) };
      edit.createFile(uri, { contents: new TextEncoder().encode(file.text) });
      continue;
    }
    const document = await workspace.openTextDocument(uri);
    if (document.getText() !== file.before) return { type: 'changed', file: workspace.asRelativePath(uri) };
    for (const { range, newText } of file.edits) edit.replace(uri, rangeOf(range), newText);
    edited.push(document);
  }
  if (!(await workspace.applyEdit(edit))) return { type: 'refused' };
  // The next import compares with what AWS had: files that were never saved would look edited.
  for (const document of edited) await document.save();
  return { type: 'applied' };
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI, Utils } from 'vscode-uri';
import { fileRenameEdits, type FileRename } from '../../server/features/fileRenames.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday } from './organizations.ts';

const project = 'file:///project';

function modelled(...files: readonly string[]): Snapshot {
  const text = JSON.stringify({ root: { name: 'Root' }, policies: Object.fromEntries(files.map((file, index) => [`p${String(index)}`, { file }])) });
  return applyChanges(emptySnapshot(monday), monday, [{ type: 'organization', uri: modelUri, text }]);
}

const rename = (from: string, to: string): FileRename => ({ oldUri: `${project}/${from}`, newUri: to.startsWith('file:') ? to : Utils.joinPath(URI.parse(project), to).toString() });

/** The files that the model names after the rename; undefined when it stays as it is. */
function named(snapshot: Snapshot, ...renames: readonly FileRename[]): readonly unknown[] | undefined {
  const edits = fileRenameEdits(snapshot, renames)?.changes?.[modelUri];
  const text = snapshot.organizations.get(modelUri)?.document.text ?? '';
  if (edits === undefined) return undefined;
  const edited = JSON.parse(TextDocument.applyEdits(TextDocument.create(modelUri, 'json', 1, text), edits)) as { readonly policies: Readonly<Record<string, { readonly file: string }>> };
  return Object.values(edited.policies).map(({ file }) => file);
}

test.each([
  ['a file is renamed', [rename('policies/a.json', 'policies/new.json')], ['policies/new.json', 'policies/b.json']],
  ['a file is moved', [rename('policies/a.json', 'a.json')], ['a.json', 'policies/b.json']],
  ['a folder is renamed', [rename('policies', 'backup policies')], ['backup policies/a.json', 'backup policies/b.json']],
  ['several are', [rename('policies/a.json', 'x/ä"#%.json'), rename('policies/b.json', 'x/b.json')], ['x/ä"#%.json', 'x/b.json']],
  ['the model is moved up', [rename('backup-organization.json', 'file:///backup-organization.json')], ['project/policies/a.json', 'project/policies/b.json']],
  ['the model is moved down beside its policies', [rename('backup-organization.json', 'policies/backup-organization.json')], ['a.json', 'b.json']],
])('the model follows when %s', (_title, renames, files) => {
  expect(named(modelled('policies/a.json', 'policies/b.json'), ...renames)).toEqual(files);
});

test.each([
  ['something else is renamed', [rename('policies/other.json', 'policies/a2.json')]],
  ['a folder with the beginning of the name is', [rename('polic', 'x')]],
  ['a policy leaves the folder of the model', [rename('policies/a.json', 'file:///elsewhere/a.json')]],
  ['model and policies move together', [{ oldUri: project, newUri: 'file:///moved' }]],
  ['only the name of the model changes', [rename('backup-organization.json', 'prod.backup-organization.json')]],
])('the model stays as it is when %s', (_title, renames) => {
  expect(fileRenameEdits(modelled('policies/a.json', 'policies/b.json'), renames)).toBeNull();
});

test('a path that is written in another way is the same file', () => {
  expect(named(modelled('./policies/../policies/a.json'), rename('policies/a.json', 'b.json'))).toEqual(['b.json']);
});

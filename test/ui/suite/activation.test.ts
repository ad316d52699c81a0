import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { deleteFile, open, place, policy, restore, until, write } from '../editing.ts';

const id = 'backup-policies.aws-backup-policies';

interface Api {
  serverState(): string;
  isPanelLoaded(): boolean;
}

function installed(): vscode.Extension<Api> {
  const extension = vscode.extensions.getExtension<Api>(id);
  assert.ok(extension, `${id} is not installed`);
  return extension;
}

/** The files of the extension that Node has loaded into the extension host so far. */
function loadedBundles(): readonly string[] {
  const folder = path.join(installed().extensionPath, 'dist') + path.sep;
  return Object.keys(require.cache).filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length)).sort();
}

suite('Activation', () => {
  test('the extension runs from the place that is tested', () => {
    const fromVsix = path.basename(installed().extensionPath).startsWith(id);
    assert.equal(fromVsix, process.env['SUITE_KIND'] === 'vsix', installed().extensionPath);
  });

  test('JSON that is no policy activates the extension, and loads neither the server nor a page', async () => {
    const plain = place('plain.json');
    await write(plain, '{ "a": 1 }\n');
    const document = await open(plain);
    await until('Activation', () => installed().isActive);
    // Another extension has answered for the document by then: this one has looked at it, too.
    await until('The outline of JSON', async () => (await vscode.commands.executeCommand<readonly unknown[] | undefined>('vscode.executeDocumentSymbolProvider', plain))?.length === 1);
    assert.equal(document.languageId, 'json');
    assert.equal(installed().exports.serverState(), 'notStarted');
    assert.equal(installed().exports.isPanelLoaded(), false);
    assert.deepEqual(loadedBundles(), ['client.js']);
    assert.deepEqual(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(({ input }) => !(input instanceof vscode.TabInputText))), []);
    await restore();
    await deleteFile(plain);
    assert.equal(installed().exports.serverState(), 'notStarted');
  });

  test('a policy starts the server', async () => {
    const document = await open(policy('baseline'));
    assert.equal(document.languageId, 'aws-backup-policy');
    await until('The start of the server', () => installed().exports.serverState() === 'running');
    assert.ok(loadedBundles().includes('session.js'));
    await restore();
  });
});

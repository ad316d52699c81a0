import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';

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

async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !isTrue(); ) {
    assert.ok(Date.now() < end, `${what} took more than 15 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

suite('Activation', () => {
  test('the extension runs from the place that is tested', () => {
    const fromVsix = path.basename(installed().extensionPath).startsWith(id);
    assert.equal(fromVsix, process.env['SUITE_KIND'] === 'vsix', installed().extensionPath);
  });

  test('without a policy document neither the server nor the panel is loaded', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{ "a": 1 }' });
    await until('Activation', () => installed().isActive);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(document.languageId, 'json');
    assert.equal(installed().exports.serverState(), 'notStarted');
    assert.equal(installed().exports.isPanelLoaded(), false);
  });

  test('a policy document activates the extension', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'backup-policies/baseline.json'));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'aws-backup-policy');
    await until('Activation', () => installed().isActive);
    await until('The start of the server', () => installed().exports.serverState() === 'running');
  });
});

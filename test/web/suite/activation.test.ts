import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deleteFile, open, place, policy, restore, until, write } from '../../ui/editing.ts';

interface Api {
  serverState(): string;
  isPanelLoaded(): boolean;
}

function installed(): vscode.Extension<Api> {
  const extension = vscode.extensions.getExtension<Api>('backup-policies.aws-backup-policies');
  assert.ok(extension);
  return extension;
}

suite('Activation in a browser', () => {
  test('is without Node, in a folder that is in memory', () => {
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    assert.equal(vscode.env.remoteName, undefined);
    assert.ok(place('').scheme !== 'file');
  });

  test('JSON that is no policy activates the extension, and starts no server', async () => {
    const plain = place('plain.json');
    await write(plain, '{ "a": 1 }\n');
    await open(plain);
    await until('activation', () => installed().isActive);
    assert.equal(installed().exports.serverState(), 'notStarted');
    assert.equal(installed().exports.isPanelLoaded(), false);
    await restore();
    await deleteFile(plain);
  });

  test('a policy starts the server', async () => {
    assert.equal((await open(policy('baseline'))).languageId, 'aws-backup-policy');
    await until('the start of the server', () => installed().exports.serverState() === 'running');
    await restore();
  });
});

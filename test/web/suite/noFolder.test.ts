import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, rulesOf } from '../../ui/editing.ts';

suite('A window without a folder, in a browser', () => {
  test('tells the problems of an untitled policy, and completes in it', async () => {
    assert.deepEqual(vscode.workspace.workspaceFolders ?? [], []);
    const document = await vscode.workspace.openTextDocument({ language: 'aws-backup-policy', content: '{ "plans": { "a": { "regions": { "@@asign": ["eu-west-1"] } } } }' });
    await vscode.window.showTextDocument(document);
    await becomes(() => rulesOf(document.uri), ['unknown-operator']);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, document.positionAt(document.getText().indexOf('@@') + 2));
    assert.deepEqual(list.items.map(({ label }) => (typeof label === 'string' ? label : label.label)).filter((label) => label.startsWith('@@')).sort(), ['@@append', '@@assign', '@@operators_allowed_for_child_policies', '@@remove']);
  });
});

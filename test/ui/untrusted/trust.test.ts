import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../editing.ts';

suite('A folder that is not trusted', () => {
  test('is what VS Code says it is, until a person trusts it', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await vscode.commands.executeCommand('workbench.trust.manage');
    await until('Trust', () => vscode.workspace.isTrusted);
  });
});

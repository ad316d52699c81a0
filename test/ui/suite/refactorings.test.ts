import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, open, policy, restore, undo, until } from '../editing.ts';

/** Where a key stands first in a document. */
function at(document: vscode.TextDocument, key: string): vscode.Range {
  const start = document.positionAt(document.getText().indexOf(`"${key}"`) + 1);
  return new vscode.Range(start, start);
}

async function refactorings(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, vscode.CodeActionKind.Refactor.value, 50);
}

suite('A refactoring', () => {
  teardown(restore);

  test('pulls a list up to a policy of a higher level, and undo puts it back in both files', async () => {
    const lower = await open(policy('databases-prod'));
    const higher = await vscode.workspace.openTextDocument(policy('database-schedule'));
    const before = [lower.getText(), higher.getText()];
    const title = 'Pull "regions" up to database-schedule at Root/Workloads';
    let action: vscode.CodeAction | undefined;
    await until('the refactoring', async () => {
      action = (await refactorings(lower.uri, at(lower, 'regions'))).find((each) => each.title === title);
      return action?.edit !== undefined;
    });
    assert.equal(action?.kind?.value, 'refactor.move');
    assert.ok(action.edit);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.ok(!lower.getText().includes('"regions"') && higher.getText().includes('"regions"'), 'the list did not move');
    await undo(lower);
    await undo(higher);
    await becomes(() => [lower.getText(), higher.getText()], before);
  });
});

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { place, until } from '../editing.ts';

suite('Readiness', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('shows the checklist in an editor tab, once', async () => {
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('awsBackupPolicy.readiness'));
    await vscode.commands.executeCommand('awsBackupPolicy.showReadiness');
    await until('the tab', () => tabs().length === 1);
    await vscode.commands.executeCommand('awsBackupPolicy.showReadiness');
    assert.deepEqual(tabs().map(({ label }) => label), ['Backup Readiness']);
  });

  test('exports the checklist as CSV and as Markdown, and a template for a StackSet', async () => {
    for (const [command, name, start] of [
      ['exportReadinessCsv', 'readiness.csv', 'account,id,type,name,region,arn,remark,needed by'],
      ['exportReadinessMarkdown', 'readiness.md', '## What the backup policies of Root need'],
      ['exportStackSetTemplate', 'readiness.yaml', '# What the backup policies of Root need'],
    ] as const) {
      await vscode.commands.executeCommand(`awsBackupPolicy.${command}`, place(name));
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(place(name)));
      assert.ok(text.startsWith(start), text.slice(0, 80));
      await vscode.workspace.fs.delete(place(name));
    }
  });
});

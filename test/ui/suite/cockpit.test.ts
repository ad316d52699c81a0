import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { place, until } from '../editing.ts';

suite('The cockpit', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('shows coverage in an editor tab, once', async () => {
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('awsBackupPolicy.coverage'));
    await vscode.commands.executeCommand('awsBackupPolicy.showCoverage');
    await until('the tab', () => tabs().length === 1);
    await vscode.commands.executeCommand('awsBackupPolicy.showCoverage');
    assert.deepEqual(tabs().map(({ label }) => label), ['Backup Coverage']);
  });

  test('exports coverage to a file, as CSV and as Markdown', async () => {
    for (const [command, name, start] of [['exportCoverageCsv', 'coverage.csv', 'path,account,id,coverage,'], ['exportCoverageMarkdown', 'coverage.md', '## Backup coverage of Root']] as const) {
      await vscode.commands.executeCommand(`awsBackupPolicy.${command}`, place(name));
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(place(name)));
      assert.ok(text.startsWith(start), text.slice(0, 80));
      await vscode.workspace.fs.delete(place(name));
    }
  });

  test('says without a git repository that there is no revision, and shows no other view', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.showImpactSinceRevision', 'HEAD');
    await vscode.commands.executeCommand('awsBackupPolicy.showUnsavedImpact');
  });

  test('registers every command that it offers', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const names = ['filterOrganization', 'clearOrganizationFilter', 'findInOrganization', 'moveTarget', 'compareSelectedTargets', 'makePlannedChange'];
    assert.deepEqual(names.filter((name) => !known.has(`awsBackupPolicy.${name}`)), []);
    await vscode.commands.executeCommand('awsBackupPolicy.clearOrganizationFilter');
  });
});

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/activation.ts';
import { applyChanges, emptySnapshot, type Change } from '../../../server/model/snapshot.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import type { JobView } from '../../../server/protocol.ts';
import { model, place, until, write } from '../editing.ts';

suite('Jobs of an embedded organization', () => {
  const file = place('watched-organization.json');
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('awsBackupPolicy.aws');
  const failed = (): readonly JobView[] => api().listedJobs()?.groups.find(({ type }) => type === 'failed')?.jobs ?? [];

  suiteSetup(async () => {
    const uris = [model(), ...(await vscode.workspace.findFiles('backup-policies/*.json'))];
    const at = Date.now();
    const changes = await Promise.all(uris.map(async (uri): Promise<Change> => ({ type: uri.toString() === model().toString() ? 'organization' : 'policy', uri: uri.toString(), text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) })));
    const snapshot = applyChanges(emptySnapshot(at), at, changes);
    const organization = snapshot.organizations.get(model().toString());
    assert.ok(organization);
    const { state } = embeddedFromModel(snapshot, organization, at);
    // No account has a vault, so every backup fails.
    await write(file, JSON.stringify({ ...state, trustedServices: { 'backup.amazonaws.com': at }, services: { vaults: [] } }));
    await settings().update('embeddedOrganization', file.fsPath, vscode.ConfigurationTarget.Workspace);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings().update('embeddedOrganization', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(file);
    await until('an empty list', () => api().listedJobs() === undefined);
  });

  test('are asked for by a command alone, and come with failures first and their likely cause', async () => {
    assert.equal(api().listedJobs(), undefined);
    await vscode.commands.executeCommand('awsBackupPolicy.showJobs');
    assert.equal(api().listedJobs()?.groups[0]?.type, 'failed');
    assert.equal(failed()[0]?.cause?.title, 'The vault does not exist');
  });

  test('lead to the line of the policy, and give their id', async () => {
    const job = failed().find(({ planName, ruleName }) => planName === 'everyday' && ruleName === 'daily');
    assert.ok(job);
    await vscode.commands.executeCommand('awsBackupPolicy.openJobPolicyLine', { type: 'job', job });
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.ok(editor.document.uri.path.endsWith('/backup-policies/baseline.json'), editor.document.uri.path);
    assert.equal(editor.document.getText(editor.selection), '"daily"');
    await vscode.commands.executeCommand('awsBackupPolicy.copyJobId', { type: 'job', job });
    assert.equal(await vscode.env.clipboard.readText(), job.id);
  });

  test('go on where they ended, and begin anew', async () => {
    for (let calls = 0; api().listedJobs()?.hasMore === true && calls < 10; calls++) await vscode.commands.executeCommand('awsBackupPolicy.loadMoreJobs');
    assert.deepEqual([api().listedJobs()?.hasMore, api().listedJobs()?.missed?.length !== undefined], [false, true]);
    await vscode.commands.executeCommand('awsBackupPolicy.refreshJobs');
    assert.equal(api().listedJobs()?.hasMore, true);
  });

  test('belong to the connection: another one empties the list, and no mode lists any', async () => {
    await settings().update('mode', 'off', vscode.ConfigurationTarget.Workspace);
    await until('an empty list', () => api().listedJobs() === undefined);
    await settings().update('mode', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('awsBackupPolicy.showJobs');
    assert.ok(failed().length > 0);
  });

  test('readiness is looked for in the same organization', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.checkReadiness');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('awsBackupPolicy.readiness'));
    assert.equal(tabs.length, 1);
  });
});

function api(): ExtensionApi {
  const extension = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { readonly contributes?: { readonly views?: Readonly<Record<string, unknown>> } }).contributes?.views?.['awsBackupPolicy'] !== undefined);
  assert.ok(extension?.isActive);
  return extension.exports as ExtensionApi;
}

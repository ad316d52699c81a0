import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/activation.ts';
import { applyChanges, emptySnapshot, type Change } from '../../../server/model/snapshot.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import type { DriftFinding } from '../../../server/protocol.ts';
import { model, open, place, policy, restore, until, write } from '../editing.ts';

suite('Comparing with an embedded organization', () => {
  const file = place('embedded-organization.json');
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('awsBackupPolicy.aws');
  const before = new Map<string, string>();
  const findings = (): readonly DriftFinding[] => api().drift()?.findings ?? [];
  const ids = (): readonly string[] => findings().map(({ id }) => id);
  const compare = async (): Promise<unknown> => vscode.commands.executeCommand('awsBackupPolicy.showDrift');
  const row = (id: string): unknown => ({ type: 'finding', finding: findings().find((finding) => finding.id === id) });

  /** What a colleague does in AWS. */
  function change(edit: (state: EmbeddedState) => void): void {
    const state = JSON.parse(fs.readFileSync(file.fsPath, 'utf8')) as EmbeddedState;
    edit(state);
    fs.writeFileSync(file.fsPath, JSON.stringify(state));
  }

  suiteSetup(async () => {
    const uris = [model(), ...(await vscode.workspace.findFiles('backup-policies/*.json'))];
    for (const uri of uris) before.set(uri.toString(), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    const at = Date.now();
    const snapshot = applyChanges(emptySnapshot(at), at, [...before].map(([uri, text]): Change => ({ type: uri === model().toString() ? 'organization' : 'policy', uri, text })));
    const organization = snapshot.organizations.get(model().toString());
    assert.ok(organization);
    await write(file, JSON.stringify(embeddedFromModel(snapshot, organization, at).state));
    await settings().update('embeddedOrganization', file.fsPath, vscode.ConfigurationTarget.Workspace);
  });

  suiteTeardown(async () => {
    await restore();
    for (const [uri, text] of before) await write(vscode.Uri.parse(uri), text);
    await settings().update('embeddedOrganization', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(file);
    await until('no comparison', () => api().drift() === undefined);
  });

  test('finds nothing where AWS has what the files say', async () => {
    await compare();
    assert.deepEqual(ids(), []);
    assert.equal(api().drift()?.organizationId, 'o-h4rb000000');
    assert.equal(api().drift()?.equal.accounts, 7);
  });

  test('finds what a colleague changed, shows both sides, and takes AWS\'s into the file by one edit', async () => {
    change((state) => {
      for (const each of state.policies) if (each.name === 'baseline') each.content = JSON.stringify(JSON.parse(each.content.replace('"35"', '"36"')));
    });
    await compare();
    assert.deepEqual(ids(), ['policy differs baseline']);

    await vscode.commands.executeCommand('awsBackupPolicy.openDrift', row('policy differs baseline'));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.equal(tab.label, 'baseline: File ↔ AWS');
    assert.equal(tab.input.original.toString(), policy('baseline').toString());
    assert.match((await vscode.workspace.openTextDocument(tab.input.modified)).getText(), /"36"/);

    const document = await open(policy('baseline'));
    assert.equal(await vscode.commands.executeCommand('awsBackupPolicy.takeAwsSide', row('policy differs baseline')), true);
    const text = before.get(policy('baseline').toString());
    assert.equal(document.getText(), text?.replace('"35"', '"36"'));
    await until('no difference in the policy', () => !ids().includes('policy differs baseline'));
    await vscode.commands.executeCommand('undo');
    await until('the difference again', () => ids().includes('policy differs baseline'));
    await vscode.commands.executeCommand('redo');
  });

  test('marks the row of a target with a missing attachment, and takes AWS\'s into the model', async () => {
    const target = { organization: model().toString(), key: 'ou-h4rb-n0npr0d1' };
    change((state) => {
      state.attachments = { ...state.attachments, [target.key]: [] };
    });
    await compare();
    const id = `attachment missing nonprod ${target.key}`;
    assert.ok(ids().includes(id), ids().join(', '));
    assert.equal(api().driftMark(target)?.badge, '≠');
    assert.match(api().driftMark(target)?.tooltip ?? '', /^Differs from AWS\. "nonprod" is attached to Root\/Workloads\/NonProd in the model, and not in AWS\./);

    await vscode.commands.executeCommand('awsBackupPolicy.openDrift', row(id));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.equal((await vscode.workspace.openTextDocument(tab.input.original)).getText(), 'nonprod\n');
    assert.equal((await vscode.workspace.openTextDocument(tab.input.modified)).getText(), '');

    assert.equal(await vscode.commands.executeCommand('awsBackupPolicy.takeAwsSide', row(id)), true);
    await until('no difference in attachments', () => !ids().includes(id));
    assert.ok(!(await open(model())).getText().includes('"policies": ["nonprod"]'));
  });

  test('forgets what it found when another organization is connected, and reads none where none is allowed', async () => {
    assert.ok(api().drift());
    await settings().update('mode', 'off', vscode.ConfigurationTarget.Workspace);
    await until('no comparison', () => api().drift() === undefined);
    await compare();
    assert.equal(api().drift(), undefined);
    await settings().update('mode', undefined, vscode.ConfigurationTarget.Workspace);
  });
});

function api(): ExtensionApi {
  const extension = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { readonly contributes?: { readonly views?: Readonly<Record<string, unknown>> } }).contributes?.views?.['awsBackupPolicy'] !== undefined);
  assert.ok(extension?.isActive);
  return extension.exports as ExtensionApi;
}

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { applyChanges, emptySnapshot, type Change } from '../../../server/model/snapshot.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { model, open, place, policy, replace, restore, until, write } from '../editing.ts';

/** Modal questions are refused while suites run, so what a push asks and writes is in the tour; these pushes end before. */
suite('Pushing to an embedded organization', () => {
  const file = place('embedded-organization.json');
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('awsBackupPolicy.aws');
  const before = new Map<string, string>();
  const state = (): EmbeddedState => JSON.parse(fs.readFileSync(file.fsPath, 'utf8')) as EmbeddedState;
  const remote = (name: string): string | undefined => state().policies.find((each) => each.name === name)?.content;
  const push = async (): Promise<unknown> => vscode.commands.executeCommand('awsBackupPolicy.pushPolicy', policy('baseline'));

  suiteSetup(async () => {
    const uris = [model(), ...(await vscode.workspace.findFiles('backup-policies/*.json'))];
    for (const uri of uris) before.set(uri.toString(), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    const at = Date.now();
    const snapshot = applyChanges(emptySnapshot(at), at, [...before].map(([uri, text]): Change => ({ type: uri === model().toString() ? 'organization' : 'policy', uri, text })));
    const organization = snapshot.organizations.get(model().toString());
    assert.ok(organization);
    await write(file, JSON.stringify(embeddedFromModel(snapshot, organization, at).state));
    await settings().update('embeddedOrganization', file.fsPath, vscode.ConfigurationTarget.Workspace);
    await settings().update('mode', 'readWrite', vscode.ConfigurationTarget.Workspace);
  });

  suiteTeardown(async () => {
    await restore();
    for (const [uri, text] of before) await write(vscode.Uri.parse(uri), text);
    for (const name of ['embeddedOrganization', 'mode']) await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(file);
  });

  test('finds what AWS has already, and writes nothing', async () => {
    const now = fs.readFileSync(file.fsPath, 'utf8');
    assert.equal(await push(), false);
    assert.equal(fs.readFileSync(file.fsPath, 'utf8'), now);
    assert.equal(remote('baseline'), before.get(policy('baseline').toString()));
  });

  test('saves an edited policy first, and pushes nothing that AWS would refuse', async () => {
    const document = await open(policy('baseline'));
    await replace(document, '"delete_after_days": { "@@assign": "35" }', '"delete_after_days": { "@@assign": "never" }');
    assert.equal(await push(), false);
    assert.equal(document.isDirty, false);
    assert.equal(remote('baseline'), before.get(policy('baseline').toString()));
  });

  test('pushes nothing where no connection is allowed', async () => {
    await settings().update('mode', 'off', vscode.ConfigurationTarget.Workspace);
    const document = await open(policy('baseline'));
    await write(policy('baseline'), document.getText().replace('"never"', '"42"'));
    await until('The file as written', () => document.getText().includes('"42"'));
    assert.equal(await push(), false);
    assert.equal(remote('baseline'), before.get(policy('baseline').toString()));
  });
});

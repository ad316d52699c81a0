import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { applyImport } from '../../../client/aws/importEdit.ts';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../../server/model/snapshot.ts';
import { systemClock } from '../../../server/organizations/clock.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import { embeddedCaller } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { fileStorage } from '../../../server/organizations/embedded/storage.ts';
import { importOrganization } from '../../../server/organizations/import/importFlow.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import type { ImportView } from '../../../server/protocol.ts';
import { model, place, policy, restore, until, write } from '../editing.ts';

/** Modal questions are refused while suites run, so what an import asks is in the tour; what it does after the answer is here. */
suite('Importing an embedded organization', () => {
  const file = place('embedded-organization.json');
  const storage = place('import-storage');
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('awsBackupPolicy.aws');
  const before = new Map<string, string>();
  const text = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const snapshot = (): Snapshot => applyChanges(emptySnapshot(Date.now()), Date.now(), [...before].map(([uri, each]): Change => ({ type: uri === model().toString() ? 'organization' : 'policy', uri, text: each })));

  const planned = (): Promise<ImportView> => {
    const api = organizationsApi(embeddedCaller({ storage: fileStorage(file.fsPath), clock: systemClock }), { clock: systemClock, paced: false });
    const host = { clock: systemClock, settings: () => ({ trusted: true, mode: 'readOnly' as const, storage: storage.fsPath }), edited: snapshot };
    return importOrganization({ host, access: { reading: () => Promise.resolve(api) } }, { model: model().toString(), ids: 'keep', resume: false, existing: [] }, { signal: new AbortController().signal, report: () => undefined });
  };

  suiteSetup(async () => {
    const uris = [model(), ...(await vscode.workspace.findFiles('backup-policies/*.json'))];
    for (const uri of uris) before.set(uri.toString(), await text(uri));
    const organization = snapshot().organizations.get(model().toString());
    assert.ok(organization);
    const { state } = embeddedFromModel(snapshot(), organization, Date.now());
    const changed: EmbeddedState = { ...state, accounts: state.accounts.map((account) => (account.name === 'shop-prod' ? { ...account, name: 'webshop-prod' } : account)), policies: [...state.policies, { id: 'p-weekly0001', name: 'weekly', description: '', content: '{"plans":{}}', tags: [] }] };
    await write(file, JSON.stringify(changed));
    await settings().update('embeddedOrganization', file.fsPath, vscode.ConfigurationTarget.Workspace);
    await settings().update('mode', 'readOnly', vscode.ConfigurationTarget.Workspace);
  });

  suiteTeardown(async () => {
    await restore();
    for (const [uri, each] of before) await write(vscode.Uri.parse(uri), each);
    for (const name of ['embeddedOrganization', 'mode']) await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
    for (const uri of [file, storage, place('policies')]) await vscode.workspace.fs.delete(uri, { recursive: true }).then(undefined, () => undefined);
  });

  test('reads everything and changes nothing before it has asked', async () => {
    const asked = await vscode.commands.executeCommand('awsBackupPolicy.importOrganization').then(() => '', (error: unknown) => String(error));
    assert.match(asked, /Bring backup-organization\.json up to date with organization o-h4rb000000\?/);
    assert.equal(await text(model()), before.get(model().toString()));
    assert.equal(fs.existsSync(place('policies').fsPath), false);
  });

  test('changes only what AWS has otherwise, and makes the files of new policies', async () => {
    assert.deepEqual(await applyImport(await planned()), { type: 'applied' });
    const now = await text(model());
    assert.ok(now.includes('"name": "webshop-prod"'));
    assert.ok(now.includes('"weekly": { "file": "policies/weekly.json", "id": "p-weekly0001" }'));
    assert.equal((await text(place('policies/weekly.json'))).trim(), '{\n  "plans": {}\n}');
    assert.equal(await text(policy('baseline')), before.get(policy('baseline').toString()));
  });

  test('is taken back by one undo', async () => {
    const document = await vscode.workspace.openTextDocument(model());
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await until('The model as before the import', () => document.getText() === before.get(model().toString()));
    await until('No file of the new policy', () => !fs.existsSync(place('policies/weekly.json').fsPath));
  });

  test('does nothing where a file is not what was read', async () => {
    await vscode.workspace.fs.delete(place('policies'), { recursive: true }).then(undefined, () => undefined);
    const view = await planned();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(model(), new vscode.Position(0, 1), ' ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(await applyImport(view), { type: 'changed', file: 'backup-organization.json' });
    assert.equal(fs.existsSync(place('policies').fsPath), false);
  });
});

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Api {
  serverState(): string;
  isPanelLoaded(): boolean;
  shownTarget(): { readonly organization: string; readonly key: string } | undefined;
}

const policyText = '{ "plans": { "daily": { "regions": { "@@assign": ["eu-west-1"] } } } }\n';
const iamText = '{ "Version": "2012-10-17", "Statement": [] }\n';

function api(): Api {
  const extension = vscode.extensions.getExtension<Api>('backup-policies.aws-backup-policies');
  assert.ok(extension);
  return extension.exports;
}

function place(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !holds(); ) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await pause(50);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Writes a file and opens it in an editor. */
async function openNew(name: string, text: string): Promise<vscode.TextDocument> {
  await vscode.workspace.fs.writeFile(place(name), new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(place(name));
  await vscode.window.showTextDocument(document);
  return document;
}

function account(key: string): { readonly organization: string; readonly key: string } {
  return { organization: place('backup-organization.json').toString(), key };
}

async function replaceAll(document: vscode.TextDocument, part: string, by: string): Promise<void> {
  const start = document.getText().indexOf(part);
  assert.ok(start >= 0, `no ${part} in ${document.uri.path}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + part.length)), by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

suite('The language of a document', () => {
  const written = ['found.json', 'backup-policies/roles.json', 'kept.json', 'rules.tpl', 'lib/schedule.json', 'other.json'];

  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(async () => {
    await vscode.workspace.getConfiguration('awsBackupPolicy').update('files', undefined, vscode.ConfigurationTarget.Workspace);
    for (const name of written) {
      // VS Code keeps documents for a while after their editors are closed.
      await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(place(name)), 'plaintext');
      await vscode.workspace.fs.delete(place(name));
    }
  });

  test('is that of policies for JSON with plans and an operator', async () => {
    const document = await openNew('found.json', policyText);
    await until('the language', () => document.languageId === 'aws-backup-policy');
  });

  test('is JSON for something else under a policy\'s name', async () => {
    const document = await openNew('backup-policies/roles.json', iamText);
    await until('the language', () => document.languageId === 'json');
  });

  test('stays what the user chose', async () => {
    const document = await openNew('kept.json', policyText);
    await until('the language', () => document.languageId === 'aws-backup-policy');
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await pause(500);
    assert.equal(document.languageId, 'json');
  });

  test('becomes that of policies by command, for templates too', async () => {
    const document = await openNew('rules.tpl', '{ "plans": ${plans} }\n');
    assert.notEqual(document.languageId, 'aws-backup-policy');
    await vscode.commands.executeCommand('awsBackupPolicy.treatAsBackupPolicy');
    await until('the language', () => document.languageId === 'aws-backup-policy');
  });

  test('becomes that of policies when a glob of the settings matches', async () => {
    const document = await openNew('lib/schedule.json', '{}\n');
    assert.equal(document.languageId, 'json');
    await vscode.workspace.getConfiguration('awsBackupPolicy').update('files', ['lib/*.json'], vscode.ConfigurationTarget.Workspace);
    await until('the language', () => document.languageId === 'aws-backup-policy');
  });

  test('becomes that of policies when a model names the file', async () => {
    const document = await openNew('other.json', '{}\n');
    const model = await vscode.workspace.openTextDocument(place('backup-organization.json'));
    await pause(300);
    assert.equal(document.languageId, 'json');
    await replaceAll(model, '"policies": {\n    "', '"policies": {\n    "other": { "file": "other.json" },\n    "');
    await until('the language', () => document.languageId === 'aws-backup-policy');
    await vscode.window.showTextDocument(model);
    await vscode.commands.executeCommand('undo');
    assert.equal(model.isDirty, false);
  });
});

suite('The effective policy', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('is shown for the target that was asked for, then for the active policy', async () => {
    const shop = account('111122223333');
    await vscode.commands.executeCommand('awsBackupPolicy.showEffectivePolicy', shop);
    await until('the panel shows its target', () => api().isPanelLoaded() && api().shownTarget()?.key === shop.key);
    await vscode.window.showTextDocument(place('backup-policies/baseline.json'));
    await vscode.commands.executeCommand('awsBackupPolicy.showEffectivePolicy', place('backup-policies/baseline.json'));
    await until('the panel follows the policy', () => api().shownTarget() !== undefined && api().shownTarget()?.key !== shop.key);
  });

  test('is a read-only JSON document that follows edits that are not saved', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.showEffectivePolicyAsJson', account('111122223333'));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'backup-effective');
    assert.equal(document.languageId, 'json');
    const before = document.getText();
    assert.ok('plans' in (JSON.parse(before) as object));
    const policy = await vscode.workspace.openTextDocument(place('backup-policies/baseline.json'));
    await replaceAll(policy, '"@@assign": "35"', '"@@assign": "36"');
    await until('the document follows', () => document.getText() !== before && document.getText().includes('"36"'));
    await vscode.window.showTextDocument(policy);
    await vscode.commands.executeCommand('undo');
    await until('the document follows the undo', () => document.getText() === before);
  });
});

suite('New Organization Model', () => {
  test('leaves a model that is there as it is, and opens it', async () => {
    const before = await vscode.workspace.fs.readFile(place('backup-organization.json'));
    await vscode.commands.executeCommand('awsBackupPolicy.newOrganizationModel');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, place('backup-organization.json').path);
    assert.deepEqual(await vscode.workspace.fs.readFile(place('backup-organization.json')), before);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { SetUpRowView } from '../../../server/protocol.ts';
import { newOrganization, type EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { place, restore, until, write } from '../editing.ts';

function steps(): readonly SetUpRowView[] {
  const extension = vscode.extensions.getExtension<{ setUpSteps(): readonly SetUpRowView[] }>('backup-policies.aws-backup-policies');
  assert.ok(extension);
  return extension.exports.setUpSteps();
}

const stateOf = (wanted: string): string => steps().find(({ step }) => step === wanted)?.stateText ?? '';
const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';

/** Modal questions are refused while suites run: what a change asks and does is in the tests of the flow. */
suite('The set-up of an embedded organization', () => {
  const file = place('set-up-organization.json');
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('awsBackupPolicy.aws');
  const set = async (name: string, value: string | undefined): Promise<void> => settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  const organization: EmbeddedState = { ...newOrganization(), resourcePolicy: { id: 'rp-1', content: '{"Version":"2012-10-17","Statement":[{"Sid":"Mine","Effect":"Allow","Principal":"*","Action":"organizations:Describe*","Resource":"*"}]}' } };
  const refresh = async (): Promise<unknown> => vscode.commands.executeCommand('awsBackupPolicy.refreshSetUp');

  suiteSetup(async () => {
    await write(file, JSON.stringify({ ...organization, accounts: [...organization.accounts, { id: '222222222222', name: 'backup', parentId: organization.root.id }] }));
    await set('embeddedOrganization', file.fsPath);
    await set('mode', 'readWrite');
  });

  suiteTeardown(async () => {
    await restore();
    for (const name of ['embeddedOrganization', 'mode']) await set(name, undefined);
    await vscode.workspace.fs.delete(file);
  });

  test('is read when somebody looks at the view', async () => {
    assert.deepEqual(steps(), []);
    await vscode.commands.executeCommand('awsBackupPolicy.showSetUp');
    await until('The steps', () => steps().length === 7, steps);
    assert.deepEqual(steps().map(({ step, stateText }) => `${step}: ${stateText}`), ['allFeatures: Enabled', 'policyType: Disabled', 'trustedAccess: Disabled', 'delegatedAdministrators: None', 'delegationPolicy: Does not delegate backup policies', 'crossAccountBackup: Disabled', 'permissions: Nothing was refused']);
  });

  test('is read again on demand', async () => {
    const stored = JSON.parse(fs.readFileSync(file.fsPath, 'utf8')) as EmbeddedState;
    await write(file, JSON.stringify({ ...stored, trustedServices: { 'backup.amazonaws.com': 0 } }));
    await refresh();
    assert.equal(stateOf('trustedAccess'), 'Enabled');
  });

  test('is changed only after a yes', async () => {
    const before = fs.readFileSync(file.fsPath, 'utf8');
    const row = steps().find(({ step }) => step === 'policyType');
    const asked = vscode.commands.executeCommand('awsBackupPolicy.enableSetUpStep', { type: 'row', row });
    await Promise.resolve(asked).catch(() => undefined);
    assert.equal(fs.readFileSync(file.fsPath, 'utf8'), before);
    await refresh();
    assert.equal(stateOf('policyType'), 'Disabled');
  });

  test('shows the delegation policy, and generates one that keeps it', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.showDelegationPolicy');
    await until('The delegation policy', () => shown().includes('"Mine"') && !shown().includes('222222222222'));
    // The command ends when its message is put away.
    void vscode.commands.executeCommand('awsBackupPolicy.generateDelegationPolicy', '222222222222');
    await until('The generated policy', () => shown().includes('"Mine"') && shown().includes('arn:aws:iam::222222222222:root'), shown);
  });

  test('is forgotten with the connection', async () => {
    await set('mode', 'off');
    await until('No steps', () => steps().length === 0, steps);
  });
});

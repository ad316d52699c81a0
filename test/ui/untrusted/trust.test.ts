import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { EmbeddedOrganization } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { startStub, type Stub } from '../../organizations/stub.ts';
import { open, policy, until } from '../editing.ts';

const id = 'backup-policies.aws-backup-policies';

interface Api {
  serverState(): string;
  awsConnection(): { readonly mode: string; readonly organizationId?: string };
}

const api = (): Api => {
  const extension = vscode.extensions.getExtension<Api>(id);
  assert.ok(extension);
  return extension.exports;
};

/** Writes the settings of the folder, as somebody does who prepares it for others. */
function writeFolderSettings(stub: Stub): void {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const settings = path.join(folder.uri.fsPath, '.vscode/settings.json');
  const text = JSON.stringify({ 'awsBackupPolicy.aws.profile': 'suite', 'awsBackupPolicy.aws.endpoint': stub.endpoint, 'awsBackupPolicy.aws.mode': 'readWrite' });
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(settings, text);
}

suite('A folder that is not trusted', () => {
  let stub: Stub;

  suiteSetup(async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'untrusted-'));
    // The language server inherits these: it is started later.
    process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    writeFileSync(path.join(folder, 'config'), '[profile suite]\nregion = eu-central-1\n');
    writeFileSync(path.join(folder, 'credentials'), '[suite]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = secret-of-the-test\n');
    stub = await startStub(new EmbeddedOrganization({ storage: memoryStorage(newOrganization()), clock: { now: () => Date.now(), random: () => 0 } }));
    writeFolderSettings(stub);
    await open(policy('baseline'));
    await until('The start of the server', () => api().serverState() === 'running');
  });

  suiteTeardown(() => stub.close());

  test('is edited as any other, and its settings reach nothing: no command sends a request', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await until('Problems', () => vscode.languages.getDiagnostics().length > 0);
    assert.equal(vscode.workspace.getConfiguration('awsBackupPolicy.aws').get('endpoint'), '');
    // A message waits for the user: it is not waited for here.
    for (const command of ['connectToAws', 'chooseAwsProfile']) await Promise.race([vscode.commands.executeCommand(`awsBackupPolicy.${command}`, 'suite'), new Promise((resolve) => setTimeout(resolve, 3000))]);
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.equal(api().awsConnection().mode, 'off');
    assert.deepEqual(stub.requests, []);
  });

  test('reaches AWS without a new start once a person trusts it', async () => {
    await vscode.commands.executeCommand('workbench.trust.manage');
    await until('Trust', () => vscode.workspace.isTrusted);
    await until('The settings of the folder', () => api().awsConnection().mode === 'readWrite', () => api().awsConnection());
    assert.deepEqual(stub.requests, []);
    await Promise.race([vscode.commands.executeCommand('awsBackupPolicy.connectToAws', 'suite'), new Promise((resolve) => setTimeout(resolve, 10_000))]);
    await until('The organization', () => api().awsConnection().organizationId === 'o-em1b000000', () => [api().awsConnection(), stub.requests]);
    assert.ok(stub.requests.every(({ operation }) => operation === 'DescribeOrganization' || operation === 'sts:GetCallerIdentity'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});

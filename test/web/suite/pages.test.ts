import * as vscode from 'vscode';
import { model, restore } from '../../ui/editing.ts';
import { read } from '../hands.ts';

const account = (key: string): object => ({ organization: model().toString(), key });

suite('The pages of the extension in a browser', () => {
  teardown(restore);

  test('show the effective policy of an account, and its cascade', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.showEffectivePolicy', account('444455556666'));
    await read('shared-services', 'everyday', 'Cascade');
  });

  test('show coverage', async () => {
    await vscode.commands.executeCommand('awsBackupPolicy.showCoverage');
    await read('shared-services', 'everyday');
  });
});

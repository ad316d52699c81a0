import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { policy, restore } from '../../ui/editing.ts';
import { dismiss } from '../hands.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
  };
}

/** What a person can look for in the Command Palette. */
const entries = ['connectToAws', 'showAwsConnection', 'createEmbeddedOrganization', 'importOrganization', 'pushPolicy', 'pushChangedPolicies', 'showDrift', 'checkReadiness', 'showJobs', 'showSetUp', 'undoLastPush', 'showJournal'];

suite('AWS in a browser', () => {
  teardown(restore);

  for (const name of entries) {
    test(`${name} says why it does nothing, and what to do instead`, async () => {
      await vscode.window.showTextDocument(policy('nonprod'));
      dismiss('AWS needs VS Code on the desktop or on a remote machine: a browser cannot read AWS credentials, so nothing was sent. Open the folder there.');
      await vscode.commands.executeCommand(`awsBackupPolicy.${name}`);
    });
  }

  test('is in the Command Palette all the same', () => {
    const { contributes } = vscode.extensions.getExtension<unknown>('backup-policies.aws-backup-policies')?.packageJSON as Manifest;
    for (const name of entries) {
      const command = `awsBackupPolicy.${name}`;
      assert.ok(!(contributes.commands.find((each) => each.command === command)?.enablement ?? '').includes('isWeb'), command);
      assert.ok(!(contributes.menus.commandPalette.find((each) => each.command === command)?.when ?? '').includes('isWeb'), command);
    }
  });
});

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, open, policy, replace, restore } from '../editing.ts';

const everything = new vscode.Range(0, 0, 1000, 0);

async function labels(uri: vscode.Uri): Promise<readonly string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, everything);
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

suite('Inheritance in the text of a policy', () => {
  teardown(restore);

  test('stands beside values and follows an edit of the policy above', async () => {
    const { uri } = await open(policy('finance-ledger'));
    await becomes(() => labels(uri), ['overrides 35 from Corporate/point-in-time']);
    await replace(await open(policy('point-in-time')), '"delete_after_days": { "@@assign": "35" }', '"delete_after_days": { "@@assign": "60" }');
    await becomes(() => labels(uri), ['overrides 60 from Corporate/point-in-time']);
  });

  test('has hints for each setting that is on, and only for those', async () => {
    const { uri } = await open(policy('database-schedule'));
    await becomes(() => labels(uri), ['At 01:30 UTC, every day']);
    const settings = vscode.workspace.getConfiguration('awsBackupPolicy.inlayHints');
    try {
      await settings.update('schedules', false, vscode.ConfigurationTarget.Workspace);
      await settings.update('durations', true, vscode.ConfigurationTarget.Workspace);
      await becomes(() => labels(uri), ['1 hour', '4 hours', '2 weeks']);
    } finally {
      await settings.update('schedules', undefined, vscode.ConfigurationTarget.Workspace);
      await settings.update('durations', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await becomes(() => labels(uri), ['At 01:30 UTC, every day']);
  });

  test('stands above plans, and the lens opens a peek whose places are followed', async () => {
    const document = await open(policy('finance-ledger'));
    const { uri } = document;
    let lens: vscode.CodeLens | undefined;
    await becomes(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
      lens = lenses.find(({ command }) => command?.command === 'awsBackupPolicy.showStatements');
      return [lens?.command?.title, lens?.range.start.line];
    }, ['Overrides Corporate/point-in-time', 2]);
    assert.ok(lens?.command);
    await vscode.commands.executeCommand<undefined>(lens.command.command, ...(lens.command.arguments ?? []) as unknown[]);
    await becomes(async () => {
      await vscode.commands.executeCommand('goToNextReference');
      await vscode.commands.executeCommand('openReference');
      return vscode.window.activeTextEditor?.document.uri.path;
    }, policy('point-in-time').path);
  });

  test('marks names and settings with the modifiers of the manifest', async () => {
    const { uri } = await open(policy('nonprod'));
    const manifest = vscode.extensions.getExtension<unknown>('backup-policies.aws-backup-policies')?.packageJSON as { readonly contributes: { readonly semanticTokenModifiers: readonly { readonly id: string }[] } };
    await becomes(async () => (await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>('vscode.provideDocumentSemanticTokens', uri))?.data.length, 45);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', uri);
    assert.deepEqual(legend.tokenModifiers, manifest.contributes.semanticTokenModifiers.map(({ id }) => id));
  });
});

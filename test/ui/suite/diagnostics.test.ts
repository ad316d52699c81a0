import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { allProblems, becomes, deleteFile, model, open, place, policy, problemsOf, replace, restore, rulesOf, undo, write } from '../editing.ts';

/** The problems of the sample, planted on purpose. */
const planted = {
  'backup-policies/finance-ledger.json': ['effective-policy-invalid'],
  'backup-policies/nonprod.json': ['blocked-by-parent'],
};

const days = (count: string): string => `{ "plans": { "daily": { "rules": { "nightly": { "lifecycle": { "delete_after_days": { "@@assign": "${count}" } } } } } } }\n`;

suite('Problems', () => {
  suiteSetup(async () => {
    await open(model());
    await becomes(allProblems, planted);
  });

  teardown(async () => {
    await restore();
    await becomes(allProblems, planted);
  });

  test('say which statement a higher policy blocks, by which one, and what AWS does', () => {
    const [problem] = problemsOf(policy('nonprod'));
    assert.ok(problem);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(problem.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.match(problem.message, /^@@assign on "target_backup_vault_name" has no effect: baseline at Root lets lower policies use no operator here\. AWS ignores the statement/);
    assert.deepEqual(codeOf(problem), { value: 'blocked-by-parent', target: 'backup-policy-rule:/blocked-by-parent.md' });
  });

  test('stand on the statement and lead to the control that blocks it', async () => {
    const [problem] = problemsOf(policy('nonprod'));
    assert.ok(problem);
    assert.equal(await textAt(policy('nonprod'), problem.range), '"@@assign": "nonprod-vault"');
    assert.deepEqual(await related(problem), [['backup-policies/baseline.json', '"@@operators_allowed_for_child_policies": ["@@none"]', 'baseline at Root lets lower policies use no operator here']]);
  });

  test('tell of an effective policy that AWS withholds, of the accounts, and where it can be mended', async () => {
    const [problem] = problemsOf(policy('finance-ledger'));
    assert.ok(problem);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(problem.message.startsWith('CROSS_ATTRIBUTE_VALIDATION: Dependent fields enable_continuous_backup=true,delete_after_days=90 in policy block continuous are invalid when used together (plans/point-in-time/rules/continuous).'), problem.message);
    assert.ok(problem.message.includes('1 account, Root/Workloads/Prod/Corporate/finance-prod'), problem.message);
    assert.deepEqual(codeOf(problem), { value: 'effective-policy-invalid', target: 'backup-policy-rule:/effective-policy-invalid.md' });
    assert.equal(await textAt(policy('finance-ledger'), problem.range), '"@@assign": "90"');
    assert.deepEqual(await related(problem), [['backup-policies/point-in-time.json', '"@@assign": true', 'point-in-time at Root/Workloads/Prod/Corporate: @@assign true']]);
  });

  test('of a file that is not open go and come with an edit of another file', async () => {
    const baseline = await open(policy('baseline'));
    await replace(baseline, '"company-vault",\n            "@@operators_allowed_for_child_policies": ["@@none"]', '"company-vault"');
    await becomes(() => rulesOf(policy('nonprod')), []);
    await undo(baseline);
    await becomes(() => rulesOf(policy('nonprod')), ['blocked-by-parent']);
    const pointInTime = await open(policy('point-in-time'));
    await replace(pointInTime, '"@@assign": true', '"@@assign": false');
    await becomes(() => rulesOf(policy('finance-ledger')), []);
    await undo(pointInTime);
    await becomes(allProblems, planted);
  });

  test('appear with each letter that is typed and go with undo, without saving', async () => {
    const document = await open(policy('finance-ledger'));
    const at = document.positionAt(document.getText().indexOf('"90"') + 2);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.ok(document.getText().includes('"9x0"'));
    await becomes(() => rulesOf(document.uri).includes('invalid-value'), true);
    await undo(document);
    await becomes(allProblems, planted);
    assert.equal(document.isDirty, false);
  });

  test('of files that other programs write, change and delete are those on disk', async () => {
    const fresh = policy('fresh');
    await write(fresh, days('0'));
    await becomes(() => rulesOf(fresh).includes('invalid-value'), true);
    assert.ok(vscode.workspace.textDocuments.every((document) => document.uri.path !== fresh.path));
    await write(fresh, days('0').replace('delete_after_days', 'delete_after_weeks'));
    await becomes(() => rulesOf(fresh).includes('unknown-key'), true);
    await vscode.workspace.fs.delete(fresh);
    await becomes(allProblems, planted);
  });

  test('go with a file that was open and is closed and deleted', async () => {
    const stray = place('stray.json');
    await write(stray, days('0'));
    await open(stray);
    await becomes(() => rulesOf(stray).includes('invalid-value'), true);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await deleteFile(stray);
    await becomes(allProblems, planted);
  });

  test('of a model stand in the model file', async () => {
    const document = await open(model());
    await replace(document, '["finance-ledger"]', '["finance-ledgers"]');
    await becomes(() => allProblems()['backup-organization.json'], ['model-unknown-policy']);
    await undo(document);
    await becomes(allProblems, planted);
  });

  test('have the level that the settings give them, or none', async () => {
    const settings = vscode.workspace.getConfiguration('awsBackupPolicy');
    await settings.update('rules', { 'blocked-by-parent': 'info', 'effective-policy-invalid': 'off' }, vscode.ConfigurationTarget.Workspace);
    try {
      await becomes(allProblems, { 'backup-policies/nonprod.json': ['blocked-by-parent'] });
      await becomes(() => problemsOf(policy('nonprod'))[0]?.severity, vscode.DiagnosticSeverity.Information);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await becomes(() => problemsOf(policy('nonprod'))[0]?.severity, vscode.DiagnosticSeverity.Warning);
  });
});

function codeOf({ code }: vscode.Diagnostic): unknown {
  assert.ok(typeof code === 'object');
  return { value: code.value, target: code.target.toString() };
}

async function textAt(uri: vscode.Uri, range: vscode.Range): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText(range);
}

/** File, underlined text and message of each place that a problem refers to. */
async function related({ relatedInformation }: vscode.Diagnostic): Promise<readonly (readonly string[])[]> {
  return Promise.all((relatedInformation ?? []).map(async ({ location, message }) => [vscode.workspace.asRelativePath(location.uri), await textAt(location.uri, location.range), message]));
}

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deleteFile, open, place, policy, replace, restore, rulesOf, until, write } from '../editing.ts';

interface Tested {
  readonly id: readonly string[];
  readonly state: string;
  readonly messages: readonly { readonly text: string; readonly location: vscode.Location | undefined }[];
}

function tested(): readonly Tested[] {
  const extension = vscode.extensions.getExtension<{ testedGuardrails(): readonly Tested[] }>('backup-policies.aws-backup-policies');
  assert.ok(extension);
  return extension.exports.testedGuardrails();
}

/** State by the last part of the id: a guardrail, or the path of an account. */
function states(file: vscode.Uri): Readonly<Record<string, string>> {
  return Object.fromEntries(tested().filter(({ id }) => id[0] === file.toString()).map(({ id, state }) => [id.at(-1) ?? '', state]));
}

async function runAll(): Promise<void> {
  await vscode.commands.executeCommand('testing.runAll');
}

const text = JSON.stringify({
  guardrails: {
    'week-is-short': { description: 'A month at least.', accounts: ['Root/Workloads/NonProd/Staging'], someRule: { plan: 'everyday', retentionDays: { atLeast: 30 } } },
    'met': { accounts: ['Root/Security'], someRule: { retentionDays: { atLeast: 35 } } },
  },
}, undefined, 2);

suite('Guardrails in the Testing view', () => {
  const file = place('nested/check.backup-guardrails.json');
  const sample = place('backup-guardrails.json');

  suiteSetup(async () => {
    // A run saves all files first, unless the user does not want it; edits are to be judged here.
    await vscode.workspace.getConfiguration('testing').update('saveBeforeTest', false, vscode.ConfigurationTarget.Global);
    await write(file, text);
    const document = await open(file);
    assert.equal(document.languageId, 'backup-guardrails');
    await until('The problem of the guardrail', () => rulesOf(file).includes('guardrail-not-met'));
  });
  suiteTeardown(async () => {
    await vscode.workspace.getConfiguration('testing').update('saveBeforeTest', undefined, vscode.ConfigurationTarget.Global);
    await restore();
    await deleteFile(file);
    await until('No problem of the guardrail', () => !rulesOf(policy('nonprod')).includes('guardrail-not-met'));
  });

  test('fail for each account with a message at the line of the policy that breaks them', async () => {
    await runAll();
    await until('The results', () => Object.keys(states(file)).length > 0, tested);
    assert.deepEqual(states(file), { 'Root/Workloads/NonProd/Staging/shop-staging': 'failed', 'Root/Workloads/NonProd/Staging/orders-staging': 'failed', 'met': 'passed' });
    const message = tested().find(({ id }) => id.at(-1) === 'Root/Workloads/NonProd/Staging/shop-staging')?.messages[0];
    assert.match(message?.text ?? '', /does not meet "week-is-short"\. The rule "daily" of the plan "everyday" comes closest: kept for 7 days \(nonprod at Root\/Workloads\/NonProd\), not 30 days or more\.\nA month at least\./);
    assert.equal(message?.location?.uri.toString(), policy('nonprod').toString());
    const line = (await vscode.workspace.openTextDocument(policy('nonprod'))).lineAt(message.location.range.start.line).text;
    assert.match(line, /"delete_after_days": \{ "@@assign": "7" \}/);
  });

  test('of the sample pass', async () => {
    await runAll();
    await until('The results of the sample', () => Object.keys(states(sample)).length > 0, tested);
    assert.deepEqual(states(sample), { 'silver-90-days': 'passed', 'gold-point-in-time': 'passed', 'monthly-copy': 'passed', 'customer-data-in-ireland': 'passed' });
  });

  test('are judged on edits that are not saved', async () => {
    const document = await open(policy('nonprod'));
    const broken = document.getText().indexOf('"delete_after_days": { "@@assign": "7" }');
    assert.ok(broken > 0);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf('"7"', broken));
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 3)), '"30"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await runAll();
    await until('Everything passed', () => states(file)['week-is-short'] === 'passed', tested);
    assert.deepEqual(states(file), { 'week-is-short': 'passed', 'met': 'passed' });
    await restore();
  });

  test('that cannot be read are errors', async () => {
    const document = await open(file);
    await replace(document, '"guardrails"', '"guardrail"');
    await runAll();
    await until('An error', () => states(file)[file.toString()] === 'errored', tested);
    await restore();
  });
});

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { allProblems, becomes, deleteFile, model, open, place, policy, replace, restore, rulesOf, until } from '../editing';

const planted = { 'backup-policies/finance-ledger.json': ['effective-policy-invalid'], 'backup-policies/nonprod.json': ['blocked-by-parent'] };

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Suite', '-c', 'user.email=suite@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: place('.').fsPath, stdio: 'pipe' });
}

/** As the Explorer renames: what has to change with it is asked for first. */
async function rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(from, to);
  assert.ok(await vscode.workspace.applyEdit(edit), `${from.path} was not renamed`);
}

async function modelText(): Promise<string> {
  return (await vscode.workspace.openTextDocument(model())).getText();
}

suite('Files that change under the editor', () => {
  suiteSetup(async () => {
    await open(policy('nonprod'));
    await becomes(allProblems, planted);
  });
  setup(() => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Sample');
  });
  teardown(async () => {
    await restore();
    git('checkout', '--quiet', '--force', 'HEAD');
    git('reset', '--quiet', '--hard', 'HEAD');
    git('clean', '--quiet', '--force', '-d');
    rmSync(place('.git').fsPath, { recursive: true, force: true });
    await becomes(allProblems, planted);
  });

  test('by a checkout: policies and model are those of the other branch, also in a clean editor; unsaved edits stay', async () => {
    git('branch', 'before');
    git('checkout', '--quiet', '-b', 'other');
    git('mv', 'backup-policies/nonprod.json', 'backup-policies/nonproduction.json');
    const write = (file: string, from: string, to: string): void => {
      const before = readFileSync(place(file).fsPath, 'utf8');
      assert.ok(before.includes(from), `${file} has no ${from}`);
      writeFileSync(place(file).fsPath, before.replaceAll(from, to));
    };
    write('backup-organization.json', 'backup-policies/nonprod.json', 'backup-policies/nonproduction.json');
    write('backup-policies/baseline.json', '["@@none"]', '["@@assign"]');
    git('commit', '--quiet', '--all', '--message', 'Other');
    git('checkout', '--quiet', 'before');
    await becomes(allProblems, planted);

    const clean = await open(policy('baseline'));
    const dirty = await open(policy('production'));
    await replace(dirty, '"plans"', '"plan"');
    await until('the problem of the edit', () => rulesOf(dirty.uri).includes('unknown-key'));
    const edited = dirty.getText();

    git('checkout', '--quiet', 'other');
    await until('the text of the other branch', () => clean.getText().includes('["@@assign"]'));
    await until('the problems of the other branch', () => rulesOf(policy('nonprod')).length === 0 && rulesOf(policy('nonproduction')).length === 0 && rulesOf(model()).length === 0);
    assert.equal(dirty.getText(), edited);
    assert.deepEqual(rulesOf(dirty.uri), ['unknown-key']);

    git('checkout', '--quiet', 'before');
    await until('the problems of the branch before', () => rulesOf(policy('nonprod')).join() === 'blocked-by-parent' && rulesOf(policy('nonproduction')).length === 0);
    assert.equal(dirty.getText(), edited);
  });

  test('by a deletion of a policy, in the editor and by another program: the model says which are missing', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await deleteFile(policy('nonprod'));
    await until('the missing policy', () => rulesOf(model()).join() === 'model-file-missing');

    // Policies that no test before has opened: VS Code keeps documents for minutes, and what is open is not missing.
    const other = place('other.backup-organization.json');
    const text = readFileSync(policy('point-in-time').fsPath);
    for (const name of ['first', 'second']) writeFileSync(policy(name).fsPath, text);
    const file = (name: string): { readonly file: string } => ({ file: `backup-policies/${name}.json` });
    writeFileSync(other.fsPath, JSON.stringify({ root: { id: 'r-0th3', name: 'Root', policies: ['first', 'second'] }, policies: { first: file('first'), second: file('second'), never: file('never') } }));
    const missing = (): number => rulesOf(other).filter((rule) => rule === 'model-file-missing').length;
    await becomes(missing, 1);
    for (const name of ['first', 'second']) rmSync(policy(name).fsPath);
    await becomes(missing, 3);
  });

  test('by a rename of a policy: the model follows, and so do the problems', async () => {
    await rename(policy('nonprod'), place('backup-policies/non production.json'));
    assert.match(await modelText(), /"file": "backup-policies\/non production\.json"/);
    await becomes(allProblems, { 'backup-policies/finance-ledger.json': ['effective-policy-invalid'], 'backup-policies/non production.json': ['blocked-by-parent'] });
    await rename(place('backup-policies/non production.json'), policy('nonprod'));
    await becomes(allProblems, planted);
  });

  test('by a rename of the folder of all policies', async () => {
    await rename(place('backup-policies'), place('policies'));
    assert.ok(!(await modelText()).includes('backup-policies/'));
    await becomes(allProblems, { 'policies/finance-ledger.json': ['effective-policy-invalid'], 'policies/nonprod.json': ['blocked-by-parent'] });
    await rename(place('policies'), place('backup-policies'));
    await becomes(allProblems, planted);
  });
});

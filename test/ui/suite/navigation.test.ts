import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { allProblems, becomes, model, open, policy, restore } from '../editing.ts';

suite('Navigation across policies', () => {
  setup(async () => {
    await open(model());
    await becomes(allProblems, { 'backup-policies/finance-ledger.json': ['effective-policy-invalid'], 'backup-policies/nonprod.json': ['blocked-by-parent'] });
  });
  teardown(restore);

  test('leads from a name to the policy that introduces it', async () => {
    const document = await open(policy('payments-retention'));
    assert.deepEqual(await targets('vscode.executeDefinitionProvider', document, '"every|day"'), ['baseline: everyday']);
    assert.deepEqual(await targets('vscode.executeDefinitionProvider', document, '"month|ly"'), ['production: monthly']);
  });

  test('lists every policy that touches a name', async () => {
    const document = await open(policy('production'));
    assert.deepEqual(await targets('vscode.executeReferenceProvider', document, '"every|day"'), ['baseline: everyday', 'customer-data: everyday', 'nonprod: everyday', 'payments-retention: everyday', 'production: everyday']);
    assert.deepEqual(await targets('vscode.executeReferenceProvider', await open(model()), '["base|line"]'), ['backup-organization: baseline', 'backup-organization: baseline']);
  });

  test('lists what lower levels make of a setting', async () => {
    assert.deepEqual(await targets('vscode.executeImplementationProvider', await open(policy('baseline')), '"delete_after|_days"'), ['nonprod: delete_after_days', 'production: delete_after_days']);
  });

  test('shows what a setting inherits from and what overrides it', async () => {
    const document = await open(policy('production'));
    const [item] = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>('vscode.prepareTypeHierarchy', document.uri, at(document, '"month|ly"'));
    assert.ok(item);
    assert.deepEqual([item.name, item.detail], ['monthly', 'production · Root/Workloads/Prod']);
    const below = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>('vscode.provideSubtypes', item);
    assert.deepEqual(below.map(({ name, detail }) => [name, detail]), [['monthly', 'payments-retention · Root/Workloads/Prod/Commerce/payments-prod']]);
    const [lower] = below;
    assert.ok(lower);
    const above = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>('vscode.provideSupertypes', lower);
    assert.deepEqual(above.map(({ name, uri }) => [name, uri.path]), [['monthly', policy('production').path]]);
  });

  test('highlights a setting at all its places in a policy', async () => {
    const document = await open(policy('production'));
    const marks = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document.uri, at(document, '"delete_after|_days"'));
    assert.deepEqual(marks.map(({ range }) => document.getText(range)), ['delete_after_days', 'delete_after_days', 'delete_after_days']);
    assert.deepEqual(marks.map(({ kind }) => kind), [vscode.DocumentHighlightKind.Write, vscode.DocumentHighlightKind.Read, vscode.DocumentHighlightKind.Read]);
  });

  test('finds names, targets and policies by a part of them', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'MONTH');
    assert.deepEqual(symbols.map(({ name, containerName }) => `${name} in ${containerName}`).sort(), ['monthly in payments-retention/everyday', 'monthly in production/everyday']);
    const [account] = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'warehouse-prod');
    assert.deepEqual([account?.containerName, account?.location.uri.path], ['Root/Workloads/Prod/Data', model().path]);
  });

  test('renames a plan in all policies, with the same problems as before', async () => {
    const document = await open(policy('nonprod'));
    const start = await vscode.commands.executeCommand<{ readonly range: vscode.Range; readonly placeholder: string }>('vscode.prepareRename', document.uri, at(document, '"every|day"'));
    assert.deepEqual([document.getText(start.range), start.placeholder], ['everyday', 'everyday']);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at(document, '"every|day"'), 'Each.Day');
    assert.deepEqual(edit.entries().map(([uri]) => nameOf(uri)).sort(), ['baseline', 'customer-data', 'nonprod', 'payments-retention', 'production']);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await becomes(async () => targets('vscode.executeReferenceProvider', document, '"Each|.Day"'), ['baseline: Each.Day', 'customer-data: Each.Day', 'nonprod: Each.Day', 'payments-retention: Each.Day', 'production: Each.Day']);
    await becomes(allProblems, { 'backup-policies/finance-ledger.json': ['effective-policy-invalid'], 'backup-policies/nonprod.json': ['blocked-by-parent'] });
  });

  test('refuses a rename that would join two plans, with the reason', async () => {
    const document = await open(policy('baseline'));
    await assert.rejects(
      async () => vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at(document, '"every|day"'), 'DATABASES'),
      /"database-schedule", attached to Root\/Workloads, has a plan "DATABASES" already\. AWS compares names without letter case and would merge the two\./,
    );
  });
});

/** The position of the mark `|` in a part of a document, at its first place. */
function at(document: vscode.TextDocument, marked: string): vscode.Position {
  const start = document.getText().indexOf(marked.replace('|', ''));
  assert.ok(start >= 0, `no ${marked}`);
  return document.positionAt(start + marked.indexOf('|'));
}

/** Where a command leads from a mark: files with the texts there, sorted. */
async function targets(command: string, document: vscode.TextDocument, marked: string): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(command, document.uri, at(document, marked));
  const texts = await Promise.all(found.map(async (each) => {
    const [uri, range] = 'targetUri' in each ? [each.targetUri, each.targetSelectionRange ?? each.targetRange] : [each.uri, each.range];
    return `${nameOf(uri)}: ${(await vscode.workspace.openTextDocument(uri)).getText(range)}`;
  }));
  return texts.sort();
}

/** The name of a policy, which is that of its file. */
function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const modelFile = 'backup-organization.json';
const folder = (): vscode.Uri => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'no folder is open');
  return first.uri;
};
const uriOf = (file: string): vscode.Uri => vscode.Uri.joinPath(folder(), file);
const policy = (name: string): vscode.Uri => uriOf(`backup-policies/${name}.json`);

/** The problems of the sample, planted on purpose. */
const planted = ['finance-ledger.json: effective-policy-invalid', 'nonprod.json: blocked-by-parent'];

suite('The sample organization', () => {
  suiteSetup(async () => {
    await vscode.window.showTextDocument(policy('baseline'));
    await until('the planted problems', () => same(problems(), planted));
  });

  teardown(async () => {
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || document.isUntitled) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the planted problems again', () => same(problems(), planted));
  });

  test('has exactly the planted problems, in files that are not open', () => {
    assert.deepEqual(problems(), planted);
    const [problem] = ours(policy('nonprod'));
    assert.ok(problem);
    assert.deepEqual(problem.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.equal(problem.relatedInformation?.[0]?.location.uri.path, policy('baseline').path);
  });

  test('opens the page of a rule from the code of a problem', async () => {
    const code = ours(policy('nonprod'))[0]?.code;
    assert.ok(typeof code === 'object');
    assert.equal(code.value, 'blocked-by-parent');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^# blocked-by-parent\n/);
  });

  test('tells of a mistake while typing, and undo takes it back', async () => {
    const document = await open(policy('production'));
    await edit(document, document.getText().replace('"plans"', '"plan"'));
    await until('the mistake', () => ours(document.uri).some((problem) => String(codeOf(problem)) === 'unknown-key'));
    await vscode.commands.executeCommand('undo');
    await until('no mistake', () => same(problems(), planted));
  });

  test('offers exactly the operators that AWS takes in a list, a single value and a container', async () => {
    const list = await operatorsIn('{ "plans": { "p": { "regions": { "@@| } } } }');
    assert.deepEqual(list, ['@@append', '@@assign', '@@operators_allowed_for_child_policies', '@@remove']);
    const single = await operatorsIn('{ "plans": { "p": { "rules": { "r": { "target_backup_vault_name": { "@@| } } } } } }');
    assert.deepEqual(single, ['@@assign', '@@operators_allowed_for_child_policies']);
    const container = await operatorsIn('{ "plans": { "p": { "@@| } } }');
    assert.deepEqual(container, ['@@operators_allowed_for_child_policies']);
  });

  test('marks an operator that a parent blocks, and names the blocking policy', async () => {
    const document = await open(policy('nonprod'));
    const text = document.getText().replace('"@@assign": "nonprod-vault"', '"@@');
    await edit(document, text);
    const items = await completions(document, document.positionAt(text.indexOf('"@@ }') + 3));
    const assign = items.find((item) => labelOf(item) === '@@assign');
    assert.deepEqual(assign?.tags, [vscode.CompletionItemTag.Deprecated]);
    const told = `${assign.detail ?? ''} ${typeof assign.documentation === 'object' ? assign.documentation.value : (assign.documentation ?? '')}`;
    assert.match(told, /baseline/);
  });

  test('shows the value of a retention and the chain that made it', async () => {
    const document = await open(policy('nonprod'));
    const at = document.positionAt(document.getText().indexOf('delete_after_days') + 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const text = hovers.flatMap((hover) => hover.contents).map((content) => (content instanceof vscode.MarkdownString ? content.value : '')).join('\n');
    assert.match(text, /baseline\]\([a-z-]+:.*baseline\.json#/);
    assert.match(text, /overridden/);
    assert.match(text, /7/);
  });

  test('changes problems and effective policies with an attachment in the model, and undo takes all of it back', async () => {
    const target = { organization: uriOf(modelFile).toString(), key: '555566667777' };
    await vscode.commands.executeCommand('awsBackupPolicy.showEffectivePolicyAsJson', target);
    const effective = vscode.window.activeTextEditor?.document;
    assert.ok(effective);
    assert.equal(effective.uri.scheme, 'backup-effective');
    const before = effective.getText();
    assert.ok(Object.hasOwn(plansOf(before), 'everyday'));
    const model = await open(uriOf(modelFile));
    await edit(model, model.getText().replace('"name": "log-archive", "policies": []', '"name": "log-archive", "policies": ["nonprod"]'));
    await until('a new problem', () => !same(problems(), planted));
    await until('the new effective policy', () => Object.hasOwn(plansOf(effective.getText()), 'databases'));
    await vscode.window.showTextDocument(model);
    await vscode.commands.executeCommand('undo');
    await until('everything as before', () => same(problems(), planted) && effective.getText() === before);
  });

  test('gives documents their language by name, by content and back to JSON when a name lies', async () => {
    assert.equal((await open(uriOf(modelFile))).languageId, 'backup-organization');
    const byContent = await vscode.workspace.openTextDocument({ language: 'json', content: '{ "plans": { "p": { "regions": { "@@assign": ["eu-west-1"] } } } }' });
    await until('the language by content', () => vscode.workspace.textDocuments.some((each) => each.uri.toString() === byContent.uri.toString() && each.languageId === 'aws-backup-policy'));
    const iam = policy('iam');
    await vscode.workspace.fs.writeFile(iam, new TextEncoder().encode('{ "Version": "2012-10-17", "Statement": [] }'));
    await open(iam);
    await until('JSON again', () => vscode.workspace.textDocuments.some((each) => each.uri.toString() === iam.toString() && each.languageId === 'json'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(iam);
  });

  test('has an outline, and formatting leaves its policies as they are', async () => {
    const document = await open(policy('baseline'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.deepEqual(symbols.map((symbol) => symbol.name), Object.keys(plansOf(document.getText())).filter((name) => !name.startsWith('@@')));
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 4, insertSpaces: true });
    assert.deepEqual(edits ?? [], []);
  });

  test('registers every command that it contributes', async () => {
    const commands = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension<unknown>('backup-policies.aws-backup-policies')?.packageJSON as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).filter((command) => !commands.has(command)), []);
  });
});

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(uri)).document;
}

async function edit(document: vscode.TextDocument, text: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  assert.ok(await vscode.workspace.applyEdit(change));
}

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<readonly vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return list.items;
}

/** The operators offered at the mark, by the alphabet. */
async function operatorsIn(marked: string): Promise<readonly string[]> {
  const document = await vscode.workspace.openTextDocument({ language: 'aws-backup-policy', content: marked.replace('|', '') });
  const items = await completions(document, document.positionAt(marked.indexOf('|')));
  return items.map(labelOf).filter((label) => label.startsWith('@@')).sort();
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source, severity }) => source === 'backup-policy' && severity !== vscode.DiagnosticSeverity.Hint);
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** `file: rule` of every problem of ours in files of the folder. */
function problems(): readonly string[] {
  return vscode.languages.getDiagnostics().flatMap(([uri]) => (uri.scheme === folder().scheme ? ours(uri).map((problem) => `${uri.path.split('/').at(-1) ?? ''}: ${String(codeOf(problem))}`) : [])).sort();
}

function plansOf(text: string): object {
  return (JSON.parse(text) as { readonly plans?: object }).plans ?? {};
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.join('\n') === right.join('\n');
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !holds(); ) {
    assert.ok(Date.now() < end, `${what}: not within 15 seconds; problems: ${problems().join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

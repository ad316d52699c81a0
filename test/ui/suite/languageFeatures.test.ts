import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { allProblems, becomes, deleteFile, model, open, place, policy, replace, restore, rulesOf, until, write } from '../editing.ts';

const [assign, append, remove, control] = ['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies'] as const;

suite('Completion', () => {
  setup(started);
  teardown(restore);

  test('offers a list its four operators, an inherited one to be added to first', async () => {
    const document = await open(policy('customer-data'));
    await replace(document, '"everyday": {\n      "regions": { "@@remove"', '"everyday": {\n      "regions": { "@@');
    assert.deepEqual(operators(await completions(document, '"regions": { "@@')), [append, remove, control, `${assign} Blocked by baseline at Root: only @@append, @@remove`]);
  });

  test('offers a single value assign and the control', async () => {
    const document = await open(policy('finance-ledger'));
    await replace(document, '{ "@@assign": "90" }', '{ "@@');
    assert.deepEqual(operators(await completions(document, '"delete_after_days": { "@@')), [assign, control]);
  });

  test('offers a container the control alone', async () => {
    const document = await open(policy('finance-ledger'));
    await replace(document, '"lifecycle": {\n', '"lifecycle": { "@@\n');
    assert.deepEqual(operators(await completions(document, '"lifecycle": { "@@')), [control]);
  });

  test('strikes through below @@none what AWS would ignore, and tells by which policy', async () => {
    const document = await open(policy('nonprod'));
    await replace(document, '"target_backup_vault_name": { "@@assign": "nonprod-vault" }', '"target_backup_vault_name": { "@@');
    const items = await completions(document, '"target_backup_vault_name": { "@@');
    assert.deepEqual(operators(items), [control, `${assign} Blocked by baseline at Root: no operator here`]);
    const documentation = items.find((item) => labelOf(item) === assign)?.documentation;
    assert.ok(documentation instanceof vscode.MarkdownString);
    assert.match(documentation.value, /\*\*Blocked\*\* for \*\*Root\/Workloads\/NonProd\*\*[^]*\[baseline\]\([a-z-]+:.*baseline\.json#L13,13\)/);
    await becomes(() => rulesOf(document.uri).includes('json-syntax'), true);
  });

  test('leaves the same operator alone where nothing blocks it', async () => {
    const document = await open(policy('nonprod'));
    await replace(document, '{ "@@assign": "cron(0 20 ? * MON-FRI *)" }', '{ "@@');
    const items = await completions(document, '"schedule_expression": { "@@');
    assert.deepEqual(operators(items), [assign, control]);
    assert.ok(items.every((item) => item.tags === undefined || item.tags.length === 0));
  });

  test('offers no words of other places where a name is free to choose', async () => {
    for (const [uri, behind] of [[model(), '"name": "log-'], [policy('nonprod'), '"daily'], [policy('nonprod'), '"target_backup_vault_name": { "@@assign"']] as const) {
      const items = await completions(await open(uri), behind);
      assert.deepEqual(items.map(labelOf).filter((label) => label.startsWith('"')), [], behind);
    }
  });

  test('offers a model the names of its policies', async () => {
    const document = await open(model());
    await replace(document, '"name": "log-archive", "policies": []', '"name": "log-archive", "policies": [""]');
    const items = await completions(document, '"name": "log-archive", "policies": ["');
    const names = items.map(labelOf).sort();
    assert.deepEqual(names, ['analytics', 'baseline', 'customer-data', 'database-schedule', 'databases-prod', 'finance-ledger', 'nonprod', 'payments-retention', 'point-in-time', 'production']);
  });
});

suite('Hover', () => {
  setup(started);
  teardown(restore);

  test('shows the effective value and the chain that made it, with links to the very statements', async () => {
    const text = await hoverOver(policy('production'), 'delete_after_days');
    assert.match(text, /Effective for \*\*Root\/Workloads\/Prod\*\* \(where this policy is attached\): `90` days/);
    const chain = text.split('\n').filter((line) => line.startsWith('- '));
    assert.equal(chain.length, 2);
    assert.match(chain[0] ?? '', /^- ~~Root · \[baseline\].*`@@assign` `35`~~ · \*\*overridden\*\*/);
    assert.match(chain[1] ?? '', /^- Prod · \[production\].*`@@assign` `90` · applied/);
    assert.equal(await linkedLine(chain[0]), '"delete_after_days": { "@@assign": "35" }');
    assert.equal(await linkedLine(chain[1]), '"delete_after_days": { "@@assign": "90" }');
  });

  test('tells of a blocked value by which policy, and what stays', async () => {
    const text = await hoverOver(policy('nonprod'), 'target_backup_vault_name');
    assert.match(text, /Effective for \*\*Root\/Workloads\/NonProd\*\*.*`company-vault`/);
    assert.match(text, /`nonprod-vault`~~ · \*\*blocked\*\* by \[baseline\]/);
  });

  test('speaks of an account in the model file', async () => {
    assert.match(await hoverOver(model(), 'finance-prod'), /^\*\*Root\/Workloads\/Prod\/Corporate\/finance-prod\*\* · account[^]*\*\*invalid\*\*/);
  });
});

suite('Outline, folding, links and formatting', () => {
  setup(started);
  teardown(restore);

  test('show a model as the tree of its organization, then its policies', async () => {
    const document = await open(model());
    const [root, ...policies] = await symbolsOf(document);
    assert.ok(root);
    assert.deepEqual([root.name, root.detail, root.children.map((child) => child.name)], ['Root', 'baseline', ['Infrastructure', 'Security', 'Workloads', 'Sandbox', 'management']]);
    assert.deepEqual(policies.map((symbol) => symbol.name), ['baseline', 'database-schedule', 'production', 'databases-prod', 'nonprod', 'point-in-time', 'customer-data', 'analytics', 'payments-retention', 'finance-ledger']);
    assert.equal(document.getText(root.selectionRange), '"Root"');
  });

  test('show a policy as its plans and rules', async () => {
    const [plan] = await symbolsOf(await open(policy('finance-ledger')));
    const names: string[] = [];
    for (let symbol = plan; symbol !== undefined; symbol = symbol.children[0]) names.push(symbol.name);
    assert.deepEqual(names, ['point-in-time', 'continuous']);
  });

  test('fold what stands in brackets and leave the closing one in sight', async () => {
    const { uri } = await open(policy('finance-ledger'));
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
    assert.deepEqual(ranges.map(({ start, end }) => [start, end]), [[0, 11], [1, 10], [2, 9], [3, 8], [4, 7], [5, 6]]);
  });

  test('link every file that a model names', async () => {
    const document = await open(model());
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const files = links.filter(({ target }) => target?.scheme === model().scheme);
    assert.equal(files.length, 10);
    for (const { range, target } of files) assert.equal(target?.path, place(document.getText(range)).path);
  });

  test('lead from an attached name to its definition and from there to the file', async () => {
    const document = await open(model());
    const text = document.getText();
    assert.deepEqual(await definitionAt(document, text.indexOf('["nonprod"]') + 3), [model().path, text.slice(0, text.indexOf('"nonprod": {')).split('\n').length - 1]);
    assert.deepEqual(await definitionAt(document, text.indexOf('"nonprod": {') + 3), [policy('nonprod').path, 0]);
  });

  test('carry the target, the attachments and Attach… above a policy', async () => {
    const { uri } = await open(policy('nonprod'));
    await becomes(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
      return lenses.filter(({ range }) => range.start.line === 0).map(({ command }) => command?.title).sort();
    }, ['Attached to Root/Workloads/NonProd', 'Attach…', 'Effective policy for Root/Workloads/NonProd']);
  });

  test('format a crowded policy and leave every file of the sample as it is', async () => {
    const files = (await vscode.workspace.findFiles('**/*.json', '.vscode/**')).filter(({ path }) => !path.includes('/.vscode/'));
    assert.equal(files.length, 12);
    for (const file of files) assert.deepEqual(await formattingOf(await open(file)), [], file.path);
    const document = await open(policy('finance-ledger'));
    const before = document.getText();
    await replace(document, '"lifecycle": {\n            "delete_after_days"', '"lifecycle":{"delete_after_days"');
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await until('the formatted text', () => document.getText() === before, () => document.getText());
  });
});

suite('The languages of files', () => {
  teardown(restore);

  test('follow their names', async () => {
    assert.equal((await open(model())).languageId, 'backup-organization');
    assert.equal((await open(policy('baseline'))).languageId, 'aws-backup-policy');
    const uri = place('team.backup-policy.json');
    await write(uri, '{}\n');
    try {
      assert.equal((await open(uri)).languageId, 'aws-backup-policy');
    } finally {
      await restore();
      await deleteFile(uri);
    }
  });
});

async function started(): Promise<void> {
  await open(model());
  await becomes(allProblems, { 'backup-policies/finance-ledger.json': ['effective-policy-invalid'], 'backup-policies/nonprod.json': ['blocked-by-parent'] });
}

/** What is offered behind the first place of a text, in the order of the list. */
async function completions(document: vscode.TextDocument, behind: string): Promise<readonly vscode.CompletionItem[]> {
  const start = document.getText().indexOf(behind);
  assert.ok(start >= 0, `no ${behind}`);
  const at = document.positionAt(start + behind.length);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
  return [...items].sort((left, right) => ((left.sortText ?? '') < (right.sortText ?? '') ? -1 : 1));
}

/** Operators in their order; one that is struck through with its reason. */
function operators(items: readonly vscode.CompletionItem[]): readonly string[] {
  const offered = items.filter((item) => labelOf(item).startsWith('@@'));
  return offered.map((item) => (item.tags?.includes(vscode.CompletionItemTag.Deprecated) === true ? `${labelOf(item)} ${item.detail ?? ''}` : labelOf(item)));
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

async function hoverOver(uri: vscode.Uri, word: string): Promise<string> {
  const document = await open(uri);
  const at = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')).join('\n').trim();
}

/** The line that the first link of a text leads to. */
async function linkedLine(text: string | undefined): Promise<string | undefined> {
  const [, address = '', line = ''] = /\]\(([^)#]*)#L(\d+)/.exec(text ?? '') ?? [];
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address, true));
  return document.lineAt(Number(line) - 1).text.trim();
}

async function symbolsOf({ uri }: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  return vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
}

/** Path and line of where a definition stands. */
async function definitionAt(document: vscode.TextDocument, offset: number): Promise<readonly [string, number] | undefined> {
  const [found] = await vscode.commands.executeCommand<(vscode.LocationLink | vscode.Location)[]>('vscode.executeDefinitionProvider', document.uri, document.positionAt(offset));
  if (found === undefined) return undefined;
  return 'targetUri' in found ? [found.targetUri.path, found.targetRange.start.line] : [found.uri.path, found.range.start.line];
}

async function formattingOf({ uri }: vscode.TextDocument): Promise<readonly vscode.TextEdit[]> {
  return (await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', uri, { tabSize: 2, insertSpaces: true })) ?? [];
}

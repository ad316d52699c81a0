import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAction, CodeLens, DocumentSymbol, Hover, Location, Position, SymbolInformation } from 'vscode-languageserver-types';
import { afterEach, describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { Editor } from './editor.ts';

const planted = ['finance-ledger.json: effective-policy-invalid', 'nonprod.json: blocked-by-parent'];
const nonprod = 'backup-policies/nonprod.json';
const noon = (): number => Date.parse('2026-11-21T06:00:00Z');

let editor: Editor;

afterEach(async () => {
  await editor.close();
});

/** An editor that claims nothing and names its folder as told. */
async function openMinimal(hello: (rootUri: string) => object = (rootUri) => ({ rootUri, capabilities: {} })): Promise<void> {
  editor = await Editor.open('samples', {}, noon, { hello: (...[folder]) => hello(folder ?? '') });
}

const textOf = (file: string): string => readFileSync(path.join(editor.folder, file), 'utf8');

function positionOf(text: string, part: string): Position {
  return positionAt(parseDocument(text), text.indexOf(part));
}

function at(file: string, part: string): { readonly textDocument: { readonly uri: string }; readonly position: Position } {
  return { textDocument: { uri: editor.uri(file) }, position: positionOf(textOf(file), part) };
}

describe('an editor that claims no ability', () => {
  test.each([
    ['rootUri alone', (uri: string) => ({ rootUri: uri, capabilities: {} })],
    ['rootUri with a slash at its end', (uri: string) => ({ rootUri: `${uri}/`, workspaceFolders: null, capabilities: {} })],
    ['rootPath alone', (uri: string) => ({ rootPath: fileURLToPath(uri), capabilities: {} })],
    ['folders beside rootUri', (uri: string) => ({ rootUri: 'file:///nowhere', workspaceFolders: [{ uri, name: 'x' }], capabilities: {} })],
  ])('gets the problems of the folder that it names by %s', async (_, hello) => {
    await openMinimal(hello);
    await editor.until(() => editor.allProblems().length >= planted.length);
    expect(editor.allProblems()).toEqual(planted);
  });

  test('is asked nothing, and told nothing beyond LSP', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    editor.openDocument(nonprod, textOf(nonprod), 'json');
    await editor.hover(nonprod, { line: 7, character: 30 });
    expect(editor.asked).toEqual([]);
    expect([...new Set(editor.notifications.map(({ method }) => method))]).toEqual(['textDocument/publishDiagnostics']);
  });

  test('gets hovers without Markdown', async () => {
    await openMinimal();
    editor.openDocument(nonprod, textOf(nonprod), 'json');
    await editor.until(() => editor.allProblems().length >= planted.length);
    const hover = await editor.request('textDocument/hover', at(nonprod, '"delete_after_days"')) as Hover;
    expect(hover.contents).toMatchObject({ kind: 'plaintext' });
    const text = JSON.stringify(hover.contents);
    expect(text).toContain('Effective for Root/');
    expect(text).not.toMatch(/\*\*|`|\]\(|\\\\[_*]/);
  });

  test('gets completion as plain text, without snippets and Markdown', async () => {
    await openMinimal();
    const text = '{ "plans": { "a": { "" } } }';
    editor.openDocument('a.backup-policy.json', text, 'json');
    const items = await editor.completion('a.backup-policy.json', positionOf(text, '" }'));
    const rules = items.find(({ label }) => label === 'rules');
    expect(rules?.insertTextFormat).toBe(1);
    expect(rules?.textEdit?.newText).not.toContain('$');
    expect(typeof rules?.documentation).toBe('string');
  });

  test.each([
    ['any other editor', 'Other', false, '"rules"'],
    ['an editor without a name, as Emacs 28 is', undefined, true, undefined],
    ['Neovim with snippets', 'Neovim', true, '"rules"'],
    ['Neovim without snippets', 'Neovim', false, undefined],
    ['Emacs', 'Eglot', true, undefined],
  ])('gets as %s what completion compares with what is typed: the text with quotes, or the label', async (_, name, snippetSupport, filterText) => {
    await openMinimal((rootUri) => ({ rootUri, ...(name === undefined ? {} : { clientInfo: { name } }), capabilities: { textDocument: { completion: { completionItem: { snippetSupport } } } } }));
    editor.openDocument('a.backup-policy.json', '{ "plans": { "a": { "" } } }', 'json');
    const items = await editor.completion('a.backup-policy.json', { line: 0, character: 21 });
    expect(items.find(({ label }) => label === 'rules')?.filterText).toBe(filterText);
  });

  test('gets definitions as places and symbols one after the other', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    const [place] = await editor.request('textDocument/definition', at(nonprod, '"everyday"')) as readonly Location[];
    expect(place).toEqual({ uri: editor.uri('backup-policies/baseline.json'), range: expect.objectContaining({ start: expect.anything() as unknown }) as unknown });
    const symbols = await editor.request('textDocument/documentSymbol', at(nonprod, '{')) as readonly SymbolInformation[];
    expect(symbols.map(({ name, containerName }) => `${containerName ?? ''}/${name}`)).toEqual(['/everyday', 'everyday/daily', '/databases', 'databases/nightly', 'databases/test-databases', 'test-databases/environment']);
    expect(symbols[1]?.location.uri).toBe(editor.uri(nonprod));
  });

  test('gets lenses without commands of VS Code, and no code action that needs one', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    const lenses = await editor.request('textDocument/codeLens', at(nonprod, '{')) as readonly CodeLens[];
    expect(lenses.length).toBeGreaterThan(1);
    expect(lenses.map(({ command }) => command?.command).filter((command) => command !== '')).toEqual([]);
    expect(lenses.map(({ command }) => command?.title)).not.toContain('Attach…');
    const { position, textDocument } = at('backup-policies/baseline.json', '"delete_after_days"');
    const actions = await editor.request('textDocument/codeAction', { textDocument, range: { start: position, end: position }, context: { diagnostics: [] } }) as readonly CodeAction[];
    expect(actions.filter(({ edit }) => edit === undefined)).toEqual([]);
  });

  test('can push its settings', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    editor.notify('workspace/didChangeConfiguration', { settings: { awsBackupPolicy: { rules: { 'blocked-by-parent': 'off' } } } });
    await editor.until(() => editor.allProblems().length === 1);
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => editor.allProblems().length === 2);
  });

  test('watches no files: everything is read anew when a document is saved', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    const baseline = 'backup-policies/baseline.json';
    editor.openDocument(baseline, textOf(baseline), 'json');
    rmSync(path.join(editor.folder, nonprod));
    mkdirSync(path.join(editor.folder, 'more'));
    writeFileSync(path.join(editor.folder, 'more/new.backup-policy.json'), '{ "plans": { "a": { "regions": { "@@asign": [] } } } }');
    editor.notify('textDocument/didSave', { textDocument: { uri: editor.uri(baseline) } });
    await editor.until(() => editor.problems('more/new.backup-policy.json')?.[0]?.code === 'unknown-operator' && editor.allProblems().some((problem) => problem.startsWith('backup-organization.json')));
    expect(editor.problems(nonprod)).toEqual([]);
  });
});

describe('an editor that claims what it does not do', () => {
  test('is served all the same', async () => {
    await openMinimal((rootUri) => ({ rootUri, capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, didChangeWatchedFiles: { dynamicRegistration: true } } } }));
    editor.answers['client/registerCapability'] = () => Promise.reject(new Error('not supported'));
    editor.answers['workspace/configuration'] = () => Promise.reject(new Error('not supported'));
    await editor.until(() => editor.allProblems().length >= planted.length);
    expect(editor.allProblems()).toEqual(planted);
  });
});

describe('documents without our language ids', () => {
  test.each([
    ['an empty text', 'x.backup-policy.json', '', true],
    ['a half-typed text', 'backup-policies/x.json', '{ "pla', true],
    ['an empty object', 'x.backup-policy.json', '{}', true],
    ['a policy under any name', 'other.json', '{ "plans": { "a": { "regions": { "@@asign": [] } } } }', true],
    ['an IAM policy under the name of one', 'backup-policies/x.json', '{ "Version": "2012-10-17", "Statement": [] }', false],
    ['other JSON', 'package.json', '{ "name": ', false],
    ['a configuration file', 'backup-policies/backup-policy.config.json', '{}', false],
  ])('are known by name and content: %s in %s', async (_, file, text, isPolicy) => {
    await openMinimal();
    editor.openDocument(file, text, 'json');
    const mark = '{ "plans": { "a": { "rules": { "b": { "@@asign": 1 } } } } }';
    editor.openDocument('mark.backup-policy.json', mark, 'json');
    await editor.until(() => editor.problems('mark.backup-policy.json') !== undefined);
    expect(editor.problems(file) !== undefined).toBe(isPolicy);
  });

  test('are models and guardrails by name', async () => {
    await openMinimal();
    editor.openDocument('backup-organization.json', textOf('backup-organization.json'), 'json');
    editor.openDocument('backup-guardrails.json', textOf('backup-guardrails.json'), 'json');
    const symbols = async (file: string): Promise<readonly DocumentSymbol[]> => await editor.request('textDocument/documentSymbol', { textDocument: { uri: editor.uri(file) } }) as readonly DocumentSymbol[];
    expect((await symbols('backup-organization.json'))[0]?.name).toBe('Root');
    expect((await symbols('backup-guardrails.json')).length).toBeGreaterThan(0);
  });
});

describe('an editor that writes URIs in its own way', () => {
  test('speaks of the same files as the disk', async () => {
    await openMinimal();
    await editor.until(() => editor.allProblems().length >= planted.length);
    const folder = path.join(editor.folder, 'a+b (c) @d=1');
    mkdirSync(folder);
    renameSync(path.join(editor.folder, 'backup-policies'), path.join(folder, 'backup-policies'));
    renameSync(path.join(editor.folder, 'backup-organization.json'), path.join(folder, 'backup-organization.json'));
    const own = `file://${folder.replaceAll(' ', '%20')}`;
    expect(own).not.toBe(editor.uri('a+b (c) @d=1'));
    const uri = `${own}/${nonprod}`;
    const text = readFileSync(path.join(folder, nonprod), 'utf8');
    editor.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    editor.notify('textDocument/didSave', { textDocument: { uri } });
    await editor.until(() => editor.problems(`a+b (c) @d=1/${nonprod}`)?.[0]?.code === 'blocked-by-parent');
    editor.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: '{ "plans": {} }' }] });
    await editor.until(() => editor.problems(`a+b (c) @d=1/${nonprod}`)?.length === 0);
  });
});

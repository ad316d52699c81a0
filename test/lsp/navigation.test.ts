import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentHighlight, Location, LocationLink, Position, Range, TypeHierarchyItem, WorkspaceEdit, WorkspaceSymbol } from 'vscode-languageserver-types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { offsetAt, positionAt } from '../../server/features/ranges.ts';
import { withEdits } from '../features/cursor.ts';
import { Editor } from './editor.ts';

let editor: Editor;

beforeEach(async () => {
  editor = await Editor.open('test/fixtures/navigation');
});

afterEach(async () => {
  await editor.close();
});

const model = 'backup-organization.json';
const policy = (name: string): string => `policies/${name}.json`;
const textOf = (file: string): string => readFileSync(path.join(editor.folder, file), 'utf8');

/** The parameters for the mark `|` in a part of a file. */
function at(file: string, marked: string): { readonly textDocument: { readonly uri: string }; readonly position: Position } {
  const text = textOf(file);
  return { textDocument: { uri: editor.uri(file) }, position: positionAt(parseDocument(text), text.indexOf(marked.replace('|', '')) + marked.indexOf('|')) };
}

/** `shop: nightLy`: the file and the text of a range. */
function shown(uri: string, range: Range): string {
  const file = uri.slice(editor.uri('').length).replace(/^\//, '');
  const document = parseDocument(textOf(file));
  return `${path.basename(file, '.json')}: ${document.text.slice(offsetAt(document, range.start), offsetAt(document, range.end))}`;
}

const allShown = (locations: readonly Location[]): readonly string[] => locations.map(({ uri, range }) => shown(uri, range)).sort();

describe('names across policies', () => {
  test('have a definition, in policies and in the model', async () => {
    const links = await editor.request('textDocument/definition', at(policy('shop'), '"night|Ly"')) as readonly LocationLink[];
    expect(links.map(({ targetUri, targetSelectionRange }) => shown(targetUri, targetSelectionRange))).toEqual(['company: Nightly']);
    const inModel = await editor.request('textDocument/definition', at(model, '["sho|p"]')) as readonly LocationLink[];
    expect(inModel.map(({ targetUri, targetSelectionRange }) => shown(targetUri, targetSelectionRange))).toEqual(['backup-organization: "shop"']);
  });

  test('have references, with or without their declaration', async () => {
    const references = (file: string, marked: string, includeDeclaration: boolean): Promise<unknown> => editor.request('textDocument/references', { ...at(file, marked), context: { includeDeclaration } });
    const all = await references(policy('testing'), '"dAI|LY"', true) as readonly Location[];
    expect(allShown(all)).toEqual(['company: Daily', 'production: DAILY', 'shop: daily', 'testing: dAILY', 'workloads: daily']);
    expect(await references(policy('testing'), '"dAI|LY"', false)).toHaveLength(4);
    expect(await references(model, '["sho|p"]', true)).toHaveLength(2);
  });

  test('have implementations and a hierarchy of types', async () => {
    const below = await editor.request('textDocument/implementation', at(policy('company'), '"delete_after|_days"')) as readonly Location[];
    expect(allShown(below)).toEqual(['production: Delete_After_Days', 'shop: delete_after_days', 'workloads: delete_after_days']);
    const [item] = await editor.request('textDocument/prepareTypeHierarchy', at(policy('production'), '"Delete_After|_Days"')) as readonly TypeHierarchyItem[];
    const named = (items: unknown): readonly string[] => (items as readonly TypeHierarchyItem[]).map(({ name, detail }) => `${name} in ${detail ?? ''}`);
    expect(named(await editor.request('typeHierarchy/supertypes', { item }))).toEqual(['delete_after_days in workloads · Root/Workloads']);
    expect(named(await editor.request('typeHierarchy/subtypes', { item }))).toEqual(['delete_after_days in shop · Root/Workloads/Prod/shop']);
    expect(await editor.request('textDocument/implementation', at(model, '["sho|p"]'))).toEqual([]);
    expect(await editor.request('textDocument/prepareTypeHierarchy', at(model, '["sho|p"]'))).toEqual([]);
  });

  test('are highlighted and found', async () => {
    expect(await editor.request('textDocument/documentHighlight', at(policy('shop'), '"delete_after|_days"'))).toHaveLength(2);
    expect((await editor.request('textDocument/documentHighlight', at(model, '["sho|p"]')) as readonly DocumentHighlight[]).map(({ kind }) => kind)).toEqual([3, 2]);
    const symbols = await editor.request('workspace/symbol', { query: 'toys' }) as readonly WorkspaceSymbol[];
    expect(symbols.map(({ name, containerName }) => `${name} in ${containerName ?? ''}`).sort()).toEqual(['TOYS in labs', 'Toys in sandbox']);
  });

  test('are renamed in all files, open or not, and the references are the same afterwards', async () => {
    editor.openDocument(policy('shop'), textOf(policy('shop')));
    expect(await editor.request('textDocument/prepareRename', at(policy('shop'), '"night|Ly"'))).toMatchObject({ placeholder: 'nightLy' });
    const { changes = {} } = await editor.request('textDocument/rename', { ...at(policy('shop'), '"night|Ly"'), newName: 'every-night' }) as WorkspaceEdit;
    const files = ['company', 'production', 'shop', 'workloads'].map(policy);
    expect(Object.keys(changes).sort()).toEqual(files.map((file) => editor.uri(file)));
    for (const file of files) writeFileSync(path.join(editor.folder, file), withEdits(textOf(file), changes[editor.uri(file)] ?? []));
    editor.type(policy('shop'), textOf(policy('shop')));
    editor.changedOnDisk(...files);
    const references = async (): Promise<readonly string[]> => allShown(await editor.request('textDocument/references', { ...at(policy('shop'), '"every-|night"'), context: { includeDeclaration: true } }) as readonly Location[]);
    await expect.poll(references).toEqual(['company: every-night', 'production: every-night', 'shop: every-night', 'workloads: every-night']);
  });

  test('of policies are renamed in the model', async () => {
    expect(await editor.request('textDocument/prepareRename', at(model, '["sho|p"]'))).toMatchObject({ placeholder: 'shop' });
    const { changes = {} } = await editor.request('textDocument/rename', { ...at(model, '["sho|p"]'), newName: 'store' }) as WorkspaceEdit;
    expect(withEdits(textOf(model), changes[editor.uri(model)] ?? [])).toBe(textOf(model).replace('["shop"]', '["store"]').replace('"shop": {', '"store": {'));
  });

  test('are not renamed where that would join things, and the reason is told', async () => {
    await expect(editor.request('textDocument/rename', { ...at(policy('company'), '"Dai|ly"'), newName: 'toys' })).rejects.toThrow('"sandbox", attached to Root/Sandbox, has a plan "toys" already.');
    await expect(editor.request('textDocument/prepareRename', at(policy('company'), '"reg|ions"'))).rejects.toThrow('"regions" is a key that AWS defines');
    await expect(editor.request('textDocument/rename', { ...at(model, '["sho|p"]'), newName: 'labs' })).rejects.toThrow('backup-organization.json defines a policy "labs" already.');
    expect(await editor.request('textDocument/prepareRename', at(policy('company'), '"plans": |{'))).toBeNull();
  });
});

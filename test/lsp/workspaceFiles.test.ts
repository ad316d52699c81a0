import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../../server/files.ts';
import { nodeFiles } from '../../server/nodeFiles.ts';
import type { EntityView, ImpactView } from '../../server/protocol.ts';
import { Editor } from './editor.ts';

const planted = ['finance-ledger.json: effective-policy-invalid', 'nonprod.json: blocked-by-parent'];
const baseline = 'backup-policies/baseline.json';
const nonprod = 'backup-policies/nonprod.json';
const model = 'backup-organization.json';
const samples = { model: readFileSync(`samples/${model}`, 'utf8'), baseline: readFileSync(`samples/${baseline}`, 'utf8'), nonprod: readFileSync(`samples/${nonprod}`, 'utf8') };

let source: string;
const editors: Editor[] = [];

beforeEach(() => {
  source = mkdtempSync(path.join(os.tmpdir(), 'source-'));
});

afterEach(async () => {
  for (const editor of editors.splice(0).reverse()) await editor.close();
  rmSync(source, { recursive: true, force: true });
});

/** Two copies of the sample, each with a model of its own. */
function twoOrganizations(): void {
  for (const name of ['one', 'two']) cpSync('samples', path.join(source, name), { recursive: true });
}

async function openEditor(...[from, surroundings]: [string, Parameters<typeof Editor.open>[3]?]): Promise<Editor> {
  const editor = await Editor.open(from, {}, undefined, surroundings);
  editors.push(editor);
  return editor;
}

async function unsaved(editor: Editor): Promise<ImpactView> {
  return (await editor.request('backupPolicy/impact', { type: 'unsaved' })) as ImpactView;
}

describe('several folders', () => {
  test('have a model each, and the problems of both are told', async () => {
    twoOrganizations();
    const editor = await openEditor(source, { folders: ['one', 'two'] });
    await editor.until(() => editor.allProblems().length === 4);
    expect(editor.allProblems()).toEqual([...planted, ...planted].sort());
    const organizations = (await editor.request('backupPolicy/organizations', null)) as readonly { readonly uri: string }[];
    expect(organizations.map(({ uri }) => uri).sort()).toEqual([editor.uri(`one/${model}`), editor.uri(`two/${model}`)]);
  });

  test('do not mix: an edit in one changes no account of the other', async () => {
    twoOrganizations();
    const editor = await openEditor(source, { folders: ['one', 'two'] });
    editor.openDocument(`one/${baseline}`, samples.baseline.replace('["@@none"]', '["@@assign"]'));
    await editor.until(() => editor.problems(`one/${nonprod}`)?.length === 0);
    const { accounts, groups } = await unsaved(editor);
    expect(accounts).toBe(36);
    expect([...new Set(groups.flatMap((group) => group.accounts.map(({ target }) => target.organization)))]).toEqual([editor.uri(`one/${model}`)]);
    expect(editor.problems(`two/${nonprod}`)?.map(({ code }) => code)).toEqual(['blocked-by-parent']);
  });

  test('can leave: their problems and their organization go with them, what is open stays', async () => {
    twoOrganizations();
    const editor = await openEditor(source, { folders: ['one', 'two'] });
    await editor.until(() => editor.allProblems().length === 4);
    editor.openDocument(`two/${nonprod}`, '{"plan": {}}');
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: editor.uri('two'), name: 'two' }] } });
    await editor.until(() => editor.allProblems().length === 3);
    expect(editor.allProblems()).toEqual([...planted, 'nonprod.json: unknown-key'].sort());
    expect(editor.problems(`two/${nonprod}`)?.[0]?.code).toBe('unknown-key');
  });
});

describe('without a folder', () => {
  test('an untitled policy has problems and completion, and nothing is taken for its saved text', async () => {
    const editor = await openEditor(source, { folders: [] });
    const untitled = 'untitled:Untitled-1';
    editor.openDocument(untitled, '{"plan": {}}');
    await editor.until(() => editor.problems(untitled)?.[0]?.code === 'unknown-key');
    expect((await editor.completion(untitled, { line: 0, character: 2 })).map(({ label }) => label)).toContain('plans');
    editor.type(untitled, '{"plans": {}}');
    await editor.until(() => editor.problems(untitled)?.length === 0);
    editor.closeDocument(untitled);
  });

  test('a model that is opened brings the policies that it names', async () => {
    const editor = await openEditor('samples', { folders: [] });
    expect(await editor.request('backupPolicy/organizations', null)).toEqual([]);
    editor.openDocument(model, samples.model, 'backup-organization');
    await editor.until(() => editor.allProblems().length === 2);
    expect(editor.allProblems()).toEqual(planted);
  });
});

/** A disk that answers for some files only when it is told to. */
class SlowDisk implements FileSystem {
  readonly #isSlow: (uri: string) => boolean;
  #held: (() => void)[] = [];
  reads = 0;

  constructor(isSlow: (uri: string) => boolean) {
    this.#isSlow = isSlow;
  }

  async read(uri: string, within?: string): Promise<string | undefined> {
    if (!this.#isSlow(uri)) return nodeFiles.read(uri, within);
    this.reads++;
    const text = await nodeFiles.read(uri, within);
    await new Promise<void>((resolve) => this.#held.push(resolve));
    return text;
  }

  find(folder: string, isWanted: (path: string) => boolean): Promise<readonly string[]> {
    return nodeFiles.find(folder, isWanted);
  }

  get holds(): number {
    return this.#held.length;
  }

  release(): void {
    for (const resume of this.#held.splice(0)) resume();
  }
}

describe('a slow disk', () => {
  test('holds up its own files alone: what is open is checked at once, and other files too', async () => {
    const files = new SlowDisk((uri) => uri.endsWith(model));
    const editor = await openEditor('samples', { files });
    editor.openDocument(nonprod, '{"plan": {}}');
    await editor.until(() => editor.problems(nonprod)?.[0]?.code === 'unknown-key');
    expect((await editor.completion(nonprod, { line: 0, character: 2 })).map(({ label }) => label)).toContain('plans');
    writeFileSync(path.join(editor.folder, 'backup-policies/extra.json'), '{"plans": {"x": {"rule": {"@@assign": 1}}}}');
    editor.changedOnDisk('backup-policies/extra.json');
    await editor.until(() => (editor.problems('backup-policies/extra.json')?.length ?? 0) > 0);
    files.release();
    await editor.until(() => editor.problems('backup-policies/finance-ledger.json')?.[0]?.code === 'effective-policy-invalid');
  });

  test('is not asked again for each of many changes, and the last text is the one that counts', async () => {
    const files = new SlowDisk((uri) => uri.endsWith(model));
    const editor = await openEditor('samples', { files });
    await editor.until(() => files.holds === 1);
    for (let index = 0; index < 50; index++) {
      writeFileSync(path.join(editor.folder, model), JSON.stringify({ root: { name: `Root${String(index)}`, policies: [], accounts: [{ name: 'a' }] }, policies: {} }));
      editor.changedOnDisk(model);
    }
    const answer = editor.request('backupPolicy/organizations', null);
    // Answered in turn, and without waiting for files: all changes are known then.
    await editor.request('textDocument/foldingRange', { textDocument: { uri: editor.uri(model) } });
    const releasing = setInterval(() => {
      files.release();
    }, 5);
    await answer;
    await editor.until(() => files.reads >= 2 && files.holds === 0);
    clearInterval(releasing);
    const entities = (await editor.request('backupPolicy/entities', null)) as readonly EntityView[];
    expect(entities.map(({ path: place }) => place)).toEqual(['Root49', 'Root49/a']);
    expect(files.reads).toBe(2);
  });

  test('that has not told the saved text yet makes no document an edited one', async () => {
    const files = new SlowDisk((uri) => uri.includes('lonely'));
    mkdirSync(path.join(source, 'lonely'));
    cpSync('samples', path.join(source, 'lonely'), { recursive: true });
    const editor = await openEditor(source, { files, folders: [] });
    expect(await editor.request('backupPolicy/organizations', null)).toEqual([]);
    editor.openDocument(`lonely/${model}`, samples.model, 'backup-organization');
    editor.openDocument(`lonely/${baseline}`, samples.baseline);
    await editor.until(() => files.holds >= 2);
    expect((await unsaved(editor)).groups).toEqual([]);
    editor.type(`lonely/${baseline}`, samples.baseline.replace('"35"', '"60"'));
    await editor.until(() => editor.problems(`lonely/${baseline}`) !== undefined);
    const releasing = setInterval(() => {
      files.release();
    }, 5);
    await expect.poll(async () => (await unsaved(editor)).groups.length, { timeout: 10_000 }).toBeGreaterThan(0);
    clearInterval(releasing);
  });
});

describe('two windows on one folder', () => {
  test('see each other\'s saved files, and their unsaved edits are their own', async () => {
    const one = await openEditor('samples');
    const two = await openEditor('samples', { beside: one });
    await one.until(() => one.allProblems().length === 2);
    await two.until(() => two.allProblems().length === 2);
    const mended = samples.baseline.replace('["@@none"]', '["@@assign"]');
    one.openDocument(baseline, samples.baseline);
    one.type(baseline, mended);
    await one.until(() => one.problems(nonprod)?.length === 0);
    expect(two.problems(nonprod)?.length).toBe(1);
    writeFileSync(path.join(one.folder, baseline), mended);
    for (const editor of [one, two]) editor.changedOnDisk(baseline);
    await two.until(() => two.problems(nonprod)?.length === 0);
    expect(await unsaved(one)).toEqual({ accounts: 18, groups: [] });
  });
});

describe('the text of an open document', () => {
  test('does not take a change twice that the client sends after the opened text had it', async () => {
    const editor = await openEditor('samples');
    const change = { range: { start: { line: 0, character: 2 }, end: { line: 0, character: 9 } }, text: '"p' };
    editor.notify('textDocument/didOpen', { textDocument: { uri: editor.uri(nonprod), languageId: 'aws-backup-policy', version: 7, text: '{ "plans": {} }' } });
    editor.notify('textDocument/didChange', { textDocument: { uri: editor.uri(nonprod), version: 7 }, contentChanges: [change] });
    await editor.request('backupPolicy/organizations', null);
    await editor.until(() => editor.problems(nonprod)?.length === 0);
    editor.notify('textDocument/didChange', { textDocument: { uri: editor.uri(nonprod), version: 8 }, contentChanges: [change] });
    await editor.until(() => editor.problems(nonprod)?.[0]?.code === 'syntax' || (editor.problems(nonprod)?.length ?? 0) > 0);
  });

  test('is the saved one when it is saved, also where no watcher tells', async () => {
    const editor = await openEditor('samples');
    await editor.until(() => editor.allProblems().length === 2);
    const mended = samples.baseline.replace('["@@none"]', '["@@assign"]');
    editor.openDocument(baseline, mended);
    await editor.until(() => editor.problems(nonprod)?.length === 0);
    expect((await unsaved(editor)).groups.length).toBeGreaterThan(0);
    writeFileSync(path.join(editor.folder, baseline), mended);
    editor.notify('textDocument/didSave', { textDocument: { uri: editor.uri(baseline) } });
    await expect.poll(async () => (await unsaved(editor)).groups, { timeout: 10_000 }).toEqual([]);
  });
});

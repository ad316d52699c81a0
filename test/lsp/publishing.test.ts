import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { LSPErrorCodes, type PublishDiagnosticsParams } from 'vscode-languageserver';
import { afterEach, describe, expect, test } from 'vitest';
import { Editor } from './editor.ts';

const editors: Editor[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const editor of editors.splice(0)) await editor.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function openEditor(source: string): Promise<Editor> {
  const editor = await Editor.open(source);
  editors.push(editor);
  await settled(editor);
  return editor;
}

/** Answered when everything is told. */
async function settled(editor: Editor): Promise<void> {
  await editor.request('backupPolicy/organizations', null);
}

function published(editor: Editor, from = 0): readonly PublishDiagnosticsParams[] {
  return editor.notifications.slice(from).flatMap(({ method, params }) => (method === 'textDocument/publishDiagnostics' ? [params as PublishDiagnosticsParams] : []));
}

/** What the editor shows in the end, by file; hints too. */
function shown(editor: Editor): unknown {
  const last = new Map(published(editor).map(({ uri, diagnostics }) => [uri, diagnostics]));
  const named = [...last].filter(([, diagnostics]) => diagnostics.length > 0).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.parse(JSON.stringify(named).replaceAll(editor.uri('.').replace(/\/?\.?$/, ''), '')) as unknown;
}

const rule = (days: number): object => ({ plans: { daily: { rules: { main: { lifecycle: { delete_after_days: { '@@assign': String(days) } } } } } } });
const whole = (control: string): string => JSON.stringify({ plans: { daily: { '@@operators_allowed_for_child_policies': [control], ...rule(1), regions: { '@@assign': ['eu-west-1'] }, rules: { main: { '@@operators_allowed_for_child_policies': [control], target_backup_vault_name: { '@@assign': 'V' }, lifecycle: { '@@operators_allowed_for_child_policies': [control], delete_after_days: { '@@assign': '35', '@@operators_allowed_for_child_policies': [control] } } } }, selections: { tags: { t: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/R' }, tag_key: { '@@assign': 'k' }, tag_value: { '@@assign': ['v'] } } } } } } }, undefined, 1);
const root = 'backup-policies/root.json';

/** A root policy over units that each try to change what it says. */
function units(count: number): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'units-'));
  folders.push(folder);
  mkdirSync(path.join(folder, 'backup-policies'));
  const names = Array.from({ length: count }, (_, index) => `unit-${String(index)}`);
  for (const [index, name] of names.entries()) writeFileSync(path.join(folder, 'backup-policies', `${name}.json`), JSON.stringify(rule(40 + index)));
  writeFileSync(path.join(folder, root), whole('@@assign'));
  writeFileSync(path.join(folder, 'backup-organization.json'), JSON.stringify({
    root: { name: 'Root', policies: ['root'], organizationalUnits: names.map((name) => ({ name, policies: [name], accounts: [{ name: 'account' }] })) },
    policies: Object.fromEntries(['root', ...names].map((name) => [name, { file: `backup-policies/${name}.json` }])),
  }));
  return folder;
}

describe('the problems of the document that is typed in', () => {
  test('are told before those that the edit makes in other files, with the version that they are of', async () => {
    const editor = await openEditor(units(60));
    editor.openDocument(root, whole('@@assign'));
    await settled(editor);
    const before = editor.notifications.length;
    editor.type(root, whole('@@none').replace('"35"', '"many"'));
    await settled(editor);
    const [first, ...others] = published(editor, before);
    expect(first?.uri).toBe(editor.uri(root));
    expect(first?.diagnostics.map(({ code }) => code)).toContain('invalid-value');
    expect(first?.version).toBe(2);
    expect(new Set(others.map(({ uri }) => path.basename(uri))).size).toBeGreaterThanOrEqual(60);
  });

  test('keep what other policies have a part in until it is known anew', async () => {
    const editor = await openEditor(units(3));
    editor.openDocument(root, whole('@@none'));
    const blocked = JSON.stringify(rule(40));
    editor.openDocument('backup-policies/unit-0.json', blocked);
    await settled(editor);
    const before = editor.notifications.length;
    editor.type('backup-policies/unit-0.json', `  ${blocked}`);
    await settled(editor);
    const lists = published(editor, before).filter(({ uri }) => uri.endsWith('unit-0.json')).map(({ diagnostics }) => diagnostics.map(({ code, range }) => [code, range.start.character]));
    expect(lists).toHaveLength(1);
    expect(lists[0]?.map(([code]) => code)).toContain('blocked-by-parent');
  });
});

describe('many keys one after another', () => {
  test('tell views and lenses once of all, and a request in between is answered for the last one or not at all', async () => {
    const editor = await openEditor(units(200));
    editor.openDocument(root, whole('@@assign'));
    await settled(editor);
    const before = editor.notifications.length;
    const answers: Promise<unknown>[] = [];
    for (let index = 0; index < 30; index++) {
      editor.type(root, whole(index % 2 === 0 ? '@@none' : '@@assign').replace('"35"', `"${String(index)}0"`));
      answers.push(editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri(root) } }).catch((error: unknown) => error));
    }
    await settled(editor);
    const told = editor.notifications.slice(before).filter(({ method }) => method === 'backupPolicy/changed').length;
    expect(told).toBeLessThan(10);
    const ended = await Promise.all(answers);
    expect(ended.slice(0, -1).some((answer) => answer instanceof Error && answer.message.includes('edited meanwhile'))).toBe(true);
    expect(Array.isArray(ended.at(-1))).toBe(true);
    const versions = published(editor, before).filter(({ uri }) => uri === editor.uri(root)).map(({ version }) => version ?? 0);
    expect(versions).toEqual([...versions].sort((left, right) => left - right));
  });

  test('leave no request open that the editor cancels', async () => {
    const editor = await openEditor(units(200));
    editor.openDocument(root, whole('@@assign'));
    editor.type(root, whole('@@none'));
    const answer = editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri(root) } }).catch((error: unknown) => error);
    const { id } = JSON.parse(editor.trace.at(-1) ?? '') as { readonly id: number };
    editor.notify('$/cancelRequest', { id });
    expect(await answer).toBeInstanceOf(Error);
    const response = editor.trace.map((body) => JSON.parse(body) as { readonly id?: number; readonly error?: { readonly code: number } }).find((message) => message.id === id && message.error !== undefined);
    expect(response?.error?.code).toBe(LSPErrorCodes.RequestCancelled);
  });
});

test('whatever is typed, opened, closed and asked for, the problems told in the end are those that a new server tells', async () => {
  const names = readdirSync('samples/backup-policies').map((name) => `backup-policies/${name}`);
  const saved = new Map([...names, 'backup-organization.json', 'backup-guardrails.json'].map((name) => [name, readFileSync(path.join('samples', name), 'utf8')]));
  const step = fc.record({
    file: fc.constantFrom(...saved.keys()),
    place: fc.nat(3_000),
    cut: fc.nat(20),
    typed: fc.constantFrom('', '"', '}', '{', '1', 'x', '"@@assign"', '"@@none"', ',', 'prod'),
    kind: fc.constantFrom('type', 'type', 'type', 'type', 'close', 'ask'),
    wait: fc.constantFrom(0, 0, 0, 1, 4, 30),
  });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
    const editor = await Editor.open('samples');
    const texts = new Map<string, string>();
    for (const { file, place, cut, typed, kind, wait } of steps) {
      const now = texts.get(file) ?? saved.get(file) ?? '';
      const next = now.slice(0, place) + typed + now.slice(place + cut);
      if (kind === 'ask') void editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri(file) } }).catch(() => undefined);
      else if (kind === 'close' && texts.delete(file)) editor.closeDocument(file);
      else if (kind === 'type' && texts.has(file)) editor.type(file, next);
      else if (kind === 'type') editor.openDocument(file, next, file.endsWith('organization.json') ? 'backup-organization' : file.endsWith('guardrails.json') ? 'backup-guardrails' : 'aws-backup-policy');
      if (kind === 'type') texts.set(file, next);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    await settled(editor);
    // A closed document is read from the disk anew; when that is done, it is told once more.
    await new Promise((resolve) => setTimeout(resolve, 30));
    await settled(editor);
    for (const [file, text] of texts) writeFileSync(path.join(editor.folder, file), text);
    const other = await Editor.open(editor.folder);
    await settled(other);
    const both = [shown(editor), shown(other)];
    await Promise.all([editor.close(), other.close()]);
    expect(both[0]).toEqual(both[1]);
  }), { seed: 6, numRuns: 12 });
}, 120_000);

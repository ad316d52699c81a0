import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodeLens, InlayHint, SemanticTokens } from 'vscode-languageserver-types';
import { afterEach, describe, expect, test } from 'vitest';
import { lensCommands } from '../../server/protocol.ts';
import { Editor } from './editor.ts';

const nonprod = 'backup-policies/nonprod.json';
const baseline = 'backup-policies/baseline.json';
const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

let editor: Editor;

afterEach(async () => {
  await editor.close();
});

async function openSample(settings?: unknown): Promise<void> {
  editor = await Editor.open('samples', settings);
  await editor.until(() => editor.notifications.some(({ method }) => method === 'backupPolicy/changed'));
}

const documentOf = (file: string): { readonly textDocument: { readonly uri: string } } => ({ textDocument: { uri: editor.uri(file) } });
const textOf = (file: string): string => readFileSync(path.join(editor.folder, file), 'utf8');

async function labels(file: string): Promise<readonly string[]> {
  const hints = await editor.request('textDocument/inlayHint', { ...documentOf(file), range: everything }) as readonly InlayHint[];
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

describe('what is drawn into a policy', () => {
  test('follows edits of other files that are not saved', async () => {
    await openSample();
    expect(await labels(nonprod)).toContain('overrides 35 from Root/baseline');
    editor.openDocument(nonprod, textOf(nonprod));
    editor.openDocument(baseline, textOf(baseline).replace('"35"', '"60"'));
    expect(await labels(nonprod)).toContain('overrides 60 from Root/baseline');
  });

  test('is asked for again when another file or a setting changed, and not while the only open one is typed', async () => {
    await openSample();
    const asked = (): readonly string[] => ['workspace/inlayHint/refresh', 'workspace/semanticTokens/refresh'].filter((method) => editor.asked.includes(method));
    const told = (): number => editor.notifications.filter(({ method }) => method === 'backupPolicy/changed').length;
    const opened = told();
    editor.openDocument(nonprod, textOf(nonprod));
    await editor.until(() => told() > opened);
    editor.asked.length = 0;
    const typed = told();
    editor.type(nonprod, textOf(nonprod).replace('"7"', '"8"'));
    await editor.until(() => told() > typed);
    await labels(nonprod);
    expect(asked()).toEqual([]);
    editor.openDocument(baseline, textOf(baseline).replace('"35"', '"60"'));
    await editor.until(() => asked().length === 2);
    editor.asked.length = 0;
    editor.settings = { inlayHints: { schedules: false, inheritedValues: false, durations: true } };
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => asked().length === 2);
    expect(await labels(nonprod)).toEqual(['1 week']);
  });

  test('are tokens with the modifiers of the legend, for a document and a range', async () => {
    await openSample();
    const whole = await editor.request('textDocument/semanticTokens/full', documentOf(nonprod)) as SemanticTokens;
    expect(whole.data.length).toBe(45);
    const part = await editor.request('textDocument/semanticTokens/range', { ...documentOf(nonprod), range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } } }) as SemanticTokens;
    expect(part.data).toEqual([5, 11, 19, 1, 2]);
  });

  test('are lenses with a command, a position and locations', async () => {
    await openSample();
    const lenses = await editor.request('textDocument/codeLens', documentOf(nonprod)) as readonly CodeLens[];
    const lens = lenses.find(({ command }) => command?.command === lensCommands.showStatements);
    expect(lens?.command?.title).toBe('Overrides Root/baseline');
    expect(lens?.command?.arguments).toEqual([editor.uri(nonprod), { line: 2, character: 4 }, [
      { uri: editor.uri(baseline), range: expect.anything() as unknown },
      { uri: editor.uri(baseline), range: expect.anything() as unknown },
    ]]);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Editor } from '../lsp/editor.ts';

const file = 'backup-policies/nonprod.json';

describe('an editor that speaks with the server', () => {
  let editor: Editor;

  afterEach(async () => {
    await editor.close();
  });

  /** What the light bulb offers at a diagnostic. */
  async function actionsAt(diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    return await editor.request('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range: diagnostic.range, context: { diagnostics: [diagnostic] } }) as readonly CodeAction[];
  }

  async function open(settings?: unknown): Promise<string> {
    editor = await Editor.open('samples', settings);
    const text = readFileSync(path.join(editor.folder, file), 'utf8');
    editor.openDocument(file, text);
    await editor.until(() => editor.allProblems().length > 0);
    return text;
  }

  describe('about a sample', () => {
    let text = '';
    beforeEach(async () => {
      text = await open();
    });

    it('gets the fix of a problem that the server told, and is told that it is gone', async () => {
      const [problem] = editor.problems(file) ?? [];
      if (problem === undefined) throw new Error('no problem');
      const [fix] = await actionsAt(problem);
      expect([fix?.title, fix?.kind, fix?.isPreferred]).toEqual(['Remove what has no effect', 'quickfix', true]);
      editor.type(file, TextDocument.applyEdits(TextDocument.create('', '', 0, text), fix?.edit?.changes?.[editor.uri(file)] ?? []));
      await editor.until(() => editor.problems(file)?.length === 0);
    });

    it('gets everything certain by the command for all fixes', async () => {
      editor.type(file, '{"plans": {"a": {"Regions": ["eu-west-1"]}}}');
      await editor.until(() => editor.problems(file)?.some(({ code }) => code === 'missing-operator') === true);
      const start = { line: 0, character: 0 };
      const actions = await editor.request('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range: { start, end: start }, context: { diagnostics: [], only: ['source.fixAll'] } }) as readonly CodeAction[];
      const [action] = actions;
      expect(TextDocument.applyEdits(TextDocument.create('', '', 0, '{"plans": {"a": {"Regions": ["eu-west-1"]}}}'), action?.edit?.changes?.[editor.uri(file)] ?? []))
        .toBe('{"plans": {"a": {"regions": { "@@assign": ["eu-west-1"] }}}}');
    });
  });

  it('gets no fix of a rule that is off', async () => {
    await open();
    const [problem] = editor.problems(file) ?? [];
    if (problem === undefined) throw new Error('no problem');
    await editor.close();
    await open({ rules: { 'blocked-by-parent': 'off' } });
    expect(editor.problems(file) ?? []).toEqual([]);
    const actions = await editor.request('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range: problem.range, context: { diagnostics: [], only: ['quickfix'] } }) as readonly CodeAction[];
    expect(actions).toEqual([]);
  });
});

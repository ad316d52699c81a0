import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, describe, expect, test } from 'vitest';
import { Editor } from '../lsp/editor.ts';
import { weightedMutations } from '../property/mutations.ts';
import { Random } from '../property/random.ts';
import { spoiltMembers } from './memberMutations.ts';

/** `FUZZ_SESSIONS=1000` makes more sessions than the few of the usual run. */
const sessions = Number(process.env['FUZZ_SESSIONS'] ?? 6);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 20261121);
const steps = 60;
const policies = ['analytics', 'baseline', 'customer-data', 'nonprod', 'production', 'renamed', 'new'].map((name) => `backup-policies/${name}.json`);
const files = [...policies, 'backup-organization.json', 'backup-guardrails.json'];
const elsewhere = ['nowhere/at-all.json', 'backup-policies/__proto__.json'];
const template = mkdtempSync(path.join(os.tmpdir(), 'fuzz-'));
cpSync('samples', template, { recursive: true });

afterAll(() => {
  rmSync(template, { recursive: true, force: true });
});

/** One user of one server: does what comes to mind, in any order, and never waits. */
class Session {
  readonly random: Random;
  readonly editor: Editor;
  /** What the user sees in the open documents. */
  readonly open = new Map<string, string>();
  readonly answers: Promise<void>[] = [];
  readonly faults: string[] = [];
  /** The request that opened the session was the first. */
  #requests = 1;
  #version = 1;
  readonly #versions = new Map<string, number>();

  constructor(editor: Editor, random: Random) {
    this.editor = editor;
    this.random = random;
  }

  step(): void {
    const file = this.random.pick(files);
    switch (this.random.below(12)) {
      case 0: case 1: this.openFile(file); break;
      case 2: case 3: case 4: this.change(file); break;
      case 5: this.close(file); break;
      case 6: this.writeToDisk(file); break;
      case 7: this.rename(file); break;
      case 8: this.cancel(); break;
      case 9: this.oddity(); break;
      default: this.ask();
    }
  }

  openFile(file: string): void {
    const text = this.open.get(file) ?? this.onDisk(file) ?? '';
    this.open.set(file, text);
    const languageId = file.startsWith('backup-policies/') ? 'aws-backup-policy' : file.includes('guardrails') ? 'backup-guardrails' : 'backup-organization';
    const version = this.#version++;
    this.#versions.set(file, version);
    this.editor.notify('textDocument/didOpen', { textDocument: { uri: this.editor.uri(file), languageId, version, text } });
  }

  change(file: string): void {
    const old = this.open.get(file);
    // Some versions are older than what the server has, some are the same.
    const version = this.random.oneIn(5) ? this.random.below(this.#version) : this.#version++;
    const document = TextDocument.create('', 'json', 0, old ?? '');
    const changes = Array.from({ length: 1 + this.random.below(3) }, () => {
      if (this.random.oneIn(3)) return { text: this.spoilt(document.getText()) };
      const start = this.random.below(document.getText().length + 1);
      return { range: { start: document.positionAt(start), end: document.positionAt(start + this.random.below(4)) }, text: this.random.pick(['', '"', '{', '}', ',', '@@', '\n', '${x}', '7']) };
    });
    // As LSP has it, each change is for the text after the one before: here the first alone is in the ranges of the text.
    const used = changes.slice(0, old === undefined ? changes.length : 1);
    // A change that is not newer than the text is not made again.
    if (old !== undefined && version > (this.#versions.get(file) ?? 0)) {
      this.#versions.set(file, version);
      TextDocument.update(document, used, version);
      this.open.set(file, document.getText());
    }
    this.editor.notify('textDocument/didChange', { textDocument: { uri: this.editor.uri(file), version }, contentChanges: used });
  }

  close(file: string): void {
    this.open.delete(file);
    this.editor.notify('textDocument/didClose', { textDocument: { uri: this.editor.uri(file) } });
  }

  writeToDisk(file: string): void {
    const full = path.join(this.editor.folder, file);
    const existed = existsSync(full);
    if (existed && this.random.oneIn(4)) rmSync(full);
    else {
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, this.spoilt(this.onDisk(file) ?? readFileSync('samples/backup-policies/baseline.json', 'utf8')));
    }
    this.changedOnDisk(file);
  }

  rename(from: string): void {
    const to = this.random.pick(policies);
    const old = path.join(this.editor.folder, from);
    if (!from.startsWith('backup-policies/') || from === to || !existsSync(old)) return;
    renameSync(old, path.join(this.editor.folder, to));
    const text = this.open.get(from);
    if (this.random.oneIn(2)) this.changedOnDisk(from, to);
    if (text !== undefined) {
      this.close(from);
      this.open.set(to, text);
      this.openFile(to);
    }
    this.changedOnDisk(to, from);
  }

  changedOnDisk(...changed: readonly string[]): void {
    this.editor.notify('workspace/didChangeWatchedFiles', { changes: changed.map((file) => ({ uri: this.editor.uri(file), type: existsSync(path.join(this.editor.folder, file)) ? 2 : 3 })) });
  }

  cancel(): void {
    this.editor.notify('$/cancelRequest', { id: this.random.below(this.#requests + 3) });
  }

  oddity(): void {
    const uri = this.editor.uri(this.random.pick([...files, ...elsewhere]));
    const [method, params] = this.random.pick([
      ['workspace/didChangeConfiguration', { settings: null }],
      ['backupPolicy/chooseTarget', { organization: this.editor.uri('backup-organization.json'), key: this.random.pick(['__proto__', 'Root', '']) }],
      ['backupPolicy/chooseTarget', null],
      ['workspace/didCreateFiles', { files: [{ uri }] }],
      ['workspace/didChangeWatchedFiles', { changes: [{ uri: 'untitled:Untitled-1', type: 1 }, { uri: 'https://example.com/a.json', type: 1 }, { uri, type: 1 }] }],
      ['textDocument/didSave', { textDocument: { uri } }],
      ['$/unknown', {}],
    ] as const);
    this.editor.notify(method, params);
  }

  ask(): void {
    const file = this.random.pick([...files, ...elsewhere]);
    const textDocument = { uri: this.editor.uri(file) };
    const position = { line: this.random.below(60), character: this.random.below(60) };
    const range = { start: position, end: { line: position.line + this.random.below(9), character: 3 } };
    const target = { organization: this.editor.uri('backup-organization.json'), key: this.random.pick(['Root', 'Root/Workloads', 'constructor', '']) };
    const [method, params] = this.random.pick<readonly [string, unknown]>([
      ['textDocument/hover', { textDocument, position }],
      ['textDocument/completion', { textDocument, position }],
      ['textDocument/codeLens', { textDocument }],
      ['textDocument/inlayHint', { textDocument, range }],
      ['textDocument/semanticTokens/full', { textDocument }],
      ['textDocument/foldingRange', { textDocument }],
      ['textDocument/documentSymbol', { textDocument }],
      ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
      ['textDocument/codeAction', { textDocument, range, context: { diagnostics: this.editor.problems(file) ?? [] } }],
      ['textDocument/definition', { textDocument, position }],
      ['textDocument/references', { textDocument, position, context: { includeDeclaration: true } }],
      ['textDocument/rename', { textDocument, position, newName: '__proto__' }],
      ['textDocument/selectionRange', { textDocument, positions: [position] }],
      ['workspace/symbol', { query: 'a' }],
      ['backupPolicy/organizations', null],
      ['backupPolicy/effectivePolicy', target],
      ['backupPolicy/coverage', null],
      ['backupPolicy/impact', { type: 'unsaved' }],
      ['backupPolicy/timeline', { target, days: 14 }],
    ]);
    this.#requests++;
    this.answers.push(this.editor.request(method, params).then(() => undefined, (error: unknown) => {
      // A refusal to rename is a sentence for the user; a cancelled request, and one whose text is another by now, has no answer.
      const message = error instanceof Error ? error.message : String(error);
      if (method !== 'textDocument/rename' && !/cancel|edited meanwhile/i.test(message) || /failed with message|Cannot read|is not a|undefined/.test(message)) this.faults.push(`${method}: ${message}`);
    }));
  }

  onDisk(file: string): string | undefined {
    const full = path.join(this.editor.folder, file);
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
  }

  spoilt(text: string): string {
    if (text === '' || this.random.oneIn(4)) return readFileSync(`samples/backup-policies/${this.random.pick(['analytics', 'baseline', 'nonprod'])}.json`, 'utf8');
    const spoilt = this.random.oneIn(2) ? spoiltMembers(text, this.random) : this.random.pick(weightedMutations).apply(text, this.random);
    // What cannot be written as UTF-8 is not on a disk, nor in a message.
    return Buffer.from(spoilt).toString('utf8').slice(0, 20_000);
  }
}

/** Every problem of every file, in the words of the editor, without the place of the folder. */
function told(editor: Editor): string {
  return files.map((file) => `${file}: ${JSON.stringify(editor.problems(file) ?? [])}`).join('\n').replaceAll(path.basename(editor.folder), 'FOLDER');
}

describe('a server with a user in a hurry', () => {
  test.each(Array.from({ length: sessions }, (_, index) => firstSeed + index))('tells in the end what a new server tells, and answers: seed %i', async (seed) => {
    const random = new Random(seed);
    const editor = await Editor.open(template);
    const session = new Session(editor, random);
    for (let step = 0; step < steps; step++) {
      session.step();
      if (random.oneIn(6)) await new Promise((resolve) => setTimeout(resolve, random.below(4)));
    }
    await Promise.all(session.answers);
    expect(session.faults).toEqual([]);

    const fresh = await Editor.open(editor.folder);
    for (const [file, text] of session.open) fresh.openDocument(file, text, file.startsWith('backup-policies/') ? 'aws-backup-policy' : file.includes('guardrails') ? 'backup-guardrails' : 'backup-organization');
    const end = Date.now() + 5000;
    while (told(editor) !== told(fresh) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told(editor)).toBe(told(fresh));
    expect(Array.isArray(await editor.request('backupPolicy/organizations', null))).toBe(true);
    await Promise.all([editor.close(), fresh.close()]);
  });
});

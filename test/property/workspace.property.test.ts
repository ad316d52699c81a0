import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/workspace.ts';
import { at, comparable, DelayedFiles, diskOf, files, folders, languageIds, links, texts, type Disk } from './workspaceFiles.ts';

/** What an editor tells a server, and what happens to the files below it. */
type Step =
  | { readonly type: 'open'; readonly file: number; readonly text: number; readonly language: number }
  | { readonly type: 'type'; readonly file: number; readonly text: number }
  | { readonly type: 'close'; readonly file: number }
  | { readonly type: 'write'; readonly file: number; readonly text: number }
  | { readonly type: 'delete'; readonly file: number }
  | { readonly type: 'link'; readonly file: number }
  | { readonly type: 'tell' }
  | { readonly type: 'folders'; readonly chosen: number }
  | { readonly type: 'globs'; readonly chosen: boolean }
  | { readonly type: 'look'; readonly which: number }
  | { readonly type: 'answer'; readonly which: number };

const file = fc.nat(files.length - 1);
const text = fc.nat(texts.length - 1);
const which = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('open' as const), file, text, language: fc.nat(languageIds.length - 1) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('type' as const), file, text }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('close' as const), file }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('write' as const), file, text }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), file }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('link' as const), file: fc.nat(links.length - 1) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('tell' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('folders' as const), chosen: fc.nat(2 ** folders.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('globs' as const), chosen: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('look' as const), which }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('answer' as const), which }) },
);

/** A workspace under test beside what it should know. */
class Session {
  readonly disk: Disk = diskOf();
  readonly files = new DelayedFiles(this.disk);
  readonly workspace = new Workspace(this.files, () => at);
  readonly open = new Map<string, { readonly languageId: string; readonly text: string }>();
  readonly closedOutside = new Set<string>();
  readonly #untold = new Set<string>();
  readonly #running: Promise<unknown>[] = [];
  folders: readonly string[] = [];
  globs: readonly string[] = [];

  take(next: Step): void {
    switch (next.type) {
      case 'open': {
        const [uri, languageId] = [pick(files, next.file), pick(languageIds, next.language)];
        // An editor opens a document with what is on disk, or with edits that it kept over a restart.
        this.edit(uri, languageId, this.disk.texts.get(uri) ?? pick(texts, next.text), !this.open.has(uri)); return;
      }
      case 'type': {
        const uri = pick(files, next.file);
        const document = this.open.get(uri);
        if (document !== undefined) this.edit(uri, document.languageId, pick(texts, next.text), false);
        return;
      }
      case 'close': {
        const uri = pick(files, next.file);
        if (!this.open.delete(uri)) return;
        if (!this.folders.some((folder) => uri.startsWith(`${folder}/`))) this.closedOutside.add(uri);
        this.run(this.workspace.close(uri)); return;
      }
      case 'write': {
        const uri = pick(files, next.file);
        this.disk.texts.set(uri, pick(texts, next.text));
        this.#untold.add(uri);
        return;
      }
      case 'delete': {
        const uri = pick(files, next.file);
        this.disk.texts.delete(uri);
        this.#untold.add(uri);
        return;
      }
      case 'link': {
        const uri = pick(links, next.file);
        if (!this.disk.outside.delete(uri)) this.disk.outside.add(uri);
        this.#untold.add(uri);
        return;
      }
      case 'tell': {
        const uris = [...this.#untold];
        this.#untold.clear();
        this.run(this.workspace.filesChanged(uris)); return;
      }
      case 'folders': {
        const before = this.folders;
        this.folders = folders.filter((_, index) => (next.chosen >> index) % 2 === 1);
        const left = before.filter((folder) => !this.folders.includes(folder));
        for (const uri of this.closedOutside) if (left.some((folder) => uri.startsWith(`${folder}/`))) this.closedOutside.delete(uri);
        this.run(this.workspace.openFolders(this.folders)); return;
      }
      case 'globs':
        this.globs = next.chosen ? ['other/*.json'] : [];
        { this.run(this.workspace.setPolicyGlobs(this.globs)); return; }
      case 'look':
        { this.files.look(next.which); return; }
      case 'answer':
        { this.files.answer(next.which); return; }
    }
  }

  /** As the server does for a document that is opened, and for one that is edited. */
  edit(uri: string, languageId: string, documentText: string, isOpened: boolean): void {
    if (isOpened) this.run(this.workspace.readSaved(uri));
    this.open.set(uri, { languageId, text: documentText });
    this.workspace.edit(uri, languageId, documentText);
    this.run(this.workspace.readReferenced());
  }

  run(work: Promise<unknown>): void {
    this.#running.push(work);
  }

  /** All changes of files are told, and all reads answered, in any order. */
  async settle(order: number): Promise<void> {
    this.take({ type: 'tell' });
    let ended = false;
    void Promise.all(this.#running).then(() => {
      ended = true;
    });
    for (let turn = order; !ended; turn = (turn * 31 + 7) % 1009) {
      this.files.look(turn);
      this.files.answer(turn);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A workspace that never knew anything but what is so now. */
  async fresh(): Promise<Workspace> {
    const workspace = new Workspace(new DelayedFiles(this.disk, true), () => at);
    await workspace.setPolicyGlobs(this.globs);
    await workspace.openFolders(this.folders);
    for (const uri of this.closedOutside) {
      workspace.edit(uri, 'json', '');
      await workspace.close(uri);
    }
    for (const [uri, { languageId, text: documentText }] of this.open) {
      workspace.edit(uri, languageId, documentText);
      await workspace.readSaved(uri);
    }
    await workspace.readReferenced();
    return workspace;
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no item ${String(index)}.`);
  return item;
}

describe('a workspace', () => {
  test('knows in the end what one knows that was made then, in whatever order files change and are read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.nat(1008), async (steps, order) => {
        const session = new Session();
        for (const each of steps) {
          session.take(each);
          if (each.type === 'look' || each.type === 'answer') await new Promise((resolve) => setImmediate(resolve));
        }
        await session.settle(order);
        expect(comparable(session.workspace)).toEqual(comparable(await session.fresh()));
      }),
      { seed: 20261121, numRuns: 400 },
    );
  });
});

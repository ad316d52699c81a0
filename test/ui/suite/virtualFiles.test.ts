import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, open, replace, restore, rulesOf } from '../editing';

const scheme = 'suite-memory';

/** Files in memory, as extensions for remote repositories and archives have them. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (file === undefined && ![...this.files.keys()].some((path) => path.startsWith(`${uri.path}/`))) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: file === undefined ? vscode.FileType.Directory : vscode.FileType.File, ctime: 0, mtime: 1, size: file?.length ?? 0 };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.files.set(uri.path, content);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  createDirectory(): void {
    // Folders are where files are.
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

const memory = new MemoryFiles();
const place = (file: string): vscode.Uri => vscode.Uri.from({ scheme, path: `/project/${file}` });
const put = (file: string, content: unknown): void => void memory.files.set(place(file).path, new TextEncoder().encode(JSON.stringify(content, undefined, 2)));

suite('Policies in a virtual file system', () => {
  let registration: vscode.Disposable;

  suiteSetup(() => {
    registration = vscode.workspace.registerFileSystemProvider(scheme, memory);
    put('backup-organization.json', { root: { name: 'Root', policies: ['parent'], accounts: [{ name: 'a', policies: ['child'] }] }, policies: { parent: { file: 'policies/parent.json' }, child: { file: 'policies/child.json' } } });
    put('policies/parent.json', { plans: { daily: { regions: { '@@assign': ['eu-west-1'], '@@operators_allowed_for_child_policies': ['@@none'] } } } });
    put('policies/child.json', { plans: { daily: { regions: { '@@append': ['eu-west-2'] } } } });
  });
  suiteTeardown(async () => {
    await restore();
    registration.dispose();
  });

  test('have their model, which names policies that only the editor can read', async () => {
    await open(place('backup-organization.json'));
    await becomes(() => rulesOf(place('policies/child.json')).includes('blocked-by-parent'), true);
    assert.deepEqual(rulesOf(place('backup-organization.json')), []);
  });

  test('have problems while they are typed, and as saved when they are', async () => {
    const parent = await open(place('policies/parent.json'));
    await replace(parent, '"@@none"', '"@@append"');
    await becomes(() => rulesOf(place('policies/child.json')).includes('blocked-by-parent'), false);
    assert.ok(await parent.save());
    assert.match(new TextDecoder().decode(memory.files.get(parent.uri.path)), /"@@append"/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.ok(!rulesOf(place('policies/child.json')).includes('blocked-by-parent'));
  });
});

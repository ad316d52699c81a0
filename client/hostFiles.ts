import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { HostRequests } from '../server/protocol.ts';

/** Reads and finds files for a server without a file system of its own. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest('backupPolicy/readFile', async ({ uri }: HostRequests['backupPolicy/readFile']['params']): Promise<string | null> => {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
    } catch {
      return null;
    }
  });
  client.onRequest('backupPolicy/findFiles', async ({ include }: HostRequests['backupPolicy/findFiles']['params']): Promise<readonly string[]> => {
    const found = await workspace.findFiles(include, '**/{node_modules,.git}/**', 20_000);
    const searched = new Set(found.map(({ scheme }) => scheme));
    // Many virtual file systems have no search of their own.
    const others = (workspace.workspaceFolders ?? []).filter(({ uri: { scheme } }) => scheme !== 'file' && !searched.has(scheme));
    const walked = await Promise.all(others.map((folder) => filesBelow(folder.uri)));
    return [...found, ...walked.flat()].map((uri) => uri.toString());
  });
}

const maximumFiles = 20_000;
const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** JSON files and templates of them; other names cost the server a look each. */
const wanted = /\.json(?:\.\w+)?$/;

async function filesBelow(folder: Uri): Promise<readonly Uri[]> {
  const files: Uri[] = [];
  const folders = [folder];
  for (let visited = 0; visited < maximumFiles && files.length < maximumFiles; visited++) {
    const current = folders.pop();
    if (current === undefined) break;
    let entries: readonly [string, FileType][] = [];
    try {
      entries = await workspace.fs.readDirectory(current);
    } catch {
      // It is gone meanwhile.
    }
    for (const [name, type] of entries) {
      if (type === FileType.Directory) {
        if (!skipped.has(name)) folders.push(Uri.joinPath(current, name));
      } else if (type === FileType.File && wanted.test(name)) files.push(Uri.joinPath(current, name));
    }
  }
  return files;
}

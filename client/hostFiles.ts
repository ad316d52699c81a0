import { Uri, workspace } from 'vscode';
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
    return found.map((uri) => uri.toString());
  });
}

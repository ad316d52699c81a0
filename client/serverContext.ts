import type { Disposable } from 'vscode';
import { setContext } from './documents.ts';
import type { ServerAccess } from './serverAccess.ts';

/** Keeps `awsBackupPolicy.server` as the state of the server: menus and empty states depend on it. */
export function showServerState(server: ServerAccess): Disposable {
  return server.onDidChangeState((state) => void setContext('server', state));
}

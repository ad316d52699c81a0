import path from 'node:path';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { serveFiles } from './hostFiles.ts';
import { clientOptions, startedSession, type Session } from './languageClient.ts';

/** Starts the language server as a process of its own. */
export async function startSession(context: ExtensionContext, log: LogOutputChannel): Promise<Session> {
  const module = context.asAbsolutePath(path.join('dist', 'server.js'));
  const run = { module, transport: TransportKind.ipc };
  const client = new QuietClient('awsBackupPolicy', 'Backup Policies', { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } }, clientOptions(log));
  serveFiles(client);
  return startedSession(client);
}

/** Errors go to the log alone: what becomes of the server is told once, by who starts it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Of a client whose server never ran there is nothing to stop. */
  override stop(timeout?: number): Promise<void> {
    return super.stop(timeout).catch(() => undefined);
  }
}

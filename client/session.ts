import path from 'node:path';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientOptions, sessionOf, type Session } from './languageClient.ts';

/** Starts the language server as a process of its own. */
export async function startSession(context: ExtensionContext, log: LogOutputChannel): Promise<Session> {
  const module = context.asAbsolutePath(path.join('dist', 'server.js'));
  const run = { module, transport: TransportKind.ipc };
  const client = new LanguageClient('awsBackupPolicy', 'Backup Policies', { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } }, clientOptions(log));
  const session = sessionOf(client);
  await client.start();
  return session;
}

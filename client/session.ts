import path from 'node:path';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { serveFiles } from './hostFiles.ts';
import { clientOptions, startedSession, type Session } from './languageClient.ts';
import { ProcessClient } from './serverProcess.ts';

/** Starts the language server as a process of its own. */
export async function startSession(context: ExtensionContext, log: LogOutputChannel): Promise<Session> {
  const client = new ProcessClient(context.asAbsolutePath(path.join('dist', 'server.js')), log, clientOptions(log));
  serveFiles(client);
  return startedSession(client);
}

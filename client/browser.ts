import { Uri, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith, type ExtensionApi } from './activation.ts';
import { clientOptions, startedSession, type Session } from './languageClient.ts';
import { serveFiles } from './hostFiles.ts';

/** The extension in a browser: the server is a worker that reads files by way of the editor. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateWith(context, startSession);
}

async function startSession(context: ExtensionContext, log: LogOutputChannel): Promise<Session> {
  const worker = new Worker(Uri.joinPath(context.extensionUri, 'dist', 'server-web.js').toString(true));
  const client = new LanguageClient('awsBackupPolicy', 'Backup Policies', worker, clientOptions(log));
  serveFiles(client);
  return startedSession(client);
}

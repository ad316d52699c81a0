import { EventEmitter, workspace, type Diagnostic, type Event, type LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { ClientNotifications, Requests, ServerNotifications } from '../server/protocol.ts';
import { languages } from './languages.ts';
import { rulePage } from './rulePages.ts';

export type ServerChange = ServerNotifications['backupPolicy/changed'];

/** A running language server. */
export interface Session {
  request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']>;
  notify<Method extends keyof ClientNotifications>(method: Method, params: ClientNotifications[Method]): Promise<void>;
  readonly onDidChange: Event<ServerChange>;
  /** Fires when the server ended by itself: the session is of no use then, but must be stopped. */
  readonly onDidCrash: Event<void>;
  stop(): Promise<void>;
}

/** Which documents the server serves, and how its problems link to their pages. */
export function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  // Files that are edited, wherever they are; not old versions in a diff, results and other views.
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme)]);
  return {
    documentSelector: [...schemes].flatMap((scheme) => [{ scheme, language: languages.policy }, { scheme, language: languages.organization }]),
    outputChannel: log,
    middleware: {
      handleDiagnostics: (uri, diagnostics, next) => {
        next(uri, diagnostics.map(withPage));
      },
    },
  };
}

function withPage(diagnostic: Diagnostic): Diagnostic {
  if (typeof diagnostic.code === 'string') diagnostic.code = { value: diagnostic.code, target: rulePage(diagnostic.code) };
  return diagnostic;
}

/** Errors of the connection in a row that are borne. */
const maximumErrors = 3;

/**
 * A client as a session; made before the client starts, so that nothing of it is missed. The client never starts a
 * server again by itself: it cannot tell when that fails.
 */
export function sessionOf(client: BaseLanguageClient): Session {
  const changed = new EventEmitter<ServerChange>();
  const crashed = new EventEmitter<void>();
  let hasEnded = false;
  /** A connection can fail several times when the server ends once. */
  const end = (): void => {
    if (!hasEnded) crashed.fire();
    hasEnded = true;
  };
  client.clientOptions.errorHandler = {
    error: (_error, _message, count) => {
      if (count !== undefined && count <= maximumErrors) return { action: ErrorAction.Continue };
      end();
      return { action: ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      end();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
  client.onNotification('backupPolicy/changed', (change: ServerChange) => {
    changed.fire(change);
  });
  return {
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    onDidChange: changed.event,
    onDidCrash: crashed.event,
    stop: async () => {
      changed.dispose();
      crashed.dispose();
      await client.dispose();
    },
  };
}

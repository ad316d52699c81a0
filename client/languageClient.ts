import { EventEmitter, type Diagnostic, type Event, type LogOutputChannel } from 'vscode';
import { State, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { ClientNotifications, Requests, ServerNotifications } from '../server/protocol.ts';
import { languages } from './languages.ts';
import { rulePage } from './rulePages.ts';

export type ServerChange = ServerNotifications['backupPolicy/changed'];

/** A running language server. */
export interface Session {
  request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']>;
  notify<Method extends keyof ClientNotifications>(method: Method, params: ClientNotifications[Method]): Promise<void>;
  readonly onDidChange: Event<ServerChange>;
  /** Fires when the server stops by itself. */
  readonly onDidStop: Event<void>;
  stop(): Promise<void>;
}

/** Which documents the server serves, and how its problems link to their pages. */
export function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [{ language: languages.policy }, { language: languages.organization }],
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

/** A started client as a session. */
export function sessionOf(client: BaseLanguageClient): Session {
  const changed = new EventEmitter<ServerChange>();
  const stopped = new EventEmitter<void>();
  client.onNotification('backupPolicy/changed', (change: ServerChange) => {
    changed.fire(change);
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) stopped.fire();
  });
  return {
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    onDidChange: changed.event,
    onDidStop: stopped.event,
    stop: async () => {
      await client.dispose();
      changed.dispose();
      stopped.dispose();
    },
  };
}

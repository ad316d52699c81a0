import { EventEmitter, window, workspace, type CancellationToken, type Diagnostic, type Event, type LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, State, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { ClientNotifications, ConnectionView, InitializationOptions, RemoteMethod, RemoteProgress, RemoteWire, Requests, ServerNotifications, UserRequests } from '../server/protocol.ts';
import { confirmConnection } from './aws/confirmConnection.ts';
import { sealCode } from './aws/sealCode.ts';
import { languages } from './languages.ts';
import { rulePage } from './rulePages.ts';

export type ServerChange = ServerNotifications['backupPolicy/changed'];

/** `given up`: it crashed too often to be started again by itself. */
export type SessionState = 'running' | 'stopped' | 'given up';

/** A running language server. */
export interface Session {
  request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']>;
  /** A request that concerns an organization in AWS. */
  ask<Method extends RemoteMethod>(method: Method, params: RemoteWire[Method]['params'], token: CancellationToken): Promise<RemoteWire[Method]['result']>;
  notify<Method extends keyof ClientNotifications>(method: Method, params: ClientNotifications[Method]): Promise<void>;
  readonly onDidChange: Event<ServerChange>;
  /** How far requests of `ask` are. */
  readonly onDidReport: Event<RemoteProgress>;
  /** Which organization is reached and by whom, as AWS said last. */
  readonly onDidConnect: Event<ConnectionView>;
  /** Fires when the server stops by itself and when it runs again. */
  readonly onDidChangeState: Event<SessionState>;
  stop(): Promise<void>;
}

/** Which documents the server serves, and how its problems link to their pages. */
export function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  // Files that are edited, wherever they are; not old versions in a diff, results and other views.
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme)]);
  return {
    documentSelector: [...schemes].flatMap((scheme) => Object.values(languages).map((language) => ({ scheme, language }))),
    outputChannel: log,
    initializationOptions: { commands: true } satisfies InitializationOptions,
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

/** A server that crashes more often than this within three minutes stays down until the user restarts it. */
const maximumRestarts = 4;

/** A client as a session; made before the client starts, so that its first crash is seen. */
export function sessionOf(client: BaseLanguageClient): Session {
  const changed = new EventEmitter<ServerChange>();
  const reported = new EventEmitter<RemoteProgress>();
  const connected = new EventEmitter<ConnectionView>();
  const stateChanged = new EventEmitter<SessionState>();
  const restarts = client.createDefaultErrorHandler(maximumRestarts);
  client.clientOptions.errorHandler = {
    // A pipe that breaks is followed by the end of the connection, which starts the server again: nothing is shut down here.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: async () => {
      const { action } = await restarts.closed();
      if (action === CloseAction.DoNotRestart) stateChanged.fire('given up');
      return { action, handled: true };
    },
  };
  client.onNotification('backupPolicy/changed', (change: ServerChange) => {
    changed.fire(change);
  });
  client.onNotification('backupPolicy/aws/progress', (progress: RemoteProgress) => {
    reported.fire(progress);
  });
  client.onRequest('backupPolicy/aws/mfaCode', askMfaCode);
  client.onRequest('backupPolicy/aws/confirmConnection', confirmConnection);
  client.onNotification('backupPolicy/aws/connected', (view: ConnectionView) => {
    connected.fire(view);
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) stateChanged.fire('stopped');
    else if (newState === State.Running) stateChanged.fire('running');
  });
  return {
    request: (method, params) => client.sendRequest(method, params),
    ask: (method, params, token) => client.sendRequest(method, params, token),
    notify: (method, params) => client.sendNotification(method, params),
    onDidChange: changed.event,
    onDidReport: reported.event,
    onDidConnect: connected.event,
    onDidChangeState: stateChanged.event,
    stop: async () => {
      await client.dispose();
      changed.dispose();
      reported.dispose();
      connected.dispose();
      stateChanged.dispose();
    },
  };
}

async function askMfaCode({ serial, profile, publicKey }: UserRequests['backupPolicy/aws/mfaCode']['params']): Promise<string | null> {
  const code = await window.showInputBox({
    title: profile === null ? 'Sign In to AWS' : `Sign In to AWS as Profile ${profile}`,
    prompt: `Code of the MFA device ${serial}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : 'The code has six digits.'),
  });
  return code === undefined ? null : sealCode(code.trim(), publicKey);
}

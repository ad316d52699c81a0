import { EventEmitter, window, workspace, type CancellationToken, type Diagnostic, type Event, type LogOutputChannel, type TextDocument } from 'vscode';
import { CloseAction, ErrorAction, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { ClientNotifications, ConnectionView, InitializationOptions, RemoteMethod, RemoteProgress, RemoteWire, Requests, ServerNotifications, UserRequests } from '../server/protocol.ts';
import { confirmConnection } from './aws/confirmConnection.ts';
import { sealCode } from './aws/sealCode.ts';
import { languages } from './languages.ts';
import { rulePage } from './rulePages.ts';

export type ServerChange = ServerNotifications['backupPolicy/changed'];

/** A running language server. One that ended is not started again: another session takes its place. */
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
  /** An edit of a document is sent. */
  readonly onDidEdit: Event<undefined>;
  /** The server ended by itself. */
  readonly onDidEnd: Event<undefined>;
  readonly hasEnded: boolean;
  stop(): Promise<void>;
}

/** Which documents the server serves, and how its problems link to their pages. */
export function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: Object.values(languages).map((language) => ({ language })),
    outputChannel: log,
    initializationOptions: { commands: true } satisfies InitializationOptions,
    middleware: {
      didOpen: async (document, next) => {
        if (isEdited(document)) await next(document);
      },
      didChange: async (change, next) => {
        if (isEdited(change.document)) await next(change);
      },
      didSave: async (document, next) => {
        if (isEdited(document)) await next(document);
      },
      didClose: async (document, next) => {
        if (isEdited(document)) await next(document);
      },
      handleDiagnostics: (uri, diagnostics, next) => {
        next(uri, diagnostics.map(withPage));
      },
    },
  };
}

/** True for files, wherever they are, and for what is not saved yet; not for old versions in a diff, results and other views. */
function isEdited({ uri: { scheme } }: TextDocument): boolean {
  if (scheme === 'file' || scheme === 'untitled' || scheme === 'vscode-vfs') return true;
  return (workspace.workspaceFolders ?? []).some((folder) => folder.uri.scheme === scheme) || workspace.fs.isWritableFileSystem(scheme) === true;
}

function withPage(diagnostic: Diagnostic): Diagnostic {
  if (typeof diagnostic.code === 'string') diagnostic.code = { value: diagnostic.code, target: rulePage(diagnostic.code) };
  return diagnostic;
}

/** Starts a client, as a session. Rejects when its server ends before it answers. */
export async function startedSession(client: BaseLanguageClient): Promise<Session> {
  const session = sessionOf(client);
  try {
    await client.start();
    return session;
  } catch (error) {
    await session.stop();
    throw error;
  }
}

function sessionOf(client: BaseLanguageClient): Session {
  const changed = new EventEmitter<ServerChange>();
  const reported = new EventEmitter<RemoteProgress>();
  const connected = new EventEmitter<ConnectionView>();
  const edited = new EventEmitter<undefined>();
  const ended = new EventEmitter<undefined>();
  let hasEnded = false;
  client.clientOptions.errorHandler = {
    // A pipe that breaks is followed by the end of the connection: nothing is shut down here.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      hasEnded = true;
      // When the client has cleaned up.
      setTimeout(() => {
        ended.fire(undefined);
      }, 0);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
  client.clientOptions.initializationFailedHandler = () => false;
  const { didChange } = client.middleware;
  client.middleware.didChange = async (change, next) => {
    edited.fire(undefined);
    await (didChange ?? ((unfiltered, send) => send(unfiltered)))(change, next);
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
  return {
    request: (method, params) => client.sendRequest(method, params),
    ask: (method, params, token) => client.sendRequest(method, params, token),
    notify: (method, params) => client.sendNotification(method, params),
    onDidChange: changed.event,
    onDidReport: reported.event,
    onDidConnect: connected.event,
    onDidEdit: edited.event,
    onDidEnd: ended.event,
    get hasEnded() {
      return hasEnded;
    },
    stop: async () => {
      // One whose server is gone cannot be stopped.
      await client.dispose().catch(() => undefined);
      changed.dispose();
      reported.dispose();
      connected.dispose();
      edited.dispose();
      ended.dispose();
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

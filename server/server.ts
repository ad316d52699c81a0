import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  WatchKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { Answers } from './answers.ts';
import { clientAbilities, noAbilities } from './clientAbilities.ts';
import { EditorRefresh } from './editorRefresh.ts';
import { localTimeZone } from './features/hover/localTime.ts';
import { defaultInlayHints } from './features/inlayHints/inlayHintSettings.ts';
import { fileRenameEdits } from './features/fileRenames.ts';
import type { FileSystem } from './files.ts';
import { initializeResult } from './initializeResult.ts';
import { registerNavigation } from './navigationFeatures.ts';
import type { ClientNotifications, ServerNotifications } from './protocol.ts';
import { Publisher } from './publisher.ts';
import { registerLanguageFeatures } from './languageFeatures.ts';
import type { ServerState } from './serverState.ts';
import { pushedSettings, settingsSection, takeSettings } from './settings.ts';
import { Throttle } from './throttle.ts';
import { Turns } from './turns.ts';
import { registerViewRequests } from './viewRequests.ts';
import { watchedGlob } from './watchedFiles.ts';
import { Workspace } from './workspace.ts';

/**
 * Wires a connection to the workspace and the features, and listens.
 * @param filesOf makes the way to files that no editor has open.
 * @param now the clock: epoch milliseconds UTC.
 * @param registerRemote answers what concerns an organization in AWS; absent where AWS cannot be reached.
 */
export function serve(connection: Connection, filesOf: (connection: Connection) => FileSystem, now: () => number, registerRemote?: (connection: Connection, state: ServerState) => void): void {
  const workspace = new Workspace(filesOf(connection), now, () => {
    changed();
  });
  const turns = new Turns();
  const documents = new TextDocuments({
    create: TextDocument.create,
    // A client can send a change that the opened text has already: made twice, it would spoil the text until the document is closed.
    update: (document: TextDocument, changes, version): TextDocument => (version > document.version ? TextDocument.update(document, changes, version) : document),
  });
  const publisher = new Publisher(connection, workspace, turns, { levels: () => state.levels, versionOf: (uri) => documents.get(uri)?.version });
  let markOpened = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    markOpened = resolve;
  });
  const state: ServerState = { workspace, now, opened, chosen: undefined, levels: {}, codeLens: true, inlayHints: defaultInlayHints, timeZone: localTimeZone(undefined), client: noAbilities };
  const answers = new Answers(workspace, publisher, turns, opened);
  let folders: readonly string[] = [];
  const editor = new EditorRefresh(connection);
  let pending = false;
  let editsAlone = true;
  const edited = new Set<string>();
  /** False until files were read: before, most of what policies inherit is missing. */
  let isFilled = false;

  /** Views and editors ask again for what they show, so they are told when it is worked out, and a few times a second. */
  const told = new Throttle(() => {
    if (state.client.commands) notifyChanged(connection, workspace);
    editor.refresh(editsAlone && documents.keys().length < 2);
    editsAlone = true;
  });

  /** Tells of a change once, after all messages that have arrived are taken in. @param uri of the document that was edited. */
  const changed = (uri?: string): void => {
    if (uri === undefined) [editsAlone, isFilled] = [false, true];
    else edited.add(uri);
    if (pending) return;
    pending = true;
    setTimeout(() => {
      pending = false;
      for (const each of edited) publisher.publishEdited(each);
      edited.clear();
      if (isFilled) void publisher.publish().then((isTold) => {
        if (isTold) told.soon();
      });
    }, 0);
  };

  connection.onInitialize((params): InitializeResult => {
    state.client = clientAbilities(params);
    editor.initialize(params);
    folders = foldersOf(params);
    return initializeResult;
  });

  connection.onInitialized(async () => {
    const { client } = state;
    if (client.configurationChanges) void connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection }).catch(() => undefined);
    if (client.watchedFiles) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watchedGlob }, { globPattern: '**', kind: WatchKind.Delete }] }).catch(() => undefined);
    // Before anything is read: folders can come and go while a slow disk is.
    if (client.folders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => withoutSlash(uri)));
        folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => withoutSlash(uri))];
        await workspace.openFolders(folders);
        changed();
      });
    }
    try {
      await configure();
      await workspace.openFolders(folders);
    } finally {
      markOpened();
    }
    changed();
  });

  /** Asks the editor for the settings; one that cannot answer sends them by itself, or has none. */
  const configure = async (): Promise<void> => {
    if (!state.client.configuration) return;
    await connection.workspace.getConfiguration(settingsSection).then((section: unknown) => takeSettings(state, section), () => undefined);
  };

  connection.onDidChangeConfiguration(async ({ settings }) => {
    if (state.client.configuration) await configure();
    else await takeSettings(state, pushedSettings(settings));
    changed();
  });
  documents.onDidChangeContent(({ document }) => {
    workspace.edit(document.uri, document.languageId, document.getText());
    changed(document.uri);
    void workspace.readReferenced().then((read) => {
      if (read) changed();
    });
  });
  const readSaved = async ({ document }: { readonly document: TextDocument }): Promise<void> => {
    if (await workspace.readSaved(document.uri)) changed();
  };
  documents.onDidOpen((event) => void readSaved(event));
  // A watcher may not watch yet, or tell late.
  documents.onDidSave((event) => void readSaved(event));
  documents.onDidSave(async () => {
    if (state.client.watchedFiles) return;
    await workspace.readAgain();
    changed();
  });
  documents.onDidClose(async ({ document }) => {
    await workspace.close(document.uri);
    changed();
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    await workspace.filesChanged(changes.map((change) => change.uri));
    changed();
  });
  // Watchers do not see a file that appears together with its folder before they watch that.
  connection.workspace.onDidCreateFiles(async ({ files }) => {
    await workspace.filesChanged(files.map(({ uri }) => uri));
    changed();
  });
  // Of a folder that is renamed or deleted no watcher tells which files it had.
  const readAgain = async (): Promise<void> => {
    await workspace.readAgain();
    changed();
  };
  connection.workspace.onDidRenameFiles(readAgain);
  connection.workspace.onDidDeleteFiles(readAgain);
  connection.workspace.onWillRenameFiles(({ files }) => fileRenameEdits(workspace.snapshot, files));
  connection.onNotification('backupPolicy/chooseTarget', (target: ClientNotifications['backupPolicy/chooseTarget']) => {
    state.chosen = target ?? undefined;
    changed();
  });

  documents.listen(connection);
  registerLanguageFeatures(connection, state, answers);
  registerNavigation(connection, state, answers);
  registerViewRequests(connection, state, answers);
  registerRemote?.(connection, state);
  connection.listen();
}

/** How editors name their folders: several, one, or a path of the disk as in old ones. */
interface NamedFolders {
  readonly workspaceFolders?: InitializeParams['workspaceFolders'];
  readonly rootUri: string | null;
  readonly rootPath?: string | null;
}

function foldersOf({ workspaceFolders, rootUri, rootPath }: NamedFolders): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined) return workspaceFolders.map(({ uri }) => withoutSlash(uri));
  if (typeof rootUri === 'string') return [withoutSlash(rootUri)];
  return typeof rootPath === 'string' ? [URI.file(rootPath).toString()] : [];
}

const withoutSlash = (uri: string): string => uri.replace(/(?<=[^/])\/$/, '');

function notifyChanged(connection: Connection, { snapshot }: Workspace): void {
  const policyFiles = new Set<string>();
  for (const organization of snapshot.organizations.values()) {
    for (const policy of organization.policies.values()) if (policy.uri !== undefined) policyFiles.add(policy.uri);
  }
  const message: ServerNotifications['backupPolicy/changed'] = { policyFiles: [...policyFiles], organizations: [...snapshot.organizations.keys()], guardrails: [...snapshot.guardrails.keys()] };
  void connection.sendNotification('backupPolicy/changed', message);
}

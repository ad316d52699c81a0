import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  TextDocuments,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EditorRefresh } from './editorRefresh.ts';
import { readRuleLevels } from './features/diagnostics.ts';
import { localTimeZone } from './features/hover/localTime.ts';
import { defaultInlayHints, readInlayHintSettings } from './features/inlayHints/inlayHintSettings.ts';
import { watchedGlob, type FileSystem } from './files.ts';
import { navigationCapabilities, registerNavigation } from './navigationFeatures.ts';
import type { ClientNotifications, ServerNotifications } from './protocol.ts';
import { Publisher } from './publisher.ts';
import { actionSupport, registerLanguageFeatures, serverCapabilities, supportsSnippets } from './languageFeatures.ts';
import type { ServerState } from './serverState.ts';
import { registerViewRequests } from './viewRequests.ts';
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
  const publisher = new Publisher(connection, workspace);
  let markOpened = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    markOpened = resolve;
  });
  const state: ServerState = { workspace, now, opened, chosen: undefined, levels: {}, codeLens: true, inlayHints: defaultInlayHints, timeZone: localTimeZone(undefined), snippets: false, actions: { resolve: false, files: false, disabled: false } };
  const documents = new TextDocuments({
    create: TextDocument.create,
    // A client can send a change that the opened text has already: made twice, it would spoil the text until the document is closed.
    update: (document: TextDocument, changes, version): TextDocument => (version > document.version ? TextDocument.update(document, changes, version) : document),
  });
  let folders: readonly string[] = [];
  let client: ClientAbilities = { configuration: false, watchedFiles: false, folders: false };
  const editor = new EditorRefresh(connection);
  let pending = false;
  let editsAlone = true;

  /** Tells of a change once, after all messages that have arrived are taken in. */
  const changed = (cause?: 'edit'): void => {
    editsAlone &&= cause === 'edit';
    if (pending) return;
    pending = true;
    setTimeout(() => {
      pending = false;
      publisher.publish(state.levels);
      notifyChanged(connection, workspace);
      editor.refresh(editsAlone && documents.keys().length < 2);
      editsAlone = true;
    }, 0);
  };

  connection.onInitialize((params): InitializeResult => {
    client = abilitiesOf(params);
    editor.initialize(params);
    folders = foldersOf(params);
    state.snippets = supportsSnippets(params);
    state.actions = actionSupport(params);
    return { capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true }, workspace: { workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: { didCreate: { filters: [{ pattern: { glob: watchedGlob } }] } } }, ...serverCapabilities, ...navigationCapabilities }, serverInfo: { name: 'backup-policy' } };
  });

  connection.onInitialized(async () => {
    if (client.configuration) void connection.client.register(DidChangeConfigurationNotification.type, { section: 'awsBackupPolicy' });
    if (client.watchedFiles) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watchedGlob }] });
    try {
      await configure();
      await workspace.openFolders(folders);
    } finally {
      markOpened();
    }
    changed();
    if (!client.folders) return;
    connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
      folders = [...folders.filter((folder) => !removed.some(({ uri }) => uri === folder)), ...added.map(({ uri }) => uri)];
      await workspace.openFolders(folders);
      changed();
    });
  });

  const configure = async (): Promise<void> => {
    if (!client.configuration) return;
    const settings: unknown = await connection.workspace.getConfiguration('awsBackupPolicy');
    state.levels = readRuleLevels(record(record(settings)['rules']));
    state.codeLens = record(record(settings)['codeLens'])['enabled'] !== false;
    state.inlayHints = readInlayHintSettings(record(record(settings)['inlayHints']));
    state.timeZone = localTimeZone(record(settings)['timeZone']);
    const globs = record(settings)['files'];
    await workspace.setPolicyGlobs(Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : []);
  };

  connection.onDidChangeConfiguration(async () => {
    await configure();
    changed();
  });
  documents.onDidChangeContent(({ document }) => {
    workspace.edit(document.uri, document.languageId, document.getText());
    changed('edit');
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
  connection.onNotification('backupPolicy/chooseTarget', (target: ClientNotifications['backupPolicy/chooseTarget']) => {
    state.chosen = target ?? undefined;
    changed();
  });

  documents.listen(connection);
  registerLanguageFeatures(connection, state);
  registerNavigation(connection, state);
  registerViewRequests(connection, state);
  registerRemote?.(connection, state);
  connection.listen();
}

interface ClientAbilities {
  readonly configuration: boolean;
  readonly watchedFiles: boolean;
  readonly folders: boolean;
}

function abilitiesOf({ capabilities }: InitializeParams): ClientAbilities {
  return {
    configuration: capabilities.workspace?.configuration === true,
    watchedFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: capabilities.workspace?.workspaceFolders === true,
  };
}

function foldersOf(params: InitializeParams): readonly string[] {
  return (params.workspaceFolders ?? []).map((folder) => folder.uri);
}

function notifyChanged(connection: Connection, { snapshot }: Workspace): void {
  const policyFiles = new Set<string>();
  for (const organization of snapshot.organizations.values()) {
    for (const policy of organization.policies.values()) if (policy.uri !== undefined) policyFiles.add(policy.uri);
  }
  const message: ServerNotifications['backupPolicy/changed'] = { policyFiles: [...policyFiles], organizations: [...snapshot.organizations.keys()], guardrails: [...snapshot.guardrails.keys()] };
  void connection.sendNotification('backupPolicy/changed', message);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

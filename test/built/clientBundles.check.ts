import { fork } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver/node';

/** What an editor needs in order to use what a server offers. */
const neededFor: Readonly<Record<string, readonly string[]>> = {
  textDocumentSync: ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didSave', 'textDocument/didClose'],
  completionProvider: ['textDocument/completion'],
  hoverProvider: ['textDocument/hover'],
  codeLensProvider: ['textDocument/codeLens', 'workspace/codeLens/refresh'],
  inlayHintProvider: ['textDocument/inlayHint', 'workspace/inlayHint/refresh'],
  semanticTokensProvider: ['textDocument/semanticTokens', 'textDocument/semanticTokens/full', 'textDocument/semanticTokens/full/delta', 'textDocument/semanticTokens/range', 'workspace/semanticTokens/refresh'],
  documentSymbolProvider: ['textDocument/documentSymbol'],
  documentFormattingProvider: ['textDocument/formatting'],
  documentRangeFormattingProvider: ['textDocument/rangeFormatting', 'textDocument/rangesFormatting'],
  selectionRangeProvider: ['textDocument/selectionRange'],
  foldingRangeProvider: ['textDocument/foldingRange', 'workspace/foldingRange/refresh'],
  documentLinkProvider: ['textDocument/documentLink'],
  codeActionProvider: ['textDocument/codeAction'],
  definitionProvider: ['textDocument/definition'],
  referencesProvider: ['textDocument/references'],
  implementationProvider: ['textDocument/implementation'],
  typeHierarchyProvider: ['textDocument/prepareTypeHierarchy'],
  renameProvider: ['textDocument/rename', 'textDocument/prepareRename'],
  documentHighlightProvider: ['textDocument/documentHighlight'],
  workspaceSymbolProvider: ['workspace/symbol'],
  'workspace.workspaceFolders': ['workspace/workspaceFolders', 'workspace/didChangeWorkspaceFolders'],
  'workspace.fileOperations.didCreate': ['workspace/didCreateFiles'],
  'workspace.fileOperations.willRename': ['workspace/willRenameFiles'],
  'workspace.fileOperations.didRename': ['workspace/didRenameFiles'],
  'workspace.fileOperations.didDelete': ['workspace/didDeleteFiles'],
};

/** What a server may tell or ask without offering anything. */
const always = ['textDocument/publishDiagnostics', 'workspace/applyEdit', 'workspace/configuration', 'workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles'];

/** What the server offers, by the names of `neededFor`. */
async function offered(): Promise<readonly string[]> {
  const child = fork(path.resolve('dist/server.js'), ['--node-ipc'], { silent: true });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  try {
    connection.listen();
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    return namesIn(capabilities);
  } finally {
    connection.dispose();
    child.kill();
  }
}

function namesIn({ workspace, ...providers }: ServerCapabilities): readonly string[] {
  const { fileOperations, ...others } = workspace ?? {};
  return [...Object.keys(providers).filter((name) => name !== 'positionEncoding'), ...Object.keys(others).map((name) => `workspace.${name}`), ...Object.keys(fileOperations ?? {}).map((name) => `workspace.fileOperations.${name}`)];
}

describe('the client', () => {
  test('is smaller than 350 kB with all that a desktop editor loads of it in a session', () => {
    const sizes = ['client', 'session', 'commands', 'panels'].map((name) => statSync(`dist/${name}.js`).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
  });

  test.each(['session.js', 'client-web.js'])('has in %s a feature for everything that the server offers, and for nothing else', async (file) => {
    const features = [...readFileSync(`dist/${file}`, 'utf8').matchAll(/"((?:textDocument|workspace)\/\w[\w/]*)"/g)].map(([, method]) => method);
    const offers = await offered();
    expect(Object.keys(neededFor).sort()).toEqual([...offers].sort());
    expect([...new Set(features)].sort()).toEqual([...always, ...offers.flatMap((name) => neededFor[name] ?? [])].sort());
  });

  test.each(['session.js', 'client-web.js'])('has in %s no semver, no minimatch and no scripts that end processes, and can be traced', (file) => {
    const source = readFileSync(`dist/${file}`, 'utf8');
    for (const sign of ['Invalid SemVer', 'Invalid comparator', 'pattern is too long', 'terminateTree']) expect(source).not.toContain(sign);
    expect(source).toContain('$/setTrace');
  });
});

import type { FileOperationRegistrationOptions, InitializeResult, ServerCapabilities } from 'vscode-languageserver';
import { codeActionKinds, completionTriggerCharacters, refactoringKinds } from './features/offeredKinds.ts';
import { semanticTokensLegend } from './features/semanticTokens/tokenModifiers.ts';
import { watchedGlob } from './watchedFiles.ts';

/** Folders count too: they have policies in them. */
const anyFile: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: '**' } }] };

/**
 * What the server offers in its answer to `initialize`; the same for every editor. The answer goes out before the rest of
 * the server is loaded, so nothing stands here, and nothing is imported, that needs it.
 */
const capabilities = {
  positionEncoding: 'utf-16',
  // 2: a change tells its part of the text alone.
  textDocumentSync: { openClose: true, change: 2, save: true },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { didCreate: { filters: [{ pattern: { glob: watchedGlob } }] }, willRename: anyFile, didRename: anyFile, didDelete: anyFile },
  },
  completionProvider: { triggerCharacters: [...completionTriggerCharacters] },
  hoverProvider: true,
  codeLensProvider: { resolveProvider: false },
  inlayHintProvider: { resolveProvider: false },
  semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
  documentSymbolProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  selectionRangeProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds: [...new Set([...codeActionKinds, ...refactoringKinds])], resolveProvider: true },
  definitionProvider: true,
  referencesProvider: true,
  implementationProvider: true,
  typeHierarchyProvider: true,
  renameProvider: { prepareProvider: true },
  documentHighlightProvider: true,
  workspaceSymbolProvider: true,
} satisfies ServerCapabilities;

/** The answer to `initialize`. */
export const initializeResult: InitializeResult = { capabilities, serverInfo: { name: 'backup-policy' } };

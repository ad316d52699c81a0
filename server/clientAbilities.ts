import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver-types';
import type { ActionSupport } from './features/refactorings/refactoringActions.ts';
import type { InitializationOptions } from './protocol.ts';

/** What the editor can do, as far as answers depend on it. What it does not claim, it is not asked for. */
export interface ClientAbilities {
  /** It answers `workspace/configuration`. */
  readonly configuration: boolean;
  /** It tells of changed settings when it is asked to. */
  readonly configurationChanges: boolean;
  /** It watches files when it is asked to. */
  readonly watchedFiles: boolean;
  /** It tells of folders that come and go. */
  readonly folders: boolean;
  /** It has the commands and views of VS Code's extension. */
  readonly commands: boolean;
  /** It inserts snippets. */
  readonly snippets: boolean;
  /** It takes links with an origin as definitions, not only places. */
  readonly locationLinks: boolean;
  /** It takes symbols within symbols. */
  readonly nestedSymbols: boolean;
  /** It compares a completion item with what is typed from where the item's edit begins, as LSP says; else with the word at the cursor. */
  readonly comparesFromEdit: boolean;
  /** It shows Markdown in hovers. */
  readonly markdownHover: boolean;
  /** It shows Markdown beside completion items. */
  readonly markdownCompletion: boolean;
  /** What it can do with code actions. */
  readonly actions: ActionSupport;
}

/** The abilities of an editor that has claimed nothing yet. */
export const noAbilities: ClientAbilities = abilitiesOf({}, undefined, undefined);

/** Reads what an editor claims in `initialize`. */
export function clientAbilities({ capabilities, initializationOptions, clientInfo }: InitializeParams): ClientAbilities {
  return abilitiesOf(capabilities, initializationOptions, clientInfo?.name);
}

function abilitiesOf({ textDocument, workspace }: ClientCapabilities, options: unknown, name: string | undefined): ClientAbilities {
  const item = textDocument?.completion?.completionItem;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    commands: hasCommands(options),
    snippets: item?.snippetSupport === true,
    locationLinks: textDocument?.definition?.linkSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    comparesFromEdit: hasCommands(options) || comparesFromEdit(name, item?.snippetSupport === true),
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    actions: actionSupport(textDocument, workspace, hasCommands(options)),
  };
}

/**
 * Emacs (eglot, which has no name before Emacs 29) compares with the symbol at the cursor. Neovim without snippets (before 0.10, unless a
 * plug-in completes) forgets where the edit begins as soon as an item says what to compare with.
 */
function comparesFromEdit(name: string | undefined, snippets: boolean): boolean {
  return name !== undefined && !/^(?:eglot|emacs)/i.test(name) && (snippets || name !== 'Neovim');
}

function hasCommands(options: unknown): boolean {
  return typeof options === 'object' && options !== null && (options as Partial<InitializationOptions>).commands === true;
}

function actionSupport(textDocument: ClientCapabilities['textDocument'], workspace: ClientCapabilities['workspace'], commands: boolean): ActionSupport {
  const operations = workspace?.workspaceEdit?.documentChanges === true ? (workspace.workspaceEdit.resourceOperations ?? []) : [];
  return {
    resolve: textDocument?.codeAction?.dataSupport === true && textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
    files: operations.includes('create') && operations.includes('delete'),
    disabled: textDocument?.codeAction?.disabledSupport === true,
    confirm: commands,
  };
}

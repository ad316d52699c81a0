import { LSPErrorCodes, ResponseError, type Connection, type DocumentSymbol, type ServerCapabilities } from 'vscode-languageserver';
import { completionFor, hoverFor, lensesFor, symbolsFor } from './clientForms.ts';
import { codeActionKinds, codeActions } from './features/codeActions/codeActions.ts';
import { codeLenses } from './features/codeLenses.ts';
import { completion, completionTriggerCharacters } from './features/completion/completion.ts';
import { documentOf } from './features/diagnostics.ts';
import { documentLinks } from './features/documentLinks.ts';
import { policySymbols } from './features/documentSymbols.ts';
import { foldingRanges } from './features/foldingRanges.ts';
import { formatDocument, formatRange } from './features/formatting.ts';
import { guardrailLenses } from './features/guardrails/guardrailLenses.ts';
import { guardrailLinks } from './features/guardrails/guardrailLinks.ts';
import { guardrailSymbols } from './features/guardrails/guardrailSymbols.ts';
import { hover } from './features/hover/hover.ts';
import { inlayHints } from './features/inlayHints/inlayHints.ts';
import { organizationSymbols } from './features/organizationSymbols.ts';
import { selectionRanges } from './features/selectionRanges.ts';
import { semanticTokens, semanticTokensLegend } from './features/semanticTokens/semanticTokens.ts';
import { refactoringActions, refactoringKinds, resolveRefactoring } from './features/refactorings/refactoringActions.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { ServerState } from './serverState.ts';

/** What the server offers, beside synchronisation. */
export const serverCapabilities: ServerCapabilities = {
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
};

/** Answers LSP requests from the current snapshot; a document that the snapshot does not know has no answer. */
export function registerLanguageFeatures(connection: Connection, state: ServerState): void {
  const snapshot = (): ServerState['workspace']['snapshot'] => state.workspace.snapshot;

  connection.onCompletion(({ textDocument, position }) => completionFor(state.client, completion(snapshot(), { uri: textDocument.uri, position, chosen: state.chosen, snippets: state.client.snippets })));
  connection.onHover(({ textDocument, position }) => hoverFor(state.client, hover(snapshot(), { uri: textDocument.uri, position, chosen: state.chosen, clock: { now: state.now(), timeZone: state.timeZone } })));
  connection.onCodeLens(({ textDocument }) => {
    if (!state.codeLens) return [];
    const guardrails = snapshot().guardrails.get(textDocument.uri);
    return lensesFor(state.client, guardrails === undefined ? codeLenses(snapshot(), textDocument.uri, state.chosen) : guardrailLenses(snapshot(), guardrails));
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context }) => [
    ...codeActions(snapshot(), { uri, range, context, chosen: state.chosen, levels: { ...state.levels, ...state.workspace.levelsFor(uri) } }),
    ...refactoringActions(snapshot(), uri, range, context, state.client.actions),
  ]);
  connection.onCodeActionResolve((action) => {
    const resolved = resolveRefactoring(snapshot(), action, state.client.actions);
    return resolved.disabled === undefined ? resolved : new ResponseError(LSPErrorCodes.RequestFailed, resolved.disabled.reason);
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => inlayHints(snapshot(), { uri: textDocument.uri, range, chosen: state.chosen, settings: state.inlayHints }));
  connection.languages.semanticTokens.on(({ textDocument }) => semanticTokens(snapshot(), { uri: textDocument.uri, chosen: state.chosen }));
  connection.languages.semanticTokens.onRange(({ textDocument, range }) => semanticTokens(snapshot(), { uri: textDocument.uri, range, chosen: state.chosen }));
  connection.onDocumentSymbol(({ textDocument: { uri } }) => symbolsFor(state.client, uri, symbolsOf(snapshot(), uri)));
  connection.onDocumentFormatting(({ textDocument, options }) => {
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : formatDocument(document, options);
  });
  connection.onDocumentRangeFormatting(({ textDocument, range, options }) => {
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : formatRange(document, range, options);
  });
  connection.onSelectionRanges(({ textDocument, positions }) => {
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : selectionRanges(document, positions);
  });
  connection.onFoldingRanges(({ textDocument }) => {
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : foldingRanges(document);
  });
  connection.onDocumentLinks(({ textDocument }) => {
    const guardrails = snapshot().guardrails.get(textDocument.uri);
    if (guardrails !== undefined) return guardrailLinks(snapshot(), guardrails);
    const organization = snapshot().organizations.get(textDocument.uri);
    return organization === undefined ? [] : documentLinks(organization);
  });
}

function symbolsOf(snapshot: Snapshot, uri: string): DocumentSymbol[] {
  const organization = snapshot.organizations.get(uri);
  if (organization !== undefined) return organizationSymbols(organization);
  const guardrails = snapshot.guardrails.get(uri);
  if (guardrails !== undefined) return guardrailSymbols(snapshot, guardrails);
  const policy = snapshot.policies.get(uri);
  return policy === undefined ? [] : policySymbols(policy.document);
}

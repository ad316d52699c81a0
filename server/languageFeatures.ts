import { LSPErrorCodes, ResponseError, type Connection, type DocumentSymbol } from 'vscode-languageserver';
import type * as AskedFeatures from './askedFeatures.ts';
import { completionFor, hoverFor, lensesFor, symbolsFor } from './clientForms.ts';
import { codeLenses } from './features/codeLenses.ts';
import { documentOf } from './features/diagnostics.ts';
import { documentLinks } from './features/documentLinks.ts';
import { policySymbols } from './features/documentSymbols.ts';
import { foldingRanges } from './features/foldingRanges.ts';
import { guardrailLenses } from './features/guardrails/guardrailLenses.ts';
import { guardrailLinks } from './features/guardrails/guardrailLinks.ts';
import { guardrailSymbols } from './features/guardrails/guardrailSymbols.ts';
import { inlayHints } from './features/inlayHints/inlayHints.ts';
import { organizationSymbols } from './features/organizationSymbols.ts';
import { semanticTokens } from './features/semanticTokens/semanticTokens.ts';
import type { Answers } from './answers.ts';
import type { Steps } from './core/steps.ts';
import { overridingSteps } from './features/inheritanceIndex.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { ServerState } from './serverState.ts';

/**
 * Answers LSP requests: what concerns a document and the way to its target from the current snapshot at once, what
 * concerns the whole organization when that is worked out. A document that the snapshot does not know has no answer.
 */
export function registerLanguageFeatures(connection: Connection, state: ServerState, answers: Answers): void {
  const snapshot = (): ServerState['workspace']['snapshot'] => state.workspace.snapshot;
  const asked = (): Promise<typeof AskedFeatures> => import('./askedFeatures.ts');

  connection.onCompletion(async ({ textDocument, position }) => completionFor(state.client, (await asked()).completion(snapshot(), { uri: textDocument.uri, position, chosen: state.chosen, snippets: state.client.snippets })));
  connection.onHover(async ({ textDocument: { uri }, position }, token) => {
    const { hover } = await asked();
    const answer = (each: Snapshot): ReturnType<typeof hoverFor> => hoverFor(state.client, hover(each, { uri, position, chosen: state.chosen, clock: { now: state.now(), timeZone: state.timeZone } }));
    return snapshot().guardrails.has(uri) ? answers.of(token, uri, answer) : answer(snapshot());
  });
  connection.onCodeLens(({ textDocument: { uri } }, token) => answers.of(token, uri, (each) => {
    if (!state.codeLens) return [];
    const guardrails = each.guardrails.get(uri);
    return guardrails === undefined ? withRelations(each, uri, () => lensesFor(state.client, codeLenses(each, uri, state.chosen))) : lensesFor(state.client, guardrailLenses(each, guardrails));
  }));
  connection.onCodeAction(async ({ textDocument: { uri }, range, context }, token) => {
    const { codeActions, refactoringActions } = await asked();
    return answers.of(token, uri, (each) => [
      ...codeActions(each, { uri, range, context, chosen: state.chosen, levels: { ...state.levels, ...state.workspace.levelsFor(uri) } }),
      ...refactoringActions(each, uri, range, context, state.client.actions),
    ]);
  });
  connection.onCodeActionResolve(async (action) => {
    const resolved = (await asked()).resolveRefactoring(snapshot(), action, state.client.actions);
    return resolved.disabled === undefined ? resolved : new ResponseError(LSPErrorCodes.RequestFailed, resolved.disabled.reason);
  });
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) => answers.of(token, uri, (each) => withRelations(each, uri, () => inlayHints(each, { uri, range, chosen: state.chosen, settings: state.inlayHints }))));
  connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) => answers.of(token, uri, (each) => withRelations(each, uri, () => semanticTokens(each, { uri, chosen: state.chosen }))));
  connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }, token) => answers.of(token, uri, (each) => withRelations(each, uri, () => semanticTokens(each, { uri, range, chosen: state.chosen }))));
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) => {
    const answer = (each: Snapshot): ReturnType<typeof symbolsFor> => symbolsFor(state.client, uri, symbolsOf(each, uri));
    return snapshot().guardrails.has(uri) ? answers.of(token, uri, answer) : answer(snapshot());
  });
  connection.onDocumentFormatting(async ({ textDocument, options }) => {
    const { formatDocument } = await asked();
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : formatDocument(document, options);
  });
  connection.onDocumentRangeFormatting(async ({ textDocument, range, options }) => {
    const { formatRange } = await asked();
    const document = documentOf(snapshot(), textDocument.uri);
    return document === undefined ? [] : formatRange(document, range, options);
  });
  connection.onSelectionRanges(async ({ textDocument, positions }) => {
    const { selectionRanges } = await asked();
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

/** Works out in steps how a policy and the others bear on each other, which marks, hints and lenses speak of. */
function* withRelations<Result>(snapshot: Snapshot, uri: string, answer: () => Result): Steps<Result> {
  yield* overridingSteps(snapshot, uri);
  return answer();
}

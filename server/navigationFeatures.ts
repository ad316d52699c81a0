import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type DefinitionParams,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type ImplementationParams,
  type Location,
  type LocationLink,
  type PrepareRenameParams,
  type ReferenceParams,
  type RenameParams,
  type ServerCapabilities,
  type TypeHierarchyItem,
  type TypeHierarchyPrepareParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Answers } from './answers.ts';
import { definitionsFor } from './clientForms.ts';
import { definition } from './features/definition.ts';
import { guardrailDefinition } from './features/guardrails/guardrailLinks.ts';
import { modelHighlights, policyHighlights } from './features/navigation/documentHighlights.ts';
import { policyDefinition } from './features/navigation/policyDefinition.ts';
import { preparePolicyRename, renamePolicy } from './features/navigation/policyNameRename.ts';
import { modelReferences, policyReferences } from './features/navigation/references.ts';
import { prepareRename, rename } from './features/navigation/rename.ts';
import type { RenameRefusal, RenameStart } from './features/navigation/renameEdits.ts';
import { implementations, subtypes, supertypes, typeHierarchyAt } from './features/navigation/typeHierarchy.ts';
import { workspaceSymbols } from './features/navigation/workspaceSymbols.ts';
import type { Organization } from './model/organization.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { ServerState } from './serverState.ts';

/** What the server offers to find and rename names across policies. */
export const navigationCapabilities: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  implementationProvider: true,
  typeHierarchyProvider: true,
  renameProvider: { prepareProvider: true },
  documentHighlightProvider: true,
  workspaceSymbolProvider: true,
};

/**
 * Answers LSP requests about names across policies, once the folders have been searched: before that, policies that
 * speak of the same thing may be missing. A rename that is refused is an error with the reason as its message.
 */
export function registerNavigation(connection: Connection, state: ServerState, answers: Answers): void {
  const { workspace, opened } = state;
  const answer = <Params extends { readonly textDocument: { readonly uri: string } }, Result>(
    inPolicy: (snapshot: Snapshot, uri: string, params: Params) => Result,
    inModel: (snapshot: Snapshot, organization: Organization, params: Params) => Result,
  ) => (params: Params, token: CancellationToken): Promise<Result | ResponseError> => answers.of(token, params.textDocument.uri, (snapshot) => {
    const organization = snapshot.organizations.get(params.textDocument.uri);
    return organization === undefined ? inPolicy(snapshot, params.textDocument.uri, params) : inModel(snapshot, organization, params);
  });

  connection.onDefinition(answer<DefinitionParams, LocationLink[] | Location[]>(
    (snapshot, uri, { position }) => {
      const guardrails = snapshot.guardrails.get(uri);
      return definitionsFor(state.client, guardrails === undefined ? policyDefinition(snapshot, uri, position) : guardrailDefinition(snapshot, guardrails, position));
    },
    (snapshot, organization, { position }) => definitionsFor(state.client, definition(snapshot, organization, position))));
  connection.onReferences(answer<ReferenceParams, Location[]>(
    (snapshot, uri, { position, context }) => policyReferences(snapshot, uri, position, context.includeDeclaration),
    (snapshot, organization, { position, context }) => modelReferences(snapshot, organization, position, context.includeDeclaration)));
  connection.onImplementation(answer<ImplementationParams, Location[]>((snapshot, uri, { position }) => implementations(snapshot, uri, position), () => []));
  connection.languages.typeHierarchy.onPrepare(answer<TypeHierarchyPrepareParams, TypeHierarchyItem[]>((snapshot, uri, { position }) => typeHierarchyAt(snapshot, uri, position), () => []));
  connection.languages.typeHierarchy.onSupertypes(({ item }) => supertypes(workspace.snapshot, item));
  connection.languages.typeHierarchy.onSubtypes(({ item }) => subtypes(workspace.snapshot, item));
  connection.onPrepareRename(answer<PrepareRenameParams, RenameStart | ResponseError | null>(
    (snapshot, uri, { position }) => orError(prepareRename(snapshot, uri, position)),
    (_snapshot, organization, { position }) => orError(preparePolicyRename(organization, position))));
  connection.onRenameRequest(answer<RenameParams, WorkspaceEdit | ResponseError | null>(
    (snapshot, uri, { position, newName }) => orError(rename(snapshot, uri, position, newName)),
    (snapshot, organization, { position, newName }) => orError(renamePolicy(snapshot, organization, position, newName))));
  connection.onDocumentHighlight(answer<DocumentHighlightParams, DocumentHighlight[]>(
    (snapshot, uri, { position }) => policyHighlights(snapshot, uri, position),
    (_snapshot, organization, { position }) => modelHighlights(organization, position)));
  connection.onWorkspaceSymbol(async ({ query }) => {
    await opened;
    return workspaceSymbols(workspace.snapshot, query);
  });
}

function orError<Result extends object>(result: Result | RenameRefusal | undefined): Result | ResponseError | null {
  if (result === undefined) return null;
  return 'refusal' in result ? new ResponseError(LSPErrorCodes.RequestFailed, result.refusal) : result;
}

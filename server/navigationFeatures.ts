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
  type TypeHierarchyItem,
  type TypeHierarchyPrepareParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Answers } from './answers.ts';
import type * as AskedFeatures from './askedFeatures.ts';
import { definitionsFor } from './clientForms.ts';
import type { RenameRefusal, RenameStart } from './features/navigation/renameEdits.ts';
import type { Organization } from './model/organization.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { ServerState } from './serverState.ts';

type Features = typeof AskedFeatures;

/**
 * Answers LSP requests about names across policies, once the folders have been searched: before that, policies that
 * speak of the same thing may be missing. A rename that is refused is an error with the reason as its message.
 */
export function registerNavigation(connection: Connection, state: ServerState, answers: Answers): void {
  const { workspace, opened } = state;
  const asked = async (): Promise<Features> => {
    const [features] = await Promise.all([import('./askedFeatures.ts'), opened]);
    return features;
  };
  const answer = <Params extends { readonly textDocument: { readonly uri: string } }, Result>(
    inPolicy: (features: Features, snapshot: Snapshot, uri: string, params: Params) => Result,
    inModel: (features: Features, snapshot: Snapshot, organization: Organization, params: Params) => Result,
  ) => async (params: Params, token: CancellationToken): Promise<Result | ResponseError> => {
    const features = await import('./askedFeatures.ts');
    return answers.of(token, params.textDocument.uri, (snapshot) => {
      const organization = snapshot.organizations.get(params.textDocument.uri);
      return organization === undefined ? inPolicy(features, snapshot, params.textDocument.uri, params) : inModel(features, snapshot, organization, params);
    });
  };

  connection.onDefinition(answer<DefinitionParams, LocationLink[] | Location[]>(
    (features, snapshot, uri, { position }) => {
      const guardrails = snapshot.guardrails.get(uri);
      return definitionsFor(state.client, guardrails === undefined ? features.policyDefinition(snapshot, uri, position) : features.guardrailDefinition(snapshot, guardrails, position));
    },
    (features, snapshot, organization, { position }) => definitionsFor(state.client, features.definition(snapshot, organization, position))));
  connection.onReferences(answer<ReferenceParams, Location[]>(
    (features, snapshot, uri, { position, context }) => features.policyReferences(snapshot, uri, position, context.includeDeclaration),
    (features, snapshot, organization, { position, context }) => features.modelReferences(snapshot, organization, position, context.includeDeclaration)));
  connection.onImplementation(answer<ImplementationParams, Location[]>((features, snapshot, uri, { position }) => features.implementations(snapshot, uri, position), () => []));
  connection.languages.typeHierarchy.onPrepare(answer<TypeHierarchyPrepareParams, TypeHierarchyItem[]>((features, snapshot, uri, { position }) => features.typeHierarchyAt(snapshot, uri, position), () => []));
  connection.languages.typeHierarchy.onSupertypes(async ({ item }) => (await asked()).supertypes(workspace.snapshot, item));
  connection.languages.typeHierarchy.onSubtypes(async ({ item }) => (await asked()).subtypes(workspace.snapshot, item));
  connection.onPrepareRename(answer<PrepareRenameParams, RenameStart | ResponseError | null>(
    (features, snapshot, uri, { position }) => orError(features.prepareRename(snapshot, uri, position)),
    (features, _snapshot, organization, { position }) => orError(features.preparePolicyRename(organization, position))));
  connection.onRenameRequest(answer<RenameParams, WorkspaceEdit | ResponseError | null>(
    (features, snapshot, uri, { position, newName }) => orError(features.rename(snapshot, uri, position, newName)),
    (features, snapshot, organization, { position, newName }) => orError(features.renamePolicy(snapshot, organization, position, newName))));
  connection.onDocumentHighlight(answer<DocumentHighlightParams, DocumentHighlight[]>(
    (features, snapshot, uri, { position }) => features.policyHighlights(snapshot, uri, position),
    (features, _snapshot, organization, { position }) => features.modelHighlights(organization, position)));
  connection.onWorkspaceSymbol(async ({ query }) => {
    const { workspaceSymbols } = await asked();
    return workspaceSymbols(workspace.snapshot, query);
  });
}

function orError<Result extends object>(result: Result | RenameRefusal | undefined): Result | ResponseError | null {
  if (result === undefined) return null;
  return 'refusal' in result ? new ResponseError(LSPErrorCodes.RequestFailed, result.refusal) : result;
}

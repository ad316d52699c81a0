import { CompletionItemKind } from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import { attachmentIndex } from '../../model/attachments.ts';
import type { ModelledPolicy, Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import { escaped } from '../markdown.ts';
import { documentedModel } from '../documentedGrammars.ts';
import type { Proposal } from './proposal.ts';
import { schemaKeys, schemaValues, withoutPresent } from './schemaProposals.ts';
import { quoted } from './snippet.ts';

/** Everything that can stand at a position of a model file. */
export function modelProposals(snapshot: Snapshot, organization: Organization, position: DocumentPosition): readonly Proposal[] {
  const { slot, path } = position;
  const grammar = documentedModel.at(path);
  if (grammar === undefined) return [];
  const key = path.at(-1);
  const inPolicies = path[0] === 'policies';
  if (slot === 'key') {
    const named = inPolicies && path.length === 1 ? newPolicies(snapshot, organization) : [];
    return withoutPresent(position, [...schemaKeys(documentedModel, grammar, position), ...named]);
  }
  if (slot === 'item') {
    if (key === 'policies' && !inPolicies) return withoutPresent(position, policyNames(organization));
    const item = documentedModel.item(grammar);
    return item === undefined ? [] : schemaValues(documentedModel, item);
  }
  if (key === 'file' && inPolicies && path.length === 3) return files(snapshot, organization);
  return grammar.type === 'string' ? [] : schemaValues(documentedModel, grammar);
}

/** Policies to attach, those that are attached nowhere yet first. */
function policyNames(organization: Organization): readonly Proposal[] {
  const { entities } = attachmentIndex(organization);
  return [...organization.policies.values()].map((policy): Proposal => {
    const places = entities.get(policy.name) ?? [];
    const where = places.length === 0 ? 'not attached yet' : `attached to ${places.map((entity) => entity.path).join(', ')}`;
    return { label: policy.name, kind: CompletionItemKind.Reference, snippet: quoted(policy.name), detail: where, ...described(policy), rank: places.length === 0 ? 0 : 1 };
  });
}

function described(policy: ModelledPolicy): { readonly documentation?: string } {
  const parts = [policy.description, policy.file === '' ? undefined : `File: ${policy.file}`].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { documentation: parts.map(escaped).join('\n\n') };
}

/** Policy files in the model's folder that it does not name yet, by their path from there. */
function unnamedFiles(snapshot: Snapshot, organization: Organization): readonly string[] {
  const folder = Utils.dirname(URI.parse(organization.uri)).path.replace(/\/?$/, '/');
  const { names } = attachmentIndex(organization);
  return [...snapshot.policies.keys()]
    .filter((uri) => !names.has(uri))
    .map((uri) => URI.parse(uri).path)
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length))
    .sort();
}

function files(snapshot: Snapshot, organization: Organization): readonly Proposal[] {
  return unnamedFiles(snapshot, organization).map((file) => ({ label: file, kind: CompletionItemKind.File, snippet: quoted(file), detail: 'not in this model yet', rank: 0 }));
}

/** Names to define: those that are attached without a definition, and those of files that no name stands for. */
function newPolicies(snapshot: Snapshot, organization: Organization): readonly Proposal[] {
  const { entities } = attachmentIndex(organization);
  const undefinedNames = [...entities.keys()].filter((name) => !organization.policies.has(name));
  const attached = undefinedNames.map((name): Proposal => ({ label: name, kind: CompletionItemKind.Reference, snippet: quoted(name), value: '{ "file": "$1" }', detail: 'attached, but not defined', rank: 0 }));
  const unnamed = unnamedFiles(snapshot, organization).map((file): Proposal => {
    const name = Utils.basename(URI.file(file)).replace(/(?:\.backup-?policy)?\.json$/i, '');
    return { label: name, kind: CompletionItemKind.File, snippet: quoted(name), value: `{ "file": ${quoted(file)} }`, detail: file, rank: 1 };
  });
  return [...attached, ...unnamed];
}

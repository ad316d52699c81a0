import { CompletionItemKind } from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import { suggestedValues, type ValueType } from '../../core/grammar.ts';
import { guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import { entitiesOf, type Entity } from '../../model/organization.ts';
import type { PolicyFile, Snapshot } from '../../model/snapshot.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import { documentedGuardrails } from '../documentedGrammars.ts';
import type { Proposal } from './proposal.ts';
import { schemaKeys, schemaValues, withoutPresent } from './schemaProposals.ts';
import { quoted } from './snippet.ts';
import { tagValuesOf } from './tagValues.ts';
import { valuesUsed } from './workspaceValues.ts';

/** Everything that can stand at a position of a guardrails file. */
export function guardrailProposals(snapshot: Snapshot, file: GuardrailsFile, position: DocumentPosition): readonly Proposal[] {
  const { slot, path } = position;
  const grammar = documentedGuardrails.at(path);
  if (grammar === undefined) return [];
  if (slot === 'key') return withoutPresent(position, schemaKeys(documentedGuardrails, grammar, position));
  const known = workspaceProposals(snapshot, file, position);
  if (slot === 'item') {
    const item = documentedGuardrails.item(grammar);
    return withoutPresent(position, [...known, ...(item === undefined ? [] : schemaValues(documentedGuardrails, item))]);
  }
  return [...known, ...schemaValues(documentedGuardrails, grammar)];
}

/** What the workspace knows: accounts of the model, and what policies use. */
function workspaceProposals(snapshot: Snapshot, file: GuardrailsFile, { path, slot }: DocumentPosition): readonly Proposal[] {
  const key = path.at(-1);
  if (path.length === 1 && key === 'organization') return modelPaths(snapshot, file);
  if (slot === 'item' && (key === 'accounts' || key === 'except') && path.length === 3) return accountProposals(snapshot, file);
  switch (key) {
    case 'key':
      return used(snapshot, 'tagKey', 'tag key');
    case 'value':
      return tagValuesOf(snapshot, tagKeyBeside(file, path)).map((text) => proposal(text, 'tag value'));
    case 'type':
      return [...used(snapshot, 'resourceType', 'resource type'), ...suggested('resourceType')].filter(({ label }) => label !== '*');
    case 'only':
    case 'include':
      return path.at(-2) === 'vaults' ? used(snapshot, 'vaultName', 'vault') : [...used(snapshot, 'region', 'Region'), ...suggested('region')];
    case 'toVaults':
      return [...used(snapshot, 'vaultName', 'vault'), ...used(snapshot, 'vaultArn', 'vault')];
    case 'plan':
      return names(snapshot, (segments) => segments.length === 2, 'plan');
    case 'rule':
      return names(snapshot, (segments) => segments.length === 4 && segments[2] === 'rules', 'rule');
    default:
      return [];
  }
}

function proposal(text: string, detail: string, rank = 0): Proposal {
  return { label: text, kind: CompletionItemKind.Value, snippet: quoted(text), detail, rank };
}

function used(snapshot: Snapshot, type: ValueType, what: string): readonly Proposal[] {
  return valuesUsed(snapshot, type, '').map(({ text, policies }) => proposal(text, `${what} in ${policies.slice(0, 3).join(', ')}`));
}

function suggested(type: ValueType): readonly Proposal[] {
  return suggestedValues(type).map(({ value, description }) => ({ ...proposal(value, '', 2), documentation: description }));
}

/** More targets than this are not offered: an editor filters what it gets, and nobody reads on. */
const maximumTargets = 2000;

const kinds: Readonly<Record<Entity['kind'], string>> = { root: 'all accounts', organizationalUnit: 'all accounts in it and below', account: 'account' };

function accountProposals(snapshot: Snapshot, file: GuardrailsFile): readonly Proposal[] {
  const organization = guardedOrganization(snapshot.organizations, file);
  if (organization === undefined) return [];
  const everything: Proposal = { label: '**', kind: CompletionItemKind.Value, snippet: quoted('**'), detail: 'every account', rank: 0 };
  const targets: Proposal[] = [];
  for (const { path, kind, id } of entitiesOf(organization)) {
    if (targets.length >= maximumTargets) break;
    const detail = kind === 'account' ? (id ?? kinds[kind]) : kinds[kind];
    targets.push({ label: path, kind: kind === 'account' ? CompletionItemKind.Value : CompletionItemKind.Folder, snippet: quoted(path), detail, rank: kind === 'account' ? 2 : 1 });
  }
  return [everything, ...targets];
}

function modelPaths(snapshot: Snapshot, file: GuardrailsFile): readonly Proposal[] {
  const folder = Utils.dirname(URI.parse(file.uri)).path.split('/').filter((part) => part !== '');
  return [...snapshot.organizations.keys()].map((uri) => {
    const target = URI.parse(uri).path.split('/').filter((part) => part !== '');
    let shared = 0;
    while (shared < folder.length && folder[shared] === target[shared]) shared += 1;
    const path = [...folder.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
    return { label: path, kind: CompletionItemKind.File, snippet: quoted(path), detail: 'model file', rank: 0 };
  });
}

/** The key of the tag whose value is being typed. */
function tagKeyBeside({ guardrails }: GuardrailsFile, path: DocumentPosition['path']): string | undefined {
  const name = path[1];
  return guardrails.find((guardrail) => guardrail.name === name)?.resources?.tag?.key;
}

function names(snapshot: Snapshot, isWanted: (segments: readonly string[]) => boolean, what: string): readonly Proposal[] {
  const found = new Set<string>();
  const visit = (node: NonNullable<PolicyFile['statements']>, path: readonly string[]): void => {
    for (const child of node.children.values()) {
      const here = [...path, child.name];
      if (isWanted(here)) found.add(child.name);
      if (child.kind === 'container' && here.length < 4) visit(child, here);
    }
  };
  for (const { statements } of snapshot.policies.values()) if (statements !== undefined) visit(statements, []);
  return [...found].sort().map((name) => proposal(name, what));
}

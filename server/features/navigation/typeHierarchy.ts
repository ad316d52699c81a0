import { SymbolKind, type Location, type Position, type TypeHierarchyItem } from 'vscode-languageserver-types';
import type { Document, Member } from '../../core/document/tree.ts';
import { grammarAt, type GrammarContainer, type GrammarNode } from '../../core/grammar.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { listed } from '../listed.ts';
import { policyName } from '../policyName.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { symbolKindOf } from '../documentSymbols.ts';
import { keyLocations } from './locations.ts';
import { placesOf } from './mentions.ts';
import { inheritedFrom, overriddenAnywhereBelow, overriddenBy } from './overriding.ts';
import { membersAt, nodeAt, withoutQuotes } from './policyNode.ts';

/** `textDocument/implementation` in a policy: the statements of lower levels that override or extend the one at the cursor. */
export function implementations(snapshot: Snapshot, uri: string, position: Position): Location[] {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  return node === undefined ? [] : keyLocations(snapshot, overriddenAnywhereBelow(snapshot, uri, node.path), node.path);
}

/** `textDocument/prepareTypeHierarchy` in a policy: the name or setting at the cursor, as this policy states it. */
export function typeHierarchyAt(snapshot: Snapshot, uri: string, position: Position): TypeHierarchyItem[] {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  return document === undefined || node === undefined ? [] : [item(snapshot, uri, document, node.member, node.path)];
}

/** `typeHierarchy/supertypes`: the statements of the next higher levels that an item inherits from. */
export function supertypes(snapshot: Snapshot, { uri, data }: TypeHierarchyItem): TypeHierarchyItem[] {
  const path = pathIn(data);
  return path === undefined ? [] : items(snapshot, inheritedFrom(snapshot, uri, path), path);
}

/** `typeHierarchy/subtypes`: the statements of the next lower levels that override or extend an item. */
export function subtypes(snapshot: Snapshot, { uri, data }: TypeHierarchyItem): TypeHierarchyItem[] {
  const path = pathIn(data);
  return path === undefined ? [] : items(snapshot, overriddenBy(snapshot, uri, path), path);
}

function items(snapshot: Snapshot, files: readonly string[], path: readonly string[]): TypeHierarchyItem[] {
  return files.flatMap((uri) => {
    const document = snapshot.policies.get(uri)?.document;
    const member = document === undefined ? undefined : membersAt(document, path).at(-1);
    return document === undefined || member === undefined ? [] : [item(snapshot, uri, document, member, path)];
  });
}

function item(snapshot: Snapshot, uri: string, document: Document, member: Member, path: readonly string[]): TypeHierarchyItem {
  const places = [...new Set(placesOf(snapshot, uri).map(({ entity }) => entity.path))];
  const attached = places.length === 0 ? 'attached nowhere' : listed(places);
  return {
    name: member.key.text,
    kind: kindOf(grammarAt(path.slice(0, -1))),
    detail: `${policyName(snapshot, uri)} · ${attached}`,
    uri,
    range: rangeOf(document, member),
    selectionRange: rangeOf(document, withoutQuotes(document, member.key)),
    data: path,
  };
}

function kindOf(parent: GrammarNode | undefined): SymbolKind {
  const around: GrammarContainer | undefined = parent?.kind === 'container' ? parent : undefined;
  return around?.names === undefined ? SymbolKind.Property : symbolKindOf(around.names.noun);
}

/** The path that an item carries through the editor; undefined for data that is not of ours. */
function pathIn(data: unknown): readonly string[] | undefined {
  return Array.isArray(data) && data.every((key): key is string => typeof key === 'string') ? data : undefined;
}

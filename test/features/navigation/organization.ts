import { readFileSync, readdirSync } from 'node:fs';
import type { Location, LocationLink, Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { documentOf } from '../../../server/features/diagnostics.ts';
import { offsetAt, positionAt } from '../../../server/features/ranges.ts';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../../server/model/snapshot.ts';
import { withEdits } from '../cursor.ts';
import { modelUri, monday, policyUri } from '../organizations.ts';

/** Eight policies of test/fixtures/navigation that spell the same names in differing letter case. */
export function navigationOrganization(): Snapshot {
  const folder = 'test/fixtures/navigation';
  const changes: Change[] = readdirSync(`${folder}/policies`).map((name) => ({ type: 'policy', uri: policyUri(name.replace('.json', '')), text: readFileSync(`${folder}/policies/${name}`, 'utf8') }));
  changes.push({ type: 'organization', uri: modelUri, text: readFileSync(`${folder}/backup-organization.json`, 'utf8') });
  return applyChanges(emptySnapshot(monday), monday, changes);
}

/** The position of the mark `|` in a part that stands in a file, at its first place. */
export function positionIn(snapshot: Snapshot, uri: string, marked: string): Position {
  const document = documentOf(snapshot, uri);
  const start = document?.text.indexOf(marked.replace('|', '')) ?? -1;
  if (document === undefined || start < 0) throw new Error(`${uri} has no ${marked}`);
  return positionAt(document, start + marked.indexOf('|'));
}

/** `shop: nightLy`: the name of the file and the text of the range. */
export function shown(snapshot: Snapshot, { uri, range }: { readonly uri: string; readonly range: Range }): string {
  const document = documentOf(snapshot, uri);
  if (document === undefined) throw new Error(`${uri} is not known`);
  return `${nameOf(uri)}: ${document.text.slice(offsetAt(document, range.start), offsetAt(document, range.end))}`;
}

/** The same for many, sorted. */
export function allShown(snapshot: Snapshot, locations: readonly Location[]): readonly string[] {
  return locations.map((location) => shown(snapshot, location)).sort();
}

/** Where links lead, and that all underline the same. */
export function leadingTo(snapshot: Snapshot, links: readonly LocationLink[]): readonly string[] {
  return links.map(({ targetUri, targetSelectionRange }) => shown(snapshot, { uri: targetUri, range: targetSelectionRange })).sort();
}

/** The snapshot after an edit, and the texts that it changed by the name of their file. */
export function afterEdit(snapshot: Snapshot, { changes = {} }: WorkspaceEdit): { readonly snapshot: Snapshot; readonly texts: ReadonlyMap<string, string> } {
  const edited = Object.entries(changes).map(([uri, edits]): Change & { readonly text: string } => ({
    type: snapshot.guardrails.has(uri) ? 'guardrails' : snapshot.organizations.has(uri) ? 'organization' : 'policy',
    uri,
    text: withEdits(documentOf(snapshot, uri)?.text ?? '', edits),
  }));
  return { snapshot: applyChanges(snapshot, snapshot.at, edited), texts: new Map(edited.map(({ uri, text }) => [nameOf(uri), text])) };
}

/** `shop` for the URI of policies/shop.json. */
export function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1).replace('.json', '');
}

import type { Location, Position } from 'vscode-languageserver-types';
import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { offsetAt } from '../ranges.ts';
import { introducedBy } from './introduction.ts';
import { keyLocations, locationOf } from './locations.ts';
import { attachedNames, policyNameAt } from './modelNames.ts';
import { nodeAt } from './policyNode.ts';
import { sameThing, type SameThing } from './sameThing.ts';

/**
 * `textDocument/references` in a policy: the key in every policy that the merge takes for the same thing.
 * @param includeDeclaration whether the policies that introduce it are in the list.
 */
export function policyReferences(snapshot: Snapshot, uri: string, position: Position, includeDeclaration: boolean): Location[] {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  if (node === undefined) return [];
  const thing = sameThing(snapshot, uri, node.path);
  const declaring = includeDeclaration ? new Set<string>() : introducersOf(snapshot, thing);
  return keyLocations(snapshot, thing.files.filter((file) => !declaring.has(file)), node.path);
}

/** The files that introduce a thing somewhere; a file that is attached nowhere introduces what it says. */
function introducersOf(snapshot: Snapshot, { files, places, path }: SameThing): ReadonlySet<string> {
  if (places.length === 0) return new Set(files);
  return new Set(places.flatMap((place) => introducedBy(snapshot, place, path)?.policy.uri ?? []));
}

/** `textDocument/references` in a model file: the definition of a policy's name and every attachment. */
export function modelReferences(snapshot: Snapshot, organization: Organization, position: Position, includeDeclaration: boolean): Location[] {
  const name = policyNameAt(organization, offsetAt(organization.document, position))?.name;
  if (name === undefined) return [];
  const definition = includeDeclaration ? organization.policies.get(name)?.nameSpan : undefined;
  const spans = [...(definition === undefined ? [] : [definition]), ...attachedNames(organization, name)];
  return spans.flatMap((span) => locationOf(snapshot, organization.uri, span) ?? []);
}

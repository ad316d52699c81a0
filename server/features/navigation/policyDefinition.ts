import type { LocationLink, Position } from 'vscode-languageserver-types';
import type { Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { effectiveNodeAt, introducedBy } from './introduction.ts';
import { placesOf, type Place } from './mentions.ts';
import { membersAt, nodeAt, withoutQuotes, type PolicyNode } from './policyNode.ts';

/**
 * `textDocument/definition` in a policy: where a name or setting is first introduced on the way from the root to each
 * place where the policy is attached; of an element of a list, where it first comes into that list. What nothing
 * above introduces is introduced here.
 */
export function policyDefinition(snapshot: Snapshot, uri: string, position: Position): LocationLink[] {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  if (document === undefined || node === undefined) return [];
  const origin = rangeOf(document, node.touched);
  const links = new Map<string, LocationLink>();
  for (const target of introductions(snapshot, uri, node)) {
    const text = snapshot.policies.get(target.uri)?.document;
    if (text === undefined) continue;
    links.set(`${target.uri}#${String(target.name.start)}`, {
      originSelectionRange: origin,
      targetUri: target.uri,
      targetRange: rangeOf(text, target.whole),
      targetSelectionRange: rangeOf(text, withoutQuotes(text, target.name)),
    });
  }
  return [...links.values()];
}

interface Introduction {
  readonly uri: string;
  readonly whole: Span;
  readonly name: Span;
}

function introductions(snapshot: Snapshot, uri: string, node: PolicyNode): readonly Introduction[] {
  const here: Introduction = { uri, whole: node.member, name: node.member.key };
  const places = placesOf(snapshot, uri);
  if (places.length === 0) return [here];
  return places.map((place) => elementIntroduction(snapshot, place, node) ?? nodeIntroduction(snapshot, place, node.path) ?? here);
}

function nodeIntroduction(snapshot: Snapshot, place: Place, path: readonly string[]): Introduction | undefined {
  const uri = introducedBy(snapshot, place, path)?.policy.uri;
  const document = uri === undefined ? undefined : snapshot.policies.get(uri)?.document;
  const member = document === undefined ? undefined : membersAt(document, path).at(-1);
  return uri === undefined || member === undefined ? undefined : { uri, whole: member, name: member.key };
}

/** The first statement on the way that brings the element under the cursor into its list. */
function elementIntroduction(snapshot: Snapshot, place: Place, { value, path, grammar }: PolicyNode): Introduction | undefined {
  if (value === undefined || grammar.kind !== 'list') return undefined;
  const node = effectiveNodeAt(snapshot, place, path);
  if (node?.kind !== 'list') return undefined;
  for (const { statement, outcome } of node.trace) {
    if (statement.operator === 'remove' || outcome.type === 'blocked') continue;
    const element = statement.values.find((each) => !each.unknown && each.text === value.text);
    if (element !== undefined) return { uri: statement.source.policy.uri, whole: statement.span, name: element.span };
  }
  return undefined;
}

import type { Document, Span } from '../../core/document/tree.ts';
import { foldKey, grammarAt } from '../../core/grammar.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentTarget } from '../documentTarget.ts';
import { inheritanceOf, inheritedAt, operatorBlock } from '../inheritance.ts';
import { replacement, type Fix } from './fix.ts';
import { memberAt, ownersAt } from './place.ts';

/**
 * Writes `@@append` for the `@@assign` that a range stands at, where the levels above set the same list and let a
 * lower policy add to it.
 */
export function appendToInherited(snapshot: Snapshot, uri: string, document: Document, range: Span, chosen: TargetRef | undefined): readonly Fix[] {
  const owners = ownersAt(document, range);
  const index = owners.findIndex(({ member }) => foldKey(member.key.text) === '@@assign');
  const own = owners[index];
  const path = owners.slice(0, Math.max(0, index)).map(({ member }) => member.key.text);
  if (own === undefined || own.member.value.type !== 'array' || grammarAt(path)?.kind !== 'list' || memberAt(own.object, '@@append') !== undefined) return [];
  const inheritance = inheritanceOf(snapshot, documentTarget(snapshot, uri, chosen));
  const inherited = inheritedAt(inheritance, path);
  if (inherited?.kind !== 'list' || inherited.value === undefined || operatorBlock(inheritance, path, 'append') !== undefined) return [];
  return [{ title: 'Add to the inherited list: @@append', edits: [replacement(document, own.member.key, '"@@append"')], certain: false }];
}

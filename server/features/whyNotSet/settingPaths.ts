import type { GrammarContainer } from '../../core/grammar.ts';
import { isPresent } from '../../core/merge/effective.ts';
import { findEntity } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { SettingPathView, TargetRef } from '../../protocol.ts';
import { mentionedAt, mentionedChildren, mentionedRoot, type MentionedNode } from '../mentions.ts';

/** Everything that the path to a target speaks of, each group with the settings that AWS knows beside its own; empty without such a target. */
export function settingPaths(snapshot: Snapshot, target: TargetRef): readonly SettingPathView[] {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return [];
  const root = mentionedRoot(effectiveOf(snapshot, organization, entity).tree);
  return [...pathsBelow(mentionedAt(effectiveOf(snapshot, organization, entity).tree, ['plans']) ?? root)];
}

function* pathsBelow(parent: MentionedNode): Generator<SettingPathView> {
  const children = mentionedChildren(parent);
  for (const child of children) {
    yield { path: child.path, title: child.grammar.title, present: isPresent(child.node) };
    yield* pathsBelow(child);
  }
  if (parent.grammar.kind === 'container') yield* unspoken(parent.grammar, parent.path, new Set(children.map((child) => child.name)));
}

/** Documented keys that no policy on the path speaks of. */
function* unspoken(grammar: GrammarContainer, path: readonly string[], spoken: ReadonlySet<string>): Generator<SettingPathView> {
  for (const [key, child] of grammar.keys) if (!spoken.has(key)) yield { path: [...path, key], title: child.title, present: false };
}

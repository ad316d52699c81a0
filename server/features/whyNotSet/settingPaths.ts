import { foldKey, type GrammarContainer } from '../../core/grammar.ts';
import { isPresent } from '../../core/merge/effective.ts';
import type { StatedContainer } from '../../core/merge/statements.ts';
import { findEntity } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { SettingPathView, TargetRef } from '../../protocol.ts';
import { mentionedAt, mentionedChildren, type MentionedNode } from '../mentions.ts';

/**
 * Everything that the path to a target speaks of, each group with the settings that AWS knows beside its own, then what
 * only other policies of the organization state. Empty without such a target.
 */
export function settingPaths(snapshot: Snapshot, target: TargetRef): readonly SettingPathView[] {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return [];
  const { tree } = effectiveOf(snapshot, organization, entity);
  const paths = new Map<string, SettingPathView>();
  const plans = mentionedAt(tree, ['plans']);
  const policies = [...organization.policies.values()].flatMap(({ uri }) => (uri === undefined ? [] : (snapshot.policies.get(uri)?.statements ?? [])));
  for (const view of [...(plans === undefined ? [] : pathsBelow(plans)), ...policies.flatMap((content) => [...statedBelow(content, [])])]) {
    const key = JSON.stringify(view.path.map(foldKey));
    if (!paths.has(key)) paths.set(key, view);
  }
  return [...paths.values()];
}

function* statedBelow(container: StatedContainer, path: readonly string[]): Generator<SettingPathView> {
  for (const child of container.children.values()) {
    const own = [...path, child.name];
    if (own.length > 1) yield { path: own, title: child.grammar.title, present: false };
    if (child.kind === 'container') yield* statedBelow(child, own);
  }
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

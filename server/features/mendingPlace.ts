import type { Span } from '../core/document/tree.ts';
import { effectiveAt, type EffectiveContainer, type EffectiveNode } from '../core/merge/effective.ts';
import { statedAt } from '../core/merge/statements.ts';
import type { Source, Statement } from '../core/merge/trace.ts';
import { presentContainers, type EffectiveError } from '../core/validation/effectiveError.ts';

/** A place in a policy, with what it has to do with an error. */
export interface ContributingPlace {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

/** The statement or key that can mend an error. */
export interface MendingPlace {
  readonly uri: string;
  readonly span: Span;
  /** The other statements and policies that have a part in it, the highest level first. */
  readonly others: readonly ContributingPlace[];
}

/**
 * The place that can mend an error of a merged policy: for settings that do not fit together the statement that
 * came last, for an emptied list the one that emptied it, for something missing its container in the lowest
 * policy that writes about it, for too many rules the one that was added last.
 * @returns undefined when no policy writes about it, which an error of a merge never is.
 */
export function mendingPlace(error: EffectiveError): MendingPlace | undefined {
  const places = placesOf(error);
  const all = places.length > 0 ? places : containerPlaces(error.node, error.contributors);
  const last = all.at(-1);
  return last === undefined ? undefined : { uri: last.uri, span: last.span, others: all.slice(0, -1) };
}

function placesOf(error: EffectiveError): readonly ContributingPlace[] {
  switch (error.code) {
    case 'CROSS_ATTRIBUTE_VALIDATION':
    case 'ELEMENTS_TOO_FEW':
      return settingPlaces(error.settings.flatMap((path) => effectiveAt(error.node, path) ?? []));
    case 'ELEMENTS_TOO_MANY':
      return presentContainers(error.node).flatMap((child) => containerPlaces(child, child.contributors.slice(0, 1)));
    case 'KEY_REQUIRED':
      return [];
  }
}

interface LevelledPlace extends ContributingPlace {
  readonly depth: number;
}

/** The statements in force of settings, and the keys of containers, the lowest level last. */
function settingPlaces(nodes: readonly EffectiveNode[]): readonly ContributingPlace[] {
  const places = nodes.flatMap((node) => (node.kind === 'container' ? containerPlaces(node, node.contributors) : node.trace
    .filter(({ outcome }) => outcome.type === 'applied')
    .map(({ statement }) => statementPlace(statement))));
  return places.sort((left, right) => left.depth - right.depth);
}

function statementPlace({ source, span, operator, values }: Statement): LevelledPlace {
  const message = `${source.policy.name} at ${source.level.path}: @@${operator} ${values.map((value) => value.text).join(', ')}`;
  return { uri: source.policy.uri, span, message, depth: source.level.depth };
}

function containerPlaces(node: EffectiveContainer, contributors: readonly Source[]): readonly LevelledPlace[] {
  return contributors.flatMap((source) => {
    const stated = statedAt(source.policy.content, node.path);
    if (stated === undefined) return [];
    return [{ uri: source.policy.uri, span: stated.keySpan, message: `${source.policy.name} at ${source.level.path} writes about ${node.name}`, depth: source.level.depth }];
  });
}

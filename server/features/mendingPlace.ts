import type { Span } from '../core/document/tree.ts';
import type { EffectiveContainer, EffectiveLeaf, EffectiveNode } from '../core/merge/effective.ts';
import type { Stated, StatedContainer } from '../core/merge/statements.ts';
import type { Source, Statement } from '../core/merge/trace.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';

/** A place in a policy, with what it has to do with an error. */
export interface ContributingPlace {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

export interface MendingPlace {
  readonly uri: string;
  readonly span: Span;
  /** The other statements and policies that have a part in it. */
  readonly others: readonly ContributingPlace[];
}

/**
 * The statement that can mend an error of a merged policy: for settings that do not fit together the one that
 * came last, for an emptied list the one that emptied it, for something missing or too many the place of the
 * lowest policy that writes about it.
 */
export function mendingPlace(error: EffectiveError): MendingPlace | undefined {
  const places = error.code === 'CROSS_ATTRIBUTE_VALIDATION' || error.code === 'ELEMENTS_TOO_FEW' ? statementPlaces(error) : [];
  const all = places.length > 0 ? places : containerPlaces(error.node, error.contributors);
  const last = all.at(-1);
  return last === undefined ? undefined : { uri: last.uri, span: last.span, others: all.slice(0, -1) };
}

/** The statements in force of the settings that the error names, the lowest level last. */
function statementPlaces(error: EffectiveError): readonly ContributingPlace[] {
  const statements = error.settings.flatMap((setting) => leavesNamed(error.node, setting)).flatMap(statementsInForce);
  return statements
    .sort((left, right) => left.source.level.depth - right.source.level.depth)
    .map((statement) => ({
      uri: statement.source.policy.uri,
      span: statement.span,
      message: `${statement.source.policy.name} at ${statement.source.level.path}: @@${statement.operator} ${statement.values.map((value) => value.text).join(', ')}`,
    }));
}

function statementsInForce(leaf: EffectiveLeaf): readonly Statement[] {
  return leaf.trace.filter(({ outcome }) => outcome.type === 'applied').map(({ statement }) => statement);
}

/** The settings of this name at or below a container: copy actions have lifecycles of their own. */
function leavesNamed(node: EffectiveNode, name: string): readonly EffectiveLeaf[] {
  if (node.kind !== 'container') return node.name === name ? [node] : [];
  return [...node.children.values()].flatMap((child) => leavesNamed(child, name));
}

function containerPlaces(node: EffectiveContainer, contributors: readonly Source[]): readonly ContributingPlace[] {
  return contributors.flatMap((source) => {
    const stated = statedAt(source.policy.content, node.path);
    return stated === undefined ? [] : [{ uri: source.policy.uri, span: stated.keySpan, message: `${source.policy.name} at ${source.level.path} writes about ${node.name}` }];
  });
}

function statedAt(root: StatedContainer | undefined, path: readonly string[]): Stated | undefined {
  let node: Stated | undefined = root;
  for (const key of path) node = node?.kind === 'container' ? node.children.get(key.toLowerCase()) : undefined;
  return node;
}

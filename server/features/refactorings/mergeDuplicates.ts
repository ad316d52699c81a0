import { usesOf } from '../../model/attachments.ts';
import type { PolicyFile, Snapshot } from '../../model/snapshot.ts';
import { policyName } from '../policyName.ts';
import { Draft } from './draft.ts';
import type { Attempt, Refactoring } from './refactoring.ts';
import { removePolicy } from './removedPolicy.ts';
import { canUnite, sameStatement } from './sameStatement.ts';
import { ownersOf, writeStatement } from './statementText.ts';

/** Makes one policy of two that are attached to the same targets and say the same, or nothing about the same. */
export const mergeDuplicates: Refactoring = ({ snapshot, uri }) => {
  const own = snapshot.policies.get(uri);
  const targets = targetsOf(snapshot, uri);
  if (own?.statements === undefined || targets === '') return [];
  return [...snapshot.policies.values()].flatMap((other) => {
    if (other.uri === uri || own.statements === undefined || other.statements === undefined || targetsOf(snapshot, other.uri) !== targets) return [];
    const [left, right] = [{ stated: own.statements, document: own.document }, { stated: other.statements, document: other.document }];
    if (!canUnite(left, right)) return [];
    const what = sameStatement(left, right) ? 'which says the same at the same targets' : 'which is attached to the same targets';
    return [{
      id: `merge ${other.uri}`,
      title: `Merge ${policyName(snapshot, other.uri)}, ${what}, into this policy`,
      kind: 'refactor.inline' as const,
      attempts: [() => merged(snapshot, uri, other)],
      onlyWhenSame: false,
    }];
  });
};

/** Where a policy is attached in all models; empty when nowhere. */
function targetsOf({ organizations }: Snapshot, uri: string): string {
  return usesOf(organizations, uri).flatMap(({ organization, entities }) => entities.map((entity) => `${organization.uri}\n${entity.path}\n${String(entity.span.start)}`)).sort().join('\n');
}

function merged(snapshot: Snapshot, uri: string, { uri: otherUri, document }: PolicyFile): Attempt {
  const draft = new Draft(snapshot);
  const member = ownersOf(document, ['plans'])?.at(-1)?.member;
  const refusal = member === undefined ? undefined : writeStatement(draft, uri, ['plans'], { document, member }, 'lower');
  return refusal ?? removePolicy(draft, otherUri) ?? draft;
}

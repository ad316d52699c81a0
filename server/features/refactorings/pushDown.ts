import { statedAt } from '../../core/merge/statements.ts';
import { listed } from '../listed.ts';
import { Draft } from './draft.ts';
import { receiversBelow } from './policyRelations.ts';
import type { Attempt, Proposal, Refactoring, RefactoringPlace } from './refactoring.ts';
import { statementName } from './refactoringPlace.ts';
import { ownersOf, removeStatement, writeStatement } from './statementText.ts';

/** Moves a setting or group to the policies attached below, to one at the nearest place of attachment on the way to each account. */
export const pushDown: Refactoring = (place) => {
  const name = statementName(place);
  if (name === undefined || receiversBelow(place.snapshot, place.uri).places.length === 0) return [];
  const proposal: Proposal = {
    id: 'pushDown',
    title: `Push ${name} down to the policies below`,
    kind: 'refactor.move',
    // A policy that speaks of the plan already is the natural one; the last one attached leaves the word to its peers.
    attempts: [() => pushed(place, mostRelated(place)), () => pushed(place, (files) => files.at(-1))],
    onlyWhenSame: false,
  };
  return [proposal];
};

type Choice = (files: readonly string[]) => string | undefined;

/** Chooses the policy that speaks of the deepest group around the statement; of several the last one attached. */
function mostRelated({ snapshot, path }: RefactoringPlace): Choice {
  const depth = (uri: string): number => path.findLastIndex((_, index) => statedAt(snapshot.policies.get(uri)?.statements, path.slice(0, index + 1)) !== undefined);
  return (files) => files.reduce<string | undefined>((best, uri) => (best === undefined || depth(uri) >= depth(best) ? uri : best), undefined);
}

function pushed({ snapshot, uri, document, path }: RefactoringPlace, choose: Choice): Attempt {
  const { places, uncovered } = receiversBelow(snapshot, uri);
  if (uncovered.length > 0) return `${listed(uncovered.map((account) => account.path))} would lose it: no policy is attached there or on the way. Attach one first.`;
  const member = ownersOf(document, path)?.at(-1)?.member;
  if (member === undefined) return 'The setting is gone.';
  const draft = new Draft(snapshot);
  for (const receiver of new Set(places.map(choose))) {
    const refusal = receiver === undefined ? undefined : writeStatement(draft, receiver, path, { document, member }, 'lower');
    if (refusal !== undefined) return refusal;
  }
  removeStatement(draft, uri, path);
  return draft;
}

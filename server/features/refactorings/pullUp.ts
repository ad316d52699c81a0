import { statedAt } from '../../core/merge/statements.ts';
import { usesOf } from '../../model/attachments.ts';
import { policyName } from '../policyName.ts';
import { Draft } from './draft.ts';
import { policiesAbove, type HigherPolicy } from './policyRelations.ts';
import type { Attempt, Proposal, Refactoring, RefactoringPlace } from './refactoring.ts';
import { statementName } from './refactoringPlace.ts';
import { sameStatement } from './sameStatement.ts';
import { ownersOf, removeStatement, writeStatement } from './statementText.ts';

/** Moves a setting or group to a policy attached higher on the path of all targets: one proposal for each such policy, the nearest first. */
export const pullUp: Refactoring = (place) => {
  const name = statementName(place);
  if (name === undefined) return [];
  return policiesAbove(place.snapshot, place.uri).filter(({ uri }) => place.snapshot.policies.has(uri)).map((higher): Proposal => ({
    id: `pullUp ${higher.uri}`,
    title: `Pull ${name} up to ${placed(higher)}`,
    kind: 'refactor.move',
    attempts: [() => pulled(place, higher, [place.uri])],
    onlyWhenSame: false,
  }));
};

/** Moves what several policies say alike to a policy attached above all of them. */
export const extractRepeated: Refactoring = (place) => {
  const name = statementName(place);
  if (name === undefined) return [];
  const twins = twinsOf(place);
  if (twins.length === 0) return [];
  return policiesAbove(place.snapshot, place.uri).flatMap((higher): readonly Proposal[] => {
    const sources = [place.uri, ...twins.filter((uri) => uri !== higher.uri && policiesAbove(place.snapshot, uri).some((each) => each.uri === higher.uri))];
    if (sources.length < 2 || !place.snapshot.policies.has(higher.uri)) return [];
    const others = sources.slice(1).map((uri) => policyName(place.snapshot, uri));
    const also = others.length > 2 ? `${String(others.length)} other policies` : others.join(' and ');
    return [{
      id: `extract ${higher.uri}`,
      title: `Extract ${name}, which ${also} ${others.length === 1 ? 'repeats' : 'repeat'}, into ${placed(higher)}`,
      kind: 'refactor.extract',
      attempts: [() => pulled(place, higher, sources)],
      onlyWhenSame: false,
    }];
  });
};

function placed({ name, level }: HigherPolicy): string {
  return `${name} at ${level.path}`;
}

/** The attached policies that say the same at the same place. */
function twinsOf({ snapshot, uri, path }: RefactoringPlace): readonly string[] {
  const own = snapshot.policies.get(uri);
  const stated = statedAt(own?.statements, path);
  if (own === undefined || stated === undefined) return [];
  return [...snapshot.policies.values()].flatMap((other) => {
    const twin = other.uri === uri ? undefined : statedAt(other.statements, path);
    if (twin === undefined || usesOf(snapshot.organizations, other.uri).length === 0) return [];
    return sameStatement({ stated, document: own.document }, { stated: twin, document: other.document }) ? [other.uri] : [];
  });
}

function pulled({ snapshot, document, path }: RefactoringPlace, higher: HigherPolicy, sources: readonly string[]): Attempt {
  const member = ownersOf(document, path)?.at(-1)?.member;
  if (member === undefined) return 'The setting is gone.';
  const draft = new Draft(snapshot);
  const refusal = writeStatement(draft, higher.uri, path, { document, member }, 'higher');
  if (refusal !== undefined) return refusal;
  for (const uri of sources) removeStatement(draft, uri, path);
  return draft;
}

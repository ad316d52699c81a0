import { effectiveAdvice } from '../core/advice/effectiveAdvice.ts';
import type { Finding } from '../core/advice/finding.ts';
import { messageText } from '../core/messageText.ts';
import type { Steps } from '../core/steps.ts';
import type { Problem, RelatedPlace } from '../core/problem.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { attachmentIndex, usesOf } from '../model/attachments.ts';
import { accountsOfLevel, type Entity, type Organization } from '../model/organization.ts';
import { attachedPolicies, effectiveOf, type Snapshot } from '../model/snapshot.ts';
import { entryOf } from './entryOf.ts';
import type { FiledProblem } from './ineffectiveProblems.ts';
import { listedPaths } from './listed.ts';
import { mendingPlace } from './mendingPlace.ts';

/** The problems of effective policies that accounts get, and the files that took part in one. */
export interface EffectiveProblems {
  readonly problems: readonly FiledProblem[];
  /** URIs of the policies that reach an account. */
  readonly reaching: ReadonlySet<string>;
}

/** The accounts of each place of attachment are a list of their own; none is in two. */
interface Withheld {
  readonly uri: string;
  readonly first: EffectiveError;
  readonly accounts: (readonly Entity[])[];
}

interface Advised {
  readonly first: Finding;
  readonly accounts: (readonly Entity[])[];
}

/** What AWS withholds and what fails later in the effective policies of accounts, each where it can be mended. */
export function* effectiveProblemSteps(snapshot: Snapshot): Steps<EffectiveProblems> {
  const reaching = new Set<string>();
  const problems: FiledProblem[] = [];
  const advised = new Map<string, Advised>();
  for (const organization of snapshot.organizations.values()) problems.push(...yield* problemsOf(snapshot, organization, reaching, advised));
  const reached = new Map<string, { readonly accounts: number }>();
  for (const each of advised.values()) {
    const { accounts } = entryOf(reached, each.first.uri, () => ({ accounts: accountsReached(snapshot, each.first.uri) }));
    problems.push([each.first.uri, adviceProblem(each, accounts)]);
  }
  return { problems, reaching };
}

function* problemsOf(snapshot: Snapshot, organization: Organization, reaching: Set<string>, advised: Map<string, Advised>): Steps<readonly FiledProblem[]> {
  const withheld = new Map<string, Withheld>();
  /** Entities on the way to accounts whose policies were taken in, with those above them. */
  const passed = new Set<Entity>();
  for (const entity of attachmentIndex(organization).points) {
    yield;
    const { errors, tree } = effectiveOf(snapshot, organization, entity);
    const accounts = accountsOfLevel(entity);
    if (accounts.length === 0) continue;
    for (let level: Entity | undefined = entity; level !== undefined && !passed.has(level); level = level.parent) {
      passed.add(level);
      for (const { uri } of attachedPolicies(snapshot, organization, level)) reaching.add(uri);
    }
    for (const first of errors) {
      const place = mendingPlace(first);
      if (place === undefined) continue;
      const key = `${place.uri}\n${String(place.span.start)}\n${first.message}\n${first.path}`;
      entryOf(withheld, key, () => ({ uri: place.uri, first, accounts: [] })).accounts.push(accounts);
    }
    for (const first of effectiveAdvice(tree, snapshot.at)) {
      entryOf(advised, `${first.uri}\n${String(first.span.start)}\n${first.rule}`, () => ({ first, accounts: [] })).accounts.push(accounts);
    }
  }
  return [...withheld.values()].flatMap(({ uri, first, accounts }) => {
    const problem = withheldProblem(first, accounts);
    return problem === undefined ? [] : [[uri, problem] as const];
  });
}

function accountsReached(snapshot: Snapshot, uri: string): number {
  return usesOf(snapshot.organizations, uri).flatMap((use) => use.entities).reduce((sum, entity) => sum + entity.accounts, 0);
}

/** @param reached how many accounts the policy reaches in all. */
function adviceProblem({ first, accounts }: Advised, reached: number): Problem {
  const where = countOf(accounts) >= reached ? '' : ` (In the effective policy of ${listedPaths(accounts)}.)`;
  return {
    rule: first.rule,
    message: messageText(`${first.message}${where}`),
    span: first.span,
    path: first.path,
    ...(first.related === undefined ? {} : { related: first.related }),
  };
}

function withheldProblem(error: EffectiveError, accounts: readonly (readonly Entity[])[]): Problem | undefined {
  const place = mendingPlace(error);
  if (place === undefined) return undefined;
  const number = countOf(accounts);
  const count = number === 1 ? '1 account' : `${String(number)} accounts`;
  const message = `${error.code}: ${error.message} (${error.path}). AWS withholds the whole effective policy of ${count}, ${listedPaths(accounts)}: ${number === 1 ? 'it keeps its' : 'they keep their'} last valid one, in every plan.`;
  const related: RelatedPlace[] = place.others.map((other) => ({ uri: other.uri, span: other.span, message: other.message }));
  return { rule: 'effective-policy-invalid', message: messageText(message), span: place.span, path: error.path.split('/'), ...(related.length === 0 ? {} : { related }) };
}

function countOf(lists: readonly (readonly Entity[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

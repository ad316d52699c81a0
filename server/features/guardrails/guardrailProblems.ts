import type { Place } from '../../core/advice/effectivePlaces.ts';
import { resourceText } from '../../core/guardrails/evaluate.ts';
import type { Guardrail } from '../../core/guardrails/guardrail.ts';
import { breachText, failureSentence, type Failure } from '../../core/guardrails/verdict.ts';
import { messageText } from '../../core/messageText.ts';
import type { Problem, RelatedPlace } from '../../core/problem.ts';
import type { Entity } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { entryOf } from '../entryOf.ts';
import type { FiledProblem } from '../ineffectiveProblems.ts';
import { listedPaths } from '../listed.ts';
import { guardrailFileProblems } from './guardrailFileProblems.ts';
import { guardrailResults, type GuardrailResult } from './guardrailResults.ts';

/** The most places that a problem of a guardrail leads to. */
const maximumRelated = 20;

/** The problems of guardrails files, by URI: what is wrong with them, and which guardrails are not met. */
export function guardrailProblems(snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map<string, Problem[]>();
  for (const file of snapshot.guardrails.values()) problems.set(file.uri, [...guardrailFileProblems(snapshot, file)]);
  for (const result of guardrailResults(snapshot)) if (result.failing > 0) problems.get(result.file.uri)?.push(notMet(result));
  return problems;
}

/** The lines of policies that break guardrails, each with the accounts that do not meet it because of that line. */
export function brokenGuardrails(snapshot: Snapshot): readonly FiledProblem[] {
  return guardrailResults(snapshot).flatMap(brokenLines);
}

function notMet({ guardrail, accounts, failing, groups }: GuardrailResult): Problem {
  const [first] = groups;
  const reasons = new Set(groups.flatMap(({ failures }) => failures.map(failureSentence)));
  const more = reasons.size <= 1 ? '' : ` There ${reasons.size === 2 ? 'is 1 other reason' : `are ${String(reasons.size - 1)} other reasons`}.`;
  const [account] = first?.accounts ?? [];
  const why = first === undefined || account === undefined ? '' : ` ${account.path}: ${failureSentence(first.failures[0])}.`;
  const related = relatedPlaces(groups.flatMap(({ failures }) => failures));
  return {
    rule: 'guardrail-not-met',
    level: guardrail.level,
    message: messageText(`"${guardrail.name}" is not met by ${String(failing)} of ${accountText(accounts)}: ${listedPaths(groups.map((group) => group.accounts))}.${why}${more} Change what the policies say, or what the guardrail asks for.`),
    span: plain(guardrail.nameSpan),
    path: ['guardrails', guardrail.name],
    ...(related.length === 0 ? {} : { related }),
  };
}

function relatedPlaces(failures: readonly Failure[]): readonly RelatedPlace[] {
  const places = new Map<string, RelatedPlace>();
  for (const failure of failures) {
    for (const breach of failure.breaches) {
      const { place } = breach;
      if (place === undefined || places.size >= maximumRelated) continue;
      const message = messageText(`${failure.rule === undefined ? '' : `rule "${failure.rule}": `}${breachText(breach)}`);
      entryOf(places, keyOf(place), () => ({ uri: place.uri, span: plain(place.span), message }));
    }
  }
  return [...places.values()];
}

interface BrokenLine {
  readonly place: Place;
  readonly failure: Failure;
  readonly path: readonly string[];
  /** Those of each group that fails by this line; no account is in two groups. */
  readonly accounts: Set<readonly Entity[]>;
}

function brokenLines({ file, guardrail, groups }: GuardrailResult): readonly FiledProblem[] {
  const lines = new Map<string, BrokenLine>();
  for (const { accounts, failures } of groups) {
    for (const failure of failures) {
      const [breach] = failure.breaches;
      // What AWS finds wrong with a merged policy, or what cannot be read, is a problem of its own.
      if (breach.place === undefined || failure.type === 'invalid' || failure.type === 'unreadable') continue;
      const { place, path } = breach;
      const line = entryOf(lines, `${keyOf(place)}\n${breach.requirement}`, () => ({ place, failure, path, accounts: new Set() }));
      line.accounts.add(accounts);
    }
  }
  return [...lines.values()].map(({ place: { uri, span }, failure, path, accounts }): FiledProblem => [uri, {
    rule: 'guardrail-not-met',
    level: guardrail.level,
    message: messageText(`The guardrail "${guardrail.name}" is not met by ${accountText([...accounts].reduce((sum, { length }) => sum + length, 0))}, ${listedPaths(accounts)}: ${failureSentence(failure)}. ${intent(guardrail)}`),
    span: plain(span),
    path,
    related: [{ uri: file.uri, span: plain(guardrail.nameSpan), message: messageText(`the guardrail "${guardrail.name}"`) }],
  }]);
}

/** Why the guardrail is there. */
function intent({ description, resources }: Guardrail): string {
  if (description !== undefined && description.trim() !== '') return `It says: ${description.trim().replace(/[.!]?$/, '.')}`;
  return resources === undefined ? 'Change the value, or the guardrail.' : `It is about ${resourceText(resources)}.`;
}

function accountText(count: number): string {
  return count === 1 ? '1 account' : `${String(count)} accounts`;
}

function keyOf({ uri, span }: Place): string {
  return `${uri}\n${String(span.start)}`;
}

function plain({ start, end }: Problem['span']): Problem['span'] {
  return { start, end };
}

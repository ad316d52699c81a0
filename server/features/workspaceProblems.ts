import { admissionProblems } from '../core/admission/admissionProblems.ts';
import type { Document } from '../core/document/tree.ts';
import { describeIgnored, type Ineffective } from '../core/ineffective.ts';
import type { Problem, RelatedPlace } from '../core/problem.ts';
import { attachmentIndex, usesOf } from '../model/attachments.ts';
import { accountsOfLevel, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { mendingPlace } from './mendingPlace.ts';
import { organizationProblems } from './organizationProblems.ts';

/** How many accounts a message names before it counts the rest. */
const namedAccounts = 5;

/**
 * The problems of every file that the snapshot knows, an empty list for a file without any, so that what is
 * mended disappears everywhere.
 * @param missing URIs that a model names and that cannot be read.
 */
export function workspaceProblems(snapshot: Snapshot, missing: ReadonlySet<string>): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map<string, Problem[]>();
  for (const file of snapshot.policies.values()) problems.set(file.uri, [...admission(file.document, snapshot.at)]);
  for (const organization of snapshot.organizations.values()) problems.set(organization.uri, [...organizationProblems(organization, missing)]);
  for (const [uri, problem] of mergeProblems(snapshot)) problems.get(uri)?.push(problem);
  return problems;
}

const admitted = new WeakMap<Document, { readonly minute: number; readonly problems: readonly Problem[] }>();

/** Admission of a document, kept until it changes or the minute does: schedules are judged by the time. */
function admission(document: Document, at: number): readonly Problem[] {
  const minute = Math.floor(at / 60_000);
  const known = admitted.get(document);
  if (known?.minute === minute) return known.problems;
  const problems = admissionProblems(document, at);
  admitted.set(document, { minute, problems });
  return problems;
}

/** A statement without effect, with the places of attachment where it has none for this reason. */
interface IneffectiveFound {
  readonly first: Ineffective;
  readonly places: Set<Entity>;
}

interface WithheldFound {
  readonly uri: string;
  readonly first: EffectiveError;
  readonly accounts: Entity[];
}

/** What the merge finds, by the file that can mend it; the same finding of several targets is one. */
function mergeProblems(snapshot: Snapshot): readonly (readonly [uri: string, problem: Problem])[] {
  const ineffective = new Map<string, IneffectiveFound>();
  // A statement can be without effect for one reason here and another there: only both together are everywhere.
  const idle = new Map<string, Set<Entity>>();
  const withheld: (readonly [string, Problem])[] = [];
  for (const organization of snapshot.organizations.values()) {
    for (const entity of attachmentIndex(organization).points) {
      for (const ignored of effectiveOf(snapshot, organization, entity).ignored) {
        const first = describeIgnored(ignored);
        if (first === undefined) continue;
        entry(idle, statementKey(first), () => new Set<Entity>()).add(entity);
        entry(ineffective, `${statementKey(first)}\n${first.rule}`, () => ({ first, places: new Set<Entity>() })).places.add(entity);
      }
    }
    withheld.push(...withheldProblems(snapshot, organization));
  }
  const told = [...ineffective.values()].map((found) => [found.first.uri, ineffectiveProblem(snapshot, found, idle.get(statementKey(found.first)) ?? found.places)] as const);
  return [...told, ...withheld];
}

function statementKey({ uri, span }: Ineffective): string {
  return `${uri}\n${String(span.start)}`;
}

function entry<Value>(map: Map<string, Value>, key: string, made: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = made();
  map.set(key, value);
  return value;
}

function withheldProblems(snapshot: Snapshot, organization: Organization): readonly (readonly [string, Problem])[] {
  const withheld = new Map<string, WithheldFound>();
  for (const entity of attachmentIndex(organization).points) {
    const { errors } = effectiveOf(snapshot, organization, entity);
    const accounts = errors.length === 0 ? [] : accountsOfLevel(entity);
    if (accounts.length === 0) continue;
    for (const first of errors) {
      const place = mendingPlace(first);
      if (place === undefined) continue;
      const key = `${place.uri}\n${String(place.span.start)}\n${first.message}\n${first.path}`;
      entry(withheld, key, () => ({ uri: place.uri, first, accounts: [] })).accounts.push(...accounts);
    }
  }
  return [...withheld.values()].flatMap(({ uri, first, accounts }) => {
    const problem = withheldProblem(first, accounts);
    return problem === undefined ? [] : [[uri, problem] as const];
  });
}

/** @param idle every place of attachment where the statement has no effect, for whatever reason. */
function ineffectiveProblem(snapshot: Snapshot, { first, places }: IneffectiveFound, idle: ReadonlySet<Entity>): Problem {
  const attached = new Set(usesOf(snapshot.organizations, first.uri).flatMap((use) => use.entities));
  const everywhere = idle.size >= attached.size;
  const where = places.size >= attached.size ? '' : ` (At ${names([...places].map((place) => place.path))}${everywhere ? '' : '; elsewhere it takes effect'}.)`;
  return {
    rule: first.rule,
    message: `${first.message}${where}`,
    span: first.span,
    path: first.path,
    ...(first.related === undefined ? {} : { related: [first.related] }),
    unnecessary: everywhere && first.rule !== 'later-peer',
  };
}

function withheldProblem(error: EffectiveError, accounts: readonly Entity[]): Problem | undefined {
  const place = mendingPlace(error);
  if (place === undefined) return undefined;
  const count = accounts.length === 1 ? '1 account' : `${String(accounts.length)} accounts`;
  const message = `${error.code}: ${error.message} (${error.path}). AWS withholds the whole effective policy of ${count}, ${names(accounts.map((account) => account.path))}: ${accounts.length === 1 ? 'it keeps its' : 'they keep their'} last valid one, in every plan.`;
  const related: RelatedPlace[] = place.others.map((other) => ({ uri: other.uri, span: other.span, message: other.message }));
  return { rule: 'effective-policy-invalid', message, span: place.span, path: error.path.split('/'), ...(related.length === 0 ? {} : { related }) };
}

function names(list: readonly string[]): string {
  const shown = list.slice(0, namedAccounts).join(', ');
  return list.length > namedAccounts ? `${shown} and ${String(list.length - namedAccounts)} more` : shown;
}

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
  for (const organization of snapshot.organizations.values()) {
    problems.set(organization.uri, [...organizationProblems(organization, missing)]);
    for (const [uri, found] of mergeProblems(snapshot, organization)) problems.get(uri)?.push(...found);
  }
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

interface Found<Kind> {
  readonly uri: string;
  readonly first: Kind;
  readonly places: Entity[];
}

/** What the merge of one organization finds, by the file that can mend it; the same finding of several targets is one. */
function mergeProblems(snapshot: Snapshot, organization: Organization): ReadonlyMap<string, readonly Problem[]> {
  const ineffective = new Map<string, Found<Ineffective>>();
  const withheld = new Map<string, Found<EffectiveError> & { readonly accounts: Entity[] }>();
  for (const entity of attachmentIndex(organization).points) {
    const effective = effectiveOf(snapshot, organization, entity);
    for (const ignored of effective.ignored) {
      const first = describeIgnored(ignored);
      if (first === undefined) continue;
      const key = `${first.uri}\n${String(first.span.start)}\n${first.rule}`;
      const known = ineffective.get(key);
      if (known === undefined) ineffective.set(key, { uri: first.uri, first, places: [entity] });
      else known.places.push(entity);
    }
    if (effective.errors.length === 0) continue;
    const accounts = accountsOfLevel(entity);
    if (accounts.length === 0) continue;
    for (const first of effective.errors) {
      const place = mendingPlace(first);
      if (place === undefined) continue;
      const key = `${place.uri}\n${String(place.span.start)}\n${first.message}\n${first.path}`;
      const known = withheld.get(key);
      if (known === undefined) withheld.set(key, { uri: place.uri, first, places: [entity], accounts: [...accounts] });
      else known.accounts.push(...accounts);
    }
  }
  const problems = new Map<string, Problem[]>();
  const add = (uri: string, problem: Problem): void => {
    const list = problems.get(uri);
    if (list === undefined) problems.set(uri, [problem]);
    else list.push(problem);
  };
  for (const found of ineffective.values()) add(found.uri, ineffectiveProblem(snapshot, organization, found));
  for (const found of withheld.values()) {
    const problem = withheldProblem(found.first, found.accounts);
    if (problem !== undefined) add(found.uri, problem);
  }
  return problems;
}

function ineffectiveProblem(snapshot: Snapshot, organization: Organization, { first, places, uri }: Found<Ineffective>): Problem {
  const uses = usesOf(snapshot.organizations, uri).filter((use) => use.organization === organization);
  const attachments = uses.reduce((sum, use) => sum + use.entities.length, 0);
  const everywhere = places.length >= attachments;
  const where = everywhere ? '' : ` (At ${names(places.map((place) => place.path))}; elsewhere it takes effect.)`;
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

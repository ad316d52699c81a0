import type { Document } from '../core/document/tree.ts';
import type { StatedContainer } from '../core/merge/statements.ts';
import type { Problem } from '../core/problem.ts';
import type { RuleId } from '../core/rules.ts';
import { finished, type Steps } from '../core/steps.ts';
import { organizationFor, usesOf, type PolicyUse } from '../model/attachments.ts';
import type { PolicyFile, Snapshot } from '../model/snapshot.ts';
import { aloneProblems, copyProblems, ownProblems } from './documentProblems.ts';
import { effectiveProblemSteps } from './effectiveProblems.ts';
import { entryOf } from './entryOf.ts';
import { carriedProblems } from './carriedProblems.ts';
import { guardrailFileProblems } from './guardrails/guardrailFileProblems.ts';
import { brokenGuardrails, guardrailProblems } from './guardrails/guardrailProblems.ts';
import { failingGuardrailSteps } from './guardrails/guardrailResults.ts';
import { ineffectiveProblemSteps } from './ineffectiveProblems.ts';
import { organizationProblems, organizationProblemSteps } from './organizationProblems.ts';

/**
 * The problems of every file that the snapshot knows, an empty list for a file without any, so that what is
 * mended disappears everywhere.
 * @param missing URIs that a model names and that cannot be read.
 */
export function workspaceProblems(snapshot: Snapshot, missing: ReadonlySet<string>): ReadonlyMap<string, readonly Problem[]> {
  return finished(workspaceProblemSteps(snapshot, missing));
}

/** The same in steps. */
export function* workspaceProblemSteps(snapshot: Snapshot, missing: ReadonlySet<string>): Steps<ReadonlyMap<string, readonly Problem[]>> {
  const problems = new Map(yield* policyProblemSteps(snapshot));
  for (const organization of snapshot.organizations.values()) {
    problems.set(organization.uri, yield* organizationProblemSteps(organization, missing));
    yield;
  }
  for (const [uri, found] of guardrailProblems(snapshot)) problems.set(uri, found);
  return problems;
}

/** The problems of every policy, found once for a snapshot: the list of problems and the light bulb both ask. */
export function policyProblems(snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  return finished(policyProblemSteps(snapshot));
}

function* policyProblemSteps(snapshot: Snapshot): Steps<ReadonlyMap<string, readonly Problem[]>> {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const problems = yield* findPolicyProblems(snapshot);
  remembered.set(snapshot, problems);
  return problems;
}

const remembered = new WeakMap<Snapshot, ReadonlyMap<string, readonly Problem[]>>();

function* findPolicyProblems(snapshot: Snapshot): Steps<ReadonlyMap<string, readonly Problem[]>> {
  const effective = yield* effectiveProblemSteps(snapshot);
  const problems = new Map<string, readonly Problem[]>();
  for (const file of snapshot.policies.values()) {
    problems.set(file.uri, fileProblems(snapshot, file, effective.reaching.has(file.uri)));
    yield;
  }
  const ineffective = yield* ineffectiveProblemSteps(snapshot);
  // Views ask for the counts with every change.
  yield* failingGuardrailSteps(snapshot);
  const filed = new Map<string, Problem[]>();
  for (const [uri, problem] of [...ineffective, ...effective.problems, ...brokenGuardrails(snapshot)]) entryOf(filed, uri, () => []).push(problem);
  yield;
  for (const [uri, more] of filed) {
    const own = problems.get(uri);
    if (own !== undefined) problems.set(uri, [...own, ...more]);
  }
  for (const [uri, list] of problems) problems.set(uri, withoutPointless(list));
  return problems;
}

function withoutPointless(problems: readonly Problem[]): readonly Problem[] {
  return problems.some(({ rule }) => rule === 'control-at-account') ? problems.filter(({ rule }) => !aboutControls.has(rule)) : problems;
}

/** What is pointless to say of a control that binds nobody. */
const aboutControls: ReadonlySet<RuleId> = new Set<RuleId>(['control-locks-nothing-below', 'control-cannot-widen', 'controls-leave-nothing']);

const noMembers: ReadonlySet<string> = new Set();

/**
 * What can be said of a policy when it is known where it is attached, but not what other policies say: found at once, and
 * kept for as long as the policy and the models stay the same.
 * @param reaching whether the policy is a part of an account's effective policy, which is then what is looked at.
 */
function fileProblems({ organizations, at }: Snapshot, file: PolicyFile, reaching: boolean): readonly Problem[] {
  const minute = Math.floor(at / 60_000);
  const known = ofFiles.get(file);
  if (known?.organizations === organizations && known.minute === minute && known.reaching === reaching) return known.problems;
  const members = organizationFor(organizations, file.uri)?.byId ?? noMembers;
  const problems = [
    ...ownProblems(file, at),
    ...copyProblems(file, members),
    ...(reaching ? [] : aloneProblems(file, at)),
    ...accountControls(file, usesOf(organizations, file.uri)),
  ];
  for (const problem of problems) foundAlone.add(problem);
  ofFiles.set(file, { organizations, minute, reaching, problems });
  return problems;
}

const ofFiles = new WeakMap<PolicyFile, { readonly organizations: Snapshot['organizations']; readonly minute: number; readonly reaching: boolean; readonly problems: readonly Problem[] }>();

/** What was told of a document before it was edited. */
export interface ToldBefore {
  readonly document: Document;
  readonly problems: readonly Problem[];
}

/**
 * What can be told of a document as soon as it is edited: everything that needs no other policy. What other policies
 * have a part in was told of the text before; it stays until it is known anew, as far as the edit does not touch it.
 * @returns undefined for a document that the snapshot does not know.
 */
export function immediateProblems(snapshot: Snapshot, uri: string, missing: ReadonlySet<string>, before: ToldBefore | undefined): readonly Problem[] | undefined {
  const policy = snapshot.policies.get(uri);
  if (policy !== undefined) return withoutPointless([...ownOf(snapshot, policy), ...(before === undefined ? [] : carriedProblems(before.problems.filter((problem) => !foundAlone.has(problem)), uri, before.document, policy.document))]);
  const organization = snapshot.organizations.get(uri);
  if (organization !== undefined) return organizationProblems(organization, missing);
  const guardrails = snapshot.guardrails.get(uri);
  return guardrails === undefined ? undefined : guardrailFileProblems(snapshot, guardrails);
}

/** An account gets a policy exactly when one is at or below a place of attachment. */
function ownOf(snapshot: Snapshot, file: PolicyFile): readonly Problem[] {
  return fileProblems(snapshot, file, usesOf(snapshot.organizations, file.uri).some(({ entities }) => entities.some(({ accounts }) => accounts > 0)));
}

/** Problems for which no other policy was looked at. */
const foundAlone = new WeakSet<Problem>();

/** Controls in a policy that is attached to accounts only bind nobody. Source: common-mistakes C6 [inf]. */
function accountControls({ statements }: PolicyFile, uses: readonly PolicyUse[]): readonly Problem[] {
  const entities = uses.flatMap((use) => use.entities);
  if (statements === undefined || entities.length === 0 || entities.some((entity) => entity.kind !== 'account')) return [];
  return [...controlsIn(statements, [])];
}

function* controlsIn(node: StatedContainer, path: readonly string[]): Generator<Problem> {
  if (node.control !== undefined) yield accountControl(node.control.span, path);
  for (const child of node.children.values()) {
    const here = [...path, child.name];
    if (child.kind === 'container') yield* controlsIn(child, here);
    else if (child.control !== undefined) yield accountControl(child.control.span, here);
  }
}

function accountControl({ start, end }: Problem['span'], path: readonly string[]): Problem {
  return { rule: 'control-at-account', span: { start, end }, path, message: 'This policy is attached to accounts only, and no policy comes below an account: the control binds nobody. Remove it.', unnecessary: true };
}

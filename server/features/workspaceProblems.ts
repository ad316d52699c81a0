import type { StatedContainer } from '../core/merge/statements.ts';
import type { Problem } from '../core/problem.ts';
import type { RuleId } from '../core/rules.ts';
import { organizationFor, usesOf, type PolicyUse } from '../model/attachments.ts';
import type { PolicyFile, Snapshot } from '../model/snapshot.ts';
import { aloneProblems, copyProblems, ownProblems } from './documentProblems.ts';
import { effectiveProblems } from './effectiveProblems.ts';
import { brokenGuardrails, guardrailProblems } from './guardrails/guardrailProblems.ts';
import { ineffectiveProblems } from './ineffectiveProblems.ts';
import { organizationProblems } from './organizationProblems.ts';

/**
 * The problems of every file that the snapshot knows, an empty list for a file without any, so that what is
 * mended disappears everywhere.
 * @param missing URIs that a model names and that cannot be read.
 */
export function workspaceProblems(snapshot: Snapshot, missing: ReadonlySet<string>): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map(policyProblems(snapshot));
  for (const organization of snapshot.organizations.values()) problems.set(organization.uri, organizationProblems(organization, missing));
  for (const [uri, found] of guardrailProblems(snapshot)) problems.set(uri, found);
  return problems;
}

/** The problems of every policy, found once for a snapshot: the list of problems and the light bulb both ask. */
export function policyProblems(snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const problems = findPolicyProblems(snapshot);
  remembered.set(snapshot, problems);
  return problems;
}

const remembered = new WeakMap<Snapshot, ReadonlyMap<string, readonly Problem[]>>();

function findPolicyProblems(snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const effective = effectiveProblems(snapshot);
  const problems = new Map<string, Problem[]>();
  for (const file of snapshot.policies.values()) problems.set(file.uri, [...fileProblems(snapshot, file, effective.reaching.has(file.uri))]);
  for (const [uri, problem] of [...ineffectiveProblems(snapshot), ...effective.problems, ...brokenGuardrails(snapshot)]) problems.get(uri)?.push(problem);
  for (const [uri, list] of problems) if (list.some(({ rule }) => rule === 'control-at-account')) problems.set(uri, list.filter(({ rule }) => !aboutControls.has(rule)));
  return problems;
}

/** What is pointless to say of a control that binds nobody. */
const aboutControls: ReadonlySet<RuleId> = new Set<RuleId>(['control-locks-nothing-below', 'control-cannot-widen', 'controls-leave-nothing']);

const noMembers: ReadonlySet<string> = new Set();

/** @param reaching whether the policy is a part of an account's effective policy, which is then what is looked at. */
function fileProblems(snapshot: Snapshot, file: PolicyFile, reaching: boolean): readonly Problem[] {
  const members = organizationFor(snapshot.organizations, file.uri)?.byId ?? noMembers;
  return [
    ...ownProblems(file, snapshot.at),
    ...copyProblems(file, members),
    ...(reaching ? [] : aloneProblems(file, snapshot.at)),
    ...accountControls(file, usesOf(snapshot.organizations, file.uri)),
  ];
}

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

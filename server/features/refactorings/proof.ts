import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import type { Document } from '../../core/document/tree.ts';
import type { StatedContainer } from '../../core/merge/statements.ts';
import { rules } from '../../core/rules.ts';
import { entitiesOf } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { documentOf } from '../diagnostics.ts';
import { maximumAttached } from '../organizationProblems.ts';
import { policyNameOfFile } from '../policyName.ts';
import type { Draft } from './draft.ts';
import type { Attempt, Proposal } from './refactoring.ts';
import { effectsOf } from './sameEffect.ts';

/** What is known of a refactoring before it is made. */
export type Proof =
  /** Every account gets the same effective policy, or `changed` of them get another one. */
  | { readonly type: 'possible'; readonly draft: Draft; readonly after: Snapshot; readonly accounts: number; readonly changed: number }
  /** It cannot be made; `reason` is a sentence for the user. */
  | { readonly type: 'refused'; readonly reason: string };

/**
 * Tries a refactoring: makes its edits beside the snapshot and compares the effective policy of every account. Of
 * several ways the first one without an effect counts, else the first possible one.
 */
export function prove(proposal: Proposal): Proof {
  let best: Proof | undefined;
  for (const attempt of proposal.attempts) {
    const proof = judge(attempt(), proposal.lost !== undefined);
    if (proof.type === 'possible' && proof.changed === 0) return proof;
    if (best === undefined || (best.type === 'refused' && proof.type === 'possible')) best = proof;
  }
  return best ?? { type: 'refused', reason: 'There is no way to do this here.' };
}

function judge(attempt: Attempt, mayLoseComments: boolean): Proof {
  if (typeof attempt === 'string') return { type: 'refused', reason: attempt };
  const before = attempt.snapshot;
  const after = attempt.next();
  const reason = obstacle(attempt, after, mayLoseComments);
  if (reason !== undefined) return { type: 'refused', reason };
  return { type: 'possible', draft: attempt, after, ...effectsOf(before, after) };
}

/** Why the edits must not be made, whatever they do to effective policies; undefined when nothing is against them. */
function obstacle(draft: Draft, after: Snapshot, mayLoseComments: boolean): string | undefined {
  const before = draft.snapshot;
  const uris = draft.changes().map(({ uri }) => uri);
  if (uris.length === 0) return 'Nothing would change.';
  const [old, next] = [uris.map((uri) => documentOf(before, uri)), uris.map((uri) => documentOf(after, uri))];
  const knownRefusals = new Map(old.flatMap((document) => [...refusals(document, before.at)]));
  for (const uri of uris) {
    const name = policyNameOfFile(uri);
    const [was, is] = [documentOf(before, uri), documentOf(after, uri)];
    if (was !== undefined && syntaxMistakes(was) > 0) return `${name} is not valid JSON, so it was not changed. Mend the problems shown in it first.`;
    if (is !== undefined && syntaxMistakes(is) > 0) return `${name} would not stay valid JSON.`;
    if (writesKeys(before, uri)) return `A template writes parts of ${name}, so what it says is not known.`;
    if (!after.policies.has(uri)) continue;
    const known = was === undefined ? knownRefusals : refusals(was, before.at);
    const [added] = [...refusals(is, after.at)].filter(([key]) => !known.has(key));
    if (added !== undefined) return `AWS would refuse ${name} then. ${added[1]}`;
  }
  if (!mayLoseComments && comments(old) > comments(next)) return 'A comment would be lost. Move it out of the way first.';
  const crowded = [...after.organizations.values()].filter(({ uri }) => uris.includes(uri)).flatMap((organization) => [...entitiesOf(organization)]).find(({ attachments }) => attachments.length > maximumAttached);
  return crowded === undefined ? undefined : `${crowded.path} has ${String(maximumAttached)} policies attached already, and AWS allows no more. Detach one first.`;
}

function syntaxMistakes({ problems }: Document): number {
  return problems.filter(({ kind }) => kind !== 'comment').length;
}

function comments(documents: readonly (Document | undefined)[]): number {
  return documents.reduce((sum, document) => sum + (document?.problems.filter(({ kind }) => kind === 'comment').length ?? 0), 0);
}

/** What AWS refuses in a policy, message by rule and place. Comments do not count: they are there for a tool that takes them out. */
function refusals(document: Document | undefined, at: number): ReadonlyMap<string, string> {
  const found = document === undefined ? [] : admissionProblems(document, at).filter(({ rule }) => rule !== 'json-comment' && (rules[rule].stage === 'admission' || rules[rule].stage === 'syntax'));
  return new Map(found.map(({ rule, message, path }) => [`${rule}\n${path.join('/').toLowerCase()}`, message]));
}

/** True when a template brings keys or whole parts of a policy: what stands beside them is not the whole of it. */
function writesKeys({ policies }: Snapshot, uri: string): boolean {
  const policy = policies.get(uri);
  return policy !== undefined && (/%\{|\{%|\{#/.test(policy.document.text) || (policy.statements !== undefined && isTemplated(policy.statements)));
}

function isTemplated(stated: StatedContainer): boolean {
  return stated.templated || [...stated.children.values()].some((child) => child.kind === 'container' && isTemplated(child));
}

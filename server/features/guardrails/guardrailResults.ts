import { copyAccounts } from '../../core/guardrails/copyBreaches.ts';
import { evaluateGuardrail } from '../../core/guardrails/evaluate.ts';
import type { Guardrail } from '../../core/guardrails/guardrail.ts';
import { finished, type Steps } from '../../core/steps.ts';
import { failureSentence, type Failure, type Verdict } from '../../core/guardrails/verdict.ts';
import { guardedAccountSteps, guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import { attachmentProblems, type AttachmentProblem } from '../attachmentProblem.ts';
import { entryOf } from '../entryOf.ts';
import { mendingPlace } from '../mendingPlace.ts';

/** Accounts that do not meet a guardrail for the same reasons. */
export interface FailingAccounts {
  readonly accounts: readonly Entity[];
  readonly failures: readonly [Failure, ...Failure[]];
}

/** What became of one guardrail. */
export interface GuardrailResult {
  readonly file: GuardrailsFile;
  readonly organization: Organization;
  readonly guardrail: Guardrail;
  /** The accounts that it is about. */
  readonly accounts: number;
  /** Those of them that do not meet it. */
  readonly failing: number;
  readonly groups: readonly FailingAccounts[];
}

/** The results of all guardrails that have a model, file by file; worked out once for a snapshot. */
export function guardrailResults(snapshot: Snapshot): readonly GuardrailResult[] {
  return finished(guardrailResultSteps(snapshot));
}

/** The same in steps. */
export function* guardrailResultSteps(snapshot: Snapshot): Steps<readonly GuardrailResult[]> {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const results: GuardrailResult[] = [];
  for (const file of snapshot.guardrails.values()) {
    const organization = guardedOrganization(snapshot.organizations, file);
    if (organization === undefined) continue;
    for (const guardrail of file.guardrails) results.push(yield* resultOf(snapshot, file, organization, guardrail));
  }
  remembered.set(snapshot, results);
  return results;
}

const remembered = new WeakMap<Snapshot, readonly GuardrailResult[]>();

function* resultOf(snapshot: Snapshot, file: GuardrailsFile, organization: Organization, guardrail: Guardrail): Steps<GuardrailResult> {
  const groups: FailingAccounts[] = [];
  let covered = 0;
  for (const { point, accounts } of yield* guardedAccountSteps(organization, guardrail)) {
    yield;
    covered += accounts.length;
    const unread = unreadable(snapshot, organization, point);
    if (unread !== undefined) {
      groups.push({ accounts, failures: [unread] });
      continue;
    }
    const { tree, errors } = effectiveOf(snapshot, organization, point);
    const receiving = copyAccounts(tree);
    const judge = (some: readonly Entity[], id: string | undefined): void => {
      const [first, ...others] = some.length === 0 ? [] : placed(evaluateGuardrail(tree, guardrail, id, snapshot.at), errors);
      if (first !== undefined) groups.push({ accounts: some, failures: [first, ...others] });
    };
    if (receiving.size === 0) {
      judge(accounts, undefined);
      continue;
    }
    const isReceiving = ({ id }: Entity): boolean => id !== undefined && receiving.has(id);
    judge(accounts.filter((account) => !isReceiving(account)), undefined);
    for (const account of accounts) if (isReceiving(account)) judge([account], account.id);
  }
  return { file, organization, guardrail, accounts: covered, failing: groups.reduce((sum, { accounts }) => sum + accounts.length, 0), groups: yield* merged(groups) };
}

/** What is missing of it may say anything: without it no statement about the effective policy is sure. */
function unreadable(snapshot: Snapshot, organization: Organization, point: Entity): Failure | undefined {
  const problem = unreadableAttachment(snapshot, organization, point);
  if (problem === undefined) return undefined;
  const { policy, entity, sentence } = problem;
  const at = entity.attachments[problem.index]?.span;
  const breach = { requirement: 'readablePolicies', expected: 'every attached policy can be read', actual: `the effective policy is not known, for ${policy} is attached to ${entity.path}. ${sentence.replace(/\.$/, '')}`, path: [], place: at === undefined ? undefined : { uri: organization.uri, span: at }, origin: undefined };
  return { type: 'unreadable', plan: undefined, rule: undefined, breaches: [breach] };
}

/** The first attachment on the way from the root that cannot be read in full. */
function unreadableAttachment(snapshot: Snapshot, organization: Organization, entity: Entity): AttachmentProblem | undefined {
  const perEntity = unreadableOnPath.get(snapshot) ?? new Map<Entity, AttachmentProblem | undefined>();
  unreadableOnPath.set(snapshot, perEntity);
  if (perEntity.has(entity)) return perEntity.get(entity);
  const above = entity.parent === undefined ? undefined : unreadableAttachment(snapshot, organization, entity.parent);
  const problem = above ?? attachmentProblems(snapshot, organization, entity)[0];
  perEntity.set(entity, problem);
  return problem;
}

const unreadableOnPath = new WeakMap<Snapshot, Map<Entity, AttachmentProblem | undefined>>();

/** Accounts of several levels may fail by the same line of the same policy. */
function* merged(groups: readonly FailingAccounts[]): Steps<readonly FailingAccounts[]> {
  const byReason = new Map<string, { readonly accounts: Entity[]; readonly failures: FailingAccounts['failures'] }>();
  for (const { accounts, failures } of groups) {
    yield;
    const key = failures.map((failure) => `${failureSentence(failure)}\n${failure.breaches[0].place?.uri ?? ''}\n${String(failure.breaches[0].place?.span.start)}`).join('\n');
    entryOf(byReason, key, () => ({ accounts: [], failures })).accounts.push(...accounts);
  }
  return [...byReason.values()];
}

/** An invalid policy is mended where its error is. */
function placed(verdict: Verdict, errors: ReturnType<typeof effectiveOf>['errors']): Verdict {
  const [error] = errors;
  const place = error === undefined ? undefined : mendingPlace(error);
  if (place === undefined) return verdict;
  return verdict.map((failure): Failure => {
    const [first, ...others] = failure.breaches;
    return failure.type === 'invalid' ? { ...failure, breaches: [{ ...first, place: { uri: place.uri, span: place.span } }, ...others] } : failure;
  });
}

/** A guardrail that an account does not meet, or that accounts at or below a root or OU do not meet. */
export interface FailingGuardrail {
  readonly uri: string;
  readonly guardrail: Guardrail;
  /** How many accounts at or below the entity do not meet it. */
  readonly accounts: number;
  /** Why the first of them does not. */
  readonly failure: Failure;
}

/** The guardrails that are not met at or below an entity, in the order of their files. */
export function failingGuardrails(snapshot: Snapshot, organization: Organization, entity: Entity): readonly FailingGuardrail[] {
  return failingIndex(snapshot).get(organization)?.get(entity) ?? [];
}

type FailingIndex = ReadonlyMap<Organization, ReadonlyMap<Entity, readonly FailingGuardrail[]>>;

const indexes = new WeakMap<Snapshot, FailingIndex>();
/** Accounts that are counted without a pause. */
const accountsOfStep = 200;

function failingIndex(snapshot: Snapshot): FailingIndex {
  return finished(failingGuardrailSteps(snapshot));
}

/** Counts in steps what `failingGuardrails` tells: once for a snapshot, and failing accounts alone, so a healthy organization costs nothing. */
export function* failingGuardrailSteps(snapshot: Snapshot): Steps<FailingIndex> {
  const known = indexes.get(snapshot);
  if (known !== undefined) return known;
  const index = new Map<Organization, Map<Entity, FailingGuardrail[]>>();
  for (const { file, organization, guardrail, groups } of yield* guardrailResultSteps(snapshot)) {
    const entities = index.get(organization) ?? new Map<Entity, FailingGuardrail[]>();
    index.set(organization, entities);
    const counts = new Map<Entity, { accounts: number; readonly failure: Failure }>();
    for (const { accounts, failures } of groups) {
      for (const [place, account] of accounts.entries()) {
        if (place % accountsOfStep === 0) yield;
        for (let each: Entity | undefined = account; each !== undefined; each = each.parent) {
          const count = counts.get(each);
          if (count === undefined) counts.set(each, { accounts: 1, failure: failures[0] });
          else count.accounts += 1;
        }
      }
    }
    for (const [entity, count] of counts) {
      const list = entities.get(entity);
      const failing = { uri: file.uri, guardrail, ...count };
      if (list === undefined) entities.set(entity, [failing]);
      else list.push(failing);
    }
  }
  indexes.set(snapshot, index);
  return index;
}

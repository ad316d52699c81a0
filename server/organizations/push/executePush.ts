import type { Organization } from '../../model/organization.ts';
import { policyIdEdit } from '../../features/policyIdEdits.ts';
import { rangeOf } from '../../features/ranges.ts';
import type { PushedPolicyView, PushReportView, PushResultView } from '../../protocol/push.ts';
import { complete, type OrganizationsApi } from '../api.ts';
import { failureOf } from '../errors.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';
import type { Journal } from '../writes/journal.ts';
import { performWrites } from '../writes/performWrites.ts';
import { requireOrganization } from '../writes/requireOrganization.ts';
import { holds, updated, type WriteResult } from '../writes/write.ts';
import type { AssessedPolicy } from './assessPolicy.ts';
import { outcomeView } from './outcomeWords.ts';
import type { PreparedPush, PushContext } from './preparePush.ts';
import { compareReport } from './reportComparison.ts';
import { reportText } from './reportText.ts';
import { effectiveTimes, waitUntilEffective, type Settled } from './settle.ts';

/** A push that may write. */
export interface WritingContext extends PushContext {
  readonly journal: Journal;
}

/**
 * Makes a prepared push, exactly as it was shown: files, targets or an organization that changed since are a `Refusal`,
 * a policy that changed in AWS is left alone. Then reads back, waits until effective policies are made anew, and compares
 * AWS's verdict with ours; cancelling that is no failure.
 */
export async function executePush(context: WritingContext, prepared: PreparedPush, call: Call): Promise<PushResultView> {
  const { api, host, journal } = context;
  const { view, writes, written, samples } = prepared;
  requireSameFiles(context, prepared);
  call.report('Looking whether AWS is as it was shown', 0);
  await requireSameTargets(api, prepared, call.signal);
  const times = await effectiveTimes(api, samples.flatMap(({ id }) => id ?? []), call.signal);
  const title = written.length === 1 ? `Push ${written[0]?.policy.name ?? ''}` : `Push ${String(written.length)} policies`;
  const { results, complete: isComplete } = await performWrites(api, journal, { title, organizationId: view.organizationId, writes }, call);
  const policies = await Promise.all(written.map((policy, index) => told(context, prepared, policy, results[index])));
  const changed = results.some((result) => result.type === 'done' || result.type === 'unknown');
  const settled: Settled | undefined = !changed || times.size === 0 ? undefined : await waitUntilEffective(api, times, host, call);
  const reports = changed ? await reportsOf(context, prepared, settled, call) : [];
  const result = {
    policies,
    complete: isComplete && policies.every(({ outcome }) => outcome !== 'unknown'),
    effective: settled?.outcome ?? (!changed || samples.length > 0 ? 'unknown' : 'notAttached'),
    reports,
    modelEdits: modelEdits(host.edited().organizations.get(view.organization), written, policies),
  } as const;
  return { ...result, report: reportText(view, result) };
}

/** What is sent is what was shown: the same text, under the same name, in the same organization. */
function requireSameFiles({ host }: WritingContext, { view, written }: PreparedPush): void {
  const files = host.edited();
  const organization = files.organizations.get(view.organization);
  for (const { policy, file } of written) {
    const now = organization?.policies.get(policy.name);
    const same = file !== undefined && files.policies.get(file.uri)?.document.text === file.text && now?.uri === policy.uri && now?.id === policy.id && now?.description === policy.description;
    if (!same) throw new Refusal(`"${policy.name}" changed after it was shown, so nothing was pushed.`, 'Push again to see what would be written now.');
  }
}

/** Impact was shown for certain targets: if somebody attached or detached meanwhile, it is not that any more. */
async function requireSameTargets(api: OrganizationsApi, { view, written }: PreparedPush, signal: AbortSignal): Promise<void> {
  await requireOrganization(api, view.organizationId, { signal });
  for (const { policy, remote } of written) {
    if (remote === undefined) continue;
    const now = await targetIds(api, remote.id, signal);
    const shown = remote.targets.map((target) => target.id).sort();
    // A policy that is gone has its own words, which the write finds.
    if (now !== undefined && now.join(' ') !== shown.join(' ')) throw new Refusal(`"${policy.name}" was attached or detached in AWS after the impact was shown, so nothing was pushed.`, 'Push again to see the accounts that it reaches now.');
  }
}

async function targetIds(api: OrganizationsApi, policyId: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
  try {
    return (await complete(api.listTargetsForPolicy(policyId, { signal }))).map(({ id }) => id).sort();
  } catch (error) {
    if (failureOf(error)?.kind === 'notFound') return undefined;
    throw error;
  }
}

/** Remembers what was pushed as the base of the next comparison, reads it back, and says what came of it. */
async function told({ api, known }: WritingContext, { view }: PreparedPush, assessed: AssessedPolicy, result: WriteResult | undefined): Promise<PushedPolicyView> {
  const { policy, remote, after } = assessed;
  if (!holds(result) || after === undefined) return outcomeView(assessed, result, 'same');
  const policyId = result.policyId ?? remote?.id;
  if (policyId === undefined) return outcomeView(assessed, result, 'unread');
  const parts = remote === undefined ? after : updated(remote, after);
  // Without this record the next push only knows less.
  await known.put(view.organizationId, { policyId, ...parts }).catch(() => undefined);
  try {
    // What is written is read even if the waiting is cancelled: the answer says whether it holds.
    const now = await api.describePolicy(policyId);
    return outcomeView({ ...assessed, policy }, result, now.content === parts.content && now.name === parts.name && now.description === parts.description ? 'same' : 'other', policyId);
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return outcomeView(assessed, result, 'unread', policyId);
  }
}

async function reportsOf({ api }: WritingContext, { view, after, samples }: PreparedPush, settled: Settled | undefined, call: Call): Promise<readonly PushReportView[]> {
  const organization = after.organizations.get(view.organization);
  if (organization === undefined || settled === undefined || settled.outcome === 'cancelled') return [];
  const reports: PushReportView[] = [];
  call.report('Comparing AWS\'s validation report with ours');
  for (const sample of samples) {
    const account = organization.byId.get(sample.id ?? '');
    if (account === undefined || call.signal.aborted) continue;
    const report = await compareReport(api, after, organization, account, settled.accounts.has(account.id ?? ''), call.signal);
    if (report !== undefined) reports.push(report);
  }
  return reports;
}

/** The ids that the model does not have yet. */
function modelEdits(organization: Organization | undefined, written: readonly AssessedPolicy[], policies: readonly PushedPolicyView[]): PushResultView['modelEdits'] {
  if (organization === undefined || organization.document.problems.length > 0) return [];
  return written.flatMap(({ policy }, index) => {
    const pushed = policies[index];
    const edit = pushed?.policyId === undefined || pushed.outcome === 'notDone' ? undefined : policyIdEdit(organization.document, policy.name, pushed.policyId);
    return edit === undefined ? [] : [{ range: rangeOf(organization.document, edit), newText: edit.newText }];
  });
}

import type { AttachmentResultView, PushReportView } from '../../protocol.ts';
import type { OrganizationsApi } from '../api.ts';
import type { Call, RemoteHost } from '../host.ts';
import { compareReport } from '../push/reportComparison.ts';
import { effectiveTimes, waitUntilEffective, type Settled } from '../push/settle.ts';
import { Refusal } from '../refusal.ts';
import { policyOf } from '../writes/attempt.ts';
import type { Journal } from '../writes/journal.ts';
import { operationView } from '../writes/operationView.ts';
import { performWrites } from '../writes/performWrites.ts';
import { requireOrganization } from '../writes/requireOrganization.ts';
import { holds, isText, type WriteResult } from '../writes/write.ts';
import type { PreparedAttachment } from './prepareAttachment.ts';

/** What execution works with. */
export interface ExecutionContext {
  readonly api: OrganizationsApi;
  readonly host: Pick<RemoteHost, 'clock'>;
  readonly journal: Journal;
}

/**
 * Makes a prepared change as it was shown: another organization or another content of the policy than was read is a
 * `Refusal`. Then waits until the effective policies of some accounts are made anew and compares AWS's validation report
 * with ours; cancelling that is no failure.
 */
export async function executeAttachment({ api, host, journal }: ExecutionContext, prepared: PreparedAttachment, call: Call): Promise<AttachmentResultView> {
  const { operation, policy, samples } = prepared;
  call.report('Looking whether AWS is as it was shown', 0);
  await requireOrganization(api, operation.organizationId, call);
  const now = await policyOf(api, policy.id, call.signal);
  if (now === undefined || !isText(now, policy)) throw new Refusal(`Somebody else has changed or deleted policy "${policy.name}" in AWS after the impact was shown, so nothing was changed.`, 'Start again to see what accounts would get now.');
  const times = await effectiveTimes(api, samples.flatMap((account) => account.id ?? []), call.signal);
  const outcome = await performWrites(api, journal, operation, call);
  const changed = outcome.results.some((result) => result.type === 'done' || result.type === 'unknown');
  const settled: Settled | undefined = !changed || times.size === 0 ? undefined : await waitUntilEffective(api, times, host, call);
  return {
    outcome: operationView(operation, outcome),
    effective: settled?.outcome ?? (!changed || samples.length > 0 ? 'unknown' : 'notAttached'),
    reports: await reportsOf(api, prepared, settled, call),
    targets: targetsThatHold(prepared, outcome.results),
  };
}

async function reportsOf(api: OrganizationsApi, { after, model, samples }: PreparedAttachment, settled: Settled | undefined, call: Call): Promise<readonly PushReportView[]> {
  const organization = after?.organizations.get(model);
  if (after === undefined || organization === undefined || settled === undefined || settled.outcome === 'cancelled') return [];
  call.report('Comparing AWS\'s validation report with ours');
  const reports: PushReportView[] = [];
  for (const sample of samples) {
    const account = organization.byId.get(sample.id ?? '');
    if (account === undefined || call.signal.aborted) continue;
    const report = await compareReport(api, after, organization, account, settled.accounts.has(account.id ?? ''), call.signal);
    if (report !== undefined) reports.push(report);
  }
  return reports;
}

/** A target follows when all its writes hold; one without writes held before. */
function targetsThatHold({ targets }: PreparedAttachment, results: readonly WriteResult[]): readonly string[] {
  const keys: string[] = [];
  let from = 0;
  for (const { target, writes } of targets) {
    if (results.slice(from, from + writes.length).every(holds)) keys.push(target.entity.key);
    from += writes.length;
  }
  return keys;
}

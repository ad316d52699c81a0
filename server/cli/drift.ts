import type { DriftAccounts } from '../protocol.ts';
import { driftReport } from '../organizations/drift/driftReport.ts';
import { defaultSample, readDrift } from '../organizations/drift/readDrift.ts';
import { driftCost } from '../organizations/drift/sampling.ts';
import { createAccess } from '../organizations/connection/access.ts';
import type { AwsArguments } from './awsArguments.ts';
import { commandHost, interruption } from './commandHost.ts';
import { driftFormats, type DriftFormat } from './driftFormats.ts';
import { InputError } from './inputError.ts';
import { loadOrganization, requireTarget, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';

interface DriftOptions {
  readonly organization: string;
  readonly targets: readonly string[];
  readonly sample: string | undefined;
  readonly format: DriftFormat;
  readonly aws: AwsArguments;
}


/**
 * `backup-policy drift`: what differs between the files and AWS; fails for any difference. Says on standard error how
 * many effective policies it asks for and how long that takes, before it asks.
 * @param told takes the sentences for standard error.
 * @throws InputError, Refusal or OrganizationsError.
 */
export async function drift({ organization: file, targets, sample, format, aws }: DriftOptions, told: (sentence: string) => void): Promise<Outcome> {
  const loaded = loadOrganization(file, Date.now());
  const { snapshot, organization } = loaded;
  const accounts = wantedAccounts(targets.map((target) => requireTarget(organization, target).key), sample);
  const host = commandHost(snapshot, aws, 'readOnly');
  const access = createAccess(host);
  const cost = driftCost(snapshot, organization, accounts);
  if (cost.accounts > 0) told(`Asking AWS for the effective policies of ${String(cost.accounts)} account${cost.accounts === 1 ? '' : 's'}, which stand for ${String(cost.standFor)}; this takes at least ${String(cost.seconds)} second${cost.seconds === 1 ? '' : 's'}.`);
  try {
    const reading = await readDrift(await access.reading(), { clock: host.clock, snapshot: () => host.edited() }, { organization: organization.uri, accounts }, { signal: interruption(), report: () => undefined });
    const report = driftReport(snapshot, organization, reading);
    return { status: report.findings.length === 0 ? 0 : 1, output: driftFormats[format](report), warnings: unreadPolicies(loaded) };
  } finally {
    access.close();
  }
}

function wantedAccounts(keys: readonly string[], sample: string | undefined): DriftAccounts {
  if (sample !== undefined && !/^\d{1,5}$/.test(sample)) throw new InputError(`--sample ${sample} is no number of accounts, such as 20; 0 compares no effective policies.`);
  if (keys.length > 0 && sample !== undefined) throw new InputError('--target and --sample exclude each other.');
  return keys.length > 0 ? { type: 'targets', keys } : { type: 'sample', count: sample === undefined ? defaultSample : Number(sample) };
}

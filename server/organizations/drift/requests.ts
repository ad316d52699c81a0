import type { DriftFinding, DriftReport, DriftRequests } from '../../protocol.ts';
import type { Access } from '../connection/access.ts';
import type { Call, RemoteHost } from '../host.ts';
import { Refusal } from '../refusal.ts';
import { attachmentLists } from './attachmentLists.ts';
import { driftCase } from './driftCase.ts';
import { driftReport } from './driftReport.ts';
import type { DriftReading } from './reading.ts';
import { modelOf, readDrift } from './readDrift.ts';
import { driftCost } from './sampling.ts';
import { takeAws } from './takeAws.ts';

interface Context {
  readonly host: RemoteHost;
  readonly access: Access;
}

interface KeptReading {
  readonly reading: DriftReading;
  /** Where it was read: another connection is another organization. */
  readonly place: string;
}

/** What was read last of each model's organization, for as long as the connection's owner lives. */
const readings = new WeakMap<Access, Map<string, KeptReading>>();

function kept({ access }: Context, organization: string): DriftReading | undefined {
  const known = readings.get(access)?.get(organization);
  return known?.place === JSON.stringify(access.place) ? known.reading : undefined;
}

function required(context: Context, organization: string): DriftReading {
  const reading = kept(context, organization);
  if (reading === undefined) throw new Refusal('AWS was not read yet, or through another connection.', 'Compare with AWS again.');
  return reading;
}

function reportOf({ host }: Context, organization: string, reading: DriftReading): DriftReport {
  const snapshot = host.edited();
  return driftReport(snapshot, modelOf(snapshot, organization), reading);
}

function findingOf(context: Context, organization: string, id: string): DriftFinding {
  const finding = reportOf(context, organization, required(context, organization)).findings.find((each) => each.id === id);
  if (finding === undefined) throw new Refusal('This difference is gone.', 'Look at the list again.');
  return finding;
}

type Handlers = { readonly [Method in keyof DriftRequests]: (context: Context, params: DriftRequests[Method]['params'], call: Call) => Promise<DriftRequests[Method]['result']> };

/** Answers the requests about drift. Only the first of them asks anything of AWS. */
export const driftHandlers: Handlers = {
  'backupPolicy/aws/drift': async (context, { organization, accounts }, call) => {
    const { host, access } = context;
    const place = JSON.stringify(access.place);
    const reading = await readDrift(await access.reading(), { clock: host.clock, snapshot: () => host.edited() }, { organization, accounts }, call);
    const byOrganization = readings.get(access) ?? new Map<string, KeptReading>();
    readings.set(access, byOrganization.set(organization, { reading, place }));
    return reportOf(context, organization, reading);
  },
  'backupPolicy/aws/driftCost': ({ host }, { organization, accounts }) => {
    const snapshot = host.edited();
    return Promise.resolve(driftCost(snapshot, modelOf(snapshot, organization), accounts));
  },
  'backupPolicy/aws/driftAgain': (context, { organization }) => {
    const reading = kept(context, organization);
    return Promise.resolve(reading === undefined || !context.host.edited().organizations.has(organization) ? null : reportOf(context, organization, reading));
  },
  'backupPolicy/aws/driftEdits': (context, { organization, id }) => {
    const finding = findingOf(context, organization, id);
    const snapshot = context.host.edited();
    const { remote } = required(context, organization);
    return Promise.resolve(takeAws({ snapshot, organization: modelOf(snapshot, organization), remote, previewModelChange: (...change) => context.host.previewModelChange(...change) }, finding));
  },
  'backupPolicy/aws/driftAttachments': (context, { target }) => {
    const { remote } = required(context, target.organization);
    return Promise.resolve(attachmentLists(modelOf(context.host.edited(), target.organization), remote, target.key));
  },
  'backupPolicy/aws/driftCase': (context, { organization, id }) => {
    const finding = findingOf(context, organization, id);
    const snapshot = context.host.edited();
    return Promise.resolve(driftCase(snapshot, modelOf(snapshot, organization), required(context, organization), finding));
  },
};

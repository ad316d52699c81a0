import type { AttachmentChangeParams, AttachmentPlanView, AttachmentResultView, PolicyTypeResultView } from '../../protocol.ts';
import type { Call } from '../host.ts';
import type { RemoteContext } from '../remoteContext.ts';
import { journalOf } from '../writes/journalOf.ts';
import { Plans } from '../writes/plans.ts';
import { enablePolicyType } from './enablePolicyType.ts';
import { executeAttachment } from './executeAttachment.ts';
import { prepareAttachment, type PreparedAttachment } from './prepareAttachment.ts';

const plans = new Plans<PreparedAttachment>();

/** Answers `backupPolicy/aws/prepareAttachment`. */
export async function prepareAttachmentView({ host, access }: RemoteContext, { change }: { readonly change: AttachmentChangeParams }, call: Call): Promise<AttachmentPlanView> {
  const { place } = access;
  const connection = await access.connection(call);
  const prepared = await prepareAttachment({ api: await access.reading(), host, place, connection }, change, call);
  return { ...prepared.view, ref: plans.keep(prepared, place) };
}

/** Answers `backupPolicy/aws/executeAttachment`. */
export async function executeAttachmentView({ host, access }: RemoteContext, { ref }: { readonly ref: number }, call: Call): Promise<AttachmentResultView> {
  const api = await access.writing(call);
  return executeAttachment({ api, host, journal: journalOf(host) }, plans.take(ref, access.place), call);
}

/** Answers `backupPolicy/aws/enablePolicyType`. */
export async function enablePolicyTypeView({ host, access }: RemoteContext, { rootId }: { readonly rootId: string }, call: Call): Promise<PolicyTypeResultView> {
  const api = await access.writing(call);
  const { id: organizationId } = await api.describeOrganization({ signal: call.signal });
  return enablePolicyType({ api, host, journal: journalOf(host) }, organizationId, rootId, call);
}

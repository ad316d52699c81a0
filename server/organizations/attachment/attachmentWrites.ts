import type { ChangedAttachments } from '../../features/attachmentPlan.ts';
import type { ModelledPolicy, Organization } from '../../model/organization.ts';
import type { PolicySummary } from '../api.ts';
import { Refusal } from '../refusal.ts';
import { planOrder } from '../writes/order.ts';
import type { AttachmentOrder, RemoteWrite } from '../writes/write.ts';

/** Backup policies that AWS allows at one root, OU or account. Source: limits-and-errors §1 [doc]. */
const maximumAttached = 10;

/** A target whose attachments change, with its id and what AWS has attached to it. */
export interface ChangedTarget extends ChangedAttachments {
  readonly id: string;
  readonly remote: readonly PolicySummary[];
}

/** What has to be called at one target. */
export interface TargetWrites {
  readonly target: ChangedTarget;
  readonly writes: readonly RemoteWrite[];
  readonly order?: AttachmentOrder;
  /** What is to be known, in sentences. */
  readonly notes: readonly string[];
}

/**
 * The calls that bring one target in AWS to the order that the model would have. Only the policy of the change comes or
 * goes; peers that only the model or only AWS has stay as they are. AWS does not tell the order of attachment, so the
 * model's is taken. Throws a `Refusal` where ten policies are attached already.
 */
export function targetWrites(organization: Organization, policy: PolicySummary, policyName: string, target: ChangedTarget): TargetWrites {
  const { entity, before, after, remote } = target;
  const idOf = (name: string): string | undefined => (name === policyName ? policy.id : matching(organization.policies.get(name), name, remote)?.id);
  const attached = new Set(remote.map(({ id }) => id));
  const current = before.flatMap((name) => idOf(name) ?? []).filter((id) => attached.has(id));
  // AWS may have the policy where the model does not.
  const here = attached.has(policy.id) && !current.includes(policy.id) ? [...current, policy.id] : current;
  const wanted = after.flatMap((name) => idOf(name) ?? []).filter((id) => id === policy.id || here.includes(id));
  if (!attached.has(policy.id) && wanted.includes(policy.id) && remote.length >= maximumAttached) {
    throw new Refusal(`AWS has ${String(remote.length)} backup policies attached to ${entity.path} and allows no more than ${String(maximumAttached)}: ${remote.map(({ name }) => name).join(', ')}.`, 'Detach one of them first, or attach at a parent or child.');
  }
  const names = new Map([...remote, policy].map(({ id, name }) => [id, name]));
  const at = { targetId: target.id, targetName: entity.path };
  const { writes, moved } = planOrder(here, wanted, at, (id) => names.get(id) ?? id);
  const strangers = remote.filter(({ id }) => id !== policy.id && !here.includes(id));
  const missing = before.filter((name) => name !== policyName && !attached.has(idOf(name) ?? ''));
  return {
    target,
    writes,
    ...(moved.length === 0 ? {} : { order: { ...at, before: here, after: wanted } }),
    notes: [
      ...(moved.length === 0 ? [] : [gapNote(moved.map((id) => names.get(id) ?? id), entity.path)]),
      ...(strangers.length === 0 ? [] : [`AWS has ${list(strangers.map(({ name }) => name))} attached to ${entity.path}, which the model does not list there: the impact does not count ${strangers.length === 1 ? 'it' : 'them'}${moved.length === 0 ? '' : ', and in the order of attachment it comes before what is attached again'}.`]),
      ...(missing.length === 0 ? [] : [`The model attaches ${list(missing)} to ${entity.path}, AWS does not; that stays so.`]),
    ],
  };
}

/** The policy of a model among some of AWS: by the model's id, else by its name. */
export function matching(modelled: ModelledPolicy | undefined, name: string, remote: readonly PolicySummary[]): PolicySummary | undefined {
  return remote.find(({ id }) => id === modelled?.id) ?? remote.find((each) => each.name === name);
}

function gapNote(moved: readonly string[], path: string): string {
  const [only] = moved;
  const what = moved.length === 1 && only !== undefined ? `${only} is` : `${list(moved)} are, one after the other,`;
  return `AWS cannot change the order of attachment: ${what} detached from ${path} and attached again at once. Between the two calls the accounts below lack the policy. If AWS makes an effective policy in this gap, the backup plans of that policy are missing there until the next one, seconds to a minute later.`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

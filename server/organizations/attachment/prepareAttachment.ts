import { attachmentPlan } from '../../features/attachmentPlan.ts';
import { below, type Entity, type Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { AttachmentChangeParams, AttachmentPlanView, ConnectionView } from '../../protocol.ts';
import { complete, type OrganizationsApi, type Policy } from '../api.ts';
import type { CommandPlace } from '../commandLine.ts';
import type { Call, RemoteHost } from '../host.ts';
import { sameJson } from '../push/sameJson.ts';
import { sampleAccounts } from '../push/sampleAccounts.ts';
import { Refusal } from '../refusal.ts';
import { writeCommands } from '../writeCommands.ts';
import { policyNamed, policyOf } from '../writes/attempt.ts';
import { impactOfWrites } from '../writes/impactOfWrites.ts';
import { wordsOf, type RemoteOperation } from '../writes/write.ts';
import { targetWrites, type ChangedTarget, type TargetWrites } from './attachmentWrites.ts';
import { realAccounts } from './realAccounts.ts';

/** What preparing works with. */
export interface AttachmentContext {
  readonly api: OrganizationsApi;
  readonly host: Pick<RemoteHost, 'clock' | 'edited' | 'impact'>;
  readonly place: CommandPlace;
  readonly connection: ConnectionView;
}

/** A change as it was shown, with what its execution is bound to. */
export interface PreparedAttachment {
  readonly view: Omit<AttachmentPlanView, 'ref'>;
  readonly operation: RemoteOperation;
  /** The policy as it was read: the impact rests on its content. */
  readonly policy: Policy;
  readonly targets: readonly TargetWrites[];
  readonly samples: readonly Entity[];
  /** What the files would be with the change and AWS's content of the policy; undefined where nothing is written. */
  readonly after: Snapshot | undefined;
  readonly model: string;
}

/**
 * Reads AWS and says what a change of attachments would do there. Writes nothing. Rejects with `Refusal` or
 * `OrganizationsError`.
 */
export async function prepareAttachment({ api, host, place, connection }: AttachmentContext, change: AttachmentChangeParams, call: Call): Promise<PreparedAttachment> {
  const { signal } = call;
  const organization = host.edited().organizations.get(change.organization);
  if (organization === undefined) throw new Refusal('The model file is gone, so nothing was read from AWS.', 'Open it, or choose another organization.');
  const plan = attachmentPlan(organization, change);
  if (typeof plan === 'string') throw new Refusal(plan, 'Nothing was changed.');
  call.report('Reading the organization', 0);
  const root = (await api.listRoots({ signal }))[0];
  requireSameOrganization(organization, root?.id, connection);
  call.report(`Reading ${plan.policy}`, 20);
  const policy = await policyInAws(api, organization, plan.policy, change, signal);
  const targets: TargetWrites[] = [];
  for (const { entity, before, after } of plan.lists) {
    // The model may be ahead of AWS: only an order that stays is nothing to do there.
    if (before.join('\n') === after.join('\n') && change.type !== 'attach' && change.type !== 'detach') continue;
    call.report(`Reading what is attached to ${entity.path}`, 40);
    const id = idOf(entity);
    const target: ChangedTarget = { entity, before, after, id, remote: await complete(api.listPoliciesForTarget(id, { signal })) };
    targets.push(targetWrites(organization, policy, plan.policy, target));
  }
  // The new place has the policy before the old one loses it.
  if (change.type === 'move') targets.sort((one, other) => Number(attaches(other)) - Number(attaches(one)));
  const writes = targets.flatMap((each) => each.writes);
  const orders = targets.flatMap(({ order }) => order ?? []);
  const operation: RemoteOperation = { title: titleOf(change, plan.policy, targets), organizationId: connection.organizationId, writes, ...(connection.caller === undefined ? {} : { caller: connection.caller.arn }), ...(orders.length === 0 ? {} : { orders }) };
  call.report('Comparing what accounts get', 60);
  const impact = writes.length === 0 ? undefined : impactOfWrites(host, writes, new Map([[plan.policy, policy.content]]));
  const entities = targets.map(({ target }) => target.entity);
  const { accounts, counted, notes } = await countAccounts(api, entities, call);
  const enabled = root?.backupPolicies === 'ENABLED';
  const view: PreparedAttachment['view'] = {
    title: operation.title,
    connection,
    steps: writes.map(wordsOf),
    accounts,
    counted,
    impact: impact?.impact ?? { groups: [], accounts: 0 },
    notes: [...differentContent(organization, host.edited(), plan.policy, policy), ...targets.flatMap((each) => each.notes), ...notes, ...(orders.length === 0 ? [] : ['AWS does not tell the order of attachment: the one before is that of the model.'])],
    commands: writeCommands(writes, place).join('\n'),
    ...(enabled || root === undefined || !targets.some(attaches) ? {} : { enableFirst: { rootId: root.id, pending: root.backupPolicies === 'PENDING_ENABLE' } }),
  };
  return { view, operation, policy, targets, samples: sampleAccounts(organization, view.impact, entities), after: impact?.after, model: organization.uri };
}

function attaches({ writes }: TargetWrites): boolean {
  return writes.some(({ type }) => type === 'attachPolicy');
}

function requireSameOrganization({ root }: Organization, rootId: string | undefined, { organizationId }: ConnectionView): void {
  if (root?.id === undefined || root.id === rootId) return;
  throw new Refusal(`The model describes the organization with the root ${root.id}, and the connection leads to organization ${organizationId} with the root ${rootId ?? 'unknown'}.`, 'Choose the profile of the organization that the model describes, or import this one.');
}

function idOf({ id, path }: Entity): string {
  if (id === undefined) throw new Refusal(`The model has no id for ${path}, so AWS cannot be asked about it.`, 'Add its "id" to the model file, or import the organization from AWS.');
  return id;
}

async function policyInAws(api: OrganizationsApi, { policies }: Organization, name: string, change: AttachmentChangeParams, signal: AbortSignal): Promise<Policy> {
  const modelled = policies.get(name);
  const known = modelled?.id === undefined ? undefined : await policyOf(api, modelled.id, signal);
  const found = known ?? (await policyNamed(api, name, signal));
  if (found !== undefined) return found;
  const uri = modelled?.uri ?? (change.policy.includes(':') ? change.policy : undefined);
  if (change.type !== 'attach') throw new Refusal(`AWS has no policy "${name}", so there is nothing to change there.`, 'Change the model alone.');
  throw new Refusal(`AWS has no policy "${name}" yet, so it cannot be attached there.`, 'Push the policy first, then attach it.', uri === undefined ? [] : [{ type: 'command', title: 'Push Policy', command: 'awsBackupPolicy.pushPolicy', arguments: [uri] }]);
}

function titleOf({ type }: AttachmentChangeParams, policy: string, targets: readonly TargetWrites[]): string {
  const [one, other] = targets.map(({ target }) => target.entity.path);
  const where = targets.length === 1 ? (one ?? '') : `${String(targets.length)} targets`;
  switch (type) {
    case 'attach':
      return `Attach ${policy} to ${where}`;
    case 'detach':
      return `Detach ${policy} from ${where}`;
    case 'reorder':
      return `Change the order of attachment at ${where}`;
    case 'move':
      return `Move ${policy} from ${other ?? ''} to ${one ?? ''}`;
  }
}

/** AWS's accounts where they can be read in some seconds, and how they differ from the model's. */
async function countAccounts(api: OrganizationsApi, entities: readonly Entity[], call: Call): Promise<{ readonly accounts: number; readonly counted: boolean; readonly notes: readonly string[] }> {
  const modelled = new Map(entities.flatMap((entity) => [...below(entity)]).filter(({ kind }) => kind === 'account').map((account) => [account.id ?? account.path, account]));
  const real = new Set<string>();
  for (const entity of entities) {
    call.report(`Counting the accounts below ${entity.path}`, 80);
    const found = await realAccounts(api, entity, call.signal);
    if (found === undefined) return { accounts: modelled.size, counted: false, notes: [`The ${String(modelled.size)} accounts are those of the model; AWS was not asked for all of them.`] };
    for (const id of found) real.add(id);
  }
  const strangers = [...real].filter((id) => !modelled.has(id));
  const gone = [...modelled.values()].filter(({ id }) => id === undefined || !real.has(id));
  return {
    accounts: real.size,
    counted: true,
    notes: [
      ...(strangers.length === 0 ? [] : [`AWS has ${String(strangers.length)} accounts there that the model does not have (${named(strangers)}): they get the change, too, and the impact does not count them.`]),
      ...(gone.length === 0 ? [] : [`The model has ${String(gone.length)} accounts there that AWS does not have (${named(gone.map(({ path }) => path))}).`]),
    ],
  };
}

function named(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more` : names.join(', ');
}

function differentContent({ policies }: Organization, files: Snapshot, name: string, policy: Policy): readonly string[] {
  const uri = policies.get(name)?.uri;
  const text = uri === undefined ? undefined : files.policies.get(uri)?.document.text;
  if (text === undefined || sameJson(text, policy.content)) return [];
  return [`AWS has another content of ${name} than the file. The impact is that of AWS's content; push the file first if that is what accounts shall get.`];
}

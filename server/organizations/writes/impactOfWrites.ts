import { attachmentPlan, type AttachmentChange } from '../../features/attachmentPlan.ts';
import { editedText } from '../../features/modelEdits.ts';
import type { ModelledPolicy, Organization } from '../../model/organization.ts';
import { LevelCache } from '../../model/levels.ts';
import { applyChanges, type FileChange, type Snapshot } from '../../model/snapshot.ts';
import type { ImpactView } from '../../protocol.ts';
import type { RemoteHost } from '../host.ts';
import { isPolicyWrite, updated, type RemoteWrite } from './write.ts';

/** What writes mean for accounts. `unfollowed` are the changes that the model cannot follow: policies or targets that it does not have. */
export interface WritesImpact {
  readonly impact: ImpactView;
  /** The files with the writes made. */
  readonly after: Snapshot;
  readonly unfollowed: readonly RemoteWrite[];
}

/**
 * What accounts get by some writes, by a model's tree: policies are known by their id or name, targets by their id.
 * `remote` is what AWS holds of policies by name, where it was read; the files' own texts count for the others.
 * Undefined when no model knows anything of it.
 */
export function impactOfWrites(host: Pick<RemoteHost, 'edited' | 'impact'>, writes: readonly RemoteWrite[], remote: ReadonlyMap<string, string> = new Map()): WritesImpact | undefined {
  const edited = host.edited();
  const organization = organizationOf(edited, writes);
  if (organization === undefined) return undefined;
  const contents = [...organization.policies.values()].flatMap(({ name, uri }): readonly FileChange[] => {
    const text = remote.get(name);
    return uri === undefined || text === undefined ? [] : [{ type: 'policy', uri, text }];
  });
  const base = contents.length === 0 ? edited : applyChanges(edited, edited.at, contents);
  const take = (from: Snapshot, write: RemoteWrite): Snapshot => taken(from, organization.uri, write) ?? from;
  // Where the model is ahead of AWS, the state before is that of AWS.
  const before: Snapshot = { ...firstOf(writes).map(inverted).reduce(take, base), levels: new LevelCache() };
  const after: Snapshot = { ...writes.reduce(take, before), levels: new LevelCache() };
  return { impact: host.impact(before, after), after, unfollowed: writes.filter((write) => taken(base, organization.uri, write) === undefined) };
}

/** The model that knows the most of the targets, else of the policies. */
function organizationOf({ organizations }: Snapshot, writes: readonly RemoteWrite[]): Organization | undefined {
  const score = (organization: Organization): number =>
    writes.reduce((sum, write) => sum + ('targetId' in write && organization.byId.has(write.targetId) ? 2 : 0) + (policyOf(organization, write) === undefined ? 0 : 1), 0);
  const scored = [...organizations.values()].map((organization) => ({ organization, score: score(organization) })).filter((each) => each.score > 0);
  return scored.sort((one, other) => other.score - one.score)[0]?.organization;
}

/** The policy of the model that a write is about. */
function policyOf({ policies }: Organization, write: RemoteWrite): ModelledPolicy | undefined {
  if (!isPolicyWrite(write)) return undefined;
  const id = 'policyId' in write && typeof write.policyId === 'string' ? write.policyId : undefined;
  const names = write.type === 'createPolicy' ? [write.name] : write.type === 'updatePolicy' ? [write.name, write.before.name, write.after.name] : write.type === 'deletePolicy' ? [write.before.name] : [write.policyName];
  for (const policy of policies.values()) if (id !== undefined && policy.id === id) return policy;
  return names.flatMap((name) => policies.get(name) ?? [])[0];
}

/** The first write of each policy or attachment: it tells what AWS holds before. */
function firstOf(writes: readonly RemoteWrite[]): readonly RemoteWrite[] {
  const first = new Map<string, RemoteWrite>();
  for (const write of writes) {
    const key = JSON.stringify(['policyId' in write ? write.policyId : '', 'targetId' in write ? write.targetId : '']);
    if (!first.has(key)) first.set(key, write);
  }
  return [...first.values()];
}

function inverted(write: RemoteWrite): RemoteWrite {
  switch (write.type) {
    case 'updatePolicy':
      return { ...write, before: updated(write.before, write.after), after: write.before };
    case 'attachPolicy':
      return { ...write, type: 'detachPolicy' };
    case 'detachPolicy':
      return { ...write, type: 'attachPolicy' };
    default:
      return write;
  }
}

/** The files after a write; undefined when the model does not know what it is about. */
function taken(files: Snapshot, model: string, write: RemoteWrite): Snapshot | undefined {
  if (write.type === 'createPolicy' || write.type === 'deletePolicy') return files;
  const organization = files.organizations.get(model);
  const policy = organization === undefined ? undefined : policyOf(organization, write);
  if (organization === undefined || policy === undefined) return undefined;
  if (write.type === 'updatePolicy') return policy.uri === undefined ? undefined : applyChanges(files, files.at, [{ type: 'policy', uri: policy.uri, text: write.after.content }]);
  if ((write.type !== 'attachPolicy' && write.type !== 'detachPolicy') || !organization.byId.has(write.targetId)) return undefined;
  const change: AttachmentChange = { type: write.type === 'attachPolicy' ? 'attach' : 'detach', organization: model, policy: policy.name, targets: [write.targetId] };
  const plan = attachmentPlan(organization, change);
  if (typeof plan === 'string') return undefined;
  return plan.edits.length === 0 ? files : applyChanges(files, files.at, [{ type: 'organization', uri: model, text: editedText(organization.document, plan.edits) }]);
}

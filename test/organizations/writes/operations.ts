import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { complete, type OrganizationsApi, type Policy } from '../../../server/organizations/api.ts';
import { newOrganization } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage, type Storage } from '../../../server/organizations/embedded/storage.ts';
import { fileJournal } from '../../../server/organizations/writes/fileJournal.ts';
import type { Journal } from '../../../server/organizations/writes/journal.ts';
import type { WriteCall } from '../../../server/organizations/writes/performWrites.ts';
import type { OperationOutcome, PolicyText, RemoteOperation, RemoteWrite } from '../../../server/organizations/writes/write.ts';
import { onTheWire, type OnTheWire } from '../backends.ts';
import { policyText } from '../contract.ts';
import type { AwsOptions } from '../../../server/organizations/awsConfig.ts';

/** An organization on the wire with the type enabled, one OU, and a journal in a folder. */
export interface Written extends OnTheWire {
  /** What the organization behind the wire holds. */
  readonly storage: Storage;
  readonly journal: Journal;
  /** Where the journal is. */
  readonly folder: string;
  readonly organizationId: string;
  readonly root: string;
  readonly unit: string;
}

/** Opens an organization to write to. */
export async function openWritten(aws: AwsOptions = {}): Promise<Written> {
  const storage = memoryStorage(newOrganization());
  const opened = await onTheWire({ storage }, aws);
  const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
  const root = (await opened.api.listRoots())[0]?.id ?? '';
  await opened.api.enablePolicyType(root);
  opened.settle();
  const { OrganizationalUnit } = await opened.arrange('CreateOrganizationalUnit', { ParentId: root, Name: 'Production' });
  const { id: organizationId } = await opened.api.describeOrganization();
  return {
    ...opened,
    storage,
    folder,
    journal: fileJournal(folder, () => opened.clock.now()),
    organizationId,
    root,
    unit: (OrganizationalUnit as { readonly Id: string }).Id,
    close: async () => {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A policy in AWS, told apart by its plan. */
export function text(plan: string, name = 'Daily', description = 'Backs up every night'): PolicyText {
  return { name, description, content: policyText(plan) };
}

/** Creates a policy and attaches it to targets, outside of any journal. */
export async function given(opened: Written, policy: PolicyText, ...targets: readonly string[]): Promise<Policy> {
  const made = await opened.api.createPolicy(policy);
  for (const targetId of targets) await opened.api.attachPolicy({ policyId: made.id, targetId });
  return made;
}

/** An update of a policy to another plan. */
export function update(policy: Policy, after: PolicyText): RemoteWrite {
  const { name, description, content } = policy;
  return { type: 'updatePolicy', policyId: policy.id, name, before: { name, description, content }, after };
}

/** An operation of some writes. */
export function operation(opened: Written, ...writes: readonly RemoteWrite[]): RemoteOperation {
  return { title: 'Push Daily', organizationId: opened.organizationId, writes };
}

/** A call that nobody cancels. */
export const patiently: WriteCall = { signal: new AbortController().signal, report: () => undefined };

/** What became of each write, in a word or two. */
export function told({ results }: Pick<OperationOutcome, 'results'>): readonly string[] {
  return results.map((result) => {
    if (result.type !== 'notDone') return result.type;
    return result.why.type === 'failure' ? `notDone ${result.why.error.failure.kind}` : `notDone ${result.why.type}`;
  });
}

/** All that AWS holds of policies: names, plans and targets. */
export async function held(api: OrganizationsApi): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { id } of await complete(api.listPolicies())) {
    const policy = await api.describePolicy(id);
    const plan = /"plans": \{\s*"(\w+)"/.exec(policy.content)?.[1] ?? '';
    const targets = (await complete(api.listTargetsForPolicy(id))).map(({ name }) => name).sort();
    lines.push(`${policy.name}: ${plan} at ${targets.join(', ')}`);
  }
  return lines.sort();
}

/** The ids of the policies attached to a target in the order of attachment, which only the organization behind the wire knows. */
export async function attachedOrder(opened: Written, targetId: string): Promise<readonly string[]> {
  const stored = await opened.storage.load();
  return stored?.state.attachments[targetId] ?? [];
}

import { systemClock } from '../../../server/organizations/clock.ts';
import { embeddedFromModel } from '../../../server/organizations/connection/embeddedFromModel.ts';
import { EmbeddedOrganization } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { writes } from '../../../server/organizations/rates.ts';
import { sampleSnapshot } from '../../organizations/connection/sampleSnapshot.ts';
import { startStub } from '../../organizations/stub.ts';

/** An organization behind HTTP on this machine, and what a colleague sees and does there, past the extension. */
export interface Wire {
  readonly endpoint: string;
  readonly organizationId: string;
  /** The operations that were asked for so far, in order. */
  sent(): readonly string[];
  /** Those of them that change something. */
  sentWrites(): readonly string[];
  contentOf(name: string): Promise<string | undefined>;
  /** The names of the policies attached to a root, OU or account, in order. */
  attachedTo(id: string): Promise<readonly (string | undefined)[]>;
  change(name: string, content: string): Promise<void>;
  detach(name: string, targetId: string): Promise<void>;
  /** Disables backup policies, which detaches all of them. */
  disablePolicyType(): Promise<void>;
  /** Attaches again what was attached at the start. */
  attachAsAtTheStart(): Promise<void>;
  close(): Promise<void>;
}

/** Least and most milliseconds until a change has reached the accounts. */
const propagation: readonly [number, number] = [200, 600];

/** Starts an organization that has what the sample says. @param samples its folder. */
export async function startWire(samples: string, organizationId: string): Promise<Wire> {
  const initial: EmbeddedState = { ...embeddedFromModel(...sampleSnapshot(samples)).state, organizationId };
  const { root } = initial;
  const attachments = structuredClone(initial.attachments);
  const storage = memoryStorage(initial);
  const organization = new EmbeddedOrganization({ storage, clock: systemClock, propagation });
  const stub = await startStub(organization);
  const state = async (): Promise<EmbeddedState> => (await storage.load())?.state ?? initial;
  const policyOf = async (name: string): Promise<EmbeddedState['policies'][number] | undefined> => (await state()).policies.find((each) => each.name === name);
  const sent = (): readonly string[] => stub.requests.map(({ operation }) => operation);
  return {
    endpoint: stub.endpoint,
    organizationId,
    sent,
    sentWrites: () => sent().filter((operation) => writes.has(operation)),
    contentOf: async (name) => (await policyOf(name))?.content,
    attachedTo: async (id) => {
      const { attachments: now, policies } = await state();
      return (now[id] ?? []).map((policyId) => policies.find((each) => each.id === policyId)?.name);
    },
    change: async (name, Content) => {
      await organization.call('UpdatePolicy', { PolicyId: (await policyOf(name))?.id, Content });
    },
    detach: async (name, TargetId) => {
      await organization.call('DetachPolicy', { PolicyId: (await policyOf(name))?.id, TargetId });
    },
    disablePolicyType: async () => {
      await organization.call('DisablePolicyType', { RootId: root.id, PolicyType: 'BACKUP_POLICY' });
    },
    attachAsAtTheStart: async () => {
      for (const [TargetId, policies] of Object.entries(attachments)) {
        for (const PolicyId of policies) {
          if ((await state()).attachments[TargetId]?.includes(PolicyId) !== true) await organization.call('AttachPolicy', { PolicyId, TargetId });
        }
      }
    },
    close: () => stub.close(),
  };
}

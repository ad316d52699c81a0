import { complete, type OrganizationsApi, type Policy } from '../../../server/organizations/api.ts';
import type { Journal } from '../../../server/organizations/writes/journal.ts';
import { planOrder } from '../../../server/organizations/writes/order.ts';
import { performWrites, type WriteCall } from '../../../server/organizations/writes/performWrites.ts';
import { performUndo, planUndo } from '../../../server/organizations/writes/undo.ts';
import type { OperationOutcome, PolicyText, RemoteOperation, RemoteWrite } from '../../../server/organizations/writes/write.ts';
import { policyNamed } from '../../../server/organizations/writes/attempt.ts';
import { policyText } from '../contract.ts';

/** What an operation is carried out with. */
export interface Place {
  readonly api: OrganizationsApi;
  readonly journal: Journal;
  readonly organizationId: string;
  readonly unit: string;
}

/** Something that changes an organization, with what is there before and what a colleague could do meanwhile. */
export interface Scenario {
  arrange(place: Place): Promise<void>;
  /** Carries it out; `api` reads what it is about. */
  run(place: Place): Promise<Told>;
  colleague(inside: OrganizationsApi, unit: string): Promise<void>;
  /** What a colleague's change leaves, as a line of the state. */
  readonly theirs: string;
}

/** What is told of a run: one result for each write, or obstacles for which nothing was begun. */
export type Told = Pick<OperationOutcome, 'results' | 'complete'>;

/** A call that nobody cancels. */
export const patiently = (): WriteCall => ({ signal: new AbortController().signal, report: () => undefined });

const text = (name: string, plan: string): PolicyText => ({ name, description: 'Backs up', content: policyText(plan) });

async function named(api: OrganizationsApi, name: string): Promise<Policy> {
  const policy = await policyNamed(api, name);
  if (policy === undefined) throw new Error(`There is no policy ${name}.`);
  return policy;
}

async function given({ api, unit }: Place, name: string, plan: string): Promise<void> {
  const { id } = await api.createPolicy(text(name, plan));
  await api.attachPolicy({ policyId: id, targetId: unit });
}

function perform({ api, journal, organizationId }: Place, writes: readonly RemoteWrite[], more: Partial<RemoteOperation> = {}): Promise<OperationOutcome> {
  return performWrites(api, journal, { title: 'Change', organizationId, writes, ...more }, patiently());
}

async function updateTo(place: Place, plan: string): Promise<OperationOutcome> {
  const policy = await named(place.api, 'Daily');
  const { name, description, content } = policy;
  // What is to be changed was read when the impact was shown.
  return perform(place, [{ type: 'updatePolicy', policyId: policy.id, name, before: { name, description, content: content === policyText(plan) ? content : policyText('daily') }, after: text('Daily', plan) }]);
}

const servicePrincipal = 'backup.amazonaws.com';

const target = (unit: string): { targetId: string; targetName: string } => ({ targetId: unit, targetName: 'Production' });

const createAndAttach = (place: Place): Promise<OperationOutcome> =>
  perform(place, [{ type: 'createPolicy', ...text('New', 'hourly') }, { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'New', ...target(place.unit) }]);

async function stranger(inside: OrganizationsApi, unit: string): Promise<void> {
  const { id } = await inside.createPolicy(text('Stranger', 'theirs'));
  await inside.attachPolicy({ policyId: id, targetId: unit });
}

async function reworked(inside: OrganizationsApi, name: string): Promise<void> {
  const policy = await policyNamed(inside, name);
  if (policy !== undefined) await inside.updatePolicy({ policyId: policy.id, content: policyText('theirs') });
}

/** Everything that changes an organization. */
export const scenarios = {
  update: {
    arrange: (place) => given(place, 'Daily', 'daily'),
    run: (place) => updateTo(place, 'weekly'),
    colleague: (inside) => reworked(inside, 'Daily'),
    theirs: 'Daily: theirs',
  },
  'create and attach': {
    arrange: () => Promise.resolve(),
    run: createAndAttach,
    colleague: (inside, unit) => stranger(inside, unit),
    theirs: 'Stranger: theirs',
  },
  detach: {
    arrange: async (place) => {
      await given(place, 'Daily', 'daily');
      await given(place, 'Weekly', 'weekly');
    },
    run: async (place) => {
      const { id } = await named(place.api, 'Daily');
      return perform(place, [{ type: 'detachPolicy', policyId: id, policyName: 'Daily', ...target(place.unit) }]);
    },
    colleague: (inside, unit) => stranger(inside, unit),
    theirs: 'Stranger: theirs',
  },
  reorder: {
    arrange: async (place) => {
      for (const name of ['First', 'Second', 'Third']) await given(place, name, name.toLowerCase());
    },
    run: async (place) => {
      const attached = new Map((await complete(place.api.listPoliciesForTarget(place.unit))).map(({ name, id }) => [name, id]));
      const before = ['First', 'Second', 'Third'].map((name) => attached.get(name) ?? '');
      const [first = '', second = '', third = ''] = before;
      const after = [third, first, second];
      const names = new Map([[first, 'First'], [second, 'Second'], [third, 'Third']]);
      const { writes } = planOrder(before, after, target(place.unit), (id) => names.get(id) ?? id);
      return perform(place, writes, { orders: [{ ...target(place.unit), before, after }] });
    },
    colleague: (inside, unit) => stranger(inside, unit),
    theirs: 'Stranger: theirs',
  },
  'set-up': {
    arrange: () => Promise.resolve(),
    run: async (place) => {
      const { managementAccountId } = await place.api.describeOrganization();
      const accountId = (await complete(place.api.listAccounts())).find(({ id }) => id !== managementAccountId)?.id ?? '';
      return perform(place, [{ type: 'enableTrustedAccess', servicePrincipal }, { type: 'registerDelegatedAdministrator', accountId, servicePrincipal }]);
    },
    colleague: (inside, unit) => stranger(inside, unit),
    theirs: 'Stranger: theirs',
  },
  undo: {
    arrange: async (place) => {
      await given(place, 'Daily', 'daily');
      await perform(place, [
        { type: 'createPolicy', ...text('New', 'hourly') },
        { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'New', ...target(place.unit) },
        { type: 'updatePolicy', policyId: (await named(place.api, 'Daily')).id, name: 'Daily', before: text('Daily', 'daily'), after: text('Daily', 'weekly') },
      ]);
    },
    run: async ({ api, journal, organizationId }) => {
      const plan = await planUndo(api, journal, organizationId, undefined, patiently().signal);
      if (plan === undefined) return { results: [], complete: true };
      if (plan.obstacles.length > 0) return { results: [], complete: false };
      return performUndo(api, journal, plan, patiently());
    },
    colleague: (inside) => reworked(inside, 'Daily'),
    theirs: 'Daily: theirs',
  },
} as const satisfies Readonly<Record<string, Scenario>>;

/** One of {@link scenarios}. */
export type ScenarioName = keyof typeof scenarios;

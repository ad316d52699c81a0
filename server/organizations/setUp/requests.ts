import type { MemberAccountView, RemoteOutcomeView, SetUpChange, SetUpConfirmation, SetUpRequests, SetUpView } from '../../protocol.ts';
import { complete, type OrganizationsApi } from '../api.ts';
import type { ExecutionContext } from '../attachment/executeAttachment.ts';
import { enablePolicyType } from '../attachment/enablePolicyType.ts';
import { awsCommandLine } from '../commandLine.ts';
import type { Access } from '../connection/access.ts';
import { OrganizationsError } from '../errors.ts';
import type { Call } from '../host.ts';
import { becomesPolicyType } from '../policyTypeStatus.ts';
import { Refusal } from '../refusal.ts';
import type { RemoteContext } from '../remoteContext.ts';
import type { ServicesApi } from '../services.ts';
import { journalOf } from '../writes/journalOf.ts';
import { operationView } from '../writes/operationView.ts';
import { performWrites } from '../writes/performWrites.ts';
import { Plans, requireSamePlace, type PlanPlace } from '../writes/plans.ts';
import { requireOrganization } from '../writes/requireOrganization.ts';
import type { WriteApi } from '../writes/setUpWrite.ts';
import type { RemoteOperation } from '../writes/write.ts';
import { begunWords, changeCommand, changeTitle, confirmationOf, doneWords, writeOf, type ChangeFacts } from './changes.ts';
import { delegationPolicyFor } from './delegationPolicy.ts';
import { readSetUp } from './readings.ts';
import { setUpRows } from './rows.ts';

type Handlers = { readonly [Method in keyof SetUpRequests]: (context: RemoteContext, params: SetUpRequests[Method]['params'], call: Call) => Promise<SetUpRequests[Method]['result']> };

/** Reads every step. */
async function setUp({ access }: RemoteContext, call: Call): Promise<SetUpView> {
  const readings = await readSetUp(await access.reading(), await access.services(), call);
  return { rows: setUpRows(readings, access.place) };
}

/** How many policies are asked for their targets before somebody is told what disabling the type loses. */
const asked = 20;

async function factsOf(api: OrganizationsApi, change: SetUpChange, call: Call): Promise<ChangeFacts> {
  if (change.type !== 'disablePolicyType') return {};
  call.report('Counting what is attached');
  const policies = await complete(api.listPolicies({ signal: call.signal }));
  let count = 0;
  for (const { id } of policies.slice(0, asked)) count += (await complete(api.listTargetsForPolicy(id, { signal: call.signal }))).length;
  return { attachments: { count, atLeast: policies.length > asked } };
}

/** A change that waits for its confirmation. */
interface PlannedChange {
  readonly change: SetUpChange;
  readonly organizationId: string;
  /** ARN of who calls, where it is known. */
  readonly caller: string | undefined;
}

const plans = new Plans<PlannedChange>();

async function prepare({ access }: RemoteContext, change: SetUpChange, call: Call): Promise<SetUpConfirmation> {
  const api = await access.writing(call);
  const { place } = access;
  const facts = await factsOf(api, change, call);
  const connection = await access.connection(call);
  return { ...confirmationOf(change, facts, connection), ref: plans.keep({ change, organizationId: connection.organizationId, caller: connection.caller?.arn }, place) };
}

/** Makes a change as it was confirmed and says what came of it; rejects where AWS does not hold what was wanted. */
async function make({ access, host }: RemoteContext, ref: number, call: Call): Promise<string> {
  const api = await access.writing(call);
  const { place } = access;
  const { change, organizationId, caller } = plans.take(ref, place);
  const journal = journalOf(host, caller);
  await requireOrganization(api, organizationId, call);
  call.report('Changing the set-up');
  if (change.type === 'enablePolicyType' || change.type === 'disablePolicyType') return changePolicyType({ api, host, journal }, change, organizationId, call);
  const write = writeOf(change);
  // Opened before anything is begun, so that a refusal leaves nothing open.
  const services = write.type === 'updateGlobalSettings' ? await servicesOf(access, place, call) : undefined;
  const writing: WriteApi = services === undefined ? api : { ...api, globalSettings: () => Promise.resolve(services) };
  const operation: RemoteOperation = { title: changeTitle(change), organizationId, writes: [write] };
  requireDone(operationView(operation, await performWrites(writing, journal, operation, call)));
  host.log('info', `Set-up changed: ${changeCommand(change, access.place)}`);
  return doneWords(change);
}

function requireDone({ failure, complete: isComplete }: RemoteOutcomeView): void {
  if (failure !== undefined) throw new Refusal(failure.message, failure.nextStep, failure.actions);
  if (!isComplete) throw new OrganizationsError({ kind: 'cancelled' }, { operation: 'The change', attempts: 0, mayHaveHappened: false });
}

/** Those of the same connection: another one may have been chosen since. */
async function servicesOf(access: Access, place: PlanPlace, call: Call): Promise<ServicesApi> {
  const services = await access.changingServices(call);
  requireSamePlace(place, access.place);
  return services;
}

type PolicyTypeChange = Extract<SetUpChange, { readonly type: 'enablePolicyType' | 'disablePolicyType' }>;

/** @returns what came of it in a sentence; rejects where AWS does not hold what was wanted. */
async function changePolicyType({ api, host, journal }: ExecutionContext, change: PolicyTypeChange, organizationId: string, call: Call): Promise<string> {
  const { outcome, settled } = change.type === 'enablePolicyType' ? await enable() : await disable();
  requireDone(outcome);
  return settled ? doneWords(change) : begunWords(change);

  async function enable(): Promise<TypeOutcome> {
    const { outcome: made, enabled } = await enablePolicyType({ api, host, journal }, organizationId, change.rootId, call);
    return { outcome: made, settled: enabled };
  }

  async function disable(): Promise<TypeOutcome> {
    const operation: RemoteOperation = { title: 'Disable the policy type BACKUP_POLICY', organizationId, writes: [{ type: 'disablePolicyType', rootId: change.rootId }] };
    const result = await performWrites(api, journal, operation, call);
    return { outcome: operationView(operation, result), settled: result.complete && (await becomesPolicyType(api, change.rootId, 'DISABLED', host.clock, call)) };
  }
}

/** `settled`: AWS says that it is so; the call alone only begins it. */
interface TypeOutcome {
  readonly outcome: RemoteOutcomeView;
  readonly settled: boolean;
}

/** Every account but the management account, which cannot be a delegate, by name. */
async function memberAccounts({ access }: RemoteContext, call: Call): Promise<readonly MemberAccountView[]> {
  const api = await access.reading();
  call.report('Listing accounts');
  const { managementAccountId } = await api.describeOrganization({ signal: call.signal });
  const accounts = await complete(api.listAccounts({ signal: call.signal }));
  return accounts.filter(({ id }) => id !== managementAccountId).map(({ id, name }) => ({ id, name })).sort((one, other) => one.name.localeCompare(other.name));
}

async function delegationPolicy(access: Access, accountId: string, call: Call): Promise<{ readonly content: string; readonly command: string }> {
  const api = await access.reading();
  const options = { signal: call.signal };
  const { id: organizationId, managementAccountId } = await api.describeOrganization(options);
  const [root] = await api.listRoots(options);
  const present = await api.describeResourcePolicy(options);
  const place = { partition: await partitionOf(access, call), organizationId, managementAccountId, rootId: root?.id ?? '*' };
  return { content: delegationPolicyFor(accountId, place, present?.content), command: awsCommandLine('organizations', 'put-resource-policy', { content: { file: 'delegation-policy.json' } }, access.place) };
}

/** As the ARN of the caller says. */
async function partitionOf(access: Access, call: Call): Promise<string> {
  const { arn } = await (await access.services()).getCallerIdentity({ signal: call.signal });
  return arn.split(':')[1] ?? 'aws';
}

/** Answers what the set-up view asks. */
export const setUpHandlers: Handlers = {
  'backupPolicy/aws/setUp': (context, _params, call) => setUp(context, call),
  'backupPolicy/aws/prepareSetUpChange': (context, { change }, call) => prepare(context, change, call),
  'backupPolicy/aws/changeSetUp': async (context, { ref }, call) => ({ message: await make(context, ref, call) }),
  'backupPolicy/aws/memberAccounts': async (context, _params, call) => ({ accounts: await memberAccounts(context, call) }),
  'backupPolicy/aws/delegationPolicy': ({ access }, { accountId }, call) => delegationPolicy(access, accountId, call),
};

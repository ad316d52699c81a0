import type { MemberAccountView, RemoteOutcomeView, SetUpChange, SetUpConfirmation, SetUpRequests, SetUpView } from '../../protocol.ts';
import { complete, type OrganizationsApi } from '../api.ts';
import { enablePolicyType } from '../attachment/enablePolicyType.ts';
import type { Clock } from '../clock.ts';
import { awsCommandLine } from '../commandLine.ts';
import type { Access } from '../connection/access.ts';
import { failureOf } from '../errors.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';
import type { RemoteContext } from '../remoteContext.ts';
import { journalOf } from '../writes/journalOf.ts';
import { operationView } from '../writes/operationView.ts';
import { performWrites } from '../writes/performWrites.ts';
import type { RemoteOperation } from '../writes/write.ts';
import { changeCommand, confirmationOf, doneWords, type ChangeFacts } from './changes.ts';
import { delegationPolicyFor } from './delegationPolicy.ts';
import { backupPrincipal, readSetUp } from './readings.ts';
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

async function prepare({ access }: RemoteContext, change: SetUpChange, call: Call): Promise<SetUpConfirmation> {
  const api = await access.writing(call);
  return confirmationOf(change, await factsOf(api, change, call), await access.connection(call));
}

/** Makes a change. Changes of the policy type are journalled; the others are read again afterwards by whoever shows them. */
async function make(context: RemoteContext, change: SetUpChange, call: Call): Promise<void> {
  const { access, host } = context;
  const api = await access.writing(call);
  const options = { signal: call.signal };
  call.report('Changing the set-up');
  switch (change.type) {
    case 'enablePolicyType':
    case 'disablePolicyType':
      await changePolicyType(context, api, change, call);
      break;
    case 'enableTrustedAccess':
      await api.enableAWSServiceAccess(backupPrincipal, options);
      break;
    case 'disableTrustedAccess':
      await api.disableAWSServiceAccess(backupPrincipal, options);
      break;
    case 'registerDelegatedAdministrator':
      await api.registerDelegatedAdministrator(change.accountId, backupPrincipal, options);
      break;
    case 'deregisterDelegatedAdministrator':
      await api.deregisterDelegatedAdministrator(change.accountId, backupPrincipal, options);
      break;
    case 'enableCrossAccountBackup':
    case 'disableCrossAccountBackup':
      await (await access.changingServices(call)).updateGlobalSettings({ isCrossAccountBackupEnabled: change.type === 'enableCrossAccountBackup' }, options);
      break;
  }
  host.log('info', `Set-up changed: ${changeCommand(change, access.place)}`);
}

async function changePolicyType({ access, host }: RemoteContext, api: OrganizationsApi, { type, rootId }: { readonly type: 'enablePolicyType' | 'disablePolicyType'; readonly rootId: string }, call: Call): Promise<void> {
  const { organizationId } = await access.connection(call);
  const journal = journalOf(host);
  const outcome = type === 'enablePolicyType' ? (await enablePolicyType({ api, host, journal }, organizationId, rootId, call)).outcome : await disable();
  if (outcome.failure !== undefined) throw new Refusal(outcome.failure.message, outcome.failure.nextStep, outcome.failure.actions);

  async function disable(): Promise<RemoteOutcomeView> {
    const operation: RemoteOperation = { title: 'Disable the policy type BACKUP_POLICY', organizationId, writes: [{ type, rootId }] };
    const result = await performWrites(api, journal, operation, call);
    if (result.complete) await untilDisabled(api, rootId, host.clock, call);
    return operationView(operation, result);
  }
}

/** Milliseconds between two questions, and how many are asked. */
const pause = 2000;
const questions = 30;

/** Waits up to a minute until AWS says so: the call alone only begins it. Giving up is no failure. Source: organizations-api §2 [api]. */
async function untilDisabled(api: OrganizationsApi, rootId: string, clock: Clock, call: Call): Promise<void> {
  try {
    for (let count = 0; count < questions; count++) {
      call.report('Waiting until AWS has disabled backup policies', (100 * count) / questions);
      const root = (await api.listRoots({ signal: call.signal })).find(({ id }) => id === rootId);
      if (root?.backupPolicies === 'DISABLED') return;
      await clock.sleep(pause, call.signal);
    }
  } catch (error) {
    if (!call.signal.aborted && failureOf(error) === undefined) throw error;
  }
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
  'backupPolicy/aws/changeSetUp': async (context, { change }, call) => {
    await make(context, change, call);
    return { message: doneWords(change) };
  },
  'backupPolicy/aws/memberAccounts': async (context, _params, call) => ({ accounts: await memberAccounts(context, call) }),
  'backupPolicy/aws/delegationPolicy': ({ access }, { accountId }, call) => delegationPolicy(access, accountId, call),
};

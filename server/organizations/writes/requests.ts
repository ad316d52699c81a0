import type { LeftOpenView, RemoteOutcomeView, UndoPlanView } from '../../protocol.ts';
import type { OrganizationsApi } from '../api.ts';
import type { Access } from '../connection/access.ts';
import type { Call } from '../host.ts';
import { lastKnownFiles } from '../lastKnown.ts';
import { Refusal } from '../refusal.ts';
import type { RemoteContext } from '../remoteContext.ts';
import type { ServicesApi } from '../services.ts';
import { storageFolder } from '../storageFolder.ts';
import { writeCommands } from '../writeCommands.ts';
import { impactOfWrites } from './impactOfWrites.ts';
import { journalOf } from './journalOf.ts';
import { journalText } from './journalText.ts';
import { operationView, textView } from './operationView.ts';
import { Plans, requireSamePlace } from './plans.ts';
import { finishOperation, keepOperation, leftOpen } from './recovery.ts';
import { requireOrganization } from './requireOrganization.ts';
import type { WriteApi } from './setUpWrite.ts';
import { performUndo, planUndo, type UndoObstacle, type UndoPlan } from './undo.ts';
import { holds, isPolicyWrite, updated, wordsOf, type OperationOutcome, type RemoteOperation, type RemoteWrite } from './write.ts';

const plans = new Plans<UndoPlan>();

/** Answers `backupPolicy/aws/planUndo`. */
export async function planUndoView({ host, access }: RemoteContext, { id }: { readonly id?: string }, call: Call): Promise<UndoPlanView | null> {
  const { place } = access;
  const connection = await access.connection(call);
  call.report('Comparing with AWS');
  const found = await planUndo(reading(await access.reading(), access), journalOf(host), connection.organizationId, id, call.signal);
  if (found === undefined) return null;
  const plan: UndoPlan = { ...found, operation: { ...found.operation, ...(connection.caller === undefined ? {} : { caller: connection.caller.arn }) } };
  const { entry, operation, notes, obstacles } = plan;
  const changed = obstacles.find((obstacle) => obstacle.type === 'changed');
  const impact = impactOfWrites(host, operation.writes);
  return {
    plan: plans.keep(plan, place),
    title: entry.operation.title,
    at: entry.at,
    connection,
    steps: operation.writes.map(wordsOf),
    notes: [...notes, ...unfollowedNote(impact?.unfollowed ?? operation.writes)],
    obstacles: obstacles.map(obstacleWords),
    ...(changed === undefined ? {} : { conflict: { policyName: changed.policyName, expected: changed.wrote, wanted: null, remote: changed.remote === undefined ? null : textView(changed.remote) } }),
    ...(impact === undefined ? {} : { impact: impact.impact }),
    commands: writeCommands(operation.writes, place),
  };
}

/** Answers `backupPolicy/aws/undo`. */
export async function undo({ host, access }: RemoteContext, { plan: number }: { readonly plan: number }, call: Call): Promise<RemoteOutcomeView> {
  const api = await access.writing(call);
  const plan = plans.take(number, access.place);
  if (plan.obstacles.length > 0) throw new Refusal(obstacleWords(plan.obstacles[0]), 'Compare the versions and decide which to keep.');
  await requireOrganization(api, plan.operation.organizationId, call);
  const outcome = await performUndo(changing(api, access, call), journalOf(host), plan, call);
  await rememberContents(host, plan.operation, outcome);
  return operationView(plan.operation, outcome);
}

/** Answers `backupPolicy/aws/leftOpen`: without an open entry in the journal nothing is asked. */
export async function leftOpenView({ host, access }: RemoteContext, call: Call): Promise<readonly LeftOpenView[]> {
  const journal = journalOf(host);
  if (!(await journal.hasOpen())) return [];
  const api = await access.reading();
  const { id: organizationId } = await api.describeOrganization({ signal: call.signal });
  return leftOpen(reading(api, access), journal, organizationId, call.signal);
}

/** Answers `backupPolicy/aws/finishOperation`. */
export async function finish({ host, access }: RemoteContext, { id }: { readonly id: string }, call: Call): Promise<RemoteOutcomeView> {
  const api = await access.writing(call);
  const { id: organizationId } = await api.describeOrganization({ signal: call.signal });
  const journal = journalOf(host);
  const operation = (await journal.entries(organizationId)).find((entry) => entry.id === id)?.operation;
  const outcome = await finishOperation(changing(api, access, call), journal, organizationId, id, call);
  if (operation === undefined || outcome === undefined) throw noLongerOpen();
  await rememberContents(host, operation, outcome);
  return operationView(operation, outcome);
}

/** Answers `backupPolicy/aws/keepOperation`. */
export async function keep({ host, access }: RemoteContext, { id }: { readonly id: string }, call: Call): Promise<null> {
  const { organizationId } = await access.connection(call);
  if (!(await keepOperation(journalOf(host), organizationId, id))) throw noLongerOpen();
  return null;
}

/** Answers `backupPolicy/aws/journal`. */
export async function journalView({ host }: RemoteContext): Promise<string> {
  const journal = journalOf(host);
  const organizations = await Promise.all((await journal.organizations()).map(async (organizationId) => ({ organizationId, entries: await journal.entries(organizationId) })));
  return journalText(organizations);
}

/** What AWS holds now is what the next comparison starts from. Without this record the next push only knows less. */
async function rememberContents(host: RemoteContext['host'], { organizationId, writes }: RemoteOperation, { results }: OperationOutcome): Promise<void> {
  const known = lastKnownFiles(storageFolder(host.settings()));
  for (const [index, write] of writes.entries()) {
    if (write.type === 'updatePolicy' && holds(results[index])) await known.put(organizationId, { policyId: write.policyId, ...updated(write.before, write.after) }).catch(() => undefined);
  }
}

function reading(api: OrganizationsApi, access: Access): WriteApi {
  return { ...api, globalSettings: ofSamePlace(access, () => access.services()) };
}

function changing(api: OrganizationsApi, access: Access, call: Call): WriteApi {
  return { ...api, globalSettings: ofSamePlace(access, () => access.changingServices(call)) };
}

/** Another connection may be chosen before AWS Backup is needed. */
function ofSamePlace(access: Access, open: () => Promise<ServicesApi>): () => Promise<ServicesApi> {
  const { place } = access;
  return async () => {
    const services = await open();
    requireSamePlace(place, access.place);
    return services;
  };
}

function noLongerOpen(): Refusal {
  return new Refusal('This operation is no longer open: another window may have finished it or be working at it.', 'Look at the journal.', [{ type: 'command', title: 'Show Journal', command: 'awsBackupPolicy.showJournal', arguments: [] }]);
}

function obstacleWords(obstacle: UndoObstacle | undefined): string {
  if (obstacle === undefined) return '';
  const { policyName } = obstacle;
  if (obstacle.type === 'attachedElsewhere') return `Policy "${policyName}" was created by this operation and would be deleted, but it is attached to ${obstacle.targets.join(', ')} by now.`;
  return obstacle.remote === undefined ? `Policy "${policyName}" is no longer in AWS.` : `Somebody else has changed policy "${policyName}" in AWS since.`;
}

/** What surrounds policies changes no effective policy. */
function unfollowedNote(unfollowed: readonly RemoteWrite[]): readonly string[] {
  const writes = unfollowed.filter(isPolicyWrite);
  return writes.length === 0 ? [] : [`No model knows what this means for accounts: ${writes.map(wordsOf).join(', ')}.`];
}

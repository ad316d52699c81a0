import { complete, type Policy } from '../api.ts';
import { policyOf } from './attempt.ts';
import { inverseOf } from './inverse.ts';
import { isDoubtful, type Journal, type JournalEntry } from './journal.ts';
import { performWrites, type WriteCall } from './performWrites.ts';
import { settleDoubts } from './settleDoubts.ts';
import type { WriteApi } from './setUpWrite.ts';
import { isPolicyWrite, isText, updated, type OperationOutcome, type PolicyText, type RemoteOperation } from './write.ts';

/**
 * Why an operation cannot be taken back as it was made.
 * - `changed`: AWS holds something else than `wrote` by now; `remote` is undefined when the policy is gone.
 * - `attachedElsewhere`: a policy that would be deleted is attached to further targets by now, here by name.
 */
export type UndoObstacle =
  | { readonly type: 'changed'; readonly policyName: string; readonly wrote: PolicyText; readonly remote: Policy | undefined }
  | { readonly type: 'attachedElsewhere'; readonly policyName: string; readonly targets: readonly string[] };

/** What taking back would do. With obstacles it must not be done. */
export interface UndoPlan {
  /** The operation to take back. */
  readonly entry: JournalEntry;
  readonly operation: RemoteOperation;
  /** What cannot be restored, in sentences. */
  readonly notes: readonly string[];
  readonly obstacles: readonly UndoObstacle[];
}

/**
 * The operation that "Undo Last Push" is about: the last one that did something to policies or attachments and was not
 * taken back. A change of the set-up is taken back where it was made, never in passing.
 */
export function lastToUndo(entries: readonly JournalEntry[]): JournalEntry | undefined {
  const undone = new Set(entries.flatMap(({ operation, ended }) => (operation.undoes !== undefined && ended?.ending === 'complete' ? [operation.undoes] : [])));
  return entries.findLast((entry) => {
    if (entry.operation.undoes !== undefined || entry.status === 'running' || entry.ended?.ending === 'takenBack' || undone.has(entry.id)) return false;
    return entry.operation.writes.some((write, index) => {
      const known = entry.writes[index];
      return isPolicyWrite(write) && known !== undefined && (known.result?.type === 'done' || isDoubtful(known));
    });
  });
}

/**
 * Plans to take back an operation: `id`, or without it the last one. Undefined when there is none. Reads AWS and
 * changes nothing. Rejects with `OrganizationsError`.
 */
export async function planUndo(api: WriteApi, journal: Journal, organizationId: string, id: string | undefined, signal: AbortSignal): Promise<UndoPlan | undefined> {
  const entries = await journal.entries(organizationId);
  const found = id === undefined ? lastToUndo(entries) : entries.find((entry) => entry.id === id);
  if (found === undefined || found.status === 'running') return undefined;
  const entry = found.status === 'open' ? await settleDoubts(api, journal, organizationId, found.id, signal) : found;
  if (entry === undefined) return undefined;
  const { operation, notes } = inverseOf(entry);
  return { entry, operation, notes, obstacles: await obstaclesOf(api, operation, signal) };
}

/** Takes an operation back as planned, through the same gate as every change, and closes it in the journal. */
export async function performUndo(api: WriteApi, journal: Journal, { operation }: UndoPlan, call: WriteCall): Promise<OperationOutcome> {
  const outcome = await performWrites(api, journal, operation, call);
  if (outcome.complete) await closeTakenBack(journal, operation);
  return outcome;
}

/** Closes the operation that another one has taken back. */
export async function closeTakenBack(journal: Journal, { organizationId, undoes }: RemoteOperation): Promise<void> {
  if (undoes === undefined) return;
  await (await journal.resume(organizationId, undoes))?.log.close('takenBack');
}

async function obstaclesOf(api: WriteApi, operation: RemoteOperation, signal: AbortSignal): Promise<readonly UndoObstacle[]> {
  const obstacles: UndoObstacle[] = [];
  for (const write of operation.writes) {
    if (write.type !== 'updatePolicy' && write.type !== 'deletePolicy') continue;
    if (typeof write.policyId !== 'string') continue;
    const { policyId } = write;
    const remote = await policyOf(api, policyId, signal);
    // What holds already is passed over when it is made.
    if (write.type === 'updatePolicy' ? remote !== undefined && isText(remote, updated(write.before, write.after)) : remote === undefined) continue;
    if (remote === undefined || !isText(remote, write.before)) {
      obstacles.push({ type: 'changed', policyName: write.before.name, wrote: write.before, remote });
      continue;
    }
    if (write.type === 'updatePolicy') continue;
    const ours = new Set(operation.writes.flatMap((each) => (each.type === 'detachPolicy' && each.policyId === policyId ? [each.targetId] : [])));
    const others = (await complete(api.listTargetsForPolicy(policyId, { signal }))).filter(({ id }) => !ours.has(id));
    if (others.length > 0) obstacles.push({ type: 'attachedElsewhere', policyName: remote.name, targets: others.map(({ name, id }) => `${name} (${id})`) });
  }
  return obstacles;
}

import type { Journal, JournalEntry } from './journal.ts';
import { finishWrites, type WriteCall } from './performWrites.ts';
import { settleDoubts } from './settleDoubts.ts';
import type { WriteApi } from './setUpWrite.ts';
import { closeTakenBack } from './undo.ts';
import { wordsOf, type OperationOutcome } from './write.ts';

/** An operation that was left in the middle: what AWS holds of it and what not, each as words such as `attach A to B`. */
export interface LeftOpen {
  readonly id: string;
  readonly title: string;
  /** Epoch milliseconds UTC. */
  readonly at: number;
  readonly done: readonly string[];
  readonly notDone: readonly string[];
}

/**
 * The operations of an organization that nobody works at and that were not brought to an end, by a crash, a lost network
 * or a conflict. AWS is read for what their journal leaves in doubt. One that was made in full, or of which nothing was
 * made, is closed and not told. Rejects with `OrganizationsError`.
 */
export async function leftOpen(api: WriteApi, journal: Journal, organizationId: string, signal: AbortSignal): Promise<readonly LeftOpen[]> {
  if (!(await journal.hasOpen(organizationId))) return [];
  const open: LeftOpen[] = [];
  for (const { id, status } of await journal.entries(organizationId)) {
    if (status !== 'open') continue;
    const entry = await settleDoubts(api, journal, organizationId, id, signal);
    if (entry === undefined) continue;
    const told = tell(entry);
    if (told.notDone.length > 0 && entry.writes.some(({ result }) => result?.type === 'done')) open.push(told);
    else await closeSettled(journal, entry, told);
  }
  return open;
}

/** Makes what is left of an operation. Undefined when it is no longer open, or somebody works at it. */
export async function finishOperation(api: WriteApi, journal: Journal, organizationId: string, id: string, call: WriteCall): Promise<OperationOutcome | undefined> {
  const entry = (await journal.entries(organizationId)).find((each) => each.id === id);
  const outcome = await finishWrites(api, journal, organizationId, id, call);
  if (outcome?.complete === true && entry !== undefined) await closeTakenBack(journal, entry.operation);
  return outcome;
}

/** Leaves an organization as it is; false when the operation is no longer open, or somebody works at it. */
export async function keepOperation(journal: Journal, organizationId: string, id: string): Promise<boolean> {
  const resumed = await journal.resume(organizationId, id);
  await resumed?.log.close('kept');
  return resumed !== undefined;
}

async function closeSettled(journal: Journal, { operation, id }: JournalEntry, { notDone }: LeftOpen): Promise<void> {
  await (await journal.resume(operation.organizationId, id))?.log.close(notDone.length === 0 ? 'complete' : 'nothing');
  if (notDone.length === 0) await closeTakenBack(journal, operation);
}

function tell({ id, at, operation, writes }: JournalEntry): LeftOpen {
  const done: string[] = [];
  const notDone: string[] = [];
  for (const [index, write] of operation.writes.entries()) {
    const type = writes[index]?.result?.type;
    (type === 'done' || type === 'already' ? done : notDone).push(wordsOf(write));
  }
  return { id, title: operation.title, at, done, notDone };
}

import { OrganizationsError } from '../errors.ts';
import { prepareWrite, type Attempt, type ResolvedWrite } from './attempt.ts';
import { isDoubtful, journalled, type Ending, type Journal, type JournalEntry, type OperationLog } from './journal.ts';
import type { WriteApi } from './setUpWrite.ts';
import { holds, wordsOf, type OperationOutcome, type RemoteOperation, type RemoteWrite, type WriteResult } from './write.ts';

/** Cancelling, and words on the way with a share in percent. */
export interface WriteCall {
  readonly signal: AbortSignal;
  report(message: string, percent?: number): void;
}

/**
 * Makes the writes of an operation one after the other and stops at the first that is not made. Before each one AWS is
 * read: an update or deletion whose policy is not what the operation was planned for is a conflict, and nothing is
 * sent. The intent is on the disk before the call leaves, the result after it. What a lost answer leaves open is
 * decided by reading AWS. Cancelling takes effect between two writes, but not between a detachment and the attachment
 * of the same policy to the same target: there accounts lack the policy. An operation of which something was done, or may
 * have been, but not all, stays open in the journal. Rejects only for errors that no call to AWS gives.
 *
 * AWS has no conditional write: what somebody else writes between the reading and the call, a fraction of a second, is not seen.
 */
export async function performWrites(api: WriteApi, journal: Journal, operation: RemoteOperation, call: WriteCall): Promise<OperationOutcome> {
  let log: OperationLog;
  try {
    log = await journal.begin(operation);
  } catch (error) {
    return { id: undefined, results: stopped(operation, [], notJournalled(error)), complete: false };
  }
  return run(api, log, operation, operation.writes.map(() => ({ begun: false, result: undefined })), call);
}

/** Makes the rest of an open operation. Undefined when it is not open, or when somebody else works at it. */
export async function finishWrites(api: WriteApi, journal: Journal, organizationId: string, id: string, call: WriteCall): Promise<OperationOutcome | undefined> {
  const resumed = await journal.resume(organizationId, id);
  return resumed === undefined ? undefined : run(api, resumed.log, resumed.entry.operation, resumed.entry.writes, call);
}

async function run(api: WriteApi, log: OperationLog, operation: RemoteOperation, known: JournalEntry['writes'], call: WriteCall): Promise<OperationOutcome> {
  const results: WriteResult[] = [];
  let ending: Ending | undefined;
  try {
    for (const [index, write] of operation.writes.entries()) {
      const earlier = known[index];
      const report = (message: string): void => {
        call.report(message, (100 * index) / operation.writes.length);
      };
      const signal = putsBack(write, operation.writes[index - 1], results.at(-1)) ? uncancelled : call.signal;
      const result = doneBefore(earlier) ?? (await one(api, log, index, write, results, earlier !== undefined && isDoubtful(earlier), { signal, report }));
      results.push(result);
      if (!holds(result)) break;
    }
    const complete = results.length === operation.writes.length && results.every(holds);
    const last = results.at(-1);
    const nothing = !results.some((result) => result.type === 'done' || result.type === 'unknown');
    ending = complete ? 'complete' : nothing ? 'nothing' : undefined;
    return { id: log.id, results: last === undefined || complete ? results : stopped(operation, results.slice(0, -1), last), complete };
  } finally {
    // The result stands even where its last line cannot be written; the operation then shows as open.
    await log.close(ending).catch(() => undefined);
  }
}

const uncancelled = new AbortController().signal;

/** Whether a write attaches what the one before it has just detached, as a change of the order of attachment does. */
function putsBack(write: RemoteWrite, before: RemoteWrite | undefined, made: WriteResult | undefined): boolean {
  return write.type === 'attachPolicy' && before?.type === 'detachPolicy' && made?.type === 'done' && before.policyId === write.policyId && before.targetId === write.targetId;
}

function doneBefore(earlier: JournalEntry['writes'][number] | undefined): WriteResult | undefined {
  const result = earlier?.result;
  return result?.type === 'done' || result?.type === 'already' ? { ...result, type: result.type } : undefined;
}

async function one(api: WriteApi, log: OperationLog, index: number, write: RemoteWrite, results: readonly WriteResult[], begun: boolean, call: WriteCall): Promise<WriteResult> {
  const kept = async (result: WriteResult): Promise<WriteResult> => {
    await log.append({ type: 'result', write: index, result: journalled(result) }).catch(() => undefined);
    return result;
  };
  const words = wordsOf(write);
  call.report(`${words.charAt(0).toUpperCase()}${words.slice(1)}`);
  // With an earlier try in doubt only AWS can say whether the write was made.
  if (call.signal.aborted && !begun) return kept({ type: 'notDone', why: { type: 'cancelled' } });
  const resolved = resolve(write, results);
  let attempt: Attempt;
  try {
    attempt = await prepareWrite(api, resolved, begun, call.signal);
  } catch (error) {
    if (!(error instanceof OrganizationsError)) throw error;
    if (begun) return { type: 'unknown', error };
    return kept({ type: 'notDone', why: error.failure.kind === 'cancelled' ? { type: 'cancelled' } : { type: 'failure', error } });
  }
  if (attempt.type === 'settled') return kept(attempt.result);
  if (call.signal.aborted) return kept({ type: 'notDone', why: { type: 'cancelled' } });
  try {
    await log.append({ type: 'intent', write: index, ...('policyId' in resolved ? { policyId: resolved.policyId } : {}) });
  } catch (error) {
    return notJournalled(error);
  }
  return kept(await attempt.send());
}

function resolve(write: RemoteWrite, results: readonly WriteResult[]): ResolvedWrite {
  if (!('policyId' in write) || typeof write.policyId === 'string') return write as ResolvedWrite;
  const made = results[write.policyId.createdBy];
  if (!holds(made) || made.policyId === undefined) throw new Error(`Write ${String(results.length)} refers to a policy that no earlier write created.`);
  return { ...write, policyId: made.policyId };
}

function stopped(operation: RemoteOperation, before: readonly WriteResult[], at: WriteResult): readonly WriteResult[] {
  const rest = operation.writes.slice(before.length + 1).map((): WriteResult => ({ type: 'notDone', why: { type: 'notReached' } }));
  return [...before, at, ...rest];
}

function notJournalled(error: unknown): WriteResult {
  return { type: 'notDone', why: { type: 'notJournalled', detail: error instanceof Error ? error.message : String(error) } };
}

import type { RemoteOperation, WriteResult } from './write.ts';

/** The process that works at an operation; `started` is epoch milliseconds UTC. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  readonly started: number;
}

/**
 * A result as it is kept: a failure in the words that the user saw, a conflict without the content of the remote.
 * `settled` is set where AWS was read because the answer was lost.
 */
export type JournalledResult =
  | { readonly type: 'done' | 'already'; readonly policyId?: string }
  | { readonly type: 'notDone' | 'unknown'; readonly message: string };

/**
 * How an operation was closed.
 * - `complete`: everything wanted holds.
 * - `nothing`: nothing was written.
 * - `takenBack`: what was done has been taken back.
 * - `kept`: somebody decided to leave the organization as it is.
 */
export type Ending = 'complete' | 'nothing' | 'takenBack' | 'kept';

/** A line of the journal. `at` is epoch milliseconds UTC. */
export type JournalRecord =
  | { readonly type: 'begun'; readonly version: 1; readonly at: number; readonly process: ProcessMark; readonly operation: RemoteOperation }
  /** Written before the call leaves. `policyId` is what a reference to a created policy stands for. */
  | { readonly type: 'intent'; readonly at: number; readonly write: number; readonly policyId?: string }
  | { readonly type: 'result'; readonly at: number; readonly write: number; readonly result: JournalledResult }
  | { readonly type: 'ended'; readonly at: number; readonly ending: Ending };

/** A record without its time, which the journal adds. */
export type NewRecord =
  | { readonly type: 'intent'; readonly write: number; readonly policyId?: string }
  | { readonly type: 'result'; readonly write: number; readonly result: JournalledResult };

/**
 * What is known of one write of an operation. `begun`: it was about to be sent and no result was written since.
 * `policyId` is the policy that it was about to be sent for.
 */
export interface JournalledWrite {
  readonly begun: boolean;
  readonly result: JournalledResult | undefined;
  readonly policyId?: string;
}

/** Whether only AWS can tell if a write was made. */
export function isDoubtful({ begun, result }: JournalledWrite): boolean {
  return begun || result?.type === 'unknown';
}

/**
 * An operation in the journal.
 * - `running`: its process works at it.
 * - `open`: nobody does, and it is to be finished, taken back or left as it is.
 */
export interface JournalEntry {
  readonly id: string;
  readonly at: number;
  readonly process: ProcessMark;
  readonly operation: RemoteOperation;
  readonly writes: readonly JournalledWrite[];
  readonly status: 'running' | 'open' | 'closed';
  readonly ended?: { readonly at: number; readonly ending: Ending };
}

/** The journal of an operation that this process works at. */
export interface OperationLog {
  readonly id: string;
  /** Resolves when the record is on the disk. */
  append(record: NewRecord): Promise<void>;
  /** Lets go of the operation; without an ending it stays open. */
  close(ending?: Ending): Promise<void>;
}

/** Where operations are recorded before, while and after they are made. */
export interface Journal {
  begin(operation: RemoteOperation): Promise<OperationLog>;
  /** Takes up an open operation; undefined when it is closed or somebody works at it. */
  resume(organizationId: string, id: string): Promise<{ readonly log: OperationLog; readonly entry: JournalEntry } | undefined>;
  /** All operations of an organization, oldest first. */
  entries(organizationId: string): Promise<readonly JournalEntry[]>;
  /** Ids of the organizations that there are operations of. */
  organizations(): Promise<readonly string[]>;
  /** Whether there may be open or running operations; reads no contents. */
  hasOpen(organizationId?: string): Promise<boolean>;
}

/** Reads the lines of one operation; a line that is not whole is passed over. Undefined without a beginning: then nothing was sent. */
export function readEntry(id: string, text: string, running: boolean): JournalEntry | undefined {
  const records = text.split('\n').flatMap((line) => readRecord(line) ?? []);
  const begun = records.find((record) => record.type === 'begun');
  if (begun === undefined) return undefined;
  const writes: JournalledWrite[] = begun.operation.writes.map(() => ({ begun: false, result: undefined }));
  for (const record of records) {
    if (record.type !== 'intent' && record.type !== 'result') continue;
    const known = writes[record.write];
    if (known === undefined) continue;
    if (record.type === 'result') writes[record.write] = { ...known, begun: false, result: record.result };
    else writes[record.write] = { begun: true, result: undefined, ...(record.policyId === undefined ? {} : { policyId: record.policyId }) };
  }
  const ended = records.findLast((record) => record.type === 'ended');
  const entry = { id, at: begun.at, process: begun.process, operation: begun.operation, writes };
  if (ended !== undefined) return { ...entry, status: 'closed', ended: { at: ended.at, ending: ended.ending } };
  return { ...entry, status: running ? 'running' : 'open' };
}

const types: ReadonlySet<unknown> = new Set<JournalRecord['type']>(['begun', 'intent', 'result', 'ended']);

function readRecord(line: string): JournalRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value && types.has(value.type) ? (value as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** A result in the form that is kept. */
export function journalled(result: WriteResult): JournalledResult {
  switch (result.type) {
    case 'done':
    case 'already':
      return result;
    case 'unknown':
      return { type: 'unknown', message: result.error.message };
    case 'notDone':
      return { type: 'notDone', message: messageOf(result.why) };
  }
}

function messageOf(why: Extract<WriteResult, { type: 'notDone' }>['why']): string {
  switch (why.type) {
    case 'failure':
      return why.error.message;
    case 'conflict':
      return why.remote === undefined ? 'AWS has no such policy any more.' : `Somebody else has changed policy ${why.remote.name} in AWS.`;
    case 'cancelled':
      return 'Cancelled before it was sent.';
    case 'notReached':
      return 'Not sent, because an earlier change was not made.';
    case 'notJournalled':
      return `Not sent, because the journal could not be written: ${why.detail}`;
  }
}

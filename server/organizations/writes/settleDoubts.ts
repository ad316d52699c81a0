import { prepareWrite, type ResolvedWrite } from './attempt.ts';
import { isDoubtful, journalled, type Journal, type JournalEntry } from './journal.ts';
import type { WriteApi } from './setUpWrite.ts';

/**
 * Finds out by reading AWS whether the writes were made whose result an open operation does not know, and records it.
 * Changes nothing in AWS. Undefined when the operation is not open or somebody works at it; rejects with
 * `OrganizationsError` when AWS cannot be read.
 */
export async function settleDoubts(api: WriteApi, journal: Journal, organizationId: string, id: string, signal: AbortSignal): Promise<JournalEntry | undefined> {
  const resumed = await journal.resume(organizationId, id);
  if (resumed === undefined) return undefined;
  const { log, entry } = resumed;
  const writes = [...entry.writes];
  try {
    for (const [index, write] of entry.operation.writes.entries()) {
      const known = writes[index];
      if (known === undefined || !isDoubtful(known)) continue;
      const policyId = known.policyId;
      const resolved = 'policyId' in write && policyId !== undefined ? { ...write, policyId } : write;
      const attempt = await prepareWrite(api, resolved as ResolvedWrite, true, signal);
      const result = attempt.type === 'settled' ? journalled(attempt.result) : { type: 'notDone' as const, message: 'AWS was read since and does not hold it.' };
      await log.append({ type: 'result', write: index, result });
      writes[index] = { ...known, begun: false, result };
    }
  } finally {
    await log.close();
  }
  return { ...entry, writes };
}

import { promises as fs } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readEntry, type Journal, type JournalEntry, type JournalRecord, type OperationLog } from './journal.ts';
import { acquire, isHeld, thisProcess, type Lock } from './processLock.ts';
import type { RemoteOperation } from './write.ts';

const open = '.open.jsonl';
const closed = '.jsonl';

/** Operations that this process has begun; the order of names is that of time, also within a millisecond. */
let begun = 0;

/** Closed operations that are kept for each organization. */
const kept = 200;

/**
 * A journal in a folder: one folder for each organization, one file of JSON lines for each operation, readable by its
 * owner alone. Each record is on the disk before the call it speaks of leaves. The name of a file tells whether its
 * operation is open. Several processes can use one folder: each writes only to operations that it has locked.
 * `now` gives epoch milliseconds UTC.
 */
export function fileJournal(folder: string, now: () => number): Journal {
  const folderOf = (organizationId: string): string => path.join(folder, organizationId.replace(/[^\w-]/g, '_'));
  const fileOf = (organizationId: string, id: string, ending: string): string => path.join(folderOf(organizationId), `${id}${ending}`);

  const logOf = (organizationId: string, id: string, lock: Lock): OperationLog => {
    const file = fileOf(organizationId, id, open);
    const append = (record: JournalRecord): Promise<void> => appendLine(file, JSON.stringify(record));
    return {
      id,
      append: (record) => append({ ...record, at: now() }),
      close: async (ending) => {
        try {
          if (ending === undefined) return;
          await append({ type: 'ended', at: now(), ending });
          await fs.rename(file, fileOf(organizationId, id, closed));
        } finally {
          await lock.release();
        }
      },
    };
  };

  const entryOf = async (organizationId: string, name: string): Promise<JournalEntry | undefined> => {
    const id = name.slice(0, -(name.endsWith(open) ? open : closed).length);
    const text = await fs.readFile(path.join(folderOf(organizationId), name), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    return readEntry(id, text, name.endsWith(open) && (await isHeld(fileOf(organizationId, id, '.lock'))));
  };

  return {
    begin: async (operation) => {
      const { organizationId } = operation;
      await makeFolder(folderOf(organizationId));
      await prune(folderOf(organizationId));
      begun += 1;
      const id = `${new Date(now()).toISOString().replace(/[-:.]/g, '')}-${String(begun).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
      const lock = await acquire(fileOf(organizationId, id, '.lock'));
      if (lock === undefined) throw new Error(`Somebody else holds the lock of the new operation ${id}.`);
      try {
        const record: JournalRecord = { type: 'begun', version: 1, at: now(), process: thisProcess, operation: withoutMore(operation) };
        await appendLine(fileOf(organizationId, id, open), JSON.stringify(record));
        await syncFolder(folderOf(organizationId));
      } catch (error) {
        await lock.release();
        throw error;
      }
      return logOf(organizationId, id, lock);
    },
    resume: async (organizationId, id) => {
      const lock = await acquire(fileOf(organizationId, id, '.lock')).catch(() => undefined);
      if (lock === undefined) return undefined;
      const entry = await entryOf(organizationId, `${id}${open}`);
      if (entry === undefined || entry.status === 'closed') {
        await lock.release();
        return undefined;
      }
      return { log: logOf(organizationId, id, lock), entry };
    },
    entries: async (organizationId) => {
      const names = (await namesIn(folderOf(organizationId))).filter((name) => name.endsWith(closed)).sort();
      const entries: JournalEntry[] = [];
      for (const name of names) {
        const entry = await entryOf(organizationId, name);
        if (entry !== undefined) entries.push(entry);
      }
      return entries;
    },
    organizations: async () => [...(await namesIn(folder))].sort(),
    hasOpen: async (organizationId) => {
      const folders = organizationId === undefined ? (await namesIn(folder)).map((name) => path.join(folder, name)) : [folderOf(organizationId)];
      for (const each of folders) if ((await namesIn(each)).some((name) => name.endsWith(open))) return true;
      return false;
    },
  };
}

/** The records hold contents of policies and nothing that somebody could have put beside them. */
function withoutMore({ title, organizationId, writes, caller, orders, undoes }: RemoteOperation): RemoteOperation {
  return { title, organizationId, writes, ...(caller === undefined ? {} : { caller }), ...(orders === undefined ? {} : { orders }), ...(undoes === undefined ? {} : { undoes }) };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}

async function makeFolder(folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Adds a line and waits until it is on the disk. After a line that a crash tore apart a new one begins. */
async function appendLine(file: string, line: string): Promise<void> {
  const handle = await fs.open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    await handle.appendFile(`${size > 0 && last.toString() !== '\n' ? '\n' : ''}${line}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A new name is safe only with its folder; Windows knows no such call. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function prune(folder: string): Promise<void> {
  const old = (await namesIn(folder)).filter((name) => name.endsWith(closed) && !name.endsWith(open)).sort().slice(0, -kept);
  for (const name of old) await fs.rm(path.join(folder, name), { force: true });
}


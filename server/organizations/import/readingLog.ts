import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { RemoteAccount } from './remoteOrganization.ts';

/** One complete list or document, as it was read: a list that was interrupted is not in the log, for AWS's tokens do not last. */
export type ReadingRecord =
  /** `at`: epoch milliseconds UTC. */
  | { readonly type: 'start'; readonly version: 1; readonly organizationId: string; readonly at: number }
  | { readonly type: 'accounts'; readonly accounts: readonly RemoteAccount[] }
  | { readonly type: 'accountsOf'; readonly parentId: string; readonly accounts: readonly RemoteAccount[] }
  | { readonly type: 'unitsOf'; readonly parentId: string; readonly units: readonly { readonly id: string; readonly name: string }[] }
  | { readonly type: 'policies'; readonly policies: readonly { readonly id: string; readonly name: string; readonly description: string }[] }
  /** Without a content the policy is gone. */
  | { readonly type: 'content'; readonly policyId: string; readonly content?: string }
  | { readonly type: 'targets'; readonly policyId: string; readonly targets: readonly string[] };

/** Keeps what an import has read until it is applied, by organization id, so that an interrupted one can go on. */
export interface ReadingLog {
  load(organizationId: string): Promise<readonly ReadingRecord[]>;
  append(organizationId: string, record: ReadingRecord): Promise<void>;
  remove(organizationId: string): Promise<void>;
}

/** Older than this many milliseconds, what was read is not gone on with: a day. */
export const staleAfter = 24 * 60 * 60 * 1000;

/** When reading began (epoch milliseconds UTC); undefined where nothing was read, or too long ago. */
export function startOf(records: readonly ReadingRecord[], now: number): number | undefined {
  const [start] = records;
  if (start?.type !== 'start' || start.at > now || now - start.at > staleAfter) return undefined;
  return start.at;
}

/** One file of JSON lines for each organization. */
export function fileReadingLog(folder: string): ReadingLog {
  const fileOf = (organizationId: string): string => path.join(folder, `import-${organizationId.replace(/[^a-z0-9-]/gi, '_')}.jsonl`);
  let writing = Promise.resolve();
  return {
    load: async (organizationId) => readRecords(await textOf(fileOf(organizationId)), organizationId),
    append: (organizationId, record) => {
      writing = writing.then(async () => {
        await fs.mkdir(folder, { recursive: true, mode: 0o700 });
        await fs.appendFile(fileOf(organizationId), `${JSON.stringify(record)}\n`, { mode: 0o600 });
      });
      return writing;
    },
    remove: (organizationId) => {
      writing = writing.catch(() => undefined).then(() => fs.rm(fileOf(organizationId), { force: true }));
      return writing;
    },
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch {
    // A log that cannot be read only costs reading again.
    return '';
  }
}

/** The records up to the first line that is no whole one: a crash may have cut it. */
function readRecords(text: string, organizationId: string): readonly ReadingRecord[] {
  const records: ReadingRecord[] = [];
  for (const line of text.split('\n')) {
    const record = recordOf(line);
    if (record === undefined) break;
    records.push(record);
  }
  const [start] = records;
  return start?.type === 'start' && start.organizationId === organizationId ? records : [];
}

function recordOf(line: string): ReadingRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ReadingRecord) : undefined;
  } catch {
    return undefined;
  }
}

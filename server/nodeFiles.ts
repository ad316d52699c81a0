import { promises as fs } from 'node:fs';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { isJsonName, maximumFileSize, skippedFolders, type FileSystem } from './files.ts';

/** More folders than this are not searched: a workspace at the root of a disk must not keep the server busy. */
const maximumFolders = 20_000;

/** How many files are read at a time: the system limits how many a process may have open. */
const maximumOpenFiles = 64;

/** What the system says of a file that can be read a moment later: too many files are open, or another program holds it. */
const passing: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EBUSY', 'EAGAIN', 'EINTR']);

/** Pauses before a file is tried again, in milliseconds. */
const pauses: readonly number[] = [50, 200, 1000];

/** The disk, for a server that runs on Node. */
export const nodeFiles: FileSystem = {
  async read(uri, within) {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file') return undefined;
    return inTurn(() => readPatiently(parsed, within));
  },
  async find(folder, isWanted) {
    const start = URI.parse(folder);
    if (start.scheme !== 'file') return [];
    const found: string[] = [];
    const pending = [start.fsPath];
    for (let visited = 0; visited < maximumFolders; visited++) {
      const current = pending.pop();
      if (current === undefined) break;
      const entries = await fs.readdir(current, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const full = path.join(current, entry.name);
        if (entry.isDirectory()) {
          if (!skippedFolders.has(entry.name)) pending.push(full);
        } else if (entry.isFile() && isJsonName(entry.name)) {
          const uri = URI.file(full);
          if (isWanted(uri.path)) found.push(uri.toString());
        }
      }
    }
    return found;
  },
};

let reading = 0;
const waiting: (() => void)[] = [];

async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (reading >= maximumOpenFiles) await new Promise<void>((resolve) => waiting.push(resolve));
  else reading++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading--;
    else next();
  }
}

async function readPatiently(uri: URI, within: string | undefined): Promise<string | undefined> {
  for (const pause of [...pauses, undefined]) {
    try {
      return await readText(uri, within);
    } catch (error) {
      if (pause === undefined || !passing.has(codeOf(error))) return undefined;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return undefined;
}

async function readText(uri: URI, within: string | undefined): Promise<string | undefined> {
  if (within !== undefined) {
    const [real, folder] = await Promise.all([fs.realpath(uri.fsPath), fs.realpath(URI.parse(within).fsPath)]);
    if (!real.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)) return undefined;
  }
  const stat = await fs.stat(uri.fsPath);
  if (!stat.isFile() || stat.size > maximumFileSize) return undefined;
  const text = await fs.readFile(uri.fsPath, 'utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

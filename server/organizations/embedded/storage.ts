import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { EmbeddedState } from './state.ts';

/** What is stored, and the mark of this version of it. */
export interface Stored {
  readonly state: EmbeddedState;
  readonly mark: string;
}

/** Keeps an organization. */
export interface Storage {
  /** Undefined when nothing is stored. Rejects when what is stored cannot be read. */
  load(): Promise<Stored | undefined>;
  /** Stores a state if `mark` is still the mark of what is stored (undefined: nothing is); the new mark, or undefined if it is not. */
  save(state: EmbeddedState, mark: string | undefined): Promise<string | undefined>;
}

/** Keeps an organization as long as the process lives. */
export function memoryStorage(initial: EmbeddedState): Storage {
  let state = initial;
  let version = 0;
  return {
    load: () => Promise.resolve({ state, mark: String(version) }),
    save: (next, mark) => {
      if (mark !== String(version)) return Promise.resolve(undefined);
      state = next;
      version += 1;
      return Promise.resolve(String(version));
    },
  };
}

/**
 * Keeps an organization in a JSON file. Several processes can use one: who writes with an old mark is told so.
 * A crash leaves the old or the new state.
 */
export function fileStorage(file: string): Storage {
  const markOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const read = async (): Promise<string | undefined> => {
    try {
      return await fs.readFile(file, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  };
  // Reading the text again is cheap, making the state of it is not.
  let last: Stored | undefined;
  const write = async (state: EmbeddedState, before: string | undefined): Promise<string | undefined> => {
    const stored = await read();
    if ((stored === undefined ? undefined : markOf(stored)) !== before) return undefined;
    const text = `${JSON.stringify(state, undefined, 1)}\n`;
    const draft = `${file}.${String(process.pid)}.new`;
    await fs.writeFile(draft, text, { mode: 0o600 });
    await fs.rename(draft, file);
    const mark = markOf(text);
    last = { state, mark };
    return mark;
  };
  return {
    load: async () => {
      const text = await read();
      if (text === undefined) return undefined;
      const mark = markOf(text);
      if (last?.mark !== mark) last = { state: parseState(text, file), mark };
      return last;
    },
    save: async (state, before) => {
      // A state that could not be stored must not be taken for the stored one.
      last = undefined;
      return locked(`${file}.lock`, () => write(state, before));
    },
  };
}

function parseState(text: string, file: string): EmbeddedState {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) {
    throw new Error(`${path.basename(file)} holds no organization that this version can read.`);
  }
  return value as EmbeddedState;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** A lock that was left behind by a crash is taken over after this many milliseconds. */
const staleAfter = 10_000;

/** Between two processes: undefined when another one is writing. */
async function locked(lock: string, job: () => Promise<string | undefined>): Promise<string | undefined> {
  await fs.mkdir(path.dirname(lock), { recursive: true });
  try {
    await fs.writeFile(lock, '', { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const age = await fs.stat(lock).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    if (age < staleAfter) return undefined;
    await fs.rm(lock, { force: true });
    return locked(lock, job);
  }
  try {
    return await job();
  } finally {
    await fs.rm(lock, { force: true });
  }
}

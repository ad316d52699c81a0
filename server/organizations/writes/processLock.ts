import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import type { ProcessMark } from './journal.ts';

/** Milliseconds between two signs of life, and until a process that gives none counts as gone. */
const beat = 5000;
const silence = 60_000;

/** Milliseconds that a process has to write its mark into a lock that it has made. */
const making = 2000;

/** This process. */
export const thisProcess: ProcessMark = { pid: process.pid, host: hostname(), started: Math.round(Date.now() - process.uptime() * 1000) };

/** Locks that this process holds: a process of the same number that holds none of them was an earlier one. */
const held = new Set<string>();

/** Locks that this process is about to take. */
const trying = new Set<string>();

/** A held lock. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Locks by a file, between processes and within one. Undefined while somebody else holds it. The holder shows every few
 * seconds that it lives; a lock is taken over when its process is gone or has been silent for a minute.
 */
export async function acquire(file: string): Promise<Lock | undefined> {
  // Within this process nothing may come between the look at a lock and taking it over.
  if (held.has(file) || trying.has(file)) return undefined;
  trying.add(file);
  try {
    if (!(await create(file)) && !((await takeAway(file)) && (await create(file)))) return undefined;
    held.add(file);
  } finally {
    trying.delete(file);
  }
  const timer = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch(() => undefined);
  }, beat);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      await fs.rm(file, { force: true });
      held.delete(file);
    },
  };
}

/** Whether a living process holds the lock, or is making it. */
export async function isHeld(file: string): Promise<boolean> {
  const mark = await markOf(file);
  return mark === undefined ? (await ageOf(file)) < making : isAlive(file, mark);
}

async function create(file: string): Promise<boolean> {
  try {
    await fs.writeFile(file, JSON.stringify(thisProcess), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose process is gone. Renaming lets only one of several do it. */
async function takeAway(file: string): Promise<boolean> {
  if (await isHeld(file)) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await fs.rename(file, aside);
  } catch {
    return true;
  }
  // Between the look and the renaming another process may have been faster.
  const fresh = await isHeld(aside);
  if (fresh) await fs.rename(aside, file).catch(() => undefined);
  else await fs.rm(aside, { force: true });
  return !fresh;
}

async function markOf(file: string): Promise<ProcessMark | undefined> {
  try {
    const value: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' ? (value as ProcessMark) : undefined;
  } catch {
    // Absent, or empty: a crash while it was made leaves it so.
    return undefined;
  }
}

async function isAlive(file: string, mark: ProcessMark): Promise<boolean> {
  if (mark.host !== thisProcess.host) {
    return (await ageOf(file)) < silence;
  }
  if (mark.pid === thisProcess.pid) return mark.started === thisProcess.started && held.has(file);
  // A number can be given to another process after a crash: then nobody touches the file.
  return exists(mark.pid) && (await ageOf(file)) < silence;
}

/** Milliseconds since the last sign of life. */
async function ageOf(file: string): Promise<number> {
  return fs.stat(file).then(({ mtimeMs }) => Date.now() - mtimeMs, () => Infinity);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

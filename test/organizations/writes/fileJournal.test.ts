import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileJournal } from '../../../server/organizations/writes/fileJournal.ts';
import type { Journal } from '../../../server/organizations/writes/journal.ts';
import { acquire, isHeld } from '../../../server/organizations/writes/processLock.ts';
import type { RemoteOperation } from '../../../server/organizations/writes/write.ts';

const organizationId = 'o-exampleorg1';
const operation: RemoteOperation = { title: 'Enable', organizationId, writes: [{ type: 'enablePolicyType', rootId: 'r-abcd' }, { type: 'enablePolicyType', rootId: 'r-abcd' }] };

let folder: string;
let journal: Journal;
let time = Date.parse('2026-06-01T00:00:00Z');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
  journal = fileJournal(folder, () => (time += 1000));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = (): readonly string[] => readdirSync(path.join(folder, organizationId)).sort();
const fileOf = (name: string): string => path.join(folder, organizationId, name);
const status = async (): Promise<readonly string[]> => (await journal.entries(organizationId)).map((entry) => entry.status);

describe('the journal', () => {
  test('knows nothing of an organization that was never written to', async () => {
    expect(await journal.entries(organizationId)).toEqual([]);
    expect(await journal.hasOpen()).toBe(false);
    expect(await journal.resume(organizationId, 'none')).toBeUndefined();
  });

  test('keeps what was meant and what came of it, readable by its owner alone', async () => {
    const log = await journal.begin(operation);
    await log.append({ type: 'intent', write: 0 });
    await log.append({ type: 'result', write: 0, result: { type: 'done' } });
    await log.append({ type: 'intent', write: 1 });
    expect(await status()).toEqual(['running']);
    for (const name of files()) expect(statSync(fileOf(name)).mode & 0o777).toBe(0o600);
    await log.close();
    expect(await journal.entries(organizationId)).toMatchObject([{ id: log.id, status: 'open', operation, writes: [{ begun: false, result: { type: 'done' } }, { begun: true, result: undefined }] }]);
    expect(await journal.hasOpen(organizationId)).toBe(true);
  });

  test('is closed once', async () => {
    const log = await journal.begin(operation);
    await log.close();
    const resumed = await journal.resume(organizationId, log.id);
    expect(await journal.resume(organizationId, log.id)).toBeUndefined();
    await resumed?.log.close('kept');
    expect(await journal.resume(organizationId, log.id)).toBeUndefined();
    expect(await journal.entries(organizationId)).toMatchObject([{ status: 'closed', ended: { ending: 'kept' } }]);
    expect(await journal.hasOpen()).toBe(false);
    expect(files()).toEqual([`${log.id}.jsonl`]);
  });

  test('bears a last line that a crash has torn apart, and goes on after it', async () => {
    const log = await journal.begin(operation);
    await log.append({ type: 'intent', write: 0 });
    await log.close();
    const file = fileOf(`${log.id}.open.jsonl`);
    appendFileSync(file, '{"type":"result","write":0,"resu');
    expect(await journal.entries(organizationId)).toMatchObject([{ writes: [{ begun: true }, {}] }]);
    const resumed = await journal.resume(organizationId, log.id);
    await resumed?.log.append({ type: 'result', write: 0, result: { type: 'done' } });
    expect(await journal.entries(organizationId)).toMatchObject([{ writes: [{ begun: false, result: { type: 'done' } }, {}] }]);
    await resumed?.log.close('complete');
  });

  test('passes over a beginning that never reached the disk: nothing was sent', async () => {
    await (await journal.begin(operation)).close('nothing');
    appendFileSync(fileOf('20260601T000000000Z-torn.open.jsonl'), '{"type":"begun","vers');
    expect(await journal.entries(organizationId)).toHaveLength(1);
  });

  test('keeps nothing that stands beside the operation', async () => {
    const log = await journal.begin({ ...operation, ...{ secretAccessKey: 'secret-of-the-test' } });
    await log.close('nothing');
    expect(readFileSync(fileOf(`${log.id}.jsonl`), 'utf8')).not.toContain('secret');
  });

  test('keeps the newest 200', async () => {
    for (let count = 0; count < 203; count++) await (await journal.begin({ ...operation, title: String(count) })).close('complete');
    const entries = await journal.entries(organizationId);
    expect(entries).toHaveLength(201);
    expect(entries.at(-1)?.operation.title).toBe('202');
  });
});

describe('an operation of another process', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  test('is running as long as that lives, and open after it', async () => {
    const log = await journal.begin(operation);
    await log.close();
    const lock = fileOf(`${log.id}.lock`);
    child = spawn(process.execPath, ['-e', `require('fs').writeFileSync(${JSON.stringify(lock)}, JSON.stringify({ pid: process.pid, host: ${JSON.stringify(hostname())}, started: Date.now() })); console.log('locked'); setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (child.stdout !== null) await once(child.stdout, 'data');
    expect(await status()).toEqual(['running']);
    expect(await journal.resume(organizationId, log.id)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await status()).toEqual(['open']);
    const resumed = await journal.resume(organizationId, log.id);
    expect(resumed?.entry.id).toBe(log.id);
    await resumed?.log.close('kept');
  });
});

describe('a lock', () => {
  const lock = (): string => path.join(folder, 'a.lock');

  test('has one holder', async () => {
    const first = await acquire(lock());
    expect(await acquire(lock())).toBeUndefined();
    expect(await isHeld(lock())).toBe(true);
    await first?.release();
    expect(await isHeld(lock())).toBe(false);
    await (await acquire(lock()))?.release();
  });

  test.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, host: hostname(), started: 0 }],
    ['an earlier process of the same number', { pid: process.pid, host: hostname(), started: 0 }],
    ['nobody, for a crash left it empty', undefined],
  ])('of %s is taken over, by one of several', async (_, mark) => {
    appendFileSync(lock(), mark === undefined ? '' : JSON.stringify(mark));
    utimesSync(lock(), Date.now() / 1000 - 10, Date.now() / 1000 - 10);
    const locks = (await Promise.all([1, 2, 3].map(() => acquire(lock())))).filter((each) => each !== undefined);
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that is just being made counts', async () => {
    appendFileSync(lock(), '');
    expect(await acquire(lock())).toBeUndefined();
  });

  test('of another machine counts while it gives signs of life', async () => {
    appendFileSync(lock(), JSON.stringify({ pid: 1, host: 'elsewhere', started: 0 }));
    expect(await isHeld(lock())).toBe(true);
    utimesSync(lock(), Date.now() / 1000 - 120, Date.now() / 1000 - 120);
    expect(await isHeld(lock())).toBe(false);
  });
});

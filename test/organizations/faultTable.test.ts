import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OrganizationsError } from '../../server/organizations/errors.ts';
import { finishOperation, leftOpen } from '../../server/organizations/writes/recovery.ts';
import { holds } from '../../server/organizations/writes/write.ts';
import { writes } from '../../server/organizations/rates.ts';
import { patiently, scenarios, type ScenarioName, type Told } from './faultTable/scenarios.ts';
import { openTable, writeProfile, type Table } from './faultTable/table.ts';
import type { FaultKind } from './stub.ts';

/**
 * At every call of everything that changes an organization, everything that can go wrong: afterwards AWS holds a prefix
 * of the changes, what is told is what AWS holds, and a second run completes with nothing lost or doubled.
 */
let profile: ReturnType<typeof writeProfile>;
const opened: Table[] = [];
beforeAll(() => {
  profile = writeProfile();
});
afterAll(async () => {
  await Promise.all(opened.map((table) => table.close()));
  rmSync(profile.folder, { recursive: true, force: true });
});

const names = Object.keys(scenarios) as readonly ScenarioName[];

async function arranged(name: ScenarioName): Promise<Table> {
  const table = await openTable();
  opened.push(table);
  await scenarios[name].arrange({ ...table, api: table.inside });
  table.clock.advance(60_000);
  return table;
}

/** A run without a fault: its calls in order, and what AWS holds before it and after each of its writes. */
interface GoodRun {
  readonly calls: readonly string[];
  readonly states: readonly (readonly string[])[];
}

const goodRuns = new Map<ScenarioName, Promise<GoodRun>>();

function goodRun(name: ScenarioName): Promise<GoodRun> {
  const known = goodRuns.get(name) ?? measured(name);
  goodRuns.set(name, known);
  return known;
}

async function measured(name: ScenarioName): Promise<GoodRun> {
  const table = await arranged(name);
  const states: (readonly string[])[] = [];
  const { length } = table.stub.requests;
  // Nobody knows beforehand how many calls there are; each one tells what the calls before it have made.
  for (let call = 0; call < 60; call++) table.stub.at(call, async () => states.push(await table.state()));
  const { complete } = await scenarios[name].run(table);
  expect(complete).toBe(true);
  const calls = table.stub.requests.slice(length).map(({ operation }) => operation);
  const after = [...states.slice(1), await table.state()];
  return { calls, states: [states[0] ?? [], ...after.filter((_, call) => writes.has(calls[call] ?? ''))] };
}

/** What is told: how many writes hold, and whether the next one may. An error says that nothing was begun. */
interface Truth {
  readonly holding: number;
  readonly doubtful: boolean;
}

function truthOf(told: Told | OrganizationsError): Truth {
  if (told instanceof OrganizationsError) return { holding: 0, doubtful: false };
  const first = told.results.findIndex((result) => !holds(result));
  const holding = first < 0 ? told.results.length : first;
  // What follows the first that does not hold was not begun.
  if (first >= 0) for (const later of told.results.slice(first + 1)) expect(later).toEqual({ type: 'notDone', why: { type: 'notReached' } });
  return { holding, doubtful: told.results[first]?.type === 'unknown' };
}

const run = (table: Table, name: ScenarioName): Promise<Told | OrganizationsError> =>
  scenarios[name].run(table).catch((error: unknown) => {
    if (error instanceof OrganizationsError) return error;
    throw error;
  });

/** AWS holds what is told, which is a prefix of the writes. */
async function expectTold(table: Table, told: Told | OrganizationsError, { states }: GoodRun): Promise<void> {
  const { holding, doubtful } = truthOf(told);
  const possible = states.slice(holding, holding + (doubtful ? 2 : 1));
  expect(possible).toContainEqual(await table.state());
  if (!(told instanceof OrganizationsError)) expect(told.complete).toBe(holding === states.length - 1 && !doubtful);
}

/** The next start: what was left open is finished, else the same is done again. Then everything wanted holds, once. */
async function expectSecondRun(table: Table, name: ScenarioName, { states }: GoodRun): Promise<void> {
  const { api, journal, organizationId } = table;
  const open = await leftOpen(api, journal, organizationId, patiently().signal);
  const state = await table.state();
  for (const { id, done, notDone } of open) {
    // What is told of the operation is what AWS holds of it.
    expect(state).toEqual(states[done.length]);
    expect(done.length + notDone.length).toBe(states.length - 1);
    expect((await finishOperation(api, journal, organizationId, id, patiently()))?.complete).toBe(true);
  }
  if (open.length === 0) expect((await scenarios[name].run(table)).complete).toBe(true);
  expect(await table.state()).toEqual(states.at(-1));
  expect(await journal.hasOpen()).toBe(false);
}

/** Faults of one call with all repetitions that the client makes, or of all calls for a while. */
const faults: readonly (readonly [string, readonly (readonly [FaultKind, number])[]])[] = [
  ['throttling', [['throttled', 4]]],
  ['an error of AWS', [['status500', 4]]],
  ['an HTML page', [['html502', 4]]],
  ['a sign-in page', [['html200', 1]]],
  ['a reset', [['reset', 4]]],
  ['no answer', [['hang', 4]]],
  ['a lost answer', [['lostAnswer', 1]]],
  ['a lost answer and resets', [['lostAnswer', 1], ['reset', 3]]],
  ['a lost answer and an expired token', [['lostAnswer', 1], ['expired', 1]]],
  ['an expired token', [['expired', 1]]],
  ['another change under way', [['changesInProgress', 5]]],
  ['a network that goes down', [['reset', 16]]],
];

/** A line of the state without what the colleague attached. */
const withoutStranger = (line: string): string => line.replace(/(?<=: )Stranger(, )?|, Stranger/, '');

describe.concurrent.each(names)('%s', (name) => {
  test('has calls that read and calls that write', async () => {
    const { calls, states } = await goodRun(name);
    expect(calls.filter((call) => writes.has(call)).length).toBe(states.length - 1);
    expect(calls.some((call) => !writes.has(call))).toBe(true);
    expect(new Set(states.map((state) => state.join('\n'))).size).toBe(states.length);
  });

  test.each(faults)('bears %s at every call', async (_, kinds) => {
    const good = await goodRun(name);
    await Promise.all(good.calls.map(async (_operation, call) => {
      const table = await arranged(name);
      for (const [kind, times] of kinds) table.stub.fault({ kind, times, skip: call });
      const told = await run(table, name);
      // What is left of the fault must not reach the next run.
      table.stub.calm();
      await expectTold(table, told, good);
      await expectSecondRun(table, name, good);
    }));
  });

  test('bears a colleague at every call: nothing of theirs is lost but what is written between our reading and our call', async () => {
    const good = await goodRun(name);
    const { colleague, theirs } = scenarios[name];
    for (const [call, operation] of good.calls.entries()) {
      const table = await arranged(name);
      table.stub.at(call, () => colleague(table.inside, table.unit));
      const told = await run(table, name);
      const state = await table.state();
      const complete = !(told instanceof OrganizationsError) && told.complete;
      const own = (good.states.at(-1) ?? []).filter((line) => !theirs.startsWith(line.split(':')[0] ?? ''));
      if (complete) for (const line of own) expect(state.map(withoutStranger)).toContain(line);
      // AWS has no conditional write: only a change at the very call goes unseen.
      const unseen = operation === 'UpdatePolicy' && complete;
      expect(state.includes(theirs)).toBe(!unseen);
      if (unseen) expect(state).toEqual(good.states.at(-1));
    }
  });
});

describe('a process that is killed', () => {
  let folder: string;
  let program: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'child-'));
    program = path.join(folder, 'child.mjs');
    await build({ entryPoints: [path.join(import.meta.dirname, 'faultTable', 'child.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'], logLevel: 'warning', banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' } });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function killedAt(name: ScenarioName, call: number, arrives: boolean): Promise<Table> {
    const table = await arranged(name);
    const child = spawn(process.execPath, [program, name, table.stub.endpoint, table.folder, table.organizationId, table.unit], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...profile.environment } });
    const ended = once(child, 'exit');
    table.stub.at(call, async () => {
      child.kill('SIGKILL');
      await ended;
      if (!arrives) table.stub.fault({ kind: 'reset' });
    });
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    // The request that was under way comes to its end.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return table;
  }

  test.each(names)('in the middle of "%s" leaves what the next start tells and finishes', async (name) => {
    const good = await goodRun(name);
    const at = good.calls.flatMap((operation, call) => (writes.has(operation) ? [call] : []));
    await Promise.all([0, ...at].flatMap((call) => [true, false].map(async (arrives) => {
      const table = await killedAt(name, call, arrives);
      const before = at.filter((each) => each < call).length;
      expect(await table.state()).toEqual(good.states[arrives && at.includes(call) ? before + 1 : before]);
      await expectSecondRun(table, name, good);
    })));
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runSuite } from '../host/runSuite.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'suites-'));
const write = "const report = (it) => require('node:fs').writeFileSync(process.env.TEST_REPORT, JSON.stringify(it));";

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an entry with this code in a real VS Code. */
async function run(name: string, code: string): ReturnType<typeof runSuite> {
  const entry = path.join(folder, `${name}.js`);
  writeFileSync(entry, code);
  return runSuite({ entry, timeout: 30_000 });
}

describe('a run of the suites is red when', () => {
  test('the extension host dies in the middle, which VS Code calls a success', async () => {
    expect(await run('dies', 'exports.run = () => process.exit(0);')).toEqual({ passed: 0, failed: 1 });
  });

  test('it says that it is done without a report', async () => {
    expect(await run('silent', 'exports.run = async () => undefined;')).toEqual({ passed: 0, failed: 1 });
  });

  test('its report has no tests', async () => {
    expect(await run('empty', `${write} exports.run = async () => report({ tests: 0, passes: 0, failures: 0 });`)).toEqual({ passed: 0, failed: 1 });
  });

  test('its report has failures', async () => {
    expect(await run('failing', `${write} exports.run = async () => report({ tests: 3, passes: 1, failures: 2 });`)).toEqual({ passed: 1, failed: 2 });
  });
});

test('a run of the suites is green with a complete report', async () => {
  expect(await run('green', `${write} exports.run = async () => report({ tests: 1, passes: 1, failures: 0 });`)).toEqual({ passed: 1, failed: 0 });
});

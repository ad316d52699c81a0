import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unzip } from './zip.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'another place ü '));
const clone = path.join(folder, 'clone');

/** A clock that is 400 days and a bit ahead. */
const laterClock = `
const ahead = 400 * 86_400_000 + 12_345_678;
const Now = Date;
globalThis.Date = class Date extends Now {
  constructor(...given) {
    super(...(given.length === 0 ? [Now.now() + ahead] : given));
  }
  static now() {
    return Now.now() + ahead;
  }
};
`;

/** The files that git knows or would add: what somebody has who clones. */
function files(): readonly string[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\0').filter((name) => name !== '' && !name.startsWith('test/') && existsSync(name));
}

/** Builds and packages in the clone as a stranger would: with another umask, language, time zone and time, without leftovers. */
async function buildElsewhere(): Promise<void> {
  const clock = path.join(folder, 'clock.cjs');
  writeFileSync(clock, laterClock);
  for (const name of files()) {
    mkdirSync(path.dirname(path.join(clone, name)), { recursive: true });
    cpSync(name, path.join(clone, name));
  }
  symlinkSync(path.resolve('node_modules'), path.join(clone, 'node_modules'));
  const env = { PATH: process.env['PATH'], HOME: folder, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', NODE_OPTIONS: `--require ${JSON.stringify(clock)}` };
  await promisify(execFile)('sh', ['-c', 'umask 077 && chmod -R go-rwx . && node esbuild.mjs && node packaging/package.mjs again.vsix'], { cwd: clone, env });
}

describe('the package, built again in another folder, at another time, in another time zone and language, with another umask', () => {
  beforeAll(buildElsewhere, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('has the same files', () => {
    const first = unzip(readFileSync('test-results/extension.vsix'));
    const second = unzip(readFileSync(path.join(clone, 'again.vsix')));
    expect([...second.keys()]).toEqual([...first.keys()]);
    expect([...second].filter(([name, content]) => first.get(name)?.equals(content) !== true).map(([name]) => name)).toEqual([]);
  });

  test('has the same bytes', () => {
    expect(readFileSync(path.join(clone, 'again.vsix')).equals(readFileSync('test-results/extension.vsix'))).toBe(true);
  });

  test('has the same bill of materials', () => {
    expect(readFileSync(path.join(clone, 'again.cdx.json'), 'utf8')).toBe(readFileSync('test-results/extension.cdx.json', 'utf8'));
  });
});

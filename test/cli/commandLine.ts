import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

/** What a run of the command left behind. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

interface CommandLine {
  /** The bundle, for runs of another kind. */
  readonly cli: string;
  /** A folder of the test's own. */
  readonly folder: string;
  readonly run: (...args: readonly string[]) => Run;
  readonly runIn: (options: RunOptions, ...args: readonly string[]) => Run;
  readonly json: (...args: readonly string[]) => unknown;
  /** Writes a file below the folder and gives its path. */
  readonly file: (name: string, content: string | Buffer) => string;
}

/** Bundles the command as it ships, into a folder that is removed after the tests, and runs it as a process. */
export async function commandLine(): Promise<CommandLine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cli-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const cli = path.join(folder, 'cli.cjs');
  await build({ entryPoints: ['server/cli/main.ts'], outfile: cli, bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'error' });
  const runIn = ({ env, ...options }: RunOptions, ...args: readonly string[]): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { ...options, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
    return { status, output: stdout, errors: stderr };
  };
  const run = (...args: readonly string[]): Run => runIn({}, ...args);
  return {
    cli,
    folder,
    run,
    runIn,
    json: (...args) => JSON.parse(run(...args, '--format', 'json').output) as unknown,
    file: (name, content) => {
      const full = path.join(folder, name);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
  };
}

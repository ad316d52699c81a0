import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Extent, Row } from './rows.ts';
import { median } from './statistics.ts';

/** From the start of the command line to its end, against a Node.js that does nothing. @param root the folder of the project. */
export function commandLine(root: string, { short }: Extent): readonly Row[] {
  const cli = path.join(root, 'dist/cli.js');
  const commands = { node: ['-e', '0'], help: [cli, '--help'], lint: [cli, 'lint', path.join(root, 'samples/backup-policies/baseline.json')] };
  const times: Record<keyof typeof commands, number[]> = { node: [], help: [], lint: [] };
  for (let turn = 0; turn < (short ? 9 : 25); turn++) {
    for (const name of ['node', 'help', 'lint'] as const) times[name].push(run(commands[name]));
  }
  const other = { value: median(times.node), name: 'node -e 0' };
  return [
    { id: 'cli.help', name: 'Command line: --help', unit: 'ms', ours: median(times.help), other },
    { id: 'cli.lint', name: 'Command line: lint of one file', unit: 'ms', ours: median(times.lint), other },
  ];
}

function run(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const time = performance.now() - began;
  // Lint ends with 1 where it finds something.
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return time;
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Where downloaded programs are kept; nothing in it is part of the project. */
export const downloads = path.resolve(import.meta.dirname, '../../.vscode-host');

/** Runs npm and gives what it prints. Throws with npm's own words. */
export function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
}

/** Unpacks a package of the npm registry without its dependencies and without running anything of it. */
export function unpack(spec, into) {
  mkdirSync(into, { recursive: true });
  const archive = npm(['pack', spec, '--silent', '--pack-destination', '.'], into).trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['xzf', archive], { cwd: into });
  rmSync(path.join(into, archive));
  return path.join(into, 'package');
}

// Finds Neovim: the one that NVIM_PROGRAM names, one of the system, or Debian's package.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The path of Neovim; says which. Throws with what to do when there is none. */
export function neovimPath() {
  const found = fromVariable() ?? onPath() ?? fromDebian();
  if (found === undefined) throw new Error('No Neovim found. Install Neovim 0.7 or newer, or set NVIM_PROGRAM to the path of its program.');
  console.log(`Neovim: ${found}`);
  return found;
}

function fromVariable() {
  const file = process.env.NVIM_PROGRAM;
  if (file === undefined || file === '') return undefined;
  if (!existsSync(file)) throw new Error(`NVIM_PROGRAM names ${file}, which does not exist.`);
  return file;
}

function onPath() {
  try {
    return execFileSync(process.platform === 'win32' ? 'where' : 'which', ['nvim'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0].trim();
  } catch {
    return undefined;
  }
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('No Neovim found: installing the package neovim with apt-get …');
  const options = { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'neovim'], options);
    return onPath();
  } catch (error) {
    console.log(`apt-get could not install it: ${error.message}`);
    return undefined;
  }
}

// Gets a real VS Code into .vscode-host/: the server that the npm package code-server carries. No install script runs.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Runs on Node 20, 22 and 24. */
export const defaultVersion = '4.100.3';
const ripgrepVersion = '1.18.0';

/**
 * The folder of a VS Code server, downloaded on first use.
 * VSCODE_HOST names another version of code-server.
 */
export function vscodeServer(version = process.env.VSCODE_HOST ?? defaultVersion) {
  const folder = path.resolve('.vscode-host', `code-server-${version}`);
  const server = path.join(folder, 'package/lib/vscode');
  const mark = path.join(folder, '.ready');
  if (existsSync(mark)) return server;
  console.log(`Getting VS Code (code-server ${version}, about 60 MB, once) …`);
  rmSync(folder, { recursive: true, force: true });
  unpack(`code-server@${version}`, folder);
  // Optional dependencies stay: they hold the prebuilt file watcher. npm ci would refuse the package's shrinkwrap.
  npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], server);
  installRipgrep(folder, server);
  writeFileSync(mark, version);
  return server;
}

/** Without it the search for files throws; the package's own install script would download it from elsewhere. */
function installRipgrep(folder, server) {
  const module = path.join(server, 'node_modules/@vscode/ripgrep');
  const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
  if (!existsSync(module) || existsSync(path.join(module, 'bin', binary))) return;
  const unpacked = unpack(`@vscode/ripgrep-${process.platform}-${process.arch}@${ripgrepVersion}`, path.join(folder, 'ripgrep'));
  mkdirSync(path.join(module, 'bin'), { recursive: true });
  copyFileSync(path.join(unpacked, 'bin', binary), path.join(module, 'bin', binary));
  chmodSync(path.join(module, 'bin', binary), 0o755);
}

function unpack(spec, into) {
  mkdirSync(into, { recursive: true });
  const archive = npm(['pack', spec, '--silent', '--pack-destination', into]).trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['xzf', path.join(into, archive), '-C', into]);
  rmSync(path.join(into, archive));
  return path.join(into, 'package');
}

function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
}

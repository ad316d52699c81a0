// Gets a real VS Code into .vscode-host/: the server that the npm package code-server carries. No install script runs.
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { downloads, npm, unpack } from './npm.mjs';

/** Runs on Node 20, 22 and 24. */
const defaultVersion = '4.100.3';
const ripgrepVersion = '1.18.0';

/**
 * The folder of a VS Code server, downloaded on first use.
 * VSCODE_HOST names another version of code-server.
 */
export function vscodeServer(version = process.env.VSCODE_HOST ?? defaultVersion) {
  const folder = path.join(downloads, `code-server-${version}`);
  if (!existsSync(folder)) download(version, folder);
  return path.join(folder, serverFolder);
}

const serverFolder = 'package/lib/vscode';

function download(version, folder) {
  console.log(`Getting VS Code (code-server ${version} of the npm registry, about 60 MB, once) …`);
  // Complete or not there: a download that was interrupted, or another one at the same time, does no harm.
  const unfinished = `${folder}.${process.pid}`;
  try {
    unpack(`code-server@${version}`, unfinished);
    const server = path.join(unfinished, serverFolder);
    // Optional dependencies stay: they hold the prebuilt file watcher. npm ci would refuse the package's shrinkwrap.
    npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], server);
    installRipgrep(server, path.join(unfinished, 'ripgrep'));
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Without it the search for files throws; the package's own install script would get it from elsewhere. */
function installRipgrep(server, folder) {
  const module = path.join(server, 'node_modules/@vscode/ripgrep');
  const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
  if (!existsSync(module) || existsSync(path.join(module, 'bin', binary))) return;
  const unpacked = unpack(`@vscode/ripgrep-${process.platform}-${process.arch}@${ripgrepVersion}`, folder);
  mkdirSync(path.join(module, 'bin'), { recursive: true });
  copyFileSync(path.join(unpacked, 'bin', binary), path.join(module, 'bin', binary));
  chmodSync(path.join(module, 'bin', binary), 0o755);
}

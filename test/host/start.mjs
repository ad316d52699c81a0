// npm start: a real VS Code in the browser, with the extension as users install it and the sample organization.
//   --desktop  the `code` of the PATH instead, with data folders of its own
//   --keep     go on with the files of the last start instead of a fresh copy of the sample
// PORT names the port; a port that is taken makes it the next free one.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packageExtension } from './package.mjs';
import { folderAddress, freePort, startServer } from './server.mjs';

const firstFile = 'backup-policies/baseline.json';
const arguments_ = new Set(process.argv.slice(2));

console.log('Building the extension …');
execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
mkdirSync('.vscode-host', { recursive: true });
const port = await freePort(Number(process.env.PORT ?? 8123));
const vsix = packageExtension(path.resolve('.vscode-host', `start-${port}.vsix`));
const workspace = path.resolve('.vscode-host', `sample-${port}`);
if (!arguments_.has('--keep') || !existsSync(workspace)) {
  rmSync(workspace, { recursive: true, force: true });
  cpSync('samples', workspace, { recursive: true });
}
console.log(`The sample organization is a copy in ${path.relative(process.cwd(), workspace)}; change it as you like.`);

if (arguments_.has('--desktop')) {
  const folders = ['--user-data-dir', path.resolve('.vscode-host/desktop/data'), '--extensions-dir', path.resolve('.vscode-host/desktop/extensions')];
  const shell = process.platform === 'win32';
  execFileSync('code', [...folders, '--install-extension', vsix, '--force'], { stdio: 'inherit', shell });
  spawn('code', [...folders, '--new-window', workspace, path.join(workspace, firstFile)], { stdio: 'ignore', detached: true, shell }).unref();
  console.log('VS Code opens with the sample organization.');
} else {
  console.log('Starting VS Code on this machine only (127.0.0.1) …');
  const server = await startServer({ port, vsix });
  process.once('exit', () => rmSync(vsix, { force: true }));
  const address = folderAddress(server, workspace, { open: [path.join(workspace, firstFile)] });
  console.log(`Open in your browser (Ctrl+C here stops it):\n${address}`);
  await new Promise(() => setInterval(() => undefined, 60_000));
}

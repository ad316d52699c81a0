// npm start: a real VS Code in the browser, with the extension as users install it and the sample organization.
//   --desktop  the `code` of the PATH instead, with data folders of its own
//   --keep     go on with the files of the last start instead of a fresh copy of the sample
// PORT names the port (8123); when it is taken, the next free one is used.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { downloads } from './npm.mjs';
import { folderAddress, startServer } from './server.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const firstFile = 'backup-policies/baseline.json';
const parent = process.ppid;
const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--desktop' && option !== '--keep');
if (unknown !== undefined) fail(`There is no option ${unknown}. The options are --desktop and --keep.`);

console.log('Building and packaging the extension …');
const vsix = path.join(downloads, `start-${process.pid}.vsix`);
process.once('exit', () => rmSync(vsix, { force: true }));
for (const step of [['esbuild.mjs'], ['packaging/package.mjs', vsix]]) execFileSync(process.execPath, step, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (options.includes('--desktop')) startDesktop();
else await startInBrowser();

async function startInBrowser() {
  const port = Number(process.env.PORT ?? 8123);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`PORT must be a number from 1 to 65535, it is ${process.env.PORT}.`);
  const server = await startServer({ port, vsix });
  const workspace = sampleWorkspace(String(server.port));
  if (server.port !== port) console.log(`Port ${port} is taken, so this one has ${server.port}.`);
  console.log('VS Code runs on this machine and answers this machine only. Ctrl+C stops it and frees the port.');
  console.log(`Open ${folderAddress(server, workspace, { open: [path.join(workspace, firstFile)] })}`);
  // Runs until it is stopped. npm does not pass on every signal, so this ends with the shell that npm started.
  setInterval(() => {
    if (process.env.npm_lifecycle_event === 'start' && process.ppid !== parent) process.exit(0);
  }, 500);
}

function startDesktop() {
  const workspace = sampleWorkspace('desktop');
  const folders = ['--user-data-dir', path.join(downloads, 'desktop/data'), '--extensions-dir', path.join(downloads, 'desktop/extensions')];
  const code = (...args) => execFileSync('code', [...folders, ...args], { stdio: 'inherit', shell: process.platform === 'win32' });
  try {
    code('--install-extension', vsix, '--force');
    code('--new-window', '--disable-workspace-trust', workspace, path.join(workspace, firstFile));
  } catch (error) {
    fail(error.code === 'ENOENT' ? 'There is no command `code` on the PATH. Without --desktop, VS Code runs in the browser.' : error.message);
  }
  console.log('The VS Code of this machine opens the sample organization, apart from your own settings and extensions.');
}

/** A copy of the sample to change at will: the repository stays as it is, and copies beside each other do not meet. */
function sampleWorkspace(name) {
  const workspace = path.join(downloads, `start-${name}`, 'sample-organization');
  const kept = options.includes('--keep') && existsSync(workspace);
  if (!kept) {
    rmSync(workspace, { recursive: true, force: true });
    cpSync(path.join(root, 'samples'), workspace, { recursive: true });
  }
  console.log(`The sample organization is ${kept ? 'as you left it' : 'a fresh copy'} in ${path.relative(process.cwd(), workspace)}; change it as you like.`);
  return workspace;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

// Starts a VS Code server that only this machine can reach, and stops it with everything it started.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { vscodeServer } from './install.mjs';

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  // In a browser VS Code saves by itself after a second; what is edited here is saved when the user says so.
  'files.autoSave': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'json.schemaDownload.enable': false,
};

const startLimit = 120_000;

/** What a server says whose native modules were not built, and that it can do without. */
const noise = /bindings file|spdlog|watchdog|^\s*(tries: \[|[\]}]+,?)?$|vsda|^\s+at /;

/**
 * Starts a server and waits until it answers. It ends with this process at the latest, whatever ends that.
 * @param options
 *   port: the wished port; when it is taken, the next free one. Any free port without a wish.
 *   settings: user settings on top of the quiet ones. vsix: an extension to install first. env: more variables for
 *   VS Code. suites: lets the page's address name a suite to run. trust: folders are not trusted until the user says so.
 */
export async function startServer({ port = 0, settings = {}, vsix, env = {}, suites = false, trust = false } = {}) {
  const program = path.join(vscodeServer(), 'out/server-main.js');
  const data = mkdtempSync(path.join(os.tmpdir(), 'vscode-host-'));
  const removeData = () => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.once('exit', removeData);
  const home = path.join(data, 'server');
  mkdirSync(path.join(home, 'data/User'), { recursive: true });
  writeFileSync(path.join(home, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const options = ['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', home, '--extensions-dir', path.join(data, 'extensions')];
  if (vsix !== undefined) installExtension(program, options, path.resolve(vsix));
  if (suites) options.push('--enable-smoke-test-driver');
  if (!trust) options.push('--disable-workspace-trust');
  const running = await listen(program, options, port, path.join(data, 'server.log'), env);
  const stop = () => {
    running.stop();
    process.off('exit', removeData);
    removeData();
  };
  return { port: running.port, base: `http://127.0.0.1:${running.port}/`, data, stop, readLog: running.readLog };
}

function installExtension(program, options, vsix) {
  execFileSync(process.execPath, [program, ...options, '--install-extension', vsix], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env: withoutGallery({}) });
}

/** VS Code asks no extension gallery for anything. */
function withoutGallery(env) {
  return { ...process.env, EXTENSIONS_GALLERY: '{}', ...env };
}

async function listen(program, options, wished, logFile, env) {
  for (let port = await freePort(wished); ; port = await freePort(wished === 0 ? 0 : port + 1)) {
    const log = openSync(logFile, 'w');
    const args = [program, ...options, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
    const child = spawn(process.env.VSCODE_HOST_NODE ?? process.execPath, args, { detached: true, stdio: ['ignore', log, log], env: withoutGallery(env) });
    closeSync(log);
    const stop = () => {
      process.off('exit', stop);
      endGroup(child);
    };
    process.on('exit', stop);
    const readLog = () => readFileSync(logFile, 'utf8').split('\n').filter((line) => !noise.test(line)).join('\n');
    if (await answers(child, port, readLog)) return { port, stop, readLog };
    stop();
    // Another program took the port between the search for a free one and now.
    if (!portWasTaken(readLog())) throw new Error(`VS Code did not start.\n${readLog().slice(-3000)}`);
  }
}

const portWasTaken = (log) => log.includes('EADDRINUSE');

/** Whether this server answers: a port that was taken is answered by the server of somebody else. */
async function answers(child, port, readLog) {
  const end = Date.now() + startLimit;
  while (child.exitCode === null && !portWasTaken(readLog()) && Date.now() < end) {
    const listens = readLog().includes(`agent listening on ${port}`);
    if (listens && (await fetch(`http://127.0.0.1:${port}/version`).then((response) => response.ok, () => false))) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The server leads a process group: extension hosts and language servers end with it. */
function endGroup(child) {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** A port that is free now: the wished one, else the next. */
export function freePort(wished = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => (error.code === 'EADDRINUSE' && wished > 0 && wished < 65_535 ? resolve(freePort(wished + 1)) : reject(error)));
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The address of a folder, with files to open in it and with what VS Code calls a payload. */
export function folderAddress(server, folder, { payload = [], open = [] } = {}) {
  const authority = `vscode-remote://127.0.0.1:${server.port}`;
  const entries = [...payload, ...open.map((file) => ['openFile', `${authority}${file}`])];
  const query = [['folder', folder], ...(entries.length > 0 ? [['payload', JSON.stringify(entries)]] : [])];
  return `${server.base}?${query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

// A signal would end this process without its exit handlers.
for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) process.on(signal, () => process.exit(128 + number));

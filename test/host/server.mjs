// Starts a VS Code server on a free port of this machine and stops it with everything it started.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { vscodeServer } from './install.mjs';

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'json.schemaDownload.enable': false,
};

/** A port that is free now: the wished one if possible. */
export function freePort(wished = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => (wished === 0 ? reject(error) : resolve(freePort(wished < 65_000 ? wished + 1 : 0))));
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server and waits until it answers.
 * @param options port; settings (user settings on top of quiet ones); vsix (installed first); env; smokeTest (lets a suite be loaded).
 */
export async function startServer({ port, settings = {}, vsix, env = {}, smokeTest = false } = {}) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'vscode-host-'));
  const home = path.join(data, 'server');
  mkdirSync(path.join(home, 'data/User'), { recursive: true });
  writeFileSync(path.join(home, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const actual = port ?? (await freePort());
  const logFile = path.join(data, 'server.log');
  const log = openSync(logFile, 'w');
  const args = [path.join(vscodeServer(), 'out/server-main.js'), '--host', '127.0.0.1', '--port', String(actual),
    '--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust',
    '--server-data-dir', home, '--extensions-dir', path.join(data, 'extensions'), '--log', 'info'];
  if (smokeTest) args.push('--enable-smoke-test-driver');
  if (vsix !== undefined) args.push('--start-server', '--install-extension', path.resolve(vsix));
  const child = spawn(process.env.VSCODE_HOST_NODE ?? process.execPath, args, { detached: true, stdio: ['ignore', log, log], env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...env } });
  closeSync(log);
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const readLog = () => readFileSync(logFile, 'utf8');
  const base = `http://127.0.0.1:${actual}/`;
  const ready = () => (vsix === undefined || /was successfully installed/.test(readLog())) && fetch(base, { redirect: 'manual' }).then(() => true, () => false);
  const end = Date.now() + 120_000;
  while (!(await ready())) {
    if (child.exitCode !== null || Date.now() > end) {
      const text = readLog();
      stop();
      throw new Error(`VS Code did not start.\n${text.slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { base, port: actual, data, stop, readLog };
}

/** The address of a folder, with files to open in it. */
export function folderAddress(server, folder, { payload = [], open = [] } = {}) {
  const authority = `vscode-remote://127.0.0.1:${server.port}`;
  const entries = [...payload, ...open.map((file) => ['openFile', `${authority}${file}`])];
  const query = new URLSearchParams({ folder, ...(entries.length > 0 ? { payload: JSON.stringify(entries) } : {}) });
  return `${server.base}?${query}`;
}


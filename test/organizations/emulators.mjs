// npm run test:emulators: the contract of test/organizations against two emulators of AWS, from PyPI into a folder of its own.
//   npm run test:emulators -- moto     only one of them
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');
const environment = path.join(root, 'test-results', 'emulators');
const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const packages = ['moto==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5', 'ministack==1.5.33'];

const emulators = {
  moto: { args: (port) => [path.join(import.meta.dirname, 'moto_backup.py'), '-H', '127.0.0.1', '-p', port], ready: '/moto-api/data.json' },
  // Its defaults listen on every interface.
  ministack: {
    args: () => ['-c', 'import sys; from importlib.metadata import entry_points; sys.exit(next(e for e in entry_points(group="console_scripts") if e.name == "ministack").load()())'],
    env: (port) => ({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: port, SERVICES: 'organizations', SFTP_ENABLED: '0', IOT_MTLS_ENABLED: '0' }),
    ready: '/_ministack/health',
  },
};

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${command} ended with ${status}.`);
}

function install() {
  mkdirSync(path.dirname(environment), { recursive: true });
  if (!existsSync(python)) run(process.env.PYTHON ?? 'python3', '-m', 'venv', environment);
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}

async function untilReady(url, child) {
  for (let waited = 0; waited < 15_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`The emulator ended with ${child.exitCode}.`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error('The emulator did not start.');
}

/** Runs the contract against one emulator; true when it holds but for the known deviations. */
async function check(name) {
  const { args, env = () => ({}), ready } = emulators[name];
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(python, args(port), { stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, ...env(port) } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await untilReady(`${endpoint}${ready}`, child);
    console.log(`\n── ${name}`);
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ORGS_TEST_ENDPOINT: endpoint, ORGS_TEST_BACKEND: name } };
    return spawnSync(process.execPath, [vitest, 'run', 'test/organizations/contract.test.ts', '-t', 'ORGS_TEST_ENDPOINT'], options).status === 0;
  } finally {
    child.kill();
    await ended;
  }
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(emulators);
install();
const failed = [];
for (const name of names) if (!(await check(name))) failed.push(name);
console.log(failed.length === 0 ? `\nThe contract holds with ${names.join(' and ')}, but for the known deviations.` : `\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

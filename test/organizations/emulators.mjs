// npm run test:emulators: the contract of test/organizations against two emulators of AWS, and cfn-lint on generated
// templates, from PyPI into a folder of its own.
//   npm run test:emulators -- moto         only one of them: moto, ministack or cfn-lint
//   npm run test:emulators -- --install    only the packages, which takes most of the time of a first run
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');
const results = path.join(root, 'test-results');
const environment = path.join(results, 'emulators');
const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const packages = ['moto==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5', 'ministack==1.5.33', 'cfn-lint==1.58.0'];

const emulators = {
  moto: { args: (port) => [path.join(import.meta.dirname, 'moto_backup.py'), '-H', '127.0.0.1', '-p', port], ready: '/moto-api/data.json' },
  // Its defaults listen on every interface.
  ministack: {
    args: () => ['-c', 'import sys; from importlib.metadata import entry_points; sys.exit(next(e for e in entry_points(group="console_scripts") if e.name == "ministack").load()())'],
    env: (port) => ({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: port, SERVICES: 'organizations', SFTP_ENABLED: '0', IOT_MTLS_ENABLED: '0' }),
    ready: '/_ministack/health',
  },
};

/** Runs a program to its end; its output shows only when it fails. */
function run(command, ...args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(error?.message ?? `${path.basename(command)} ${args.slice(0, 3).join(' ')} ended with ${status}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
}

/** Throws an error that says what is missing. */
function install() {
  const complete = path.join(environment, packages.join(' ').replaceAll(/[^\w.]+/g, '-'));
  if (existsSync(complete)) return;
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(path.dirname(environment), { recursive: true });
  const interpreter = process.env.PYTHON ?? 'python3';
  try {
    run(interpreter, '-m', 'venv', environment);
  } catch (error) {
    throw new Error(`The emulators need Python 3 with its module venv (Debian: python3-venv): ${error.message}`);
  }
  try {
    run(python, '-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', ...packages);
  } catch (error) {
    throw new Error(`The emulators could not be installed from PyPI: ${error.message}`);
  }
  writeFileSync(complete, '');
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

/** Runs the contract against one emulator, or cfn-lint, and counts; known deviations are expected. */
async function check(name) {
  if (name === 'cfn-lint') return await runTests(name, ['test/core/readiness/cfnLint.test.ts'], { ...process.env, CFN_LINT_PYTHON: python });
  const { args, env = () => ({}), ready } = emulators[name];
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(python, args(port), { stdio: 'ignore', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env(port) } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await untilReady(`${endpoint}${ready}`, child);
    return await runTests(name, ['test/organizations/contract.test.ts', '-t', 'ORGS_TEST_ENDPOINT'], { ...process.env, ORGS_TEST_ENDPOINT: endpoint, ORGS_TEST_BACKEND: name });
  } finally {
    child.kill();
    await ended;
  }
}

/** Green only for a complete report of this run with tests in it. */
async function runTests(name, files, env) {
  const report = path.join(results, `emulator-${name}.json`);
  rmSync(report, { force: true });
  const args = ['run', ...files, '--allowOnly=false', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = spawn(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env });
  const status = await new Promise((resolve) => vitest.once('exit', resolve));
  const { numPassedTests: passed, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testResults.flatMap((file) => file.assertionResults).filter((test) => test.status === 'failed').map((test) => `${name}: ${test.title}: ${String(test.failureMessages[0]).split('\n')[0]}`);
  const failed = status === 0 && passed > 0 ? tests.length : Math.max(1, tests.length);
  console.log(`${name}: ${passed} cases hold${name in emulators ? ', but for the known deviations' : ''}; ${failed} failed.`);
  for (const test of tests) console.log(`  ${test}`);
  return { passed, failed, tests };
}

/** Runs the contract against emulators by name, at once: most of it is waiting. What cannot run is one failure that says why. */
export async function runEmulators(names = [...Object.keys(emulators), 'cfn-lint']) {
  try {
    install();
    const counts = await Promise.all(names.map(check));
    return { passed: sum(counts, 'passed'), failed: sum(counts, 'failed'), tests: counts.flatMap(({ tests }) => tests) };
  } catch (error) {
    console.log(error.message);
    return { passed: 0, failed: 1, tests: [error.message] };
  }
}

const sum = (counts, member) => counts.reduce((total, each) => total + each[member], 0);

if (process.argv[1] === import.meta.filename && process.argv.includes('--install')) {
  install();
} else if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = await runEmulators(process.argv.length > 2 ? process.argv.slice(2) : undefined);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

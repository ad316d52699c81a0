// npm test: everything. Ends with "N passed, N failed"; a check of a tool counts as one.
//   --checks      only types, lint, boundaries, unused code and the supply chain
//   --emulators   also the contract of AWS Organizations against emulators, which come from PyPI
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const results = path.join(root, 'test-results');
const vsix = path.join(results, 'extension.vsix');
const total = { passed: 0, failed: 0 };
const failures = [];

/** Runs one part and adds what it counts; a part that throws is one failure. */
async function part(name, run) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { passed, failed, tests = [] } = await attempt(run);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(name, ...tests.map((test) => `  ${test}`));
  console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return failed === 0;
}

async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

function node(script, ...args) {
  return spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status;
}

/** A program that tells success by its exit status. */
const tool = (script, ...args) => () => (node(script, ...args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** Green only for a complete report of this run with tests in it; errors outside of tests count as one failure. */
const vitest = (name, ...args) => () => {
  const report = path.join(results, `${name}.json`);
  rmSync(report, { force: true });
  const status = node('node_modules/vitest/vitest.mjs', 'run', '--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args);
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults: files } = JSON.parse(readFileSync(report, 'utf8'));
  if (skipped > 0) console.log(`${skipped} tests were skipped.`);
  return { passed, failed: status === 0 && passed > 0 ? failed : Math.max(1, failed), tests: files.flatMap(failuresOf) };
};

/** What failed in a file of tests: each test with the first line of its fault, or the file that could not run. */
function failuresOf({ name, status, message, assertionResults: tests }) {
  const failed = tests.filter((test) => test.status === 'failed').map((test) => `${test.fullName}: ${String(test.failureMessages[0]).split('\n')[0]}`);
  return failed.length === 0 && status === 'failed' ? [`${path.relative(root, name)}: ${message.split('\n')[0]}`] : failed;
}

/** The same, beside what follows: its output is shown once it is waited for. */
function begun(script, ...args) {
  const child = spawn(process.execPath, [path.join(root, script), ...args], { cwd: root });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      output.push(String(error));
      resolve(1);
    });
    child.once('close', resolve);
  });
  return async () => {
    const status = await ended;
    process.stdout.write(Buffer.concat(output.map((chunk) => Buffer.from(chunk))));
    return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}

async function checks() {
  // As long as all the others together, on one processor.
  const lint = begun('node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0');
  await part('Types', tool('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'));
  await part('Types of the webview', tool('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'client/webview'));
  await part('Boundaries', tool('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'client', 'server', 'test'));
  await part('Unused code', tool('node_modules/knip/bin/knip.js', '--no-config-hints'));
  await part('Supply chain', tool('packaging/supplyChain.mjs'));
  await part('Lint', lint);
}

/** What is tested as users get it: the bundles, the package, and both in a real VS Code. */
async function builtExtension() {
  if (!(await part('Package', tool('packaging/package.mjs', vsix)))) return;
  await part('Bundles and package', vitest('built', '--config', 'test/built/vitest.config.mjs'));
  await part('Benches (short)', benches);
  await part('Neovim', vitest('neovim', '--config', 'test/editors/vitest.config.mjs'));
  const { runSuite } = await import('./host/runSuite.mjs');
  await part('Suites in VS Code, from source', () => runSuite());
  await part('Suites in VS Code, from the .vsix', () => runSuite({ vsix }));
  const { runWebSuite } = await import('./host/runWebSuite.mjs');
  for (const version of ['1.91', '1.137']) await part(`Suites in VS Code for the Web, ${version}`, () => runWebSuite(version));
  await part('Suites in a folder that is not trusted', () => runSuite({ vsix, untrusted: true }));
  const tour = path.join(root, 'test/host/tour.mjs');
  if (existsSync(tour)) await part('Tour', async () => (await import(tour)).runTour({ vsix }));
}

/** Each goal that is a ratio or a size is a check; seconds are none. */
function benches() {
  const report = path.join(results, 'bench.json');
  rmSync(report, { force: true });
  const status = node('test/bench/run.mjs', '--short', '--vsix', vsix);
  const { passed, failed } = JSON.parse(readFileSync(report, 'utf8')).short;
  return { passed, failed: status === 0 && passed > 0 ? failed.length : Math.max(1, failed.length), tests: failed };
}

async function emulators() {
  const { runEmulators } = await import('./organizations/emulators.mjs');
  return runEmulators();
}

async function browser() {
  const { browserPath } = await import('./host/browser.mjs');
  browserPath();
  return { passed: 1, failed: 0 };
}

mkdirSync(results, { recursive: true });
if (process.argv.includes('--checks')) {
  await checks();
} else {
  console.log('Builds the extension, checks it, runs its tests, and runs the suites in a real VS Code in a browser without a window.');
  await part('Browser', browser);
  const built = await part('Build', tool('esbuild.mjs', '--tests'));
  await checks();
  await part('Unit tests', vitest('unit'));
  if (process.argv.includes('--emulators')) await part('Emulators of AWS Organizations', emulators);
  if (built) await builtExtension();
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

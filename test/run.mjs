// npm test: everything. Ends with "N passed, N failed"; a check of a tool counts as one.
//   --quick  without the suites in the real VS Code
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';

const quick = process.argv.includes('--quick');
let passed = 0;
let failed = 0;
const failures = [];

function count(name, result) {
  passed += result.passed;
  failed += result.failed;
  if (result.failed > 0) failures.push(name);
  console.log(`${result.failed === 0 ? '✓' : '✗'} ${name}: ${result.passed} passed, ${result.failed} failed`);
}

function check(name, command, args) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' });
  count(name, status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  return status === 0;
}

async function suite(name, run) {
  console.log(`\n── ${name}`);
  try {
    count(name, await run());
  } catch (error) {
    console.error(error);
    count(name, { passed: 0, failed: 1 });
  }
}

function unitTests() {
  mkdirSync('test-results', { recursive: true });
  const report = 'test-results/vitest.json';
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], { stdio: 'inherit' });
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: result.numPassedTests, failed: result.numFailedTests + broken };
}

console.log('Builds the extension, checks it, runs its tests, and runs the suites in a real VS Code in a browser without a window.');
const built = check('Build', 'esbuild.mjs', ['--tests']);
check('Types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.']);
check('Types of the webview', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'client/webview']);
check('Lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
check('Boundaries', 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'client', 'server', 'test']);
check('Unused code', 'node_modules/knip/bin/knip.js', []);
await suite('Unit tests', unitTests);
if (built && !quick) {
  const { packageExtension } = await import('./host/package.mjs');
  const { runSuite } = await import('./host/runSuite.mjs');
  const vsix = 'test-results/extension.vsix';
  await suite('Package', () => {
    packageExtension(vsix);
    return { passed: 1, failed: 0 };
  });
  await suite('Suite in VS Code, from source', () => runSuite());
  await suite('Suite in VS Code, from the .vsix', () => runSuite({ vsix }));
  if (existsSync('test/host/tour.mjs')) await suite('Tour', async () => (await import('./host/tour.mjs')).runTour({ vsix }));
}
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

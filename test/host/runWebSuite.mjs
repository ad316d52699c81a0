// Runs out/web in the extension host of VS Code for the Web, which is a worker of the browser: there is no Node in it.
//   node test/host/runWebSuite.mjs 1.91|1.137          what every test run does
//   node test/host/runWebSuite.mjs 1.91|1.137 --long   all suites that need no Node
// Green only for complete reports with tests and without failures.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { lendHand } from './webHands.mjs';
import { openWeb } from './webPage.mjs';
import { visit } from './webVisit.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const timeLimit = 180_000;

/** Runs the suites on the sample organization and those without a folder, visits the sample as a person does, and gives the counts. */
export async function runWebSuite(version, long = false) {
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'vscode-web-'));
  try {
    const folder = path.join(workspace, 'sample');
    cpSync(path.join(root, 'samples'), folder, { recursive: true });
    // In a browser VS Code saves by itself after a second; what is edited here is saved when a suite says so.
    mkdirSync(path.join(folder, '.vscode'));
    writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'files.autoSave': 'off' }));
    const withFolder = await runEntry(version, 'index.js', folder);
    const more = long ? [await runEntry(version, 'more.js', folder)] : [];
    const without = await runEntry(version, 'noFolder.js', undefined);
    const visited = await visit(version).then(() => ({ passed: 1, failed: 0 }), (error) => {
      console.log(`  ✗ A visit: ${error.message}`);
      return { passed: 0, failed: 1 };
    });
    return [withFolder, ...more, without, visited].reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function runEntry(version, name, folderPath) {
  const entry = path.join(root, 'out/web', name);
  if (!existsSync(entry)) throw new Error(`There are no compiled suites at ${entry}. Run node esbuild.mjs --tests first.`);
  const { page, close } = await openWeb(version, { folderPath, extensionTestsPath: entry });
  let timer;
  try {
    let report;
    const errors = [];
    await page.exposeFunction('codeAutomationLog', (kind, args) => {
      const line = util.format(...args).trim();
      if (kind === 'error') errors.push(line);
      const found = /^TEST_REPORT (.*)$/.exec(line);
      if (found !== null) report = JSON.parse(found[1]);
      const request = /^TEST_HAND (.*)$/.exec(line);
      if (request !== null) {
        void lendHand(page, JSON.parse(request[1])).catch((error) => {
          errors.push(`${request[1]}: ${error.message}`);
        });
      }
    });
    const ended = new Promise((resolve, reject) => void page.exposeFunction('codeAutomationExit', resolve).catch(reject));
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve('timeout'), timeLimit)));
    await page.goto(page.address);
    const code = await Promise.race([ended, late]);
    return await verdict(code, report, errors, page, `web-${version}-${path.basename(name, '.js')}`);
  } finally {
    clearTimeout(timer);
    await close();
  }
}

async function verdict(code, report, errors, page, name) {
  for (const { title, fault } of report?.faults ?? []) console.log(`  ✗ ${title}\n${fault.split('\n').slice(0, 25).map((line) => `      ${line}`).join('\n')}`);
  if (report?.pending > 0) console.log(`${report.pending} tests were skipped.`);
  if (code === 0 && report !== undefined && report.tests > 0 && report.failures === 0) return { passed: report.passes, failed: 0 };
  console.log(errors.slice(-5).join('\n'));
  const picture = path.join(root, 'test-results', `${name}.png`);
  await page.screenshot({ path: picture }).catch(() => undefined);
  console.log(`VS Code ended the suites with ${code}; their report is ${report === undefined ? 'missing' : 'complete'}. What was to be seen: ${path.relative(root, picture)}`);
  return { passed: report?.passes ?? 0, failed: Math.max(1, report?.failures ?? 1) };
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = await runWebSuite(process.argv[2] ?? '1.91', process.argv.includes('--long'));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

// Runs out/ui inside the extension host of a real VS Code.
//   node test/host/runSuite.mjs               the extension from source
//   node test/host/runSuite.mjs FILE.vsix     the extension as users install it
// Green only for a complete report with tests and without failures: a crashed extension host reports exit code 0.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { launchBrowser } from './browser.mjs';
import { folderAddress, startServer } from './server.mjs';

/** What a server without its native modules says. */
const noise = /Could not locate the bindings file|Release\/watchdog|\[Service Worker\]/;

/** Runs the suite and gives its counts. */
export async function runSuite({ vsix, timeout = 240_000 } = {}) {
  const name = vsix === undefined ? 'from source' : 'from the .vsix';
  const root = process.cwd();
  const reportName = 'suite-report.json';
  const env = { TEST_REPORT: path.join(root, 'out', `${vsix === undefined ? 'source' : 'vsix'}-${reportName}`), SUITE_KIND: vsix === undefined ? 'source' : 'vsix' };
  writeFileSync(env.TEST_REPORT, '');
  const server = await startServer({ vsix, env, smokeTest: true, settings: { 'git.enabled': false } });
  const workspace = path.join(server.data, 'workspace');
  cpSync('samples', workspace, { recursive: true });
  const extension = vsix === undefined ? root : harness(path.join(server.data, 'harness'));
  const browser = await launchBrowser();
  let code = 'timeout';
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const done = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (kind, args) => {
      const line = util.format(...args);
      if (!noise.test(line) && (kind === 'error' || /^\s*(✔|✓|\d+\)|\d+ (passing|failing|pending))/.test(line))) console.log(line.split('\n').slice(0, 25).join('\n'));
    });
    const uri = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const payload = [['extensionDevelopmentPath', uri(extension)], ['extensionTestsPath', uri(path.join(root, 'out/ui/index'))]];
    await page.goto(folderAddress(server, workspace, { payload }));
    code = await Promise.race([done, new Promise((resolve) => setTimeout(() => resolve('timeout'), timeout))]);
    if (code !== 0) {
      mkdirSync('test-results', { recursive: true });
      await page.screenshot({ path: 'test-results/suite-failure.png' });
    }
  } finally {
    await browser.close();
    if (code !== 0) console.log(server.readLog().slice(-2000));
    server.stop();
  }
  const report = existsSync(env.TEST_REPORT) ? readReport(env.TEST_REPORT) : undefined;
  const green = code === 0 && report !== undefined && report.tests > 0 && report.failures === 0;
  if (!green) console.log(`Suite ${name}: VS Code ended with ${code}, the report is ${report === undefined ? 'missing' : 'complete'}.`);
  return { passed: report?.passes ?? 0, failed: green ? 0 : Math.max(1, report?.failures ?? 1) };
}

/** An empty extension: the suite then finds only the installed one. */
function harness(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'harness', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } }));
  return folder;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) {
  const { passed, failed } = await runSuite({ vsix: process.argv[2] });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

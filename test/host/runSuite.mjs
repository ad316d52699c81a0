// Runs out/ui inside the extension host of a real VS Code.
//   node test/host/runSuite.mjs               the extension from source
//   node test/host/runSuite.mjs FILE.vsix     the extension as users install it
//   node test/host/runSuite.mjs --untrusted [FILE.vsix]   the suites of a folder that is not trusted
// Green only for a complete report with tests and without failures: VS Code reports success for a crashed extension host.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { launchBrowser } from './browser.mjs';
import { folderAddress, startServer } from './server.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What a server without its native modules says. */
const noise = /Could not locate the bindings file|Release\/watchdog|\[Service Worker\]/;

/**
 * Runs the suites on a copy of the sample organization and gives their counts.
 * @param options vsix: the extension to install, otherwise it runs from source. entry: the compiled entry of the suites.
 *   folder: what is copied instead of the sample. alongside: what is done with the page meanwhile.
 *   timeout: in milliseconds. untrusted: the suites of a folder that nobody trusts yet; when one of them opens the
 *   editor of workspace trust, its button to trust the folder is pressed.
 */
export async function runSuite({ vsix, entry = path.join(root, 'out/ui/index.js'), folder: opened = path.join(root, 'samples'), timeout = 600_000, untrusted = false, alongside = untrusted ? trustWhenAsked : undefined } = {}) {
  if (!existsSync(entry)) throw new Error(`There are no compiled suites at ${entry}. Run node esbuild.mjs --tests first.`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'suite-'));
  const workspace = path.join(folder, 'workspace');
  const report = path.join(folder, 'report.json');
  cpSync(opened, workspace, { recursive: true });
  const env = { TEST_REPORT: report, SUITE_KIND: vsix === undefined ? 'source' : 'vsix', SUITE_FOLDER: untrusted ? 'untrusted' : 'suite' };
  let server;
  try {
    server = await startServer({ vsix, env, suites: true, trust: untrusted, settings: { 'git.enabled': false, ...(untrusted ? { 'security.workspace.trust.startupPrompt': 'never' } : {}) } });
    const uri = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const extension = vsix === undefined ? root : harness(path.join(folder, 'harness'));
    const payload = [['extensionDevelopmentPath', uri(extension)], ['extensionTestsPath', uri(entry)]];
    const code = await drive(folderAddress(server, workspace, { payload }), timeout, alongside);
    return verdict(code, readReport(report), server);
  } finally {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An empty extension under development: the suites then find only the installed one. */
function harness(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'harness', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } }));
  return folder;
}

/** Opens the address in a browser and gives the exit code that VS Code reports for its suites, or 'timeout'. */
async function drive(address, timeout, alongside) {
  const browser = await launchBrowser();
  let timer;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.exposeFunction('codeAutomationLog', printLine);
    const ended = new Promise((resolve, reject) => void page.exposeFunction('codeAutomationExit', resolve).catch(reject));
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve('timeout'), timeout)));
    await page.goto(address);
    alongside?.(page).catch(() => undefined);
    const code = await Promise.race([ended, late]);
    if (code !== 0) {
      const picture = path.join(root, 'test-results/suite-failure.png');
      await page.screenshot({ path: picture }).catch(() => undefined);
      console.log(`What was to be seen: ${path.relative(root, picture)}`);
    }
    return code;
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

/** What a suite cannot do: the one click by which a person trusts a folder. */
async function trustWhenAsked(page) {
  await page.locator('.workspace-trust-editor .workspace-trust-buttons-row a.monaco-button', { hasText: /^Trust$/ }).first().click({ timeout: 0 });
}

function printLine(kind, args) {
  const line = util.format(...args);
  if (!noise.test(line) && (kind === 'error' || /^\s*(✔|✓|\d+\)|\d+ (passing|failing|pending))/.test(line))) console.log(line.split('\n').slice(0, 25).join('\n'));
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function verdict(code, report, server) {
  if (report?.pending > 0) console.log(`${report.pending} tests were skipped.`);
  if (code === 0 && report !== undefined && report.tests > 0 && report.failures === 0) return { passed: report.passes, failed: 0 };
  console.log(server.readLog().slice(-2000));
  console.log(`VS Code ended the suites with ${code}; their report is ${report === undefined ? 'missing' : `complete: ${JSON.stringify(report)}`}.`);
  return { passed: report?.passes ?? 0, failed: Math.max(1, report?.failures ?? 1) };
}

if (process.argv[1] === import.meta.filename) {
  const options = process.argv.slice(2);
  const { passed, failed } = await runSuite({ vsix: options.find((option) => option !== '--untrusted'), untrusted: options.includes('--untrusted') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

// npm run test:desktop: the suite of out/ui in a desktop VS Code, downloaded, or the one that VSCODE_PATH names.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { stdio: 'inherit' });
const folder = mkdtempSync(path.join(os.tmpdir(), 'vscode-desktop-'));
const workspace = path.join(folder, 'workspace');
cpSync('samples', workspace, { recursive: true });
const report = path.join(folder, 'report.json');
const named = process.env.VSCODE_PATH;

try {
  await runTests({
    ...(named === undefined ? {} : { vscodeExecutablePath: named }),
    extensionDevelopmentPath: process.cwd(),
    extensionTestsPath: path.resolve('out/ui/index.js'),
    extensionTestsEnv: { TEST_REPORT: report, SUITE_KIND: 'source' },
    launchArgs: [workspace, '--disable-extensions', '--user-data-dir', path.join(folder, 'data')],
  });
  const { tests, failures } = JSON.parse(readFileSync(report, 'utf8'));
  if (tests === 0 || failures > 0) throw new Error(`${failures} of ${tests} tests failed.`);
  console.log(`${tests} passed, 0 failed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('The suite did not pass in a desktop VS Code. Where none can be downloaded, set VSCODE_PATH to an installed one.');
  process.exit(1);
}

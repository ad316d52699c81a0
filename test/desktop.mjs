// npm run test:desktop: the suites of out/ui in a desktop VS Code, the one that VSCODE_PATH names or a downloaded one.
// Passes only for a complete report: without a VS Code it says so and fails.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

const root = path.dirname(import.meta.dirname);
const named = process.env.VSCODE_PATH;
const folder = mkdtempSync(path.join(os.tmpdir(), 'vscode-desktop-'));
const workspace = path.join(folder, 'workspace');
const report = path.join(folder, 'report.json');
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

try {
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root, stdio: 'inherit' });
  cpSync(path.join(root, 'samples'), workspace, { recursive: true });
  await runTests({
    ...(named === undefined ? {} : { vscodeExecutablePath: named }),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/ui/index.js'),
    extensionTestsEnv: { TEST_REPORT: report, SUITE_KIND: 'source' },
    launchArgs: [
      workspace, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', path.join(folder, 'data'),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const { tests, passes, failures } = JSON.parse(readFileSync(report, 'utf8'));
  console.log(`${passes} passed, ${failures} failed`);
  process.exit(tests > 0 && failures === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('The suites did not pass in a desktop VS Code. Where none can be downloaded, set VSCODE_PATH to the program of an installed one.');
  process.exit(1);
}

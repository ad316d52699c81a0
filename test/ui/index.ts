import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/**
 * What VS Code calls in its extension host. Runs all suites of the folder that SUITE_FOLDER names and writes a report to the file that TEST_REPORT names: it
 * tells a finished run from a crashed one. Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const report = process.env['TEST_REPORT'];
  if (report === undefined) throw new Error('TEST_REPORT names no file for the report.');
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 60_000, forbidOnly: true });
  const folder = path.join(__dirname, process.env['SUITE_FOLDER'] ?? 'suite');
  for (const file of fs.readdirSync(folder).sort()) if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const { tests, passes, pending } = runner.stats ?? { tests: 0, passes: 0, pending: 0 };
      fs.writeFileSync(report, JSON.stringify({ tests, passes, pending, failures: count }));
      resolve(count);
    });
  });
  if (failures > 0) throw new Error(`${String(failures)} failed`);
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/** What VS Code calls in its extension host. Writes the report that tells a finished run from a crashed one. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 60_000 });
  const folder = path.join(__dirname, 'suite');
  for (const file of fs.readdirSync(folder).sort()) if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const { tests = 0, passes = 0, failures: failed = 0 } = runner.stats ?? {};
      const report = process.env['TEST_REPORT'];
      if (report !== undefined) fs.writeFileSync(report, JSON.stringify({ tests, passes, failures: failed }));
      resolve(count);
    });
  });
  if (failures > 0) throw new Error(`${String(failures)} failed`);
}

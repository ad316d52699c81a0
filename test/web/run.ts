import 'mocha/mocha';

interface Fault {
  readonly title: string;
  readonly fault: string;
}

/** Runs suites in the browser's extension host and prints a report, which tells a finished run from a crashed one. Rejects when a test failed. */
export async function runSuites(load: () => Promise<void>): Promise<void> {
  mocha.setup({ ui: 'tdd', reporter: Mocha.reporters.Base, timeout: 60_000, forbidOnly: true });
  await load();
  const faults: Fault[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const { tests, passes, pending } = runner.stats ?? { tests: 0, passes: 0, pending: 0 };
      console.log(`TEST_REPORT ${JSON.stringify({ tests, passes, pending, failures: count, faults })}`);
      resolve(count);
    });
    runner.on('fail', (test, error: unknown) => {
      faults.push({ title: test.fullTitle(), fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  if (failures > 0) throw new Error(`${String(failures)} failed`);
}

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/ui/**', 'test/web/**', 'test/host/**', 'node_modules/**'],
    // Machines differ, and a browser starts slowly beside other work: a test that hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Half of them wait for a browser, which works beside them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});

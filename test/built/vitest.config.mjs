import path from 'node:path';
import { defineConfig } from 'vitest/config';

// What npm test runs after the build: tests of the files in dist/ and of the package.
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { include: ['test/built/*.check.ts'], testTimeout: 60_000 },
});

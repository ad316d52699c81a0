import path from 'node:path';
import { defineConfig } from 'vitest/config';

// What npm test runs with the package: the server of the package in other editors.
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { include: ['test/editors/*.check.ts'], testTimeout: 60_000 },
});

import { runSuites } from './run.ts';

/** What VS Code for the Web calls in a window without a folder. */
export function run(): Promise<void> {
  return runSuites(async () => {
    await import('./suite/noFolder.test.ts');
  });
}

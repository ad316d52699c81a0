import { runSuites } from './run.ts';

/** What VS Code for the Web calls in every test run: what differs there, and what everybody uses. */
export function run(): Promise<void> {
  return runSuites(async () => {
    await import('./suite/activation.test.ts');
    await import('../ui/suite/sample.test.ts');
    await import('../ui/suite/languageFeatures.test.ts');
    await import('./suite/pages.test.ts');
    await import('./suite/aws.test.ts');
  });
}

import { runSuites } from './run.ts';

/** What VS Code for the Web calls for the long form: the other suites of the desktop that need no Node. */
export function run(): Promise<void> {
  return runSuites(async () => {
    await import('../ui/suite/diagnostics.test.ts');
    await import('../ui/suite/editorMarks.test.ts');
    await import('../ui/suite/navigation.test.ts');
    await import('../ui/suite/refactorings.test.ts');
    await import('../ui/suite/guardrails.test.ts');
    await import('../ui/suite/cockpit.test.ts');
    await import('../ui/suite/readiness.test.ts');
  });
}

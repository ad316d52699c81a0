import type { Page } from 'playwright-core';

/** The counts of a run; one that has no complete report has failed. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs the suites on a copy of the sample organization in a real VS Code and gives their counts.
 * @param options vsix: the extension to install, otherwise it runs from source. entry: the compiled entry of the suites.
 *   folder: what is copied instead of the sample. alongside: what is done with the page meanwhile. timeout: in milliseconds. untrusted: the suites of a folder that nobody trusts yet.
 */
export function runSuite(options?: { readonly vsix?: string; readonly entry?: string; readonly folder?: string; readonly alongside?: (page: Page) => Promise<void>; readonly timeout?: number; readonly untrusted?: boolean }): Promise<SuiteResult>;

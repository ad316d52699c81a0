import { organizationCoverage } from '../features/coverage.ts';
import { coverageCsv, coverageJson, coverageMarkdown, coverageText } from '../features/coverageFormats.ts';
import { readTime } from './input.ts';
import { loadOrganization, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';

const formats = { text: coverageText, json: coverageJson, csv: coverageCsv, markdown: coverageMarkdown };

interface CoverageOptions {
  readonly organization: string;
  readonly format: keyof typeof formats;
  readonly at: string | undefined;
}

/** `backup-policy coverage`: which plans reach which accounts. It reports, and fails for nothing that it finds. */
export function coverage({ organization: file, format, at }: CoverageOptions): Outcome {
  const loaded = loadOrganization(file, readTime(at));
  return { status: 0, output: formats[format]([organizationCoverage(loaded.snapshot, loaded.organization)]), warnings: unreadPolicies(loaded) };
}

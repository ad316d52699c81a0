import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { Report } from './report.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

export type LintFormat = 'text' | 'json' | 'sarif' | 'junit' | 'github';

/** What `lint` prints, by `--format`; colours are for `text` on a terminal. */
export const reporters: Readonly<Record<LintFormat, (report: Report, coloured: boolean) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};

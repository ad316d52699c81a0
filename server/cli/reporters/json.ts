import { rules } from '../../core/rules.ts';
import type { Report } from './report.ts';

/** The problems as JSON. Its shape is a contract. */
export function jsonReport({ files }: Report): string {
  const result = {
    files: files.map(({ file, verdict, problems }) => ({
      file,
      verdict,
      problems: problems.map(({ rule, severity, message, path, range }) => ({ rule, stage: rules[rule].stage, severity, message, path: path.join('/'), range })),
    })),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

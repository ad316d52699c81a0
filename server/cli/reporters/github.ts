import { isListed, type Report, type ReportedFile, type ReportedProblem } from './report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;

/** Workflow commands of GitHub Actions, which show each problem at its line of a pull request. */
export function githubReport({ files, failOn }: Report): string {
  const lines = files.flatMap((file) => file.problems.filter((problem) => isListed(problem, failOn)).map((problem) => annotation(file, problem)));
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ location }: ReportedFile, { severity, range: { start, end }, rule, message }: ReportedProblem): string {
  const properties = { file: location, line: start.line + 1, col: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1, title: rule };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${list}::${escapeMessage(message)}`;
}

/** The text of a workflow command, with the signs escaped that would end it. */
export function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a workflow command, escaped. */
export function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

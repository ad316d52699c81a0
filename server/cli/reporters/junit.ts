import { messageText } from '../../core/messageText.ts';
import { fails, problemLine, type FailLevel, type Report, type ReportedFile } from './report.ts';

/**
 * A JUnit report: a suite with one test case for each file. What is at or above the fail level is a failure; the
 * rest is output of the test, so that the report and the exit status agree.
 */
export function junitReport({ files, failOn }: Report): string {
  const failed = files.filter(({ problems }) => problems.some((problem) => fails(problem, failOn))).length;
  const suites = files.map((file) => suite(file, failOn)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="backup-policy" tests="${String(files.length)}" failures="${String(failed)}" errors="0">\n${suites}</testsuites>\n`;
}

function suite({ file, location, problems }: ReportedFile, failOn: FailLevel): string {
  const failures = problems.filter((problem) => fails(problem, failOn));
  const others = problems.filter((problem) => !fails(problem, failOn));
  const lines = [
    `  <testsuite name="${escapeXml(file)}" tests="1" failures="${failures.length === 0 ? '0' : '1'}" errors="0" skipped="0">`,
    `    <testcase name="${escapeXml(file)}" classname="backup-policy.lint" file="${escapeXml(location)}">`,
    ...failures.map((problem) => `      <failure message="${escapeXml(problem.message)}" type="${problem.rule}">${escapeXml(problemLine(file, problem))}</failure>`),
    ...(others.length === 0 ? [] : ['      <system-out>', ...others.map((problem) => escapeXml(problemLine(file, problem))), '      </system-out>']),
    '    </testcase>',
    '  </testsuite>',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text as it stands in XML, in attributes as well. */
export function escapeXml(text: string): string {
  return messageText(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

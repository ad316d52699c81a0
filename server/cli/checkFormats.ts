import { messageText } from '../core/messageText.ts';
import { listed } from '../features/listed.ts';
import type { CheckReport, CheckedFailure, CheckedGuardrail } from './checkReport.ts';
import { escapeXml } from './reporters/junit.ts';
import { fails, placeText, problemLine } from './reporters/report.ts';

/** What `check` prints, by `--format`, where it does not print problems as `lint` does. */
export const checkReporters: Readonly<Record<'text' | 'json' | 'junit', (report: CheckReport) => string>> = { text, json, junit };

function text({ guardrails, problems }: CheckReport): string {
  const lines = problems.map((problem) => problemLine(problem.file, problem));
  for (const guardrail of guardrails) lines.push(...guardrailLines(guardrail));
  const broken = guardrails.filter(({ failing }) => failing > 0).length;
  return [...lines, `${counted(guardrails.length, 'guardrail')} checked, ${broken === 0 ? 'all met' : `${String(broken)} not met`}${problems.length === 0 ? '' : `; ${counted(problems.length, 'problem')}`}.`].map((line) => `${line}\n`).join('');
}

function guardrailLines(guardrail: CheckedGuardrail): readonly string[] {
  const { file, range, name, severity, accounts, failing, failures } = guardrail;
  const met = messageText(`${name}: met by ${String(accounts - failing)} of ${counted(accounts, 'account')}`);
  if (accounts === 0) return [messageText(`skipped ${name}: it is about no account`)];
  if (failing === 0) return [`ok ${met}`];
  return [`${file}:${placeText(range)} ${severity} ${met}`, ...failures.flatMap(failureLines)];
}

function failureLines({ accounts, reason, file, range }: CheckedFailure): readonly string[] {
  return [`  ${messageText(listed(accounts))}: ${reason}`, ...(file === undefined || range === undefined ? [] : [`    ${file}:${placeText(range)}`])];
}

function json({ guardrails, problems }: CheckReport): string {
  const result = {
    guardrails: guardrails.map(({ file, name, description, severity, accounts, failing, range, failures }) => ({ file, name, ...(description === undefined ? {} : { description }), severity, met: failing === 0, accounts, failing, range, failures })),
    problems: problems.map(({ file, rule, severity, message, path, range }) => ({ file, rule, severity, message, path: path.join('/'), range })),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

/** A suite for each file with a test case for each guardrail, and one for what is wrong with the file itself. */
function junit(report: CheckReport): string {
  const files = [...new Set([...report.guardrails, ...report.problems].map(({ file }) => file))];
  const suites = files.map((file) => suite(file, report));
  const total = (key: 'tests' | 'failures'): string => String(suites.reduce((sum, each) => sum + each[key], 0));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="backup-policy" tests="${total('tests')}" failures="${total('failures')}" errors="0">\n${suites.map(({ lines }) => lines).join('')}</testsuites>\n`;
}

function suite(file: string, { guardrails, problems, failOn }: CheckReport): { readonly tests: number; readonly failures: number; readonly lines: string } {
  const own = problems.filter((problem) => problem.file === file && fails(problem, failOn));
  const cases = guardrails.filter((guardrail) => guardrail.file === file).map((guardrail) => {
    const isFailure = guardrail.failing > 0 && guardrail.severity !== 'off' && fails({ severity: guardrail.severity }, failOn);
    const failures = isFailure ? guardrail.failures.map((failure) => `      <failure message="${escapeXml(failure.reason)}" type="guardrail-not-met">${escapeXml(failureLines(failure).join(' ').trim())}</failure>`) : [];
    return { failed: isFailure, lines: testCase(guardrail.name, file, failures) };
  });
  if (own.length > 0) cases.unshift({ failed: true, lines: testCase(file, file, own.map((problem) => `      <failure message="${escapeXml(problem.message)}" type="${problem.rule}">${escapeXml(problemLine(file, problem))}</failure>`)) });
  const failures = cases.filter(({ failed }) => failed).length;
  const lines = [`  <testsuite name="${escapeXml(file)}" tests="${String(cases.length)}" failures="${String(failures)}" errors="0" skipped="0">`, ...cases.flatMap((each) => each.lines), '  </testsuite>'];
  return { tests: cases.length, failures, lines: lines.map((line) => `${line}\n`).join('') };
}

function testCase(name: string, file: string, failures: readonly string[]): readonly string[] {
  return [`    <testcase name="${escapeXml(name)}" classname="backup-policy.check" file="${escapeXml(file)}">`, ...failures, '    </testcase>'];
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

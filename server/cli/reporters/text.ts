import { messageText } from '../../core/messageText.ts';
import { rules, type Severity } from '../../core/rules.ts';
import { isListed, placeText, problemLine, type FailLevel, type Report, type ReportedFile, type ReportedProblem } from './report.ts';
import { snippetOf } from './snippet.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** The sequences of a terminal for the colour of each level, and for plain text. */
const colours: Readonly<Record<Severity, string>> = { error: '\u001b[31m', warning: '\u001b[33m', info: '\u001b[34m', hint: '\u001b[36m' };
const plain = '\u001b[0m';

/** The problems for people: each with its source line and a mark under its place, and a summary in the last line. */
export function textReport({ files, failOn }: Report, coloured: boolean): string {
  const lines = files.flatMap((file) => fileLines(file, failOn, coloured));
  return [...lines, summary(files, failOn)].map((line) => `${line}\n`).join('');
}

function fileLines(file: ReportedFile, failOn: FailLevel, coloured: boolean): readonly string[] {
  const listed = file.problems.filter((problem) => isListed(problem, failOn));
  const lines = listed.flatMap((problem) => problemLines(file, problem, coloured));
  if (file.verdict === 'accepted' || listed.some(({ rule }) => isRefusal(rule))) return lines;
  return [...lines, `${file.file}: AWS refuses the policy, although the rules that say why are off or lowered.`];
}

function isRefusal(rule: ReportedProblem['rule']): boolean {
  const { stage } = rules[rule];
  return stage === 'syntax' || stage === 'admission';
}

function problemLines({ file, document }: ReportedFile, problem: ReportedProblem, coloured: boolean): readonly string[] {
  const paint = (text: string): string => (coloured ? `${colours[problem.severity]}${text}${plain}` : text);
  const snippet = snippetOf(document, problem.range);
  return [
    coloured ? problemLine(file, problem).replace(` ${problem.severity} `, ` ${paint(problem.severity)} `) : problemLine(file, problem),
    ...(snippet === undefined ? [] : [`  ${snippet.source}`, `  ${snippet.marks.replace(/\^~*$/, paint)}`]),
    ...problem.related.map((place) => `  ${place.file}:${placeText(place.range)} ${messageText(place.message)}`),
  ];
}

function summary(files: readonly ReportedFile[], failOn: FailLevel): string {
  const rejected = files.filter(({ verdict }) => verdict === 'rejected').length;
  const listed = files.flatMap(({ problems }) => problems).filter((problem) => isListed(problem, failOn));
  const counts = severities
    .map((severity) => counted(listed.filter((problem) => problem.severity === severity).length, severity))
    .filter((text) => !text.startsWith('0 '));
  return `${counted(files.length, 'file')} checked, ${rejected === 0 ? 'none' : String(rejected)} rejected; ${counts.length === 0 ? 'no problems' : counts.join(', ')}.`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

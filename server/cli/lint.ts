import { admissionProblems } from '../core/admission/admissionProblems.ts';
import type { Document } from '../core/document/tree.ts';
import { parseDocument } from '../core/document/parse.ts';
import { verdictOf, type Problem } from '../core/problem.ts';
import { rules, type Severity } from '../core/rules.ts';
import { rangeOf } from '../features/ranges.ts';
import { workspaceProblems } from '../features/workspaceProblems.ts';
import { readText, readTime, uriOf } from './input.ts';
import { loadOrganization } from './organization.ts';
import type { Outcome } from './outcome.ts';

interface LintOptions {
  readonly files: readonly string[];
  readonly format: 'text' | 'json';
  readonly at: string | undefined;
  readonly organization: string | undefined;
}

interface LintedFile {
  readonly file: string;
  readonly document: Document;
  readonly problems: readonly Problem[];
}

/** `backup-policy lint`: AWS's verdict on each file, and what the merge finds when a model is given. Its JSON is a contract. */
export function lint(options: LintOptions): Outcome {
  const at = readTime(options.at);
  const merged = options.organization === undefined ? undefined : organizationProblems(options.organization, at);
  const linted = options.files.map((file): LintedFile => {
    const document = parseDocument(readText(file));
    return { file, document, problems: merged?.get(uriOf(file)) ?? admissionProblems(document, at) };
  });
  const failed = linted.some(({ problems }) => problems.some(({ rule }) => rules[rule].level === 'error'));
  const output = options.format === 'json' ? `${JSON.stringify({ files: linted.map(fileJson) }, undefined, 2)}\n` : text(linted);
  return { status: failed ? 1 : 0, output };
}

function organizationProblems(model: string, at: number): ReadonlyMap<string, readonly Problem[]> {
  const { snapshot, missing } = loadOrganization(model, at);
  return workspaceProblems(snapshot, missing);
}

function fileJson({ file, document, problems }: LintedFile): object {
  return {
    file,
    verdict: verdictOf(problems),
    problems: problems.map((problem) => ({
      rule: problem.rule,
      stage: rules[problem.rule].stage,
      severity: rules[problem.rule].level,
      message: problem.message,
      path: problem.path.join('/'),
      range: rangeOf(document, problem.span),
    })),
  };
}

const order: Readonly<Record<Severity | 'off', number>> = { error: 0, warning: 1, info: 2, hint: 3, off: 4 };

function text(files: readonly LintedFile[]): string {
  const lines: string[] = [];
  for (const { file, document, problems } of files) {
    const shown = problems.filter(({ rule }) => order[rules[rule].level] < order.hint);
    for (const problem of shown) {
      const { line, character } = rangeOf(document, problem.span).start;
      lines.push(`${file}:${String(line + 1)}:${String(character + 1)} ${rules[problem.rule].level} ${problem.rule}: ${problem.message}`);
    }
    lines.push(`${file}: ${verdictOf(problems)}`);
  }
  return `${lines.join('\n')}\n`;
}

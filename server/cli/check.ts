import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageText } from '../core/messageText.ts';
import { levelOfProblem, verdictOf, type Problem } from '../core/problem.ts';
import type { RuleLevel } from '../core/rules.ts';
import { documentOf } from '../features/diagnostics.ts';
import { guardrailFileProblems } from '../features/guardrails/guardrailFileProblems.ts';
import { guardrailProblems, brokenGuardrails } from '../features/guardrails/guardrailProblems.ts';
import { guardrailResults } from '../features/guardrails/guardrailResults.ts';
import { reasonOf } from '../features/guardrails/guardrailViews.ts';
import { rangeOf } from '../features/ranges.ts';
import { checkReporters } from './checkFormats.ts';
import { loadGuardrails, type LoadedGuardrails } from './checkInputs.ts';
import type { CheckReport, CheckedGuardrail } from './checkReport.ts';
import { configuredLevels, type ConfigurationChoice } from './configuration.ts';
import { readTime } from './input.ts';
import type { Outcome } from './outcome.ts';
import { githubReport } from './reporters/github.ts';
import { fails, type FailLevel, type ReportedFile, type ReportedProblem } from './reporters/report.ts';
import { sarifReport } from './reporters/sarif.ts';

/** What the command line says; see the usage. */
export interface CheckOptions {
  readonly organization: string | undefined;
  readonly guardrails: string | undefined;
  readonly format: 'text' | 'json' | 'junit' | 'github' | 'sarif';
  readonly failOn: FailLevel;
  readonly at: string | undefined;
  readonly configuration: ConfigurationChoice;
}

/**
 * `backup-policy check`: whether every account meets the guardrails. The shape of its JSON is a contract.
 * @throws InputError when something cannot be read.
 */
export function check({ organization, guardrails, format, failOn, at, configuration }: CheckOptions): Outcome {
  const loaded = loadGuardrails(guardrails, organization, readTime(at));
  const reader = new CheckReader(loaded, configuredLevels(configuration));
  const report: CheckReport = { guardrails: reader.guardrails(), problems: reader.ownProblems(), failOn };
  const failed = [...report.problems, ...report.guardrails.filter(({ failing }) => failing > 0)].some(({ severity }) => severity !== 'off' && fails({ severity }, failOn));
  const files = (): { readonly files: readonly ReportedFile[]; readonly failOn: FailLevel } => ({ files: reader.files(), failOn });
  const output = format === 'sarif' ? sarifReport(files()) : format === 'github' ? githubReport(files()) : checkReporters[format](report);
  return { status: failed ? 1 : 0, output };
}

/** Turns results into what reporters print: places and levels. */
class CheckReader {
  readonly #loaded: LoadedGuardrails;
  readonly #levelsFor: ReturnType<typeof configuredLevels>;

  constructor(loaded: LoadedGuardrails, levelsFor: ReturnType<typeof configuredLevels>) {
    this.#loaded = loaded;
    this.#levelsFor = levelsFor;
  }

  guardrails(): readonly CheckedGuardrail[] {
    const { snapshot } = this.#loaded;
    return guardrailResults(snapshot).map(({ file, guardrail, accounts, failing, groups }) => ({
      file: this.#nameOf(file.uri),
      range: rangeOf(file.document, guardrail.nameSpan),
      name: guardrail.name,
      description: guardrail.description,
      severity: this.#level(file.uri, { rule: 'guardrail-not-met', level: guardrail.level }),
      accounts,
      failing,
      failures: groups.map((group) => {
        const [{ breaches: [breach] }] = group.failures;
        const document = breach.place === undefined ? undefined : documentOf(snapshot, breach.place.uri);
        return {
          accounts: group.accounts.map((account) => account.path),
          reason: reasonOf(group),
          expected: messageText(breach.expected),
          actual: messageText(breach.actual),
          ...(breach.place === undefined || document === undefined ? {} : { file: this.#nameOf(breach.place.uri), range: rangeOf(document, breach.place.span) }),
        };
      }),
    }));
  }

  /** What is wrong with the guardrails files themselves. */
  ownProblems(): CheckReport['problems'] {
    const { snapshot } = this.#loaded;
    return [...snapshot.guardrails.values()].flatMap((file) => this.#reported(file.uri, guardrailFileProblems(snapshot, file)).map((problem) => ({ file: this.#nameOf(file.uri), ...problem })));
  }

  /** The problems by file: at the guardrails, and at the lines of policies that break them. */
  files(): readonly ReportedFile[] {
    const { snapshot } = this.#loaded;
    const problems = new Map<string, Problem[]>([...guardrailProblems(snapshot)].map(([uri, list]) => [uri, [...list]]));
    for (const [uri, problem] of brokenGuardrails(snapshot)) problems.set(uri, [...(problems.get(uri) ?? []), problem]);
    return [...problems].flatMap(([uri, list]): readonly ReportedFile[] => {
      const document = documentOf(snapshot, uri);
      return document === undefined ? [] : [{ file: this.#nameOf(uri), location: locationOf(uri), document, verdict: verdictOf(list), problems: this.#reported(uri, list) }];
    });
  }

  #reported(uri: string, problems: readonly Problem[]): readonly ReportedProblem[] {
    const { snapshot } = this.#loaded;
    const document = documentOf(snapshot, uri);
    if (document === undefined) return [];
    return problems.flatMap((problem): readonly ReportedProblem[] => {
      const severity = this.#level(uri, problem);
      const related = (problem.related ?? []).flatMap((place) => {
        const target = documentOf(snapshot, place.uri);
        return target === undefined ? [] : [{ file: this.#nameOf(place.uri), location: locationOf(place.uri), range: rangeOf(target, place.span), message: place.message }];
      });
      return severity === 'off' ? [] : [{ rule: problem.rule, severity, message: problem.message, path: problem.path, range: rangeOf(document, problem.span), related }];
    });
  }

  #level(uri: string, problem: Pick<Problem, 'rule' | 'level'>): RuleLevel {
    return levelOfProblem(problem, this.#levelsFor(fileURLToPath(uri)));
  }

  #nameOf(uri: string): string {
    return this.#loaded.names.get(uri) ?? locationOf(uri);
  }
}

/** Where a file is: below the working folder, else as a whole; with forward slashes. */
function locationOf(uri: string): string {
  const file = fileURLToPath(uri);
  const relative = path.relative('', file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).split(path.sep).join('/');
}

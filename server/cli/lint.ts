import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { levelOfProblem, verdictOf, type Problem, type RelatedPlace } from '../core/problem.ts';
import type { RuleLevels } from '../core/rules.ts';
import { documentOf } from '../features/diagnostics.ts';
import { rangeOf } from '../features/ranges.ts';
import { workspaceProblems } from '../features/workspaceProblems.ts';
import { configuredLevels, type ConfigurationChoice } from './configuration.ts';
import { readStandardInput, readText, readTime, uriOf } from './input.ts';
import { lintInputs, standardInputName, type LintInput } from './lintInputs.ts';
import { loadFiles, requireRoot, type LoadedFiles } from './organization.ts';
import type { Outcome } from './outcome.ts';
import { fails, type FailLevel, type Report, type ReportedFile, type ReportedPlace, type ReportedProblem } from './reporters/report.ts';
import { reporters, type LintFormat } from './reporters/reporters.ts';

/** What the command line says; see the usage. */
export interface LintOptions {
  /** Empty: the policies of the model, and the model. */
  readonly files: readonly string[];
  readonly format: LintFormat;
  readonly at: string | undefined;
  readonly organization: string | undefined;
  readonly failOn: FailLevel;
  readonly configuration: ConfigurationChoice;
  readonly coloured: boolean;
}

/**
 * `backup-policy lint`: AWS's verdict on each file and what else an editor says of it, with what the merge finds
 * when a model is given. The shape of its JSON is a contract.
 * @throws InputError when something cannot be read.
 */
export async function lint(options: LintOptions): Promise<Outcome> {
  const at = readTime(options.at);
  const { format, failOn, organization } = options;
  const inputs = lintInputs(options.files, options.files.includes('-') ? await readStandardInput() : undefined);
  const model = organization === undefined ? undefined : modelInput(organization);
  const loaded = loadFiles([...(model === undefined ? [] : [model]), ...inputs], at);
  if (model !== undefined && inputs.length > 0) requireRoot(model.file, loaded.snapshot.organizations.get(model.uri));
  const report: Report = { files: reportedFiles(inputs.length === 0 && model !== undefined ? [model] : inputs, loaded, configuredLevels(options.configuration)), failOn };
  const failed = report.files.some(({ problems }) => problems.some((problem) => fails(problem, failOn)));
  return { status: failed ? 1 : 0, output: reporters[format](report, options.coloured) };
}

function modelInput(file: string): LintInput {
  return { file, uri: uriOf(file), type: 'organization', text: readText(file) };
}

function reportedFiles(inputs: readonly LintInput[], { snapshot, missing }: LoadedFiles, levelsFor: (file: string) => RuleLevels): readonly ReportedFile[] {
  const problems = workspaceProblems(snapshot, missing);
  const names = namesOf(inputs, snapshot);
  const nameOf = (uri: string): string => names.get(uri) ?? locationOf(uri);
  const placeOf = ({ uri, span, message }: RelatedPlace): readonly ReportedPlace[] => {
    const document = documentOf(snapshot, uri);
    return document === undefined ? [] : [{ file: nameOf(uri), location: locationOf(uri), range: rangeOf(document, span), message }];
  };
  return [...names].flatMap(([uri, file]): readonly ReportedFile[] => {
    const document = documentOf(snapshot, uri);
    if (document === undefined) return [];
    const found = problems.get(uri) ?? [];
    const levels = levelsFor(fileURLToPath(uri));
    const reported = inOrder(found).flatMap((problem): readonly ReportedProblem[] => {
      const { rule, message, path: keys, span, related = [] } = problem;
      const severity = levelOfProblem(problem, levels);
      return severity === 'off' ? [] : [{ rule, severity, message, path: keys, range: rangeOf(document, span), related: related.flatMap(placeOf) }];
    });
    return [{ file, location: locationOf(uri), document, verdict: verdictOf(found), problems: reported }];
  });
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(({ span: left }, { span: right }) => left.start - right.start || left.end - right.end);
}

/** The files of the report by URI, with their names: a model comes behind the policies that it names. */
function namesOf(inputs: readonly LintInput[], { policies, organizations }: LoadedFiles['snapshot']): ReadonlyMap<string, string> {
  const names = new Map(inputs.filter(({ type }) => type === 'policy').map(({ uri, file }) => [uri, file]));
  for (const { type, uri, file } of inputs) {
    if (type === 'policy') continue;
    const folder = path.dirname(fileURLToPath(uri));
    for (const policy of organizations.get(uri)?.policies.values() ?? []) {
      if (policy.uri === undefined || !policies.has(policy.uri) || names.has(policy.uri)) continue;
      names.set(policy.uri, path.join(path.dirname(file), path.relative(folder, fileURLToPath(policy.uri))).split(path.sep).join('/'));
    }
    names.set(uri, file);
  }
  return names;
}

/** Where a file is: below the working folder, else as a whole; with forward slashes. */
function locationOf(uri: string): string {
  if (uri === uriOf(standardInputName)) return standardInputName;
  const file = fileURLToPath(uri);
  const relative = path.relative('', file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).split(path.sep).join('/');
}

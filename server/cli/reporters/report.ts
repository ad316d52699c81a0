import type { Range } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import { messageText } from '../../core/messageText.ts';
import type { RuleId, Severity } from '../../core/rules.ts';

/** `--fail-on`: problems of this level and above make the exit status 1. */
export type FailLevel = Severity | 'never';

/** Another place that has to do with a problem. */
export interface ReportedPlace {
  readonly file: string;
  readonly location: string;
  /** Zero-based, in UTF-16 code units, as in LSP. */
  readonly range: Range;
  readonly message: string;
}

/** A problem with the level that the user's configuration gives its rule. */
export interface ReportedProblem {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  /** Keys from the document root to the place, as written. */
  readonly path: readonly string[];
  /** Zero-based, in UTF-16 code units, as in LSP. */
  readonly range: Range;
  readonly related: readonly ReportedPlace[];
}

export interface ReportedFile {
  /** As the user named it. */
  readonly file: string;
  /** Relative to the working folder, absolute outside of it; with forward slashes. */
  readonly location: string;
  readonly document: Document;
  /** Independent of levels: a rule that is off still refuses. */
  readonly verdict: 'accepted' | 'rejected';
  /** In the order of the text; problems of rules that are off are left out. */
  readonly problems: readonly ReportedProblem[];
}

/** What a reporter prints. */
export interface Report {
  readonly files: readonly ReportedFile[];
  readonly failOn: FailLevel;
}

const ranks: Readonly<Record<FailLevel, number>> = { never: -1, error: 0, warning: 1, info: 2, hint: 3 };

/** True for a problem at or above the fail level. */
export function fails({ severity }: Pick<ReportedProblem, 'severity'>, failOn: FailLevel): boolean {
  return ranks[severity] <= ranks[failOn];
}

/** True for a problem that a person is shown: hints, which editors keep out of their list too, only when they fail. */
export function isListed(problem: ReportedProblem, failOn: FailLevel): boolean {
  return problem.severity !== 'hint' || fails(problem, failOn);
}

/** `file:line:column severity rule: message`, the place counted from 1. */
export function problemLine(file: string, { range, severity, rule, message }: ReportedProblem): string {
  return `${file}:${placeText(range)} ${severity} ${rule}: ${messageText(message)}`;
}

/** `line:column` of a range's start, counted from 1. */
export function placeText({ start }: Range): string {
  return `${String(start.line + 1)}:${String(start.character + 1)}`;
}

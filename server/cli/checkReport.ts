import type { Range } from 'vscode-languageserver-types';
import type { RuleLevel } from '../core/rules.ts';
import type { FailLevel, ReportedProblem } from './reporters/report.ts';

/** Accounts that do not meet a guardrail for the same reason. */
export interface CheckedFailure {
  /** Paths of names. */
  readonly accounts: readonly string[];
  /** One sentence. */
  readonly reason: string;
  readonly expected: string;
  readonly actual: string;
  /** The policy with the statement that breaks the guardrail; undefined when no policy has one. */
  readonly file?: string;
  /** Zero-based, in UTF-16 code units, as in LSP. */
  readonly range?: Range;
}

/** A guardrail with what became of it. */
export interface CheckedGuardrail {
  readonly file: string;
  /** Its name in the file. */
  readonly range: Range;
  readonly name: string;
  readonly description: string | undefined;
  /** How bad it is that it is not met, by the user's configuration. */
  readonly severity: RuleLevel;
  /** Accounts that it is about, and those of them that do not meet it. */
  readonly accounts: number;
  readonly failing: number;
  readonly failures: readonly CheckedFailure[];
}

/** What `check` prints. */
export interface CheckReport {
  readonly guardrails: readonly CheckedGuardrail[];
  /** What is wrong with the guardrails files themselves. */
  readonly problems: readonly (ReportedProblem & { readonly file: string })[];
  readonly failOn: FailLevel;
}

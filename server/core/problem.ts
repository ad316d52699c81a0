import type { Span } from './document/tree.ts';
import { levelOf, rules, type RuleId, type RuleLevel, type RuleLevels, type Severity } from './rules.ts';

/** Another place that has to do with a problem. */
export interface RelatedPlace {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

/** Something that is wrong with a document, or that AWS does otherwise than its author may think. */
export interface Problem {
  readonly rule: RuleId;
  readonly message: string;
  readonly span: Span;
  /** Keys from the document root to the place, as written. */
  readonly path: readonly string[];
  readonly related?: readonly RelatedPlace[];
  /** True for text that has no effect: editors fade it. */
  readonly unnecessary?: boolean;
  /** A level that the checked document itself asks for. */
  readonly level?: Severity;
}

/** The level of a problem: the one that a user has set for its rule, else its own, else that of the rule. */
export function levelOfProblem({ rule, level }: Pick<Problem, 'rule' | 'level'>, levels: RuleLevels): RuleLevel {
  return levels[rule] ?? level ?? levelOf(rule, levels);
}

/**
 * AWS's verdict on one document. Source: ARCHITECTURE.md, "Problems have a stage": rejected exactly when a
 * problem of stage syntax or admission exists, whatever levels a user has set.
 */
export function verdictOf(problems: readonly Problem[]): 'accepted' | 'rejected' {
  return problems.some(({ rule }) => rules[rule].stage === 'syntax' || rules[rule].stage === 'admission') ? 'rejected' : 'accepted';
}

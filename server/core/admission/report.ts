import type { Span } from '../document/tree.ts';
import { messageText } from '../messageText.ts';
import type { Problem } from '../problem.ts';
import type { RuleId } from '../rules.ts';

/** Where the check is: keys from the document root, as written. */
export type Path = readonly string[];

/** More problems of one rule than this in one document are not collected: nobody reads them, and mending shows the others. */
const mostOfARule = 500;

/** Collects the problems of one document. */
export class Report {
  readonly problems: Problem[] = [];
  /** The time by which schedules are judged: epoch milliseconds UTC. */
  readonly at: number;
  readonly #counts = new Map<RuleId, number>();

  constructor(at: number) {
    this.at = at;
  }

  /** False when so many problems of a rule are collected that others say nothing new. */
  takes(rule: RuleId): boolean {
    return (this.#counts.get(rule) ?? 0) < mostOfARule;
  }

  add(rule: RuleId, span: Span, path: Path, message: string, extra: Partial<Pick<Problem, 'related' | 'unnecessary'>> = {}): void {
    if (!this.takes(rule)) return;
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
    this.problems.push({ rule, message: messageText(message), span: { start: span.start, end: span.end }, path, ...extra });
  }
}

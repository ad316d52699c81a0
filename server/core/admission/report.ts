import type { Span } from '../document/tree.ts';
import { messageText } from '../messageText.ts';
import type { Problem } from '../problem.ts';
import type { RuleId } from '../rules.ts';

/** Where the check is: keys from the document root, as written. */
export type Path = readonly string[];

/** Collects the problems of one document. */
export class Report {
  readonly problems: Problem[] = [];
  /** The time by which schedules are judged: epoch milliseconds UTC. */
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }

  add(rule: RuleId, span: Span, path: Path, message: string, extra: Partial<Pick<Problem, 'related' | 'unnecessary'>> = {}): void {
    this.problems.push({ rule, message: messageText(message), span: { start: span.start, end: span.end }, path, ...extra });
  }
}

import type { Span } from '../document/tree.ts';
import type { RelatedPlace } from '../problem.ts';
import type { RuleId } from '../rules.ts';

/** Something that AWS takes without a word although it does nothing or fails later, at its place in a policy. */
export interface Finding {
  readonly rule: RuleId;
  readonly uri: string;
  readonly span: Span;
  /** Keys from the document root. */
  readonly path: readonly string[];
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
}

/** Tells of a place in the one document that is looked at. */
export type Tell = (rule: RuleId, span: Span, path: readonly string[], message: string, unnecessary?: boolean) => void;

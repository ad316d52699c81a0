import type { Span } from '../core/document/tree.ts';
import { describeOperators } from '../core/merge/operators.ts';
import type { Control, Outcome, Source, Statement } from '../core/merge/trace.ts';

/** How a sentence writes policies and operators: as plain text, or as Markdown with links. */
export interface Wording {
  readonly policy: (source: Source, span: Span) => string;
  readonly operators: (text: string) => string;
  readonly level: (path: string) => string;
}

/** Names as they are. */
export const plainWording: Wording = { policy: (source) => source.policy.name, operators: (text) => text, level: (path) => path };

/** What became of a statement, in one word. */
export function outcomeWord(outcome: Outcome): 'applied' | 'overridden' | 'blocked' | 'no effect' {
  return outcome.type === 'noEffect' ? 'no effect' : outcome.type;
}

/** Why a statement is not part of the effective value: names policy, level and operator. Undefined for one that is. */
export function outcomeReason(outcome: Outcome, wording: Wording): string | undefined {
  switch (outcome.type) {
    case 'applied':
      return undefined;
    case 'overridden':
      return `by ${wording.operators(`@@${outcome.by.operator}`)} of ${where(outcome.by, wording)}`;
    case 'blocked':
      return `by ${where(outcome.by, wording)}, which allows lower policies ${outcome.by.allowed === 0 ? 'no operator' : `only ${wording.operators(describeOperators(outcome.by.allowed))}`} here`;
    case 'noEffect':
      switch (outcome.reason.type) {
        case 'laterPeer':
          return `${wording.policy(outcome.reason.first.source, outcome.reason.first.span)} is attached there before it and sets the value`;
        case 'alreadyPresent':
          return 'every value is in the list already';
        case 'absent':
          return 'none of these values is in the list';
        case 'nothingToRemove':
          return 'no policy up to here sets the list';
      }
  }
}

function where(by: Statement | Control, wording: Wording): string {
  return `${wording.policy(by.source, by.span)} at ${wording.level(by.source.level.path)}`;
}

/** The statement or control that kept a statement from counting, when there is one. */
export function causeOf(outcome: Outcome): Statement | Control | undefined {
  if (outcome.type === 'overridden' || outcome.type === 'blocked') return outcome.by;
  return outcome.type === 'noEffect' && outcome.reason.type === 'laterPeer' ? outcome.reason.first : undefined;
}

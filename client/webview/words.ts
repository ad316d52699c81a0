/** The panel's sentences: what screen readers hear, and the words beside icons. */

import type { AttemptView, EntityKind, LockView, OriginView } from '../../server/protocol.ts';

/** Words of an outcome, as they follow a number of attempts. */
const outcomes: Readonly<Record<AttemptView['outcome'], string>> = {
  overridden: 'overridden',
  blocked: 'blocked',
  noEffect: 'without effect',
};

const kinds: Readonly<Record<EntityKind, string>> = {
  root: 'root',
  organizationalUnit: 'organizational unit',
  account: 'account',
};

/** `root`, `organizational unit`, `account`. */
export function kindWord(kind: EntityKind): string {
  return kinds[kind];
}

/** `Root · baseline`: level and policy of an origin. */
export function originText(origin: OriginView): string {
  return `${origin.levelName} · ${origin.policy}`;
}

/** `@@assign by baseline at Root/Workloads`: an origin in full, for a tooltip. */
export function originTitle(origin: OriginView): string {
  return `${origin.operator} by ${origin.policy} at ${origin.level}`;
}

/** For a key whose statements all lost, and for a list that was emptied. */
export const noValue = 'no value';

/** What an attempt wanted to set. */
export function attemptedText({ values }: AttemptView): string {
  return values.length === 0 ? 'empty list' : values.join(', ');
}

/** `overridden by …`, `no effect: …`: the outcome and its reason, without saying the outcome twice. */
export function attemptText({ outcome, reason }: AttemptView): string {
  const word = outcome === 'noEffect' ? 'no effect' : outcome;
  if (reason.toLowerCase().startsWith(word)) {
    return reason;
  }
  return reason.startsWith('by ') ? `${word} ${reason}` : `${word}: ${reason}`;
}

/**
 * `locked: lower policies may only @@append`. A control governs one node: on a container it is about the children
 * that lower policies could add, not about the values inside.
 */
export function lockText({ allowed }: LockView, on: 'value' | 'container'): string {
  if (allowed === '@@none') {
    return on === 'value' ? 'locked: lower policies cannot change it' : 'locked: lower policies cannot add to it';
  }
  return `locked: lower policies may only ${allowed.split(/,\s*/).join(' or ')}`;
}

/** How many attempts came to the same. */
export interface AttemptCount {
  readonly count: number;
  /** `attempt` or `attempts`. */
  readonly noun: string;
  /** As it follows the number. */
  readonly outcome: string;
}

/** `1 overridden, 2 blocked`: each outcome once, with its number. */
export function attemptCounts(attempts: readonly AttemptView[]): readonly AttemptCount[] {
  return (['overridden', 'blocked', 'noEffect'] as const)
    .map((outcome) => ({ outcome: outcomes[outcome], count: attempts.filter((attempt) => attempt.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => ({ count, noun: count === 1 ? 'attempt' : 'attempts', outcome }));
}

/** The panel's sentences: what screen readers hear, and the words beside icons. */

import type { AttemptView, EntityKind, LockView, OriginView } from '../../server/protocol.ts';
import { distinctOrigins, type Row } from './rows.ts';

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

function setBy(origins: readonly OriginView[]): string {
  return `set by ${origins.map((origin) => `${origin.policy} at ${origin.levelName}`).join(' and ')}`;
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

function counted(attempts: readonly AttemptView[], noun: (count: number) => string): string {
  return (['overridden', 'blocked', 'noEffect'] as const)
    .map((outcome) => ({ outcome, count: attempts.filter((attempt) => attempt.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${String(count)} ${noun(count)}${outcomes[outcome]}`)
    .join(', ');
}

/** `1 overridden, 2 blocked`; empty without attempts. */
export function attemptCounts(attempts: readonly AttemptView[]): string {
  return counted(attempts, () => '');
}

function attemptsLabel(attempts: readonly AttemptView[]): string {
  return counted(attempts, (count) => (count === 1 ? 'attempt ' : 'attempts '));
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** What a screen reader says for a row: the value, who set it, and what became of other attempts. */
export function rowLabel(row: Row): string {
  switch (row.kind) {
    case 'container': {
      const { node } = row;
      const noun = node.noun === node.name ? undefined : node.noun;
      const detail = node.detail === node.name ? undefined : node.detail;
      return joined([node.name, noun, detail, setBy([node.origin]), ...node.locks.map((lock) => lockText(lock, 'container')), attemptsLabel(node.refused)]);
    }
    case 'value': {
      const { node } = row;
      const origins = distinctOrigins(node);
      const texts = node.values.map((element) => element.text).join(', ');
      const value = node.values.length === 0 ? noValue : row.inline ? texts : `${String(node.values.length)} elements`;
      return joined([
        `${node.name}: ${value}`,
        node.meaning,
        origins.length > 0 ? setBy(origins) : undefined,
        ...node.locks.map((lock) => lockText(lock, 'value')),
        attemptsLabel(node.attempts),
      ]);
    }
    case 'element':
      return joined([row.element.text, setBy([row.element.origin])]);
    case 'attempt':
      return joined([attemptedText(row.attempt), attemptText(row.attempt), `attempted by ${row.attempt.origin.policy} at ${row.attempt.origin.levelName}`]);
  }
}

/** The cascade's words: what stands beside icons, and what screen readers hear. */

import type { CascadeControlView, CascadeLevelView, CascadeRowView, CascadeSettingView, CascadeStatementView, NotSetReasonView } from '../../../server/protocol.ts';
import { countsBelow, type OutcomeCounts } from './cascadeRows.ts';

const operatorSigns: Readonly<Record<string, string>> = { '@@append': '+', '@@remove': '−' };

/** `+` before appended values, `−` before removed ones, nothing before assigned ones. */
export function operatorSign({ operator }: CascadeStatementView): string | undefined {
  return operator === undefined ? undefined : operatorSigns[operator];
}

/** The word that stands in the cell; a winner needs none, a struck-through one neither. */
export function outcomeNote({ outcome }: CascadeStatementView): string | undefined {
  return outcome === 'blocked' ? 'blocked' : outcome === 'noEffect' ? 'no effect' : undefined;
}

/** What a control leaves to lower policies, for a narrow cell. */
export function controlNote({ allowed, narrows }: CascadeControlView, on: CascadeRowView['type']): string {
  if (!narrows) {
    return 'cannot unlock';
  }
  return allowed === '@@none' ? (on === 'group' ? 'locked: nothing new' : 'locked') : `lower levels: only ${allowed.split(/,\s*/).join(' or ')}`;
}

const absences: Readonly<Record<NotSetReasonView['type'], string>> = {
  neverStated: 'never stated',
  blocked: 'blocked',
  refused: 'kept out',
  removed: 'removed',
  overridden: 'overridden',
  noEffect: 'no effect',
  empty: 'nothing in it',
  malformed: 'not readable',
  elsewhere: 'never stated',
  unreadable: 'not readable',
  withheld: 'withheld',
};

/** `not set: blocked`. */
export function absenceNote({ notSet }: CascadeRowView): string {
  const [first] = notSet;
  return first === undefined ? 'not set' : `not set: ${absences[first.type]}`;
}

/** The effective value in one line. */
export function effectiveText({ values, kind, present }: CascadeSettingView): string | undefined {
  if (!present) {
    return undefined;
  }
  return kind === 'list' && values.length === 0 ? 'empty list' : values.map(({ text }) => text).join(', ');
}

/** `3 set, 1 overridden, 2 blocked`: the statements of one level below a closed group. */
export function countsText({ applied, overridden, blocked, noEffect }: OutcomeCounts): string {
  const parts: readonly (readonly [number, string])[] = [[applied, 'set'], [overridden, 'overridden'], [blocked, 'blocked'], [noEffect, 'no effect']];
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`).join(', ');
}

/** What a screen reader says for a row: the name, what is effective, and how many statements lost. */
export function rowLabel(node: CascadeRowView, levels: readonly CascadeLevelView[]): string {
  if (node.type === 'group') {
    const noun = node.noun === node.name ? undefined : node.noun;
    const blocked = [...countsBelow(node).values()].reduce((sum, counts) => sum + counts.blocked, 0);
    return joined([node.name, noun, node.present ? node.detail : absenceNote(node), blocked === 0 ? undefined : `${String(blocked)} blocked below`]);
  }
  const winners = distinct(node.values.map(({ policy, level }) => `${policy} at ${levels[level]?.name ?? ''}`));
  const lost = { applied: 0, overridden: 0, blocked: 0, noEffect: 0 };
  for (const { outcome } of node.statements) {
    lost[outcome] += 1;
  }
  return joined([
    `${node.name}: ${effectiveText(node) ?? absenceNote(node)}`,
    node.meaning,
    winners.length === 0 ? undefined : `set by ${winners.join(' and ')}`,
    countsText({ ...lost, applied: 0 }),
  ]);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

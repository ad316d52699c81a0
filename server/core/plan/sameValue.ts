import type { GrammarLeaf } from '../grammar.ts';
import { scheduleChange } from './scheduleChange.ts';

/** A single value or the elements of a list, as text; undefined where there is none. */
export type Value = string | readonly string[] | undefined;

/** A setting: its key as documented, and what it holds. */
export interface Setting {
  readonly name: string;
  readonly grammar: GrammarLeaf;
}

/**
 * True when two values of a setting mean the same: lists as sets, schedules by their runs, days and minutes as numbers.
 * @param at epoch milliseconds UTC, for the runs of schedules.
 */
export function sameValue({ name, grammar }: Setting, before: Value, after: Value, at: number): boolean {
  if (name === 'schedule_expression') return scheduleChange(single(before), single(after), at) === 'same';
  if (typeof before === 'object' && typeof after === 'object') {
    const was = new Set(before);
    return was.size === new Set(after).size && after.every((each) => was.has(each));
  }
  if (grammar.unit !== undefined && typeof before === 'string' && typeof after === 'string') return Number(before) === Number(after);
  return before === after;
}

/** The text of a single value. */
export function single(value: Value): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

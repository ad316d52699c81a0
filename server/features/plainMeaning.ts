import type { ValueType } from '../core/grammar.ts';
import { meaningOf } from './meaning.ts';

/** A schedule, days or minutes in words without markup, for views and outlines; undefined where the value says it all or cannot be read. */
export function plainMeaning(type: ValueType, text: string): string | undefined {
  return type === 'scheduleExpression' || type === 'days' || type === 'minutes' ? meaningOf(type, text) : undefined;
}

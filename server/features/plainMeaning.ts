import { describeSchedule } from '../core/cron/words.ts';
import type { ValueType } from '../core/grammar.ts';
import { meaningOf } from './meaning.ts';

/** A value in words without markup, for views and outlines; undefined where the value says it all. */
export function plainMeaning(type: ValueType, text: string): string | undefined {
  if (type === 'scheduleExpression') return describeSchedule(text);
  return type === 'days' || type === 'minutes' ? meaningOf(type, text) : undefined;
}

/** One of the six fields of a schedule, in AWS's order. */
export type FieldName = 'minutes' | 'hours' | 'day-of-month' | 'month' | 'day-of-week' | 'year';

/** What the values of a field may be. */
export interface Field {
  readonly name: FieldName;
  readonly minimum: number;
  readonly maximum: number;
  /** The largest step after `*` or a number; steps after a range have no limit. */
  readonly largestStep: number;
  /** Three-letter names; the first stands for the minimum. */
  readonly names: readonly string[];
  /** How the permitted values are told to a user. */
  readonly permitted: string;
}

/**
 * The fields of `cron(…)` in their order. A step may not pass the field's span, except for years.
 * Source: syntax §3.1 [obs]; a step of 60 minutes is refused, one of 59 is not [obs], the other limits [inf].
 */
export const scheduleFields: readonly Field[] = [
  { name: 'minutes', minimum: 0, maximum: 59, largestStep: 59, names: [], permitted: '0 to 59' },
  { name: 'hours', minimum: 0, maximum: 23, largestStep: 23, names: [], permitted: '0 to 23' },
  { name: 'day-of-month', minimum: 1, maximum: 31, largestStep: 31, names: [], permitted: '1 to 31, L, L-3, LW, 15W or ?' },
  {
    name: 'month', minimum: 1, maximum: 12, largestStep: 12, permitted: '1 to 12 or JAN to DEC',
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'day-of-week', minimum: 1, maximum: 7, largestStep: 7, permitted: '1 (Sunday) to 7 (Saturday), SUN to SAT, MON#2, FRIL or ?',
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  },
  { name: 'year', minimum: 1970, maximum: 2199, largestStep: Number.MAX_SAFE_INTEGER, names: [], permitted: '1970 to 2199' },
];

/**
 * The values from `from` to `to` by `step`. A range that ends before it starts runs on over the end of the
 * field (`20-2` hours, `NOV-FEB`) and keeps its step across. A step of 0 gives the first value alone.
 * Source: syntax §3.1 [obs] for wrapping.
 */
export function valuesBetween(field: Field, from: number, to: number, step: number): readonly number[] {
  if (step === 0) return [from];
  const span = field.maximum - field.minimum + 1;
  const end = to < from ? to + span : to;
  const values: number[] = [];
  for (let value = from; value <= end; value += step) values.push(value > field.maximum ? value - span : value);
  return values;
}

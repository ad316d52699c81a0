/** Consecutive values from `first` to `last`; `first` is greater where the run goes on over the end of the field. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** A field whose values start over after the last: the week, the months of a year, the hours of a day. */
export interface Cycle {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Ascending values as runs. With a cycle, a run at the end goes on at the start (7, 1, 2 is one run).
 */
export function runsOf(values: readonly number[], cycle?: Cycle): readonly Run[] {
  const runs: Run[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.last === value - 1) runs[runs.length - 1] = { first: last.first, last: value };
    else runs.push({ first: value, last: value });
  }
  const head = runs[0];
  const tail = runs.at(-1);
  if (!cycle || !head || !tail || head === tail || head.first !== cycle.minimum || tail.last !== cycle.maximum) return runs;
  return [...runs.slice(1, -1), { first: tail.first, last: head.last }];
}

/** The values in words: three or more in a row as "a through b", the rest one by one, the last after "and". */
export function enumerate(values: readonly number[], name: (value: number) => string, cycle?: Cycle): string {
  const span = cycle ? cycle.maximum - cycle.minimum + 1 : 0;
  return joined(runsOf(values, cycle).flatMap(({ first, last }) => {
    const length = (last < first ? last + span : last) - first + 1;
    if (length > 2) return [`${name(first)} through ${name(last)}`];
    return length === 2 ? [name(first), name(last)] : [name(first)];
  }));
}

/** "a", "a and b", "a, b and c". */
export function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** The distance of ascending values when there are `least` or more and all are equally far apart. */
export function evenStep(values: readonly number[], least: number): number | undefined {
  const [first = 0, second = 0] = values;
  const step = second - first;
  const even = values.length >= least && values.every((value, index) => value === first + index * step);
  return even ? step : undefined;
}

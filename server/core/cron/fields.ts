/** One field of a cron expression: its numbers and names. */
export interface FieldKind {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** The largest step. */
  readonly step: number;
  readonly names: readonly string[];
  /** False when a range must ascend. */
  readonly wraps: boolean;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The six fields in order. Source: syntax §3.1 [obs]. */
export const fields = {
  minutes: { name: 'minutes', minimum: 0, maximum: 59, step: 59, names: [], wraps: true },
  hours: { name: 'hours', minimum: 0, maximum: 23, step: 23, names: [], wraps: true },
  dayOfMonth: { name: 'day-of-month', minimum: 1, maximum: 31, step: 31, names: [], wraps: true },
  month: { name: 'month', minimum: 1, maximum: 12, step: 12, names: months, wraps: true },
  dayOfWeek: { name: 'day-of-week', minimum: 1, maximum: 7, step: 7, names: weekdays, wraps: true },
  year: { name: 'year', minimum: 1970, maximum: 2199, step: 2199, names: [], wraps: false },
} as const satisfies Readonly<Record<string, FieldKind>>;

/** The values that one element of a list means (`*`, `5`, `MON-FRI/2`, `*\/3`), or what is wrong with it. */
export function readElement(kind: FieldKind, element: string): readonly number[] | string {
  const match = /^(?:(\*)|([A-Z0-9]+)(?:-([A-Z0-9]+))?)(?:\/(\d+))?$/.exec(element);
  if (match === null) return `"${element}" is nothing that the ${kind.name} field knows. ${range(kind)}`;
  const [, star, from, to, stepText] = match;
  const step = stepText === undefined ? undefined : Number(stepText);
  if (step !== undefined && (step < 1 || step > kind.step)) return `A step of the ${kind.name} field is 1 to ${String(kind.step)}.`;
  if (star !== undefined) return span(kind, kind.minimum, kind.maximum, step ?? 1);
  const first = readValue(kind, from ?? '');
  const last = to === undefined ? undefined : readValue(kind, to);
  if (first === undefined) return `"${from ?? ''}" is no value of the ${kind.name} field. ${range(kind)}`;
  if (to !== undefined && last === undefined) return `"${to}" is no value of the ${kind.name} field. ${range(kind)}`;
  if (last === undefined) return step === undefined ? [first] : span(kind, first, kind.maximum, step);
  if (last < first && !kind.wraps) return `A range of the ${kind.name} field goes upwards.`;
  return span(kind, first, last, step ?? 1);
}

/** A number or name of a field. */
export function readValue(kind: FieldKind, text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    return value >= kind.minimum && value <= kind.maximum ? value : undefined;
  }
  const index = kind.names.indexOf(text);
  return index < 0 ? undefined : kind.minimum + index;
}

function span(kind: FieldKind, first: number, last: number, step: number): readonly number[] {
  const size = kind.maximum - kind.minimum + 1;
  const end = last < first ? last + size : last;
  const values: number[] = [];
  for (let value = first; value <= end; value += step) values.push(((value - kind.minimum) % size) + kind.minimum);
  return values;
}

function range(kind: FieldKind): string {
  const names = kind.names.length === 0 ? '' : ` or ${kind.names[0] ?? ''} to ${kind.names.at(-1) ?? ''}`;
  return `It takes ${String(kind.minimum)} to ${String(kind.maximum)}${names}, lists (,), ranges (-), steps (/) and *.`;
}

import { fields, readElement, readValue, type FieldKind } from './fields.ts';
import type { DayRule, Schedule } from './schedule.ts';

export interface ScheduleProblem {
  readonly kind: 'not-cron' | 'rate' | 'field-count' | 'field-value' | 'day-fields';
  readonly message: string;
  /** Offsets inside the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Something that AWS accepts and reads otherwise than a person may think. */
export interface ScheduleNote {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type ScheduleParse =
  | { readonly ok: true; readonly schedule: Schedule; readonly notes: readonly ScheduleNote[] }
  | { readonly ok: false; readonly problems: readonly ScheduleProblem[] };

interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a schedule in AWS's cron dialect, which follows Quartz. Source: syntax §3.1 [obs]. */
export function parseSchedule(text: string): ScheduleParse {
  const whole = { start: 0, end: text.length };
  if (/^rate\(/.test(text)) return refused({ kind: 'rate', ...whole, message: 'AWS takes no rate(…) in a backup policy. Write cron(…), for example cron(0 5 ? * * *).' });
  const match = /^cron\(([^()]*)\)$/.exec(text);
  if (match === null) return refused({ kind: 'not-cron', ...whole, message: 'A schedule is cron(minutes hours day-of-month month day-of-week year), in UTC, without anything around it.' });
  const parts: Field[] = [...(match[1] ?? '').matchAll(/\S+/g)].map((part) => ({ text: part[0].toUpperCase(), start: part.index + 5, end: part.index + 5 + part[0].length }));
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = parts;
  if (minutes === undefined || hours === undefined || dayOfMonth === undefined || month === undefined || dayOfWeek === undefined) {
    return refused({ kind: 'field-count', ...whole, message: `A schedule has six fields, this one has ${String(parts.length)}: cron(minutes hours day-of-month month day-of-week year).` });
  }
  return new FieldReader().read(minutes, hours, dayOfMonth, month, dayOfWeek, year, parts.slice(6));
}

function refused(problem: ScheduleProblem): ScheduleParse {
  return { ok: false, problems: [problem] };
}

class FieldReader {
  readonly #problems: ScheduleProblem[] = [];
  readonly #notes: ScheduleNote[] = [];

  read(minutes: Field, hours: Field, dayOfMonth: Field, month: Field, dayOfWeek: Field, year: Field | undefined, surplus: readonly Field[]): ScheduleParse {
    const schedule = {
      minutes: ascending(this.#values(fields.minutes, minutes)),
      hours: ascending(this.#values(fields.hours, hours)),
      months: new Set(this.#values(fields.month, month)),
      years: year === undefined || year.text === '*' ? undefined : new Set(this.#values(fields.year, year)),
    };
    const day = this.#day(dayOfMonth, dayOfWeek);
    if (year === undefined) this.#notes.push({ start: dayOfWeek.start, end: dayOfWeek.end, message: 'The year field is missing; AWS reads every year.' });
    const [first] = surplus;
    if (first !== undefined) this.#notes.push({ start: first.start, end: surplus.at(-1)?.end ?? first.end, message: 'AWS ignores what follows the year field.' });
    if (this.#problems.length > 0 || day === undefined) return { ok: false, problems: this.#problems };
    return { ok: true, schedule: { ...schedule, day }, notes: this.#notes };
  }

  #wrong(field: Field, message: string, kind: ScheduleProblem['kind'] = 'field-value'): void {
    this.#problems.push({ kind, message, start: field.start, end: field.end });
  }

  #values(kind: FieldKind, field: Field): readonly number[] {
    const values: number[] = [];
    for (const element of elements(field)) {
      const read = readElement(kind, element.text);
      if (typeof read === 'string') this.#wrong(element, read);
      else values.push(...read);
    }
    return values;
  }

  #day(month: Field, week: Field): DayRule | undefined {
    if (month.text === '?' && week.text === '?') {
      this.#wrong({ ...month, end: week.end }, 'Only one of the two day fields can be ?: write * or a weekday in the last of them.', 'day-fields');
      return undefined;
    }
    if (month.text === '?') return this.#dayOfWeek(week);
    if (week.text === '?') return this.#dayOfMonth(month);
    this.#problems.push({ kind: 'day-fields', start: week.start, end: week.end, message: 'One of the two day fields must be ?: write ? for the day of the month or for the weekday, whichever the schedule does not use.' });
    return undefined;
  }

  #dayOfMonth(field: Field): DayRule | undefined {
    const { text } = field;
    const last = /^L(?:-(\d+))?(W)?$/.exec(text);
    if (last !== null) {
      const offset = Number(last[1] ?? 0);
      if (offset > 30) this.#wrong(field, 'L-n counts 30 days back at most.');
      return { type: 'last', offset, weekday: last[2] !== undefined };
    }
    if (text.includes('L')) {
      this.#wrong(field, 'L stands alone in the day-of-month field: L, L-3, LW or L-3W.');
      return undefined;
    }
    const list = elements(field);
    const days: number[] = [];
    let nearest = false;
    for (const element of list) {
      const single = /^(\d+)W$/.exec(element.text);
      const ranged = /^(.+-.+)W$/.exec(element.text);
      if (ranged !== null) this.#notes.push({ start: element.start, end: element.end, message: `AWS ignores the W after a range and reads ${ranged[1] ?? ''}.` });
      nearest ||= single !== null;
      const read = readElement(fields.dayOfMonth, single?.[1] ?? ranged?.[1] ?? element.text);
      if (typeof read === 'string') this.#wrong(element, read);
      else days.push(...read);
    }
    if (!nearest) return { type: 'days', days: new Set(days) };
    const day = Math.min(...days);
    if (list.length > 1) this.#notes.push({ start: field.start, end: field.end, message: `AWS reads this list as ${String(day)}W: it keeps the smallest day only.` });
    return { type: 'nearestWeekday', day };
  }

  #dayOfWeek(field: Field): DayRule | undefined {
    const { text } = field;
    if (text === 'L') return { type: 'weekdays', weekdays: new Set([7]) };
    const list = elements(field);
    if (text.includes('L') && list.length > 1) {
      this.#wrong(field, 'AWS takes no list with L in the day-of-week field.');
      return undefined;
    }
    if (list.filter((element) => element.text.includes('#')).length > 1) {
      this.#wrong(field, 'AWS takes one # in the day-of-week field, not several.');
      return undefined;
    }
    const last = /^([A-Z0-9]+)L$/.exec(text);
    if (last !== null && !/L/.test(last[1] ?? '')) {
      const weekday = readValue(fields.dayOfWeek, last[1] ?? '');
      if (weekday !== undefined) return { type: 'lastWeekday', weekday };
      this.#wrong(field, `"${last[1] ?? ''}" is no weekday. It is 1 to 7 (1 = Sunday) or SUN to SAT.`);
      return undefined;
    }
    return this.#weekdays(field, list);
  }

  #weekdays(field: Field, list: readonly Field[]): DayRule | undefined {
    const weekdays: number[] = [];
    let nth: number | undefined;
    for (const element of list) {
      const ordinal = /^([A-Z0-9]+)#([1-5])$/.exec(element.text);
      const ranged = /^(.+-.+)L$/.exec(element.text);
      if (ranged !== null) this.#notes.push({ start: element.start, end: element.end, message: `AWS ignores the L after a range and reads ${ranged[1] ?? ''}.` });
      if (ordinal !== null) nth = Number(ordinal[2]);
      else if (element.text.includes('#')) {
        this.#wrong(element, 'A weekday of the month is written like MON#2, with 1 to 5 after the #.');
        continue;
      }
      const read = readElement(fields.dayOfWeek, ordinal?.[1] ?? ranged?.[1] ?? element.text);
      if (typeof read === 'string') this.#wrong(element, read);
      else weekdays.push(...read);
    }
    if (nth === undefined) return { type: 'weekdays', weekdays: new Set(weekdays) };
    const weekday = Math.min(...weekdays);
    if (list.length > 1) this.#notes.push({ start: field.start, end: field.end, message: `AWS reads this list as ${String(weekday)}#${String(nth)}: it keeps the smallest weekday only.` });
    return { type: 'nthWeekday', weekday, nth };
  }
}

function elements(field: Field): readonly Field[] {
  let start = field.start;
  return field.text.split(',').map((text) => {
    const element = { text, start, end: start + text.length };
    start += text.length + 1;
    return element;
  });
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((left, right) => left - right);
}

import { closestName } from './closestName.ts';
import { valuesBetween, type Field } from './fields.ts';

/** What an element of a day field says beyond its values. */
export type DaySelector =
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'last-day'; readonly offset: number; readonly nearestWeekday: boolean }
  | { readonly kind: 'nearest-weekday' }
  | { readonly kind: 'nth-weekday'; readonly nth: number }
  | { readonly kind: 'last-weekday' };

/** Why an element cannot be read. */
export type ElementProblemKind = 'field-value' | 'step' | 'range-order' | 'misplaced-selector';

/** One element of a comma list: its values, or the part of it (offsets in the element) that AWS refuses. */
export type ElementReading =
  | {
    readonly ok: true;
    readonly values: readonly number[];
    readonly selector?: DaySelector;
    /** Where the text begins that AWS does not read; absent when it reads all. */
    readonly ignoredFrom?: number;
  }
  | { readonly ok: false; readonly kind: ElementProblemKind; readonly reason: string; readonly start: number; readonly end: number; readonly replacement?: string };

/**
 * Reads one element in the way of AWS's parser, which goes from left to right, and once it has a complete value
 * does not look at the rest: `1-2L` is 1-2, `1-5W` is 1-5 [obs], `MON-FRI/2` is MON-FRI [inf].
 * @param text in upper case and without blanks or commas, not empty.
 * Source: syntax §3.1 [obs]: every recorded oddity fits a parser built like Quartz's.
 */
export function readElement(text: string, field: Field): ElementReading {
  const first = text.charAt(0);
  if (first === '?') return readUnspecified(text, field);
  if (first === '*' || first === '/') return readEvery(text, field);
  if (/^L(?:W|-\d*W?)?$/.test(text)) return readLast(text, field);
  if (/[A-Z]/.test(first)) return readNames(text, field);
  if (/\d/.test(first)) return readNumber(text, field);
  return refuse('field-value', `"${text}" is no value`, 0, text.length);
}

function readUnspecified(text: string, field: Field): ElementReading {
  if (field.name !== 'day-of-month' && field.name !== 'day-of-week') {
    return refuse('misplaced-selector', '"?" stands only in a day field, here "*" means every value', 0, 1);
  }
  // One character more passes, two do not.
  if (text.length > 2) return refuse('field-value', `nothing may follow "?", here stands "${text.slice(1)}"`, 1, text.length);
  return read([], 1, text, { kind: 'unspecified' });
}

function readEvery(text: string, field: Field): ElementReading {
  const slash = text.startsWith('/') ? 0 : 1;
  if (text.charAt(slash) !== '/') return read(all(field, 1), 1, text);
  const step = text.slice(slash + 1);
  if (!/^\d+$/.test(step)) return refuse('step', `a number must follow "/"${step === '' ? '' : `, here stands "${step}"`}`, slash, text.length);
  return tooLargeStep(step, field, slash + 1) ?? read(all(field, Number(step) || 1), text.length, text);
}

function readLast(text: string, field: Field): ElementReading {
  if (field.name === 'day-of-week') return read([field.maximum], 1, text);
  if (field.name !== 'day-of-month') return refuse('misplaced-selector', '"L" (last) stands only in a day field', 0, text.length);
  const nearestWeekday = text.endsWith('W');
  if (!text.startsWith('L-')) return read([], text.length, text, { kind: 'last-day', offset: 0, nearestWeekday });
  if (text === 'L-') return refuse('field-value', 'a number must follow "L-"', 0, text.length);
  const end = nearestWeekday ? text.length - 1 : text.length;
  const offset = Number(text.slice(2, end));
  if (offset > 30) return refuse('field-value', 'a month has no more than 30 days before its last', 2, end);
  return read([], text.length, text, { kind: 'last-day', offset, nearestWeekday });
}

function readNames(text: string, field: Field): ElementReading {
  const from = nameAt(text, 0, field);
  if (from === undefined) return unknownName(text, 0, field);
  const next = text.charAt(3);
  if (next === '-') {
    const to = nameAt(text, 4, field);
    return to === undefined ? unknownName(text, 4, field) : read(valuesBetween(field, from, to, 1), 7, text);
  }
  if (field.name === 'day-of-week' && next === '#') return readOrdinal(text, 3, from);
  if (field.name === 'day-of-week' && next === 'L') return read([from], 4, text, { kind: 'last-weekday' });
  return read([from], 3, text);
}

function nameAt(text: string, at: number, field: Field): number | undefined {
  const index = field.names.indexOf(text.slice(at, at + 3));
  return index < 0 ? undefined : field.minimum + index;
}

function unknownName(text: string, at: number, field: Field): ElementReading {
  const wrong = /^[A-Z]+|^\d+/.exec(text.slice(at))?.[0] ?? text.slice(at);
  if (wrong === '') return refuse('field-value', 'the range has no end', 0, text.length);
  if (at > 0 && /^\d/.test(wrong)) return refuse('field-value', `a range that starts with a name also ends with one, here stands "${wrong}"`, at, at + wrong.length);
  const name = closestName(wrong, field.names);
  if (name === undefined) return refuse('field-value', `"${wrong}" is no value`, at, at + wrong.length);
  return { ...refuse('field-value', `"${wrong}" is no value, ${name} is`, at, at + wrong.length), replacement: name };
}

function readNumber(text: string, field: Field): ElementReading {
  const from = digitsAt(text, 0);
  const value = Number(from);
  const after = from.length;
  const problem = outside(from, field, 0);
  if (problem !== undefined) return problem;
  switch (text.charAt(after)) {
    case 'L':
      if (field.name === 'day-of-week') return read([value], after + 1, text, { kind: 'last-weekday' });
      return refuse('misplaced-selector', 'a number with "L" (the last such weekday) stands only in the day-of-week field', after, after + 1);
    case 'W':
      if (field.name === 'day-of-month') return read([value], after + 1, text, { kind: 'nearest-weekday' });
      return refuse('misplaced-selector', '"W" (nearest weekday) stands only in the day-of-month field', after, after + 1);
    case '#':
      if (field.name === 'day-of-week') return readOrdinal(text, after, value);
      return refuse('misplaced-selector', '"#" (which weekday of the month) stands only in the day-of-week field', after, after + 1);
    case 'C':
      if (field.name === 'day-of-week' || field.name === 'day-of-month') return read([value], after, text);
      return refuse('field-value', `"${text}" is no value`, 0, text.length);
    case '-': return readRange(text, field, value, after + 1);
    case '/': return readStep(text, field, value, after + 1);
    default: return read([value], after, text);
  }
}

function readRange(text: string, field: Field, from: number, at: number): ElementReading {
  const to = digitsAt(text, at);
  if (to === '') return refuse('field-value', at < text.length ? `a range that starts with a number also ends with one, here stands "${text.slice(at)}"` : 'the range has no end', at < text.length ? at : 0, text.length);
  const problem = outside(to, field, at);
  if (problem !== undefined) return problem;
  if (field.name === 'year' && Number(to) < from) return refuse('range-order', 'a range of years ends after it starts', 0, at + to.length);
  const after = at + to.length;
  if (text.charAt(after) !== '/') return read(valuesBetween(field, from, Number(to), 1), after, text);
  const step = digitsAt(text, after + 1);
  if (step === '') return refuse('step', 'a number must follow "/"', after, text.length);
  return read(valuesBetween(field, from, Number(to), Number(step)), after + 1 + step.length, text);
}

function readStep(text: string, field: Field, from: number, at: number): ElementReading {
  const step = digitsAt(text, at);
  if (step === '') return refuse('step', 'a number must follow "/"', at - 1, text.length);
  const after = at + step.length;
  // Text after a step of two digits is not looked at, after a step of one it is refused.
  if (step.length === 1 && after < text.length) return refuse('step', `nothing may follow the step, here stands "${text.slice(after)}"`, after, text.length);
  return tooLargeStep(step, field, at) ?? read(valuesBetween(field, from, field.maximum, Number(step)), after, text);
}

function readOrdinal(text: string, at: number, weekday: number): ElementReading {
  const nth = text.slice(at + 1);
  if (!/^0*[1-5]$/.test(nth)) return refuse('field-value', 'a number from 1 to 5, and nothing more, must follow "#"', nth === '' ? at : at + 1, text.length);
  return read([weekday], text.length, text, { kind: 'nth-weekday', nth: Number(nth) });
}

function outside(digits: string, field: Field, at: number): ElementReading | undefined {
  const value = Number(digits);
  if (value >= field.minimum && value <= field.maximum) return undefined;
  const meant = field.name === 'day-of-week' && value === 0 ? 'the week starts with 1 for Sunday, there is no 0' : `${digits} is not among the values`;
  return refuse('field-value', meant, at, at + digits.length);
}

function tooLargeStep(digits: string, field: Field, at: number): ElementReading | undefined {
  if (Number(digits) <= field.largestStep) return undefined;
  return refuse('step', `the largest step is ${String(field.largestStep)}, here stands ${digits}`, at, at + digits.length);
}

function digitsAt(text: string, at: number): string {
  return /^\d*/.exec(text.slice(at))?.[0] ?? '';
}

function all(field: Field, step: number): readonly number[] {
  return valuesBetween(field, field.minimum, field.maximum, step);
}

function read(values: readonly number[], end: number, text: string, selector?: DaySelector): ElementReading {
  return { ok: true, values, ...(selector && { selector }), ...(end < text.length && { ignoredFrom: end }) };
}

function refuse(kind: ElementProblemKind, reason: string, start: number, end: number): Extract<ElementReading, { readonly ok: false }> {
  return { ok: false, kind, reason, start, end };
}

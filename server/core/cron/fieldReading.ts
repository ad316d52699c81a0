import { readElement, type DaySelector } from './element.ts';
import type { Field } from './fields.ts';
import type { ScheduleNote, ScheduleProblem } from './schedule.ts';
import type { FieldText } from './scheduleBody.ts';

/** One field as AWS reads it. Values ascend; they are meaningless when there are problems. */
export interface FieldReading {
  readonly values: readonly number[];
  readonly selector?: DaySelector;
  readonly problems: readonly ScheduleProblem[];
  readonly notes: readonly ScheduleNote[];
}

/**
 * Reads a comma list. AWS keeps one selector for the whole field and applies it to the smallest value
 * (`1W,15W` is 1W, `1,2#1` is 1#1 [obs]), takes a field with `?` anywhere for `?` [inf], refuses `L` beside
 * other elements and a second `#` [obs], and skips empty elements [inf]. Source: syntax §3.1.
 */
export function readField(source: FieldText, field: Field): FieldReading {
  const text = source.text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  const refused = refusedList(text, source, field);
  if (refused) return { values: [], problems: [refused], notes: [] };
  const problems: ScheduleProblem[] = [];
  const notes: ScheduleNote[] = [];
  const values = new Set<number>();
  const selectors: DaySelector[] = [];
  const elements = elementsOf(text, source.start);
  for (const element of elements) {
    const { start } = element;
    const reading = readElement(element.text, field);
    if (!reading.ok) {
      const replacement = sundayOf(text, field) ?? reading.replacement;
      problems.push({ kind: reading.kind, start: start + reading.start, end: start + reading.end, message: refusal(field, source.text, reading.reason), ...(replacement !== undefined && { replacement }) });
      continue;
    }
    for (const value of reading.values) values.add(value);
    if (reading.selector) selectors.push(reading.selector);
    if (reading.ignoredFrom !== undefined) notes.push(ignored(element.text, start, reading.ignoredFrom, field));
    notes.push(...zeroStep(element));
  }
  if (elements.length === 0) problems.push({ kind: 'field-value', start: source.start, end: source.end, message: refusal(field, source.text, 'it holds no value') });
  if (elements.length > 0 && /^,|,,|,$/.test(text)) {
    const replacement = elements.map((element) => element.text).join(',');
    notes.push({ kind: 'empty-element', start: source.start, end: source.end, replacement, message: `The list "${source.text}" has an empty element, which AWS skips: write ${replacement}.` });
  }
  const sorted = [...values].sort((a, b) => a - b);
  const selector = selectors.find(({ kind }) => kind === 'unspecified') ?? selectors.at(-1);
  const plain = selector && plainly(selector, sorted, field, /[A-Z]{3}/.test(text));
  if (plain !== undefined && elements.length > 1 && problems.length === 0) {
    notes.push({ kind: 'list-with-selector', start: source.start, end: source.end, replacement: plain, message: `AWS reads "${source.text}" as ${plain} alone: write that, or a rule for each day.` });
  }
  return { values: sorted, ...(selector && { selector }), problems, notes };
}

/** Elsewhere 0 is Sunday; with other numbers beside it the writer counts those from 0 as well, so they would have to change too. */
function sundayOf(text: string, field: Field): string | undefined {
  return field.name === 'day-of-week' && text === '0' ? field.names[0] : undefined;
}

interface Element {
  readonly text: string;
  readonly start: number;
}

function elementsOf(text: string, start: number): readonly Element[] {
  return [...text.matchAll(/[^,]+/g)].map((match) => ({ text: match[0], start: start + match.index }));
}

/** AWS looks for these before it reads any element. */
function refusedList(text: string, source: FieldText, field: Field): ScheduleProblem | undefined {
  if (field.name !== 'day-of-month' && field.name !== 'day-of-week') return undefined;
  if (text.includes(',') && text.includes('L')) {
    const element = elementsOf(text, source.start).find((one) => one.text.includes('L')) ?? { text, start: source.start };
    return {
      kind: 'list-with-selector', start: element.start, end: element.start + element.text.length,
      message: refusal(field, source.text, '"L" (last) cannot stand in a list. Make a rule for each day'),
    };
  }
  const second = text.indexOf('#', text.indexOf('#') + 1);
  if (field.name !== 'day-of-week' || !text.includes('#') || second < 0) return undefined;
  const element = elementsOf(text, source.start).findLast((one) => one.start <= source.start + second) ?? { text, start: source.start };
  return {
    kind: 'list-with-selector', start: element.start, end: element.start + element.text.length,
    message: refusal(field, source.text, '"#" can stand only once in it. Make a rule for each day'),
  };
}

function refusal(field: Field, text: string, reason: string): string {
  return `AWS refuses "${text}" as ${field.name}: ${reason}. The field takes ${field.permitted}, with *, lists, ranges and steps.`;
}

function ignored(element: string, start: number, from: number, field: Field): ScheduleNote {
  const rest = element.slice(from);
  const stepped = /^([A-Z]{3})(?:-([A-Z]{3}))?\/(\d+)$/.exec(element);
  const advice = stepped ? ` For a step write numbers: ${numbered(stepped, field)}.` : '';
  return {
    kind: 'ignored-text', start: start + from, end: start + element.length, replacement: '',
    message: `AWS reads "${element}" as ${element.slice(0, from)} and ignores "${rest}".${advice}`,
  };
}

/** A step of 0 leaves the value it follows alone. Source: syntax §3.1 [inf]. */
function zeroStep({ text, start }: Element): readonly ScheduleNote[] {
  const found = /^(\*|\d+)(-\d+)?\/0+$|^\/0+$/.exec(text);
  if (!found) return [];
  const replacement = found[1] ?? '*';
  return [{ kind: 'zero-step', start, end: start + text.length, replacement, message: `AWS reads "${text}" as ${replacement}, since a step of 0 leads nowhere: write ${replacement}, or a step of 1 or more.` }];
}

function numbered(stepped: readonly string[], field: Field): string {
  const number = (name: string | undefined): string => String(field.minimum + field.names.indexOf(name ?? ''));
  const from = number(stepped[1]);
  return `${stepped[2] === undefined ? from : `${from}-${number(stepped[2])}`}/${stepped[3] ?? ''}`;
}

function plainly(selector: DaySelector, values: readonly number[], field: Field, named: boolean): string | undefined {
  const smallest = values[0] ?? field.minimum;
  switch (selector.kind) {
    case 'unspecified': return '?';
    case 'nearest-weekday': return `${String(smallest)}W`;
    case 'nth-weekday': return `${named ? field.names[smallest - field.minimum] ?? '' : String(smallest)}#${String(selector.nth)}`;
    case 'last-day': case 'last-weekday': return undefined;
  }
}

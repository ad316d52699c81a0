import type { ScalarNode, Span } from '../document/tree.ts';
import { checkFrequency, hasTwoHourlyOccurrences, minimumArchiveMinutes, minimumMinutes } from '../cron/frequency.ts';
import { parseSchedule } from '../cron/parse.ts';
import { fieldsToBlame } from './frequencyFields.ts';
import type { Path, Report } from './report.ts';

/**
 * Checks a schedule: AWS's cron dialect, and two future occurrences that are an hour or more apart.
 * A problem of one field stands at that field. Source: syntax §3.1 [obs].
 */
export function checkSchedule(value: ScalarNode, path: Path, report: Report): void {
  const parsed = parseSchedule(value.text);
  if (!parsed.ok) {
    for (const problem of parsed.problems) report.add('invalid-schedule', inText(value, problem.start, problem.end), path, problem.message);
    return;
  }
  const message = hasTwoHourlyOccurrences(parsed.schedule, report.at);
  if (message === undefined) return;
  const blamed = fieldsToBlame(value.text, parsed.schedule, checkFrequency(parsed.schedule, report.at, minimumMinutes), minimumMinutes);
  report.add('schedule-too-frequent', inText(value, blamed.start, blamed.end), path, message);
}

/**
 * Where a schedule runs too often for the archive opt-in; undefined when it does not, and when it is wrong by
 * itself, which `checkSchedule` reports. Source: syntax §3.1 [obs], §9 C2.
 * @param at epoch milliseconds UTC.
 */
export function tooFrequentForArchive(text: string, span: Span, at: number): Span | undefined {
  const parsed = parseSchedule(text);
  if (!parsed.ok || hasTwoHourlyOccurrences(parsed.schedule, at) !== undefined) return undefined;
  const frequency = checkFrequency(parsed.schedule, at, minimumArchiveMinutes);
  if (frequency.kind === 'sparse-enough') return undefined;
  const blamed = fieldsToBlame(text, parsed.schedule, frequency, minimumArchiveMinutes);
  return inText({ ...span, text }, blamed.start, blamed.end);
}

/** A part of a string's text as a part of the document; the whole string when escapes move the offsets. */
export function inText(value: Span & { readonly text: string }, start: number, end: number): Span {
  const plain = value.end - value.start === value.text.length + 2;
  return plain && end > start ? { start: value.start + 1 + start, end: value.start + 1 + end } : value;
}

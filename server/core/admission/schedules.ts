import type { ScalarNode } from '../document/tree.ts';
import { hasTwoHourlyOccurrences } from '../cron/frequency.ts';
import { parseSchedule } from '../cron/parse.ts';
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
  const frequency = hasTwoHourlyOccurrences(parsed.schedule, report.at);
  if (frequency !== undefined) report.add('schedule-too-frequent', value, path, frequency);
}

/** A part of a string's text as a part of the document; the whole string when escapes move the offsets. */
function inText(value: ScalarNode, start: number, end: number): { readonly start: number; readonly end: number } {
  const plain = value.type === 'string' && value.end - value.start === value.text.length + 2;
  return plain && end > start ? { start: value.start + 1 + start, end: value.start + 1 + end } : value;
}

import { nextOccurrences } from './occurrences.ts';
import { parseSchedule } from './parse.ts';
import type { Schedule } from './schedule.ts';

const hour = 3_600_000;
const archiveGap = 28 * 24 * hour;

/**
 * AWS's minimum frequency: two runs must follow the request, an hour or more apart. Source: syntax §3.1 [obs].
 * @param at epoch milliseconds UTC, the time of the request.
 * @returns what is wrong, in a sentence; undefined when nothing is.
 */
export function hasTwoHourlyOccurrences(schedule: Schedule, at: number): string | undefined {
  const [first, second] = nextOccurrences(schedule, at, 2);
  if (first === undefined) return 'This schedule never runs again: AWS demands two future runs and refuses the policy.';
  if (second === undefined) return `This schedule runs only once more, at ${utc(first)} UTC: AWS demands two future runs and refuses the policy.`;
  if (second - first < hour) return `The next two runs, ${utc(first)} and ${utc(second)} UTC, are less than an hour apart: AWS refuses the policy. Make the schedule hourly or rarer.`;
  return undefined;
}

/**
 * True when the next two runs are 28 days or more apart, as the archive opt-in needs. False for what is no schedule.
 * Source: syntax §3.1 [obs].
 * @param at epoch milliseconds UTC, the time of the request.
 */
export function isSparseEnoughForArchive(text: string, at: number): boolean {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return false;
  const [first, second] = nextOccurrences(parsed.schedule, at, 2);
  return first !== undefined && second !== undefined && second - first >= archiveGap;
}

function utc(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

import { nextOccurrences } from './occurrences.ts';
import { parseSchedule } from './parse.ts';
import type { Schedule } from './schedule.ts';

/** The least distance of two runs that admission takes: one hour, in minutes. Source: syntax §3.1 [obs]. */
export const minimumMinutes = 60;
/** The least distance of two runs with the archive opt-in: 28 days, in minutes. Source: syntax §3.1 [obs]. */
export const minimumArchiveMinutes = 28 * 24 * 60;

/** How the two runs after a moment lie; times in epoch milliseconds UTC. */
export type Frequency =
  | { readonly kind: 'sparse-enough'; readonly runs: readonly [number, number] }
  | { readonly kind: 'too-frequent'; readonly runs: readonly [number, number] }
  | { readonly kind: 'single-run'; readonly run: number }
  | { readonly kind: 'no-run' };

/**
 * Judges a schedule by its next two runs alone, as AWS does: they must exist and lie `minutes` apart or more, so
 * that the verdict may change as the clock goes on. Source: syntax §3.1 "Minimum frequency" [obs].
 * @param at epoch milliseconds UTC; runs strictly after it count.
 */
export function checkFrequency(schedule: Schedule, at: number, minutes: number): Frequency {
  const [first, second] = nextOccurrences(schedule, at, 2);
  if (first === undefined) return { kind: 'no-run' };
  if (second === undefined) return { kind: 'single-run', run: first };
  return { kind: second - first >= minutes * 60_000 ? 'sparse-enough' : 'too-frequent', runs: [first, second] };
}

/**
 * Why admission refuses the schedule at this moment, for a user; undefined when its next two runs exist and are an
 * hour or more apart. Source: syntax §3.1 [obs].
 * @param at epoch milliseconds UTC.
 */
export function hasTwoHourlyOccurrences(schedule: Schedule, at: number): string | undefined {
  const frequency = checkFrequency(schedule, at, minimumMinutes);
  switch (frequency.kind) {
    case 'sparse-enough': return undefined;
    case 'too-frequent': {
      const [first, second] = frequency.runs;
      return `The next two runs, ${moment(first)} and ${moment(second)}, are ${String((second - first) / 60_000)} minutes apart: AWS refuses schedules that run more often than once an hour. Write one minute, such as 0, or hours further apart.`;
    }
    case 'single-run':
      return `The schedule runs only once more, ${moment(frequency.run)}: AWS refuses a schedule without two runs to come. Write * for the year, or add a later one.`;
    case 'no-run':
      return 'The schedule never runs again: AWS refuses a schedule without two runs to come. Check that its days exist in its months, and that its years are not over.';
  }
}

/**
 * True when the next two runs exist and are 28 days or more apart, which AWS demands together with
 * `opt_in_to_archive_for_supported_resources`; false also for text that is no schedule.
 * Source: syntax §3.1 [obs], §9 C2.
 * @param at epoch milliseconds UTC.
 */
export function isSparseEnoughForArchive(text: string, at: number): boolean {
  const parsed = parseSchedule(text);
  return parsed.ok && checkFrequency(parsed.schedule, at, minimumArchiveMinutes).kind === 'sparse-enough';
}

function moment(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

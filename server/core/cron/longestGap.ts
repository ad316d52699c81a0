import { nextOccurrences } from './occurrences.ts';
import { parseSchedule } from './parse.ts';

const day = 86_400_000;
/** Long enough for what happens once a year to happen. */
const comparedDays = 366;
/** Hourly runs over the compared days, and one more. */
const maximumRuns = 24 * comparedDays + 1;
const rememberedGaps = 5000;

/**
 * The longest time without a run in the coming year, in hours: between two runs that follow each other, or until a
 * schedule of later years begins. Infinite for a schedule that ends in the year, or that never runs; undefined for text
 * that is no schedule. Runs from midnight UTC of the day count.
 * @param at epoch milliseconds UTC.
 */
export function longestGapHours(text: string, at: number): number | undefined {
  const midnight = Math.floor(at / day) * day;
  const key = `${String(midnight)}\n${text}`;
  if (gaps.has(key)) return gaps.get(key);
  if (gaps.size >= rememberedGaps) gaps.clear();
  const gap = findGap(text, midnight);
  gaps.set(key, gap);
  return gap;
}

/** By day and schedule: organizations have few schedules and many accounts. */
const gaps = new Map<string, number | undefined>();

function findGap(text: string, midnight: number): number | undefined {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return undefined;
  const end = midnight + comparedDays * day;
  const [first, ...runs] = nextOccurrences(parsed.schedule, midnight - 1, maximumRuns);
  if (first === undefined) return Infinity;
  let longest = first - midnight;
  let previous = first;
  for (const run of runs) {
    longest = Math.max(longest, run - previous);
    previous = run;
    if (run >= end) break;
  }
  return previous < end && runs.length + 1 < maximumRuns ? Infinity : longest / 3_600_000;
}

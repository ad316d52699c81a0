import type { Start } from './gaps.ts';

const minute = 60_000;

/** A start of one rule within the start window of another rule that selects the same resources. */
export interface Overlap {
  /** When the later of the two starts: epoch milliseconds UTC. */
  readonly time: number;
  /** How long the window of the other is open by then, in minutes; 0 for two starts at the same time. */
  readonly afterMinutes: number;
}

/**
 * The starts of either rule within a start window of the other, in order. Two starts at the same time are one overlap.
 * Source: common-mistakes D6: AWS Backup keeps only one of two backups that overlap.
 * @param left ascending by time, as `right`.
 */
export function overlapsOf(left: readonly Start[], right: readonly Start[]): readonly Overlap[] {
  return [...within(left, right, true), ...within(right, left, false)].sort((one, other) => one.time - other.time);
}

/** The starts of `later` in windows of `earlier`. */
function within(earlier: readonly Start[], later: readonly Start[], simultaneous: boolean): readonly Overlap[] {
  const found: Overlap[] = [];
  let index = -1;
  for (const { time } of later) {
    while ((earlier[index + 1]?.time ?? Infinity) <= time) index++;
    const open = earlier[index];
    if (open === undefined) continue;
    const afterMinutes = (time - open.time) / minute;
    if (afterMinutes < open.windowMinutes && (afterMinutes > 0 || simultaneous)) found.push({ time, afterMinutes });
  }
  return found;
}

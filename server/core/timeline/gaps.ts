const minute = 60_000;

/** A scheduled start of a backup. */
export interface Start {
  /** Epoch milliseconds UTC. */
  readonly time: number;
  /** How much later the job may start, in minutes. */
  readonly windowMinutes: number;
}

/** The time between two starts. Moments are epoch milliseconds UTC. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** How far apart backups are: what is written between two of them is lost when the later one is not made yet. */
export interface Gaps {
  readonly largest: Gap;
  /** The median distance of two starts, in minutes. */
  readonly typicalMinutes: number;
  /** The greatest distance when a job starts at the end of its window, in minutes. */
  readonly latestMinutes: number;
  /** Every gap as large as the largest one, in order. */
  readonly places: readonly Gap[];
  /** True when all gaps are equally large. */
  readonly even: boolean;
}

/**
 * The distances of starts; undefined with fewer than two. Starts at the same time are one.
 * @param starts ascending by time.
 */
export function gapsOf(starts: readonly Start[]): Gaps | undefined {
  const gaps: Gap[] = [];
  let latest = 0;
  let [previous] = starts;
  for (const start of starts) {
    if (previous === undefined || start.time === previous.time) continue;
    gaps.push({ from: previous.time, to: start.time });
    latest = Math.max(latest, (start.time - previous.time) / minute + start.windowMinutes);
    previous = start;
  }
  const lengths = gaps.map(({ from, to }) => to - from).sort((one, other) => one - other);
  const longest = lengths.at(-1);
  const places = gaps.filter(({ from, to }) => to - from === longest);
  const [largest] = places;
  if (largest === undefined) return undefined;
  return { largest, places, typicalMinutes: (lengths[Math.floor((lengths.length - 1) / 2)] ?? 0) / minute, latestMinutes: latest, even: places.length === gaps.length };
}

/**
 * The starts of several rules in one row. Of starts at the same time the one with the shorter window comes first.
 * @param rules each with ascending starts.
 */
export function mergedStarts(rules: readonly (readonly Start[])[]): readonly Start[] {
  const [only] = rules;
  return rules.length === 1 && only !== undefined ? only : rules.flat().sort((one, other) => one.time - other.time || one.windowMinutes - other.windowMinutes);
}

const minute = 60_000;
const day = 86_400_000;

/** A change of the clocks of a time zone: the start or end of daylight saving time, or a new offset by law. */
export interface ClockChange {
  /** The first moment with the new offset: epoch milliseconds UTC. */
  readonly time: number;
  /** Minutes ahead of UTC. */
  readonly before: number;
  readonly after: number;
}

/** How a time zone's clocks run in a period. */
export interface ZoneClock {
  /** Minutes ahead of UTC at the start of the period. */
  readonly offset: number;
  /** Ascending. */
  readonly changes: readonly ClockChange[];
}

/**
 * The clocks of a time zone from one moment to another. AWS runs schedules by UTC, so that these changes move a
 * backup on the local clock and leave the time between two backups as it is. Source: syntax §3.1 [doc].
 * @param timeZone an IANA name; a name that the platform does not know counts as UTC.
 * @param from epoch milliseconds UTC, as `to`.
 */
export function zoneClock(timeZone: string, from: number, to: number): ZoneClock {
  const format = formatOf(timeZone);
  if (format === undefined) return { offset: 0, changes: [] };
  const offsetAt = (time: number): number => offsetOf(format, time);
  const offset = offsetAt(from);
  const changes: ClockChange[] = [];
  let before = offset;
  for (let start = from; start < to; start += day) {
    const end = Math.min(start + day, to);
    const after = offsetAt(end);
    if (after === before) continue;
    changes.push({ time: firstWithout(before, start, end, offsetAt), before, after });
    before = after;
  }
  return { offset, changes };
}

/** The first whole minute after `start` at which the offset is another one; at `end` it is. */
function firstWithout(offset: number, start: number, end: number, offsetAt: (time: number) => number): number {
  let [low, high] = [Math.floor(start / minute), Math.ceil(end / minute)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * minute) === offset) low = middle;
    else high = middle;
  }
  return high * minute;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
  } catch {
    return undefined;
  }
}

function offsetOf(format: Intl.DateTimeFormat, time: number): number {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((local - Math.floor(time / minute) * minute) / minute);
}

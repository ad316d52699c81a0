/** Times by the clock of a zone, from the offsets that the server tells. */

import type { TimelineView } from '../../../server/protocol.ts';

/** A minute, an hour and a day in milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The parts of a moment on a clock. */
export interface ClockFace {
  /** `Tue`. */
  readonly weekday: string;
  readonly weekdayNumber: number;
  readonly dayOfMonth: number;
  /** `Oct`. */
  readonly month: string;
  /** 0 (January) – 11. */
  readonly monthNumber: number;
  readonly year: number;
  /** `05:00`. */
  readonly time: string;
}

/** A clock of a time zone. All moments are epoch milliseconds UTC. */
export class ZoneTime {
  /** What stands behind a time: `UTC`, or the zone's name. */
  readonly name: string;
  readonly #zone: Pick<TimelineView['zone'], 'offset' | 'changes'>;

  /** @param local the zone's clock, undefined for UTC. */
  constructor(local: TimelineView['zone'] | undefined) {
    this.name = local?.name ?? 'UTC';
    this.#zone = local ?? { offset: 0, changes: [] };
  }

  /** The parts of a moment. */
  face(time: number): ClockFace {
    const date = new Date(this.#local(time));
    return {
      weekday: weekdays[date.getUTCDay()] ?? '',
      weekdayNumber: date.getUTCDay(),
      dayOfMonth: date.getUTCDate(),
      month: months[date.getUTCMonth()] ?? '',
      monthNumber: date.getUTCMonth(),
      year: date.getUTCFullYear(),
      time: date.toISOString().slice(11, 16),
    };
  }

  /** `Tue 20 Oct 2026`. */
  dayText(time: number): string {
    const { weekday, dayOfMonth, month, year } = this.face(time);
    return `${weekday} ${String(dayOfMonth)} ${month} ${String(year)}`;
  }

  /** `05:00`. */
  timeText(time: number): string {
    return this.face(time).time;
  }

  /** `Tue 20 Oct 2026 05:00 UTC`. */
  momentText(time: number): string {
    return `${this.dayText(time)} ${this.timeText(time)} ${this.name}`;
  }

  /** Midnight at the start of the day of a moment. */
  startOfDay(time: number): number {
    const midnight = Math.floor(this.#local(time) / day) * day;
    return midnight - this.#offset(midnight - this.#offset(time) * minute) * minute;
  }

  /** Midnights from the one at or before `from` to the last one before `to`. A day has 23 to 25 hours. */
  days(from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let midnight = this.startOfDay(from); midnight < to; midnight = this.startOfDay(midnight + 1.5 * day)) {
      found.push(midnight);
    }
    return found;
  }

  #offset(time: number): number {
    return this.#zone.changes.findLast((change) => change.time <= time)?.after ?? this.#zone.offset;
  }

  #local(time: number): number {
    return time + this.#offset(time) * minute;
  }
}

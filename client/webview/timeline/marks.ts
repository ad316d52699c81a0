/** What is drawn of a track: one mark for each event, or one cell for a day, a week or a month where they lie too close. */

import type { Lane, Track } from './lanes.ts';
import type { Scale } from './scale.ts';
import { day, type ZoneTime } from './zoneTime.ts';

/** Events closer than this many pixels are drawn together. */
const leastDistance = 10;
const leastCell = 13;
const digitWidth = 6.6;

/** A mark or a cell. */
export interface Mark {
  /** Stable while the window stays. */
  readonly id: string;
  readonly lane: Lane;
  readonly track: Track;
  /** The events in it, one or more. */
  readonly times: readonly number[];
  /** Undefined for a single event; else the bounds of its cell, and what the cell is. */
  readonly cell?: { readonly unit: CellUnit; readonly from: number; readonly to: number };
}

/** What a cell stands for. */
export type CellUnit = 'day' | 'week' | 'month';

/** The marks of a track in the window of the scale, ascending. */
export function marksOf(lane: Lane, track: Track, scale: Scale, clock: ZoneTime): readonly Mark[] {
  const { from, to } = scale.window;
  const visible = track.times.slice(firstNotBefore(track.times, from), firstNotBefore(track.times, to));
  const id = (time: number): string => `${lane.id} ${track.kind} ${String(time)}`;
  if (track.kind === 'tick' || everyDistance(visible, (leastDistance / scale.pixelsPerDay) * day)) {
    return visible.map((time) => ({ id: id(time), lane, track, times: [time] }));
  }
  const inCells = (unit: CellUnit): readonly Mark[] => cells(unit, scale, clock).flatMap(([start, end]) => {
    const times = visible.slice(firstNotBefore(visible, start), firstNotBefore(visible, end));
    return times.length === 0 ? [] : [{ id: id(start), lane, track, times, cell: { unit, from: Math.max(start, from), to: Math.min(end, to) } }];
  });
  for (const [unit, days] of [['day', 1], ['week', 7]] as const) {
    const marks = scale.pixelsPerDay * days < leastCell ? [] : inCells(unit);
    const most = Math.max(0, ...marks.map(({ times }) => times.length));
    if (marks.length > 0 && countWidth(most) <= scale.pixelsPerDay * days - 2) {
      return marks;
    }
  }
  return inCells('month');
}

/** The width of the number of events in a cell, in pixels. */
export function countWidth(count: number): number {
  return String(count).length * digitWidth;
}

/** The marks of a lane in the order in which the arrow keys walk: by time, then by track. Ticks are none. */
export function laneMarks(lane: Lane, scale: Scale, clock: ZoneTime): readonly Mark[] {
  return lane.tracks
    .filter(({ kind }) => kind !== 'tick')
    .flatMap((track) => marksOf(lane, track, scale, clock))
    .sort((one, other) => timeOf(one) - timeOf(other));
}

/** The moment at which a mark begins. */
export function timeOf(mark: Mark): number {
  return mark.cell?.from ?? mark.times[0] ?? 0;
}

/** The bounds of the cells that the window touches. */
export function cells(unit: CellUnit, { window }: Pick<Scale, 'window'>, clock: ZoneTime): readonly (readonly [start: number, end: number])[] {
  const starts = clock.days(window.from, window.to + day).filter((midnight, index) => {
    const { weekdayNumber, dayOfMonth } = clock.face(midnight);
    return index === 0 || unit === 'day' || (unit === 'week' ? weekdayNumber === 1 : dayOfMonth === 1);
  });
  return starts.map((start, index) => [start, starts[index + 1] ?? window.to] as const).filter(([start, end]) => start < end && start < window.to);
}

function everyDistance(times: readonly number[], least: number): boolean {
  return times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) >= least);
}

/** The index of the first of ascending times that is not before a moment. */
function firstNotBefore(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < moment) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

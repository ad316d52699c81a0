/** What a screen reader says for lanes and marks, and the tooltips show. */

import type { EventKind, Lane } from './lanes.ts';
import type { Mark } from './marks.ts';
import { day, minute, type ZoneTime } from './zoneTime.ts';

/** Words of events: one, and several. */
export const eventNouns: Readonly<Record<EventKind, readonly [one: string, many: string]>> = {
  start: ['start', 'starts'],
  copy: ['copy', 'copies'],
  move: ['move to cold storage', 'moves to cold storage'],
  deletion: ['deletion', 'deletions'],
  tick: ['start', 'starts'],
  overlap: ['overlap', 'overlaps'],
};

const laneNouns: Readonly<Record<Lane['kind'], string>> = { plan: 'Plan', rule: 'Rule', copy: '', shared: '', overlap: '' };

/** A lane's name, what it is, and what is to be known of it. */
export function laneLabel({ kind, title, aside, summary }: Lane): string {
  const name = [laneNouns[kind], title].filter((part) => part !== '').join(' ');
  return `${name}${aside === '' ? '' : `, ${aside}`}. ${summary}`.trimEnd();
}

/** A mark in lines: what happens, when, and what it means. */
export function markLines(mark: Mark, clock: ZoneTime, now: number): readonly string[] {
  const { track, lane, times, cell } = mark;
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const [one, many] = eventNouns[track.kind];
  if (cell !== undefined) {
    const count = `${String(times.length)} ${times.length === 1 ? one : many}`;
    const period = cell.unit === 'day' ? clock.dayText(first) : `${clock.dayText(cell.from)} to ${clock.dayText(cell.to - minute)}`;
    const when = times.length === 1 ? `at ${clock.timeText(first)}` : cell.unit === 'day' ? `from ${clock.timeText(first)} to ${clock.timeText(last)}` : '';
    return [`${lane.title}: ${count}`, `${period}${when === '' ? '' : `, ${when}`} ${clock.name}`, ...ofPoints(mark, clock, now)];
  }
  return [`${lane.title}: ${one}`, clock.momentText(first), ...windowLines(lane, track.kind, first, clock), ...ofPoints(mark, clock, now)];
}

/** A mark in one sentence. */
export function markLabel(mark: Mark, clock: ZoneTime, now: number): string {
  return markLines(mark, clock, now).join(', ');
}

function windowLines({ windows }: Lane, kind: EventKind, start: number, clock: ZoneTime): readonly string[] {
  if (kind !== 'start' || windows === undefined) {
    return [];
  }
  const until = (minutes: number): string => {
    const end = start + minutes * minute;
    return clock.dayText(end) === clock.dayText(start) ? clock.timeText(end) : `${clock.dayText(end)} ${clock.timeText(end)}`;
  };
  return [
    `starts by ${until(windows.start.minutes)} (window ${windows.start.text}${windows.start.byDefault ? ', by default' : ''})`,
    `done by ${until(windows.completion.minutes)} (window ${windows.completion.text}${windows.completion.byDefault ? ', by default' : ''})`,
  ];
}

/** Whose recovery points are moved or deleted; of earlier backups it is not known whether they were made. */
function ofPoints({ track, times, cell }: Mark, clock: ZoneTime, now: number): readonly string[] {
  const [first = 0] = times;
  if (track.afterDays === undefined) {
    return [];
  }
  const made = first - track.afterDays * day;
  const what = cell === undefined || times.length === 1 ? `the backup of ${clock.dayText(made)}` : `backups from ${clock.dayText(made)} on`;
  return [`${what}, ${String(track.afterDays)} ${track.afterDays === 1 ? 'day' : 'days'} later${made < now ? ', if the rule ran then' : ''}`];
}

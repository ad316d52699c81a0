/** What the schedule page remembers while the editor has thrown it away. */

import { timelineDays, type TimelineDays } from '../../../server/protocol.ts';
import { isRecord, isString } from '../viewShape.ts';

/** A part of the period. Epoch milliseconds UTC. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Plain data that the editor keeps for the page. */
export interface TimelineMemory {
  readonly days: TimelineDays;
  /** By which clock times are told: UTC, or the zone of the user's setting. */
  readonly zone: 'utc' | 'local';
  readonly asTable: boolean;
  /** The part that is drawn; undefined for all of the period. */
  readonly window?: TimeWindow;
  /** The id of the lane or mark that Tab reaches. */
  readonly current?: string;
}

/** The memory of a page that was never shown. */
export const emptyTimelineMemory: TimelineMemory = { days: 14, zone: 'utc', asTable: false };

/** Reads what the editor kept; what does not fit counts as nothing. */
export function readTimelineMemory(kept: unknown): TimelineMemory {
  if (!isRecord(kept)) {
    return emptyTimelineMemory;
  }
  const window = kept['window'];
  const current = kept['current'];
  return {
    days: timelineDays.find((days) => days === kept['days']) ?? emptyTimelineMemory.days,
    zone: kept['zone'] === 'local' ? 'local' : 'utc',
    asTable: kept['asTable'] === true,
    ...(isRecord(window) && typeof window['from'] === 'number' && typeof window['to'] === 'number' && window['from'] < window['to'] ? { window: { from: window['from'], to: window['to'] } } : {}),
    ...(isString(current) ? { current } : {}),
  };
}

/** The same memory with all of the period drawn. */
export function ofWholePeriod({ days, zone, asTable, current }: TimelineMemory): TimelineMemory {
  return { days, zone, asTable, ...(current === undefined ? {} : { current }) };
}

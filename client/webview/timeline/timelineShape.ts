/** What the schedule page takes for an answer of the server. */

import { timelineDays, type TimelineView } from '../../../server/protocol.ts';
import { isRecord, isString } from '../viewShape.ts';

/** True for a well-formed timeline. The page ignores everything else. */
export function isTimelineView(value: unknown): value is TimelineView {
  return isRecord(value) && isRecord(value['target']) && isRecord(value['zone']) && timelineDays.some((days) => days === value['days'])
    && ['from', 'to', 'now'].every((key) => typeof value[key] === 'number')
    && [value['errors'], value['shared'], value['overlaps']].every(Array.isArray)
    && Array.isArray(value['plans']) && value['plans'].every((plan: unknown) => isRecord(plan) && isString(plan['id']) && Array.isArray(plan['rules']));
}

/** The keys of the timeline: arrows walk over lanes and marks as in a grid. */

import type { Lane } from './lanes.ts';
import { timeOf, type Mark } from './marks.ts';

/** A lane with the marks that are drawn in it. */
export interface GridRow {
  readonly lane: Lane;
  readonly marks: readonly Mark[];
}

/** What a key does. */
export type TimelineAction =
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'zoom'; readonly factor: number }
  /** `then` is the lane whose nearest mark gets the focus when the mark at the edge was left. */
  | { readonly type: 'pan'; readonly share: number }
  | { readonly type: 'all' }
  | { readonly type: 'hide' }
  | { readonly type: 'open'; readonly lane: Lane };

/** The part of a keyboard event that matters here. */
export interface TimelineKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** What `key` does on the lane or mark `current`; undefined when the timeline leaves the key to the page. */
export function timelineAction(rows: readonly GridRow[], current: string, { key, ctrlKey, altKey, metaKey, shiftKey }: TimelineKey): TimelineAction | undefined {
  if (ctrlKey || altKey || metaKey) {
    return undefined;
  }
  if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    return { type: 'pan', share: key === 'ArrowLeft' ? -0.25 : 0.25 };
  }
  const rowIndex = rows.findIndex(({ lane, marks }) => lane.id === current || marks.some((mark) => mark.id === current));
  const row = rows[rowIndex];
  if (row === undefined) {
    return undefined;
  }
  const index = row.marks.findIndex((mark) => mark.id === current);
  const onLane = index === -1;
  switch (key) {
    case '+':
    case '=':
      return { type: 'zoom', factor: 0.5 };
    case '-':
      return { type: 'zoom', factor: 2 };
    case '0':
      return { type: 'all' };
    case 'ArrowRight':
      return focus((onLane ? row.marks[0] : row.marks[index + 1])?.id);
    case 'ArrowLeft':
      return onLane ? undefined : focus(row.marks[index - 1]?.id ?? row.lane.id);
    case 'ArrowDown':
      return focus(inRow(rows[rowIndex + 1], row.marks[index]));
    case 'ArrowUp':
      return focus(inRow(rows[rowIndex - 1], row.marks[index]));
    case 'Home':
      return focus(row.lane.id);
    case 'End':
      return focus(row.marks.at(-1)?.id);
    case 'Enter':
      return { type: 'open', lane: row.lane };
    case 'Escape':
      return { type: 'hide' };
    default:
      return undefined;
  }
}

function focus(id: string | undefined): TimelineAction | undefined {
  return id === undefined ? undefined : { type: 'focus', id };
}

/** In another lane: the mark nearest in time, or the lane itself from a lane and where there is none. */
function inRow(row: GridRow | undefined, from: Mark | undefined): string | undefined {
  if (row === undefined || from === undefined) {
    return row?.lane.id;
  }
  return nearest(row.marks, timeOf(from))?.id ?? row.lane.id;
}

/** The mark nearest to a moment. */
export function nearest(marks: readonly Mark[], time: number): Mark | undefined {
  return marks.reduce<Mark | undefined>((best, mark) => (best === undefined || Math.abs(timeOf(mark) - time) < Math.abs(timeOf(best) - time) ? mark : best), undefined);
}

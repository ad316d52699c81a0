/** The keys of a treegrid, as the WAI-ARIA authoring practices define them: the focus is on rows or on cells. */

import { wholeRow } from './cascadeMemory.ts';
import type { CascadeRow } from './cascadeRows.ts';

/** What a key does. */
export type GridAction =
  | { readonly type: 'focus'; readonly row: string; readonly column: number }
  | { readonly type: 'expand'; readonly changes: readonly { readonly id: string; readonly expanded: boolean }[] }
  /** Go to the line of the row or cell, when it has one. */
  | { readonly type: 'open' };

/** The part of a keyboard event that matters here. */
export interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Where the focus is, and which cells of its row can have it, in ascending order: narrow panels hide the empty ones. */
export interface GridPlace {
  readonly row: string;
  readonly column: number;
  readonly columns: readonly number[];
}

/** Rows that Page Up and Page Down pass. */
const page = 10;

/** What a key does at a place; undefined when the grid leaves the key to the page. Letters are for `nextByName`. */
export function gridAction(rows: readonly CascadeRow[], { row: id, column, columns }: GridPlace, { key, ctrlKey, altKey, metaKey }: GridKey): GridAction | undefined {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (row === undefined || altKey || metaKey || (ctrlKey && key !== 'Home' && key !== 'End')) {
    return undefined;
  }
  const toRow = (target: CascadeRow | undefined): GridAction | undefined => (target === undefined ? undefined : { type: 'focus', row: target.id, column });
  const toCell = (target: number | undefined): GridAction | undefined => (target === undefined ? undefined : { type: 'focus', row: id, column: target });
  const onRow = column === wholeRow;
  switch (key) {
    case 'ArrowDown':
      return toRow(rows[index + 1]);
    case 'ArrowUp':
      return toRow(rows[index - 1]);
    case 'PageDown':
      return toRow(rows[Math.min(index + page, rows.length - 1)]);
    case 'PageUp':
      return toRow(rows[Math.max(index - page, 0)]);
    case 'Home':
      return onRow || ctrlKey ? toRow(rows[0]) : toCell(columns[0]);
    case 'End':
      return onRow || ctrlKey ? toRow(rows.at(-1)) : toCell(columns.at(-1));
    case 'ArrowRight':
      return onRow && row.expanded === false ? expand(row, true) : toCell(columns.find((each) => each > column));
    case 'ArrowLeft':
      if (!onRow) {
        return toCell(columns.findLast((each) => each < column) ?? wholeRow);
      }
      return row.expanded === true ? expand(row, false) : toRow(rows.find((other) => other.id === row.parent));
    case 'Enter':
      return { type: 'open' };
    case ' ':
      return row.expanded === undefined ? { type: 'open' } : expand(row, !row.expanded);
    case '*':
      return { type: 'expand', changes: rows.filter((other) => other.parent === row.parent && other.expanded === false).map((other) => ({ id: other.id, expanded: true })) };
    default:
      return undefined;
  }
}

function expand(row: CascadeRow, expanded: boolean): GridAction {
  return { type: 'expand', changes: [{ id: row.id, expanded }] };
}

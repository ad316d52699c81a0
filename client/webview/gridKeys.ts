/** The keys of a grid, as in the ARIA Authoring Practices: arrows, Home and End, with Ctrl to the corners, Page Up and Down. */

import type { CellPlace } from './coverageTable.ts';

/** Rows that Page Up and Page Down go. */
const page = 10;

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
}

/**
 * Where a key leads from a cell; undefined for another key.
 * @param last the last row and column.
 */
export function nextCell({ key, ctrlKey }: Key, { row, column }: CellPlace, last: CellPlace): CellPlace | undefined {
  const at = (nextRow: number, nextColumn: number): CellPlace => ({ row: within(nextRow, last.row), column: within(nextColumn, last.column) });
  switch (key) {
    case 'ArrowRight':
      return at(row, column + 1);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowUp':
      return at(row - 1, column);
    case 'PageDown':
      return at(row + page, column);
    case 'PageUp':
      return at(row - page, column);
    case 'Home':
      return ctrlKey ? at(0, 0) : at(row, 0);
    case 'End':
      return ctrlKey ? at(last.row, last.column) : at(row, last.column);
    default:
      return undefined;
  }
}

function within(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}

/** The cell that an element of the grid stands for, by its data. */
export function placeOf(target: EventTarget | null): CellPlace | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const { row, column } = target.dataset;
  return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
}

/** What the cascade remembers while the editor has thrown its page away. */

import { isRecord, isString } from '../viewShape.ts';

/** Column of the row itself: the focus is on the row, not on one of its cells. */
export const wholeRow = 0;

/** Plain data that the editor keeps. */
export interface CascadeMemory {
  /** Rows that the user expanded or collapsed, by id; all others are as at first. */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** The row that Tab reaches; undefined until the user has chosen one. */
  readonly row?: string;
  /** {@link wholeRow}, or the number of the cell that Tab reaches, 1 for the name. */
  readonly column: number;
  /** Keys of a setting whose absence is to be explained. */
  readonly why?: readonly string[];
}

/** Reads what was kept; what has another shape counts as nothing. */
export function readCascadeMemory(kept: unknown): CascadeMemory {
  if (!isRecord(kept)) {
    return { expanded: {}, column: wholeRow };
  }
  const { expanded, row, column, why } = kept;
  return {
    expanded: isRecord(expanded) ? Object.fromEntries(Object.entries(expanded).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')) : {},
    column: typeof column === 'number' && Number.isSafeInteger(column) && column >= wholeRow ? column : wholeRow,
    ...(isString(row) ? { row } : {}),
    ...(Array.isArray(why) && why.every(isString) ? { why } : {}),
  };
}

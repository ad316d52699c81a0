/** The keys of a tree, as the WAI-ARIA authoring practices define them. */

import { rowName, type Row } from './rows.ts';
import { nextByName } from './typeAhead.ts';

/** What a key does. */
export type TreeAction =
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'expand'; readonly changes: readonly { readonly id: string; readonly expanded: boolean }[] }
  /** Go to the line of the row, when it has one. */
  | { readonly type: 'open'; readonly row: Row };

/** The part of a keyboard event that matters here. */
export interface TreeKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

function focus(row: Row | undefined): TreeAction | undefined {
  return row === undefined ? undefined : { type: 'focus', id: row.id };
}

function expand(row: Row, expanded: boolean): TreeAction {
  return { type: 'expand', changes: [{ id: row.id, expanded }] };
}

/**
 * What `key` does on row `current` of the visible rows; undefined when the tree leaves the key to the page.
 * Letters are for {@link typeAhead}.
 */
export function treeAction(rows: readonly Row[], current: string, { key, ctrlKey, altKey, metaKey }: TreeKey): TreeAction | undefined {
  const index = rows.findIndex((row) => row.id === current);
  const row = rows[index];
  if (row === undefined || ctrlKey || altKey || metaKey) {
    return undefined;
  }
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1]);
    case 'ArrowUp':
      return focus(rows[index - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows.at(-1));
    case 'ArrowRight':
      return row.expanded === undefined ? undefined : row.expanded ? focus(rows[index + 1]) : expand(row, true);
    case 'ArrowLeft':
      return row.expanded === true ? expand(row, false) : focus(rows.find((other) => other.id === row.parent));
    case 'Enter':
      return { type: 'open', row };
    case ' ':
      return row.expanded === undefined ? { type: 'open', row } : expand(row, !row.expanded);
    case '*':
      return {
        type: 'expand',
        changes: rows
          .filter((other) => other.parent === row.parent && other.expanded === false)
          .map(({ id }) => ({ id, expanded: true })),
      };
    default:
      return undefined;
  }
}

/** The row after `current`, wrapping round, whose name starts with `typed`; the same letter again and again steps through. */
export function typeAhead(rows: readonly Row[], current: string, typed: string): string | undefined {
  return nextByName(rows, rowName, current, typed);
}

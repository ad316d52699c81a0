/** What the panel remembers while the editor has thrown its page away: expansion, scroll position, the current row. */

import type { TargetRef } from '../../server/protocol.ts';
import { isPageId, type PageId } from './messages.ts';
import type { Expansion } from './rows.ts';
import { isRecord, isString, isTargetRef } from './viewShape.ts';

/** Plain data that the editor keeps for the page. */
export interface PanelMemory {
  /** Organization and key of the target that the scroll position belongs to. */
  readonly target: string;
  /** Rows that the user expanded or collapsed, by id; all others are as at first. */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** Pixels above the visible part. */
  readonly scrollTop: number;
  /** The row that Tab reaches. */
  readonly currentRow?: string;
  /** The page on display; none for the effective policy. */
  readonly page?: PageId | undefined;
  /** What the pages remember, each in its own shape. */
  readonly pages: Readonly<Partial<Record<PageId, unknown>>>;
  /** The target on display: an editor tab that is opened again with the window shows it again. */
  readonly shown?: TargetRef;
}

/** The memory of a panel that was never shown. */
export const emptyMemory: PanelMemory = { target: '', expanded: {}, scrollTop: 0, pages: {} };

/** Reads what the editor kept; anything else than a {@link PanelMemory} counts as nothing. */
export function readMemory(kept: unknown): PanelMemory {
  if (!isRecord(kept) || !isString(kept['target']) || !isRecord(kept['expanded']) || typeof kept['scrollTop'] !== 'number') {
    return emptyMemory;
  }
  const expanded = Object.entries(kept['expanded']).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean');
  const { currentRow, page, pages, shown } = kept;
  return {
    target: kept['target'],
    expanded: Object.fromEntries(expanded),
    scrollTop: kept['scrollTop'],
    pages: isRecord(pages) ? Object.fromEntries(Object.entries(pages).filter(([id]) => isPageId(id))) : {},
    ...(isString(currentRow) ? { currentRow } : {}),
    ...(isPageId(page) ? { page } : {}),
    ...(isTargetRef(shown) ? { shown } : {}),
  };
}

/** The expansion of rows: the user's choice first. */
export function expansionOf(memory: PanelMemory): Expansion {
  const chosen = new Map(Object.entries(memory.expanded));
  return (id, byDefault) => chosen.get(id) ?? byDefault;
}

/** The merged policy as a tree (role `tree`). Its rows are the visible ones, flat, each with its level. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewLocation } from '../../server/protocol.ts';
import { rowContent } from './policyRow.ts';
import { rowLink } from './rowParts.ts';
import type { Row } from './rows.ts';

/** What the tree's elements do. */
export interface TreeHandlers {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onRowClick: (row: Row) => void;
  readonly onToggle: (row: Row) => void;
  readonly onFocus: (id: string) => void;
  readonly onReveal: (location: ViewLocation) => void;
}

/** Levels that have an indentation of their own in the style sheet. */
const deepestLevel = 12;

function rowTemplate(row: Row, current: boolean, selected: boolean, handlers: TreeHandlers): TemplateResult {
  const classes = { row: true, [row.kind]: true, [`level-${String(Math.min(row.level, deepestLevel))}`]: true };
  const link = rowLink(current, (location) => {
    handlers.onFocus(row.id);
    handlers.onReveal(location);
  });
  return html`<div
    role="treeitem"
    class=${classMap(classes)}
    tabindex=${current ? 0 : -1}
    data-row=${row.id}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-selected=${selected ? 'true' : 'false'}
    aria-expanded=${row.expanded ?? nothing}
    @focus=${() => { handlers.onFocus(row.id); }}
    @click=${() => { handlers.onRowClick(row); }}
  >${
    row.expanded === undefined
      ? html`<span class="twistie"></span>`
      : html`<span
          class="twistie codicon codicon-chevron-${row.expanded ? 'down' : 'right'}"
          aria-hidden="true"
          @click=${(event: Event) => {
            event.stopPropagation();
            handlers.onToggle(row);
          }}
        ></span>`
  }${rowContent(row, link)}</div>`;
}

/** What a tree shows. */
export interface PolicyTree {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The row that Tab reaches. */
  readonly current: string | undefined;
  /** False until the user has chosen a row. */
  readonly selected: boolean;
}

/** The tree, with `handlers` for what the user does in it. */
export function policyTree({ label, rows, current, selected }: PolicyTree, handlers: TreeHandlers): TemplateResult {
  return html`<div role="tree" class="tree" aria-label=${label} @keydown=${handlers.onKey}>${repeat(
    rows,
    (row) => row.id,
    (row) => rowTemplate(row, row.id === current, selected && row.id === current, handlers),
  )}</div>`;
}

/** The cascade as a treegrid: a row for each setting, a column for each level, and the effective value. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CascadeLevelView, CascadeView, ViewLocation } from '../../../server/protocol.ts';
import { entityIcon, icon } from '../icon.ts';
import { keyText, rowLink, type RowLink } from '../rowParts.ts';
import { kindWord } from '../words.ts';
import { effectiveCell, levelCell } from './cascadeCells.ts';
import { wholeRow } from './cascadeMemory.ts';
import type { CascadeRow } from './cascadeRows.ts';
import { rowLabel } from './cascadeWords.ts';

/** What the grid's elements do. */
export interface CascadeHandlers {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onToggle: (row: CascadeRow) => void;
  readonly onFocus: (row: string, column: number) => void;
  readonly onReveal: (location: ViewLocation) => void;
}

/** What the grid shows. */
export interface CascadeGrid {
  readonly view: CascadeView;
  readonly rows: readonly CascadeRow[];
  /** The row and column that Tab reaches. */
  readonly current: { readonly row: string | undefined; readonly column: number };
  /** False until the user has chosen a row. */
  readonly selected: boolean;
}

/** Levels that have an indentation of their own in the style sheet. */
const deepestLevel = 12;

/** Tracks of the name, of each level (a narrow one where no policy is attached), and of the effective value. */
function columnTracks(levels: readonly CascadeLevelView[]): string {
  return ['minmax(190px, 1.5fr)', ...levels.map(({ policies }) => (policies.length === 0 ? 'minmax(76px, 0.4fr)' : 'minmax(148px, 1fr)')), 'minmax(168px, 1.2fr)'].join(' ');
}

function policyHeadings({ policies }: CascadeLevelView, onReveal: CascadeHandlers['onReveal']): TemplateResult | readonly TemplateResult[] {
  if (policies.length === 0) {
    return html`<span class="no-policy">no policy</span>`;
  }
  return policies.map(({ name, location, problem }, index) => html`<span class="policy-heading">${
    policies.length > 1 ? html`<span class="order">${index + 1}</span>` : nothing
  }<button type="button" class="link" title=${problem ?? `Open ${name}`} @click=${() => { onReveal(location); }}>${name}</button>${
    problem === undefined ? nothing : html`<span class="policy-problem">${icon('warning')}<span class="visually-hidden">${problem}</span></span>`
  }</span>`);
}

function headerRow({ levels }: CascadeView, onReveal: CascadeHandlers['onReveal']): TemplateResult {
  return html`<div role="row" class="cascade-row heading-row">
    <div role="columnheader" class="cascade-cell name-cell" aria-colindex="1"><span class="level-heading">Setting</span></div>${levels.map(
      (level, index) => html`<div role="columnheader" class=${classMap({ 'cascade-cell': true, unattached: level.policies.length === 0 })} aria-colindex=${index + 2}>
        <span class="level-heading" title=${level.path}>${entityIcon(level.kind)}<span class="visually-hidden">${kindWord(level.kind)} </span><span class="level-name">${level.name}</span></span>
        ${policyHeadings(level, onReveal)}
      </div>`,
    )}
    <div role="columnheader" class="cascade-cell effective-cell" aria-colindex=${levels.length + 2}><span class="level-heading">Effective</span></div>
  </div>`;
}

function cellLink(row: CascadeRow, column: number, current: boolean, handlers: CascadeHandlers): RowLink {
  return rowLink(current, (location) => {
    handlers.onFocus(row.id, column);
    handlers.onReveal(location);
  });
}

function nameCell(row: CascadeRow, handlers: CascadeHandlers): TemplateResult {
  const { node, expanded } = row;
  const toggle = (event: Event): void => {
    event.stopPropagation();
    handlers.onToggle(row);
  };
  return html`${
    expanded === undefined
      ? html`<span class="twistie"></span>`
      : html`<span class="twistie codicon codicon-chevron-${expanded ? 'down' : 'right'}" aria-hidden="true" @click=${toggle}></span>`
  }<span class=${classMap({ 'row-name': true, key: node.type === 'setting', lost: !node.present })}>${keyText(node.name)}</span>${
    node.type === 'group' && node.noun !== node.name ? html`<span class="visually-hidden">, ${node.noun}</span>` : nothing
  }`;
}

function rowTemplate(row: CascadeRow, { view, current, selected }: CascadeGrid, handlers: CascadeHandlers): TemplateResult {
  const { node, expanded } = row;
  const isCurrent = row.id === current.row;
  const last = view.levels.length + 2;
  const tabIndex = (column: number): 0 | -1 => (isCurrent && current.column === column ? 0 : -1);
  const focusCell = (column: number) => (event: Event): void => {
    event.stopPropagation();
    handlers.onFocus(row.id, column);
  };
  return html`<div
    role="row"
    class=${classMap({ 'cascade-row': true, [node.type]: true, absent: !node.present, [`level-${String(Math.min(row.level, deepestLevel))}`]: true })}
    tabindex=${tabIndex(wholeRow)}
    data-setting=${row.id}
    aria-label=${rowLabel(node, view.levels)}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-selected=${selected && isCurrent ? 'true' : 'false'}
    aria-expanded=${expanded ?? nothing}
    @focus=${() => { handlers.onFocus(row.id, wholeRow); }}
    @click=${() => {
      handlers.onFocus(row.id, wholeRow);
    }}
  ><div
      role="rowheader"
      class="cascade-cell name-cell"
      aria-colindex="1"
      data-column="1"
      tabindex=${tabIndex(1)}
      @focus=${focusCell(1)}
      @click=${() => {
        if (expanded !== undefined) {
          handlers.onToggle(row);
        }
      }}
    >${nameCell(row, handlers)}</div>${view.levels.map((level, index) => {
      const column = index + 2;
      const statements = node.statements.filter((statement) => statement.level === index);
      const controls = node.controls.filter((control) => control.level === index);
      const empty = statements.length + controls.length === 0;
      return html`<div
        role="gridcell"
        class=${classMap({ 'cascade-cell': true, unattached: level.policies.length === 0, empty })}
        aria-colindex=${column}
        data-column=${column}
        tabindex=${tabIndex(column)}
        @focus=${focusCell(column)}
      >${levelCell({ row, level, index, statements, controls }, cellLink(row, column, isCurrent, handlers))}</div>`;
    })}<div
      role="gridcell"
      class="cascade-cell effective-cell"
      aria-colindex=${last}
      data-column=${last}
      tabindex=${tabIndex(last)}
      @focus=${focusCell(last)}
    >${effectiveCell(node)}</div></div>`;
}

/** The treegrid, with `handlers` for what the user does in it. */
export function cascadeGrid(grid: CascadeGrid, handlers: CascadeHandlers): TemplateResult {
  const { view, rows } = grid;
  const setTracks = (element: Element | undefined): void => {
    if (element instanceof HTMLElement) {
      element.style.setProperty('--cascade-columns', columnTracks(view.levels));
    }
  };
  return html`<div
    role="treegrid"
    class="cascade-grid"
    aria-label="What each level says, and the effective policy of ${view.target.name}"
    aria-colcount=${view.levels.length + 2}
    @keydown=${handlers.onKey}
    ${ref(setTracks)}
  >${headerRow(view, handlers.onReveal)}${repeat(rows, (row) => row.id, (row) => rowTemplate(row, grid, handlers))}</div>`;
}

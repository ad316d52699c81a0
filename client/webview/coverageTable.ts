/** The table of coverage as HTML: accounts in rows, plans in columns, one cell in the tab order. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CoverageCellView, OrganizationCoverageView } from '../../server/protocol.ts';
import { healthWords, heat, type CoverageMemory, type CoverageRow, type SortColumn } from './coverageRows.ts';
import { icon } from './icon.ts';

/** A cell by its row and column; row 0 has the headers. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** What the table tells. */
export interface TableHandlers {
  readonly onSort: (column: SortColumn) => void;
  readonly onOpen: (row: CoverageRow) => void;
  readonly onCell: (row: CoverageRow, cell: CoverageCellView | null) => void;
}

const healthIcons: Readonly<Record<CoverageRow['group']['health'], string>> = { unprotected: 'circle-slash', invalid: 'error', warned: 'warning', protected: 'pass' };

/**
 * One table.
 * @param shown the rows that are drawn, of all `total` rows.
 * @param current the one cell that the tab key reaches.
 */
export function coverageTable(organization: OrganizationCoverageView, shown: readonly CoverageRow[], total: number, memory: CoverageMemory, current: CellPlace, handlers: TableHandlers): TemplateResult {
  const tabindex = (row: number, column: number): number => (row === current.row && column === current.column ? 0 : -1);
  const header = (column: number, sort: SortColumn, text: string): TemplateResult => {
    const direction = memory.sort !== sort ? 'none' : memory.descending ? 'descending' : 'ascending';
    return html`<th scope="col" aria-sort=${direction} aria-colindex=${column + 1}>
      <button type="button" class="cell" data-row="0" data-column=${column} tabindex=${tabindex(0, column)} title="Sort by ${text}" @click=${() => { handlers.onSort(sort); }}
        ><span class="header-text">${text}</span>${direction === 'none' ? nothing : icon(direction === 'ascending' ? 'arrow-up' : 'arrow-down')}</button>
    </th>`;
  };
  return html`<table role="grid" aria-rowcount=${total + 1} aria-colcount=${organization.plans.length + 2}>
    <caption>${caption(organization)}</caption>
    <thead>
      <tr aria-rowindex="1">${header(0, 'account', 'Account')}${header(1, 'coverage', 'Coverage')}${organization.plans.map((plan, index) => header(index + 2, index, plan))}</tr>
    </thead>
    <tbody>
      ${shown.map((row, index) => html`<tr aria-rowindex=${index + 2} class=${`${row.group.health}${row.isInside ? ' inside' : ''}`}>
        <th scope="row" aria-colindex="1">${accountCell(row, index + 1, tabindex(index + 1, 0), handlers)}</th>
        <td aria-colindex="2" class="coverage cell" data-row=${index + 1} data-column="1" tabindex=${tabindex(index + 1, 1)}>${icon(healthIcons[row.group.health])} ${healthWords[row.group.health]}</td>
        ${row.group.cells.map((cell, column) => html`<td aria-colindex=${column + 3} class="heat-${heat(cell)}">
          <button type="button" class="cell" data-row=${index + 1} data-column=${column + 2} tabindex=${tabindex(index + 1, column + 2)} @click=${() => { handlers.onCell(row, cell); }}
            title=${cell?.location === undefined ? 'Show the effective policy' : 'Go to the plan in its policy'}>${planCell(cell)}</button>
        </td>`)}
      </tr>`)}
    </tbody>
  </table>`;
}

function caption({ name, accounts, unprotected, invalid }: OrganizationCoverageView): string {
  if (accounts === 0) return `${name}: the model has no accounts.`;
  const troubles = [...(unprotected === 0 ? ['every account gets a backup plan'] : [`${String(unprotected)} without a backup plan`]), ...(invalid === 0 ? [] : [`${String(invalid)} with an invalid effective policy`])];
  return `${name}, ${counted(accounts)}: ${troubles.join(', ')}. Arrow keys go from cell to cell, Enter opens.`;
}

function accountCell(row: CoverageRow, index: number, tabindex: number, { onOpen }: TableHandlers): TemplateResult {
  const [{ name, path, id }] = row.accounts;
  const isGroup = row.type === 'group';
  const place = path.split('/').slice(0, -1).join('/');
  return html`<button type="button" class="cell" data-row=${index} data-column="0" tabindex=${tabindex} aria-expanded=${isGroup ? String(row.isExpanded) : nothing}
    title=${isGroup ? 'Show or hide the accounts' : `Show the effective policy of ${path}`} @click=${() => { onOpen(row); }}
    >${isGroup ? icon(row.isExpanded ? 'chevron-down' : 'chevron-right') : icon('account')}<span class="account"
      ><span class="name">${isGroup ? `${name} and ${String(row.accounts.length - 1)} more` : name}</span>
      <span class="muted">${isGroup ? `${counted(row.accounts.length)} that get the same` : [place, id].filter((part) => part !== undefined && part !== '').join(' · ')}</span></span></button>`;
}

function planCell(cell: CoverageCellView | null): TemplateResult {
  if (cell === null) return html`<span class="retention">${icon('circle-slash')} no backup</span>`;
  return html`<span class="retention">${cell.retention}</span>
    ${cell.rules.map((rule) => html`<span class="muted">${rule.name}: ${rule.schedule}${rule.continuous ? ', continuous' : ''}${rule.copies.map((copy) => html`, copy ${copy}`)}</span>`)}
    ${cell.regions.length === 0 ? nothing : html`<span class="muted">${cell.regions.join(', ')}</span>`}`;
}

/** `1 account`, `18 accounts`. */
export function counted(accounts: number): string {
  return accounts === 1 ? '1 account' : `${accounts.toLocaleString('en-US')} accounts`;
}
